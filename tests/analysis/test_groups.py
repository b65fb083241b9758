"""Groups and measures: every area listed, pairs of imprecise events, people and rates unknown or known."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.boundaries.models import Area
from apps.events import figures
from apps.events.asked import newest
from apps.projects.models import NamedZone, Presence, Project
from geo.vocabulary import Level
from tests import small_country
from tests.analysis.asking import answer, column, features, step, told
from tests.coverage.inhabited import TI, live, stands
from tests.small_country import event

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def country(lasting):
    """Alpha: two battles and a riot. Gamma: one battle. Est: two more, known no better."""
    with lasting():
        small_country.make()
        live((-4.5, 13.25), (-4.5, 13.75), (-2.5, 13.25))
        small_country.people(Alpha=100_000, Gamma=50_000)
        stands(-4.5, 13.25, TI)
        small_country.happened(
            event(-4.5, 13.25, "2020-10-15", fatalities=3),
            event(-4.4, 13.25, "2020-09-15", fatalities=1),
            event(-4.5, 13.75, "2020-09-20", event_type="Riots"),
            event(-2.5, 13.25, "2020-10-01"),
            event(-3.5, 13.5, "2020-10-02", geo_precision=5, fatalities=2),
            event(-3.5, 13.5, "2020-10-03", geo_precision=5),
        )


def test_every_area_is_listed_and_none_is_zero_where_nothing_happened():
    found = answer(step("events"), by=["cercle"])
    assert told(found, "count", "cercle") == {"ML9101": 3, "ML9201": 0, "ML9202": 1}
    assert (found.geometry_of, found.ids) == ("cercles", ["ML9101", "ML9201", "ML9202"])


@pytest.mark.parametrize("level", list(Level))
def test_counts_and_their_intervals_are_those_of_the_indicators(level):
    name = level.name.lower()
    found = answer(step(features("events", last_months=12)), by=[name])
    indicators = {area["pcode"]: area for area in figures.area_figures(level, "12m").areas}
    for measure, end in (("count", ""), ("count_low", "_low"), ("count_high", "_high")):
        expected = {pcode: area[f"events{end}"] for pcode, area in indicators.items()}
        assert told(found, measure, name) == expected
    deaths = answer(
        step(features("events", last_months=12)), by=[name], measure={"kind": "sum", "field": "fatalities"}
    )
    assert told(deaths, "sum_high", name) == {p: a["fatalities_high"] for p, a in indicators.items()}


def test_rates_are_those_of_the_indicators_and_unknown_where_people_are():
    found = answer(step("events"), by=["cercle"], measure={"kind": "rate"})
    assert told(found, "rate", "cercle") == {"ML9101": 3.0, "ML9201": None, "ML9202": 2.0}


def test_by_month_in_areas_the_interval_holds_what_may_have_happened_there():
    found = answer(step("events", "within", {"areas": ["ML9201", "ML9202"]}), by=["month"])
    assert found.rows == [["2020-10", 1, 3, 3]]
    assert found.steps[0]["imprecise"] == 2


def test_without_a_place_asked_every_event_counts():
    found = answer(step("events"), by=["month"])
    assert found.rows == [["2020-09", 2], ["2020-10", 4]]
    assert answer(step("events"), measure={"kind": "count"}).rows == [[6]]


def test_by_distance_the_imprecise_may_be_there_at_most():
    """The border of Est is some 43 km east of the second battle: its two count at most from there on."""
    near = answer(step("events", "within_km", "institutions", km=30), measure={"kind": "count"})
    assert near.rows == [[2, 2, 2]]
    far = answer(step("events", "within_km", "institutions", km=60), measure={"kind": "count"})
    assert far.rows == [[3, 3, 5]]
    by_cercle = answer(step("events", "within_km", "institutions", km=60), by=["cercle"])
    assert by_cercle.rows == [
        ["ML9101", "Alpha", 3, 3, 3],
        ["ML9201", "Bêta", 0, 0, 2],
        ["ML9202", "Gamma", 0, 0, 2],
    ]


def test_in_a_drawn_shape_the_imprecise_may_be_there_at_most():
    west, south, east, north = -4.6, 13.2, -3.9, 13.3
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    shape = {"shape": {"type": "Polygon", "coordinates": [ring]}}
    found = answer(step("events", "within", shape), measure={"kind": "count"})
    assert found.rows == [[2, 2, 4]]


def test_areas_that_contain_events_tell_their_interval_too():
    found = answer(step("cercles", "contains", "events"))
    indicators = {a["pcode"]: a for a in figures.area_figures(Level.CERCLE, "all").areas}
    assert told(found, "related_high", "pcode") == {
        "ML9101": 3,
        "ML9202": indicators["ML9202"]["events_high"],
    }


def test_people_of_settlements_add_up_to_their_cercle_and_the_unknown_are_counted():
    found = answer(step("settlements"), by=["region"], measure={"kind": "people"})
    assert found.rows == [["ML91", "Ouest", 100_000, 0], ["ML92", "Est", 50_000, 0]]
    cercles = answer(step("cercles"), measure={"kind": "people"})
    assert cercles.rows == [[150_000, 1]]
    assert "inconnue" in " ".join(note["fr"] for note in cercles.notes)


def test_mean_distinct_and_area():
    battles = features(
        "events", where=[{"field": "event_type", "op": "=", "value": "Battles"}], areas=["ML9101"]
    )
    assert answer(step(battles), measure={"kind": "mean", "field": "fatalities"}).rows == [[2]]
    assert answer(step("events"), measure={"kind": "distinct", "field": "event_type"}).rows == [[2]]
    [[area_km2]] = answer(step(features("cercles", areas=["ML92"])), measure={"kind": "area"}).rows
    assert area_km2 == pytest.approx(
        sum(Area.objects.cercles().filter(parent__pcode="ML92").values_list("area_km2", flat=True))
    )


def test_groups_kept_are_the_greatest_and_their_equals():
    first = answer(step("events"), by=["event_type"], keep={"first": 1})
    assert first.rows == [["Battles", 5]]
    found = answer(step("communes"), by=["cercle"], keep={"first": 1})
    assert found.rows == [["ML9101", "Alpha", 2], ["ML9202", "Gamma", 2]]
    assert answer(step("communes"), by=["cercle"], keep={"at_least": 2}).rows == found.rows


def test_a_presence_in_a_zone_lies_in_each_cercle_of_it_and_counts_once_in_their_region():
    zone = NamedZone.objects.create(name="Est entier")
    zone.cercles.set(Area.objects.cercles().filter(parent__pcode="ML92"))
    project = Project.objects.create(register="entered", code="Z1", title="Zone", themes="eau; droit")
    Presence.objects.create(project=project, reach="zone", place="Est entier", zone=zone)
    mine = features("project_presences", where=[{"field": "project", "op": "=", "value": project.pk}])
    assert told(answer(step(mine), by=["cercle"]), "count", "cercle") == {
        "ML9101": 0,
        "ML9201": 1,
        "ML9202": 1,
    }
    assert told(answer(step(mine), by=["region"]), "count", "region") == {"ML91": 0, "ML92": 1}
    assert answer(step(mine), by=["themes"]).rows == [["droit", 1], ["eau", 1]]
    assert len(answer(step(mine, "within", {"areas": ["ML9201"]})).rows) == 1
    assert len(answer(step(mine, "within", {"areas": ["ML9101"]})).rows) == 0


def test_names_are_found_without_accents_and_cercles_of_one_name_stay_apart():
    wanted = [{"field": "name", "op": "contains", "value": "BETA"}]
    assert column(answer(step(features("cercles", where=wanted))), "pcode") == ["ML9201"]
    assert column(answer(step(features("communes", where=wanted))), "pcode") == ["ML920101"]


def test_while_no_event_is_loaded_counts_are_unknown_and_not_zero():
    small_country.happened()
    assert newest().span is None
    found = answer(step("events"), by=["cercle"])
    assert set(column(found, "count")) == {None}


def test_a_question_takes_few_queries_whatever_it_asks():
    asked = (
        step("settlements", "within_km", "events", km=10),
        step({"step": 1}, "beyond_km", "institutions", km=30),
        step("cercles", "contains", {"step": 2}),
    )
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer(*asked)
    assert len(queries) <= 25


def test_rows_that_a_condition_leaves_out_for_want_of_knowing_are_told():
    over = features("cercles", where=[{"field": "people", "op": ">", "value": 60_000}])
    found = answer(step(over))
    assert column(found, "name") == ["Alpha"]
    [note] = [each["fr"] for each in found.notes if "faute de savoir" in each["fr"]]
    assert "1\u00a0cercle laissé de côté" in note, "nobody knows how many live in Bêta"
    assert "Population" in note
    everywhere = answer(step(features("cercles", where=[{"field": "name", "op": "contains", "value": "a"}])))
    assert not any("faute de savoir" in each["fr"] for each in everywhere.notes), "a name is always known"
