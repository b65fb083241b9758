"""The table under the map while a layer of the documents is shown: what it counts, and what it cannot."""

import csv
import html
import io
import re

import pytest
from django.http import QueryDict

from apps.maps.map.overlay_figures import with_overlay_figures
from apps.maps.questions import MapQuestion, map_question
from apps.programme.models import PlannedWork, Result
from apps.projects.models import Presence, Project

pytestmark = pytest.mark.django_db

WORKS, MECHANISMS, PROJECTS = "planned_works", "peace_mechanisms", "projects"


def page(client, address):
    return html.unescape(client.get(address).content.decode())


def rows_of(client, address):
    """Return {name: {column: cell}} of the table of a page, and its names in order."""
    table = re.search(r'<table class="table" id="areas-table">(.*?)</table>', page(client, address), re.S)[1]
    keys = re.findall(r'<th scope="col" class="number[^"]*" data-key="(\w+)"', table)
    found = {}
    for name, cells in re.findall(r'<th scope="row"><a[^>]*>(.*?)</a>.*?</th>(.*?)</tr>', table, re.S):
        values = re.findall(r'<td class="number[^"]*" data-value="([^"]*)"', cells)
        found[name] = dict(zip(keys, values, strict=True))
    return found


def told(client, address):
    return re.findall(r'drawer__note">(.*?)</p>', page(client, address))


# --- Works ----------------------------------------------------------------------------------------------


def test_works_and_their_dollars_stand_in_the_row_of_their_cercle(client):
    rows = rows_of(client, "/?layers=planned_works")
    assert (rows["Koro"]["works"], rows["Koro"]["works_usd"]) == ("3", "384746")
    assert (rows["Nara"]["works"], rows["Nara"]["works_usd"]) == ("3", "300000")


def test_a_cercle_without_works_has_none_and_no_dollars(client):
    rows = rows_of(client, "/?layers=planned_works")
    assert (rows["Kita"]["works"], rows["Kita"]["works_usd"]) == ("0", "")


def test_a_work_without_an_amount_adds_no_zero_dollars(client):
    """The EPES of Diéma is its only work, and the work plan gives it no money."""
    rows = rows_of(client, "/?layers=planned_works")
    assert (rows["Diéma"]["works"], rows["Diéma"]["works_usd"]) == ("1", "")


def test_works_told_of_no_cercle_are_counted_under_the_table(client):
    """21 rows tell a cercle, 3 a town in one; 10 tell a region or only the target zones."""
    rows = rows_of(client, "/?layers=planned_works")
    assert sum(int(row["works"]) for row in rows.values()) == 24
    assert any(
        note.startswith("10 ouvrages prévus ne comptent") for note in told(client, "/?layers=planned_works")
    )


def test_dollars_of_the_cercles_are_those_of_their_rows(client):
    """3 455 061 at cercles, 200 000 for the one-stop centre of Ménaka, 310 035 for the collector of Gao."""
    rows = rows_of(client, "/?layers=planned_works")
    assert sum(int(row["works_usd"] or 0) for row in rows.values()) == 3_455_061 + 200_000 + 310_035


def test_an_amount_told_of_several_regions_together_is_of_none_of_them(client):
    """Mopti, Kayes, Gao and Sikasso share 120 267 USD; Yorosso alone makes the dollars of Sikasso."""
    rows = rows_of(client, "/?layers=planned_works&level=regions")
    assert (rows["Sikasso"]["works"], rows["Sikasso"]["works_usd"]) == ("3", "586364")
    notes = told(client, "/?layers=planned_works&level=regions")
    assert [note for note in notes if "120\u202f267\u00a0USD" in note or "120\u202f267 USD" in note]


# --- Mechanisms and projects --------------------------------------------------------------------------------


def test_no_fact_on_a_mechanism_is_unknown_and_not_zero(client):
    rows = rows_of(client, "/?layers=peace_mechanisms")
    assert rows["Djenné"]["mechanisms"] == "1"
    assert rows["Kita"]["mechanisms"] == ""


def test_results_are_counted_by_area_and_their_values_never_added(client):
    rows = rows_of(client, "/?layers=results_2020_2021")
    told = Result.objects.filter(areas__name="Koro").values("result_id").distinct().count()
    assert rows["Koro"]["results"] == str(told) == "1"
    assert Result.objects.filter(value_scope="joint").exists()
    assert "" in {row["results"] for row in rows.values()}, "no result told: unknown, not 0"


def test_a_project_counts_once_however_many_of_its_places_lie_in_the_cercle(client):
    koro = int(rows_of(client, "/?layers=projects")["Koro"]["projects_known"])
    area = PlannedWork.objects.get(infra_id="INF02").areas.get()
    project = Project.objects.create(register="entered", code="E1", title="Puits")
    for place in ("un puits", "un autre puits"):
        Presence.objects.create(project=project, reach="cercle", place=place, area=area)
    assert int(rows_of(client, "/?layers=projects")["Koro"]["projects_known"]) == koro + 1
    project.presences.update(ended="2026-01-01")
    assert int(rows_of(client, "/?layers=projects")["Koro"]["projects_known"]) == koro


def test_projects_told_of_a_whole_region_are_of_its_row_and_of_no_cercle(client):
    area = PlannedWork.objects.get(infra_id="INF28").areas.get()
    before = rows_of(client, "/?layers=projects"), rows_of(client, "/?layers=projects&level=regions")
    project = Project.objects.create(register="entered", code="E1", title="Puits")
    Presence.objects.create(project=project, reach="region", place="Mopti", area=area)
    after = rows_of(client, "/?layers=projects"), rows_of(client, "/?layers=projects&level=regions")
    assert after[0] == before[0]
    assert int(after[1]["Mopti"]["projects_known"]) == int(before[1]["Mopti"]["projects_known"]) + 1


def test_under_the_table_presence_elsewhere_is_said_to_be_unknown(client):
    assert any("inconnue, pas nulle" in note for note in told(client, "/?layers=projects"))


# --- What is asked --------------------------------------------------------------------------------------


def test_without_these_layers_the_table_is_as_before(client):
    assert "works" not in rows_of(client, "/?layers=events")["Koro"]
    areas = [{"pcode": "ML0505"}]
    assert with_overlay_figures(areas, MapQuestion()) == (areas, [])


@pytest.mark.parametrize("query", ["layers=projects,planned_works", "layers=projects&layers=planned_works"])
def test_scripts_join_the_layers_and_a_form_repeats_them(query):
    assert map_question(QueryDict(query)).layers == (WORKS, PROJECTS)


def test_a_form_without_scripts_keeps_its_layers_checked(client):
    text = page(client, "/?layers=planned_works&layers=projects")
    boxes = dict(re.findall(r'name="layers" value="(\w+)"[^>]*?( checked)?>', text))
    assert [name for name, checked in boxes.items() if checked] == [WORKS, PROJECTS]


def test_the_order_of_a_column_is_forgotten_with_its_layer():
    assert map_question(QueryDict("layers=planned_works&sort=-works")).sort == "-works"
    assert map_question(QueryDict("sort=-works")).sort == "-violent_per_100k"


def test_rows_are_ordered_by_a_column_of_a_layer(client):
    assert set(list(rows_of(client, "/?layers=planned_works&sort=-works"))[:2]) == {"Koro", "Nara"}


def test_the_file_has_the_columns_of_the_layers_with_their_source(client):
    text = client.get("/tableau.csv?layers=planned_works,projects").content.decode("utf-8-sig")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (rows["Koro"]["works"], rows["Koro"]["works_usd"]) == ("3", "384746")
    assert rows["Kita"]["projects_known"] == ""
    assert rows["Koro"]["source_programme"]
    assert "layers=planned_works,projects" in page(client, "/?layers=planned_works,projects")


def test_the_panel_counts_the_rows_of_each_layer(client):
    text = page(client, "/")
    counts = dict(re.findall(r'data-layer-row="(\w+)".*?layer__count">(.*?)<', text, re.S))
    assert (counts[WORKS], counts[MECHANISMS]) == ("34", "31")
    assert int(counts[PROJECTS]) == Project.objects.count()


def test_layers_cost_few_questions(client, django_assert_max_num_queries):
    address = "/?layers=planned_works,peace_mechanisms,results_2020_2021,projects"
    page(client, address)
    with django_assert_max_num_queries(27):
        page(client, address)
