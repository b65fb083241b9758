"""What a sheet tells of the programme, and the same as JSON: figures to be checked by hand."""

import html
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.boundaries.models import Area
from apps.coverage.figures import coverage
from apps.coverage.one_area import changes_in
from apps.coverage.questions import CoverageQuestion, kinds_of
from apps.infrastructure.completeness import set_completeness
from apps.infrastructure.models import Institution
from apps.infrastructure.services import keep
from apps.maps.sheets.paper import shared_out
from apps.sources.models import Load
from geo.vocabulary import (
    AccessClass,
    Completeness,
    CoverageSense,
    InstitutionFamily,
    InstitutionKind,
    InstitutionStatus,
)

KORO, MOPTI_REGION, WITHOUT_PEOPLE = "ML0505", "ML05", "ML1001"
THIN = "\u202f"


def page(client, address):
    return re.sub(r"[ \n]+", " ", html.unescape(client.get(address).content.decode()))


def facts(client, pcode):
    response = client.get(f"/{'cercles' if len(pcode) == 6 else 'regions'}/{pcode}.json")
    assert response.status_code == 200
    return response.json()


def written(number):
    return f"{number:,}".replace(",", THIN)


@pytest.mark.django_db
def test_the_works_of_koro_are_those_of_the_work_plan(client):
    works = facts(client, KORO)["works"]
    told = {work["kind"]: work for work in works["here"]}
    assert told["Commissariat de police"]["usd_2021"] == 317_709
    assert told["JPCE transformée en TI"]["usd_total"] == 67_037
    assert "Djenné commissariat" in told["JPCE transformée en TI"]["doubt"]
    assert told["Établissement pénitentiaire (EPES)"]["usd_total"] is None
    assert works["totals"]["usd_total"] == 317_709 + 67_037
    assert works["totals"]["works_without_amount"] == 1


@pytest.mark.django_db
def test_lines_of_the_target_zones_are_told_apart_and_never_added(client):
    works = facts(client, KORO)["works"]
    assert sum(work["usd_total"] for work in works["target_zones"]) == 3_661_038
    assert works["totals"]["usd_total"] == 384_746
    assert "jamais ajoutées" in page(client, f"/cercles/{KORO}/")
    assert facts(client, "ML0901")["works"]["target_zones"] == []


@pytest.mark.django_db
def test_a_joint_amount_is_told_and_left_out_of_the_total_of_its_region(client):
    works = facts(client, MOPTI_REGION)["works"]
    joint = [work for work in works["here"] if work["is_joint"]]
    assert [work["usd_total"] for work in joint] == [120_267]
    # Djenné 67 037, Koro 384 746, Bankass 315 550, Douentza 160 000.
    assert works["totals"]["usd_total"] == 927_333
    assert works["totals"]["works_with_joint_amount"] == 1


@pytest.mark.django_db
def test_a_result_common_to_several_places_says_so(client):
    groups = facts(client, KORO)["results"]["here"]
    assert [(each["value"], each["common_to_places"]) for each in groups] == [(10, 5)]
    assert "valeur commune à 5 lieux" in page(client, f"/cercles/{KORO}/")


@pytest.mark.django_db
def test_projects_that_tell_no_place_are_counted_as_unknown(client):
    told = facts(client, KORO)["projects"]
    annex = next(
        each for each in told["without_place"]["registers"] if each["register"].startswith("annexe 1")
    )
    assert (annex["projects"], annex["projects"] - annex["without_place"]) == (61, 26)
    number = told["without_place"]["projects"]
    assert f"{number} autres projets ne disent pas où ils travaillent" in page(client, f"/cercles/{KORO}/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", [f"/cercles/{KORO}", f"/regions/{MOPTI_REGION}", "/cercles/ML0901"])
def test_the_page_and_the_file_tell_the_same_figures(client, address):
    sheet, text = client.get(f"{address}.json").json(), page(client, f"{address}/")
    period, total = sheet["events"]["periods"][0], sheet["works"]["totals"]["usd_total"]
    figures = [sheet["people"]["people"], period["violent_events"], period["fatalities"]]
    figures += [sheet["settlements"]["settlements"], *([total] if total else [])]
    figures += [family["people_beyond_high"] for family in sheet["coverage"]["families"]]
    for figure in figures:
        assert written(figure) in text
    for each in [*sheet["doubts"], *(document["title"] for document in sheet["documents"])]:
        assert each in text
    assert f'type="application/json" href="{address}.json?lang=fr"' in text


@pytest.mark.django_db
def test_what_is_not_known_is_null(client):
    sheet = facts(client, WITHOUT_PEOPLE)
    assert sheet["people"] is None
    assert sheet["coverage"] is None
    assert sheet["events"]["periods"][0]["violent_events_per_100k_people"] is None
    assert "Population inconnue" in sheet["doubts"][1]


@pytest.mark.django_db
def test_no_document_is_named_by_its_file(client):
    body = client.get(f"/cercles/{KORO}.json").content.decode()
    assert ".txt" not in body
    assert "PROSMED" in body


@pytest.mark.django_db
def test_institutions_of_a_restricted_source_are_left_out_and_counted(as_persona):
    load = Load.objects.in_use().first()
    load.pk, load.kind, load.access = None, Load.Kind.INSTITUTIONS, AccessClass.DATA_KEEPERS
    load.save()
    place = Area.objects.cercles().get(pcode=KORO).boundary.point_on_surface
    keep(
        Institution(
            kind=InstitutionKind.BRIGADE,
            status=InstitutionStatus.UNKNOWN,
            name="Brigade réservée",
            location=place,
            register="essai",
            source_id="1",
            load=load,
        )
    )
    client = as_persona("anonymous")
    assert facts(client, KORO)["institutions"]["not_for_this_reader"] == 1
    assert "Brigade réservée" not in client.get(f"/cercles/{KORO}.json").content.decode()
    text = page(client, f"/cercles/{KORO}/")
    assert "Brigade réservée" not in text
    assert "1 institution d’une source réservée n’est pas montrée" in text
    keeper = as_persona("data_keeper")
    assert facts(keeper, KORO)["institutions"]["not_for_this_reader"] == 0
    assert "Brigade réservée" in page(keeper, f"/cercles/{KORO}/")


@pytest.mark.django_db
def test_the_completeness_of_the_register_is_unknown_until_somebody_judges_it(client):
    assert "inconnue pour toutes les sortes" in page(client, f"/cercles/{KORO}/")
    cercle = Area.objects.cercles().select_related("parent").get(pcode=KORO)
    set_completeness(
        [InstitutionKind.TI],
        [cercle],
        Completeness.COMPLETE,
        as_of=date(2026, 1, 5),
        why="liste du ministère",
    )
    text = page(client, f"/cercles/{KORO}/")
    assert "Tribunal d’instance complète" in text
    assert "5 janv. 2026, liste du ministère" in text
    assert "inconnue pour les autres sortes" in text


@pytest.mark.django_db
def test_what_works_change_in_one_area_is_what_the_coverage_of_the_country_says():
    area = Area.objects.cercles().get(pcode=KORO)
    for family in InstitutionFamily:
        question = CoverageQuestion(
            kinds=kinds_of(family), sense=CoverageSense.NOMINAL, limit_km=30, day=date(2026, 11, 1)
        )
        (change,) = changes_in(area, [question])
        for reached, asked in ((change.now, question), (change.with_works, question.including_works())):
            told = next(each for each in coverage(asked).areas if each.pcode == KORO)
            assert (reached.low, reached.high) == (told.reached_low, told.reached_high)
            assert (reached.beyond_low, reached.beyond_high) == (told.beyond_low, told.beyond_high)


@pytest.mark.django_db
def test_a_file_of_another_code_finds_its_way(client):
    assert client.get("/cercles/ml0505.json").headers["Location"] == "/cercles/ML0505.json"
    assert client.get("/cercles/ML05.json").headers["Location"] == "/regions/ML05.json"
    unknown = client.get("/cercles/korro.json")
    assert unknown.status_code == 404
    assert unknown.json()["nearest"][0] == {"pcode": "ML0505", "name": "Koro"}


@pytest.mark.django_db
def test_a_file_asks_a_bounded_number_of_questions(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(36):
        facts(client, KORO)


def test_lists_are_printed_row_by_row_in_turn():
    assert shared_out({"works": [1, 1], "projects": [1, 1, 1]}, 4) == {"works": 2, "projects": 2}
    assert shared_out({"long": [5], "short": [1]}, 3) == {"long": 0, "short": 1}
    assert shared_out({"empty": []}, 3) == {"empty": 0}


@given(
    st.dictionaries(st.sampled_from("abcde"), st.lists(st.integers(1, 9), max_size=9)),
    st.integers(0, 60),
)
def test_more_paper_never_prints_more_than_it_holds(lists, lines):
    printed = shared_out(lists, lines)
    assert sum(sum(rows[: printed[name]]) for name, rows in lists.items()) <= lines
