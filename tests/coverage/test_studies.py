"""Studies of reach: cases small enough to count by hand, on the small country."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from rest_framework.exceptions import ValidationError

from apps.coverage.studies import computing, runs
from apps.coverage.studies.measuring import Measuring
from apps.coverage.studies.questions import links_of, question
from apps.infrastructure.models import Institution
from apps.infrastructure.services import keep
from apps.infrastructure.statuses import report_status
from apps.programme.models import PlannedWork
from apps.runs.canonical import canonical
from apps.runs.services import answer as answer_run
from geo.nearness import metres_between
from geo.vocabulary import CoverageSense, InstitutionKind, Level, PlaceTold
from tests import small_country
from tests.coverage.inhabited import (
    BRIGADE,
    NORTH_10_KM,
    TGI,
    TI,
    TODAY,
    complete,
    complete_everywhere,
    live,
    planned,
    stands,
)
from tests.travel.lying import lies, place

pytestmark = pytest.mark.django_db

EPES = InstitutionKind.EPES
ALPHA, BETA, GAMMA = (-4.5, 13.25), (-3.5, 13.5), (-2.5, 13.75)
ASKED = {"kinds": ["ti"], "limit": 30, "limits": [10, 60], "draws": 20, "day": TODAY.isoformat()}


@pytest.fixture(autouse=True, scope="module")
def three_villages(lasting):
    """One village a cercle, in its middle: 900, 600 and 300 people; no institution, no work."""
    with lasting():
        Institution.objects.all().delete()
        PlannedWork.objects.all().delete()
        small_country.make()
        live(ALPHA, BETA, GAMMA)
        small_country.people(Alpha=900, Bêta=600, Gamma=300)


def study(**asked):
    """Return the answer to a study, as a reader gets it."""
    whole = question(ASKED | asked, today=TODAY)
    told = computing.compute(json.dumps(whole), step=lambda done, total: None)
    return json.loads(canonical(told.answer))


def reached(told, *names):
    return tuple(told["country"]["reached"][name] for name in names or ("low", "known", "high"))


def of(told, pcode):
    return next(
        area for area in (*told["regions"], *told["cercles"], *told["communes"]) if area["pcode"] == pcode
    )


def test_no_institution_covers_nobody_and_an_incomplete_register_may_hide_one():
    told = study()
    assert reached(told) == (0, 0, 1800)
    assert told["country"]["beyond"] == {"low": 0, "known": 1800, "point": 1800, "high": 1800}
    assert told["register_is_floor"] is True
    assert told["pockets"]["people"] == 1800
    assert told["pockets"]["largest"][0]["worst"]["km"] is None


def test_no_institution_and_a_complete_register_cover_nobody_at_all():
    complete_everywhere()
    assert reached(study()) == (0, 0, 0)


def test_one_institution_reaches_its_village_and_communes_sum_to_the_cercle_and_the_country():
    stands(*ALPHA)
    told = study()
    assert reached(told) == (900, 900, 1800)
    assert of(told, "ML910101")["reached"]["known"] == 900
    assert of(told, "ML910102")["reached"] is None
    for level in ("regions", "cercles", "communes"):
        assert sum(area["reached"]["known"] for area in told[level] if area["reached"]) == 900
        assert sum(area["people_placed"] or 0 for area in told[level]) == 1800


def test_exactly_at_the_limit_counts():
    stands(ALPHA[0], ALPHA[1] + NORTH_10_KM)
    exactly = metres_between([ALPHA[0]], [ALPHA[1]], [ALPHA[0]], [ALPHA[1] + NORTH_10_KM])[0] / 1000
    assert reached(study(limit=exactly), "known") == (900,)
    assert reached(study(limit=exactly - 0.001), "known") == (0,)


def test_a_village_on_the_border_of_two_communes_counts_in_one():
    live(ALPHA, BETA, GAMMA, (-4.5, 13.5))
    stands(-4.5, 13.5)
    told = study(limit=1, limits=[1])
    people = [of(told, pcode)["people_placed"] or 0 for pcode in ("ML910101", "ML910102")]
    assert sum(people) == 900
    assert (
        sum((of(told, pcode)["reached"] or {"known": 0})["known"] for pcode in ("ML910101", "ML910102"))
        == 450
    )


def test_what_stands_and_what_works_side_by_side():
    stands(*ALPHA, y2020="functional")
    stands(*BETA, y2020="closed")
    stands(*GAMMA)
    told = study(sense="functional")
    assert told["country"]["senses"]["nominal"]["low"] == 1800
    assert told["country"]["senses"]["functional"] == {"low": 900, "point": 1050, "known": 1200, "high": 1800}
    assert reached(told, "low", "point", "known") == (900, 1050, 1200)


@pytest.mark.parametrize(("share", "expected"), [(0.4, (0, 0)), (0.5, (900, 900)), (None, (0, 900))])
def test_a_periodic_court_counts_when_it_is_open_often_enough(share, expected):
    report_status(stands(*ALPHA), "periodic", as_of=date(2025, 1, 1), share_of_days=share)
    told = study(sense="functional", periodic_share=0.5)
    assert reached(told, "low", "known") == expected


def test_a_relocated_court_counts_where_it_sits_and_on_the_register_at_its_seat():
    court = stands(*ALPHA)
    report_status(court, "relocated", as_of=date(2025, 1, 1), relocated_to="Village 2")
    told = study(sense="functional")
    assert reached(told, "low", "known") == (600, 600)
    assert told["country"]["senses"]["nominal"]["low"] == 900
    assert (told["institutions"][0]["sits"], told["institutions"][0]["longitude"]) == ("relocated", -3.5)


def test_a_court_relocated_nobody_knows_where_may_be_at_its_seat():
    report_status(stands(*ALPHA), "relocated", as_of=date(2025, 1, 1), relocated_to="Ailleurs")
    assert reached(study(sense="functional"), "low", "known") == (0, 900)


def test_a_status_of_after_the_day_asked_is_not_known_yet():
    stands(*ALPHA, y2025="closed")
    assert reached(study(sense="functional", day="2024-06-01"), "known") == (900,)
    assert reached(study(sense="functional", day="2025-06-01"), "known") == (0,)


def test_a_chain_reaches_as_far_as_its_farthest_link():
    stands(*ALPHA, BRIGADE)
    stands(*BETA, BRIGADE)
    stands(*ALPHA, TGI)
    stands(*ALPHA, EPES)
    told = study(chain=True, kinds=None)
    assert [link["key"] for link in told["links"]] == ["police", "court", "prison"]
    assert reached(told, "known") == (900,)
    assert {part["key"]: part["known"] for part in told["country"]["parts"]} == {
        "police": 1500,
        "court": 900,
        "prison": 900,
    }
    assert of(told, "ML9201")["worst_link"] == {"police": 0, "court": 600, "prison": 0, "missing": 0}


def test_a_chain_without_a_prison_reaches_nobody():
    stands(*ALPHA, BRIGADE)
    stands(*ALPHA, TGI)
    told = study(chain=True, kinds=None)
    assert reached(told, "known") == (0,)
    assert told["country"]["worst_link"]["missing"] == 1800


def test_minutes_are_walking_minutes_until_roads_are_loaded():
    stands(*ALPHA)
    told = study(measure="minutes", limit=60, limits=[60])
    assert told["walking_only"] is True
    assert reached(told, "low", "known") == (900, 900)
    assert told["curve"]["minutes"]["known"][0] == 900
    assert told["travel"]["border"] == "closed"


def test_an_institution_outside_mali_counts_only_where_the_border_is_open():
    stands(-4.5, 12.95)
    told = study(limit=60)
    assert reached(told, "known") == (0,)
    assert [each["latitude"] for each in told["outside_mali"]] == [12.95]
    asked = question(ASKED | {"border": "open"}, today=TODAY)
    measuring = Measuring(asked, links_of(asked), TODAY)
    assert (len(measuring.institutions), measuring.outside) == (1, [])
    sure, _known = measuring.distances("asked", CoverageSense.NOMINAL, "km")
    assert sure[0] == pytest.approx(33.2, abs=0.1)


def test_a_settlement_off_the_grid_is_named_and_no_time_reaches_it():
    far = small_country.square(20, 13, 21, 14)
    areas = [
        (level, pcode, "Loin", parent, far)
        for level, pcode, parent in (
            (Level.REGION, "ML93", "ML"),
            (Level.CERCLE, "ML9301", "ML93"),
            (Level.COMMUNE, "ML930101", "ML9301"),
        )
    ]
    small_country.make("Avec un lieu lointain", [*small_country.AREAS, *areas])
    live(ALPHA, (20.5, 13.5))
    small_country.people(Alpha=900, Loin=70)
    stands(20.5, 13.5)
    told = study()
    assert (told["off_the_grid"]["number"], told["off_the_grid"]["people"]) == (1, 70)
    assert told["off_the_grid"]["settlements"][0]["name"] == "Village 2"
    assert told["not_placed"][0]["why"] == "off_the_grid"
    assert reached(told, "known") == (70,)
    assert told["curve"]["minutes"]["known"][-1] == 0


def test_an_institution_in_water_moves_to_the_nearest_land_and_says_so():
    lies("rivers", {(0, 0): 1}, ["water"])
    court = stands(*place())
    told = study()
    assert told["moved"] == [
        {"id": court.pk, "name": "", "kind": "ti", "metres": 1000, "why": "out_of_water"}
    ]
    assert "travel_rivers" in {source["kind"] for source in told["snapshot"]}


def test_people_per_post_against_a_norm():
    stands(*ALPHA)
    told = study(norm={"people_per_post": 500})
    assert of(told, "ML9101")["norm"] == {
        "people_per_post": 500,
        "needed": 2,
        "standing_low": 1,
        "standing_known": 1,
        "lacking_low": 1,
        "lacking_high": 1,
    }
    assert told["country"]["norm"]["needed"] == 4
    assert of(told, "ML910101")["norm"] is None


def test_planned_works_count_when_asked():
    planned(*BETA)
    assert reached(study(), "known") == (0,)
    told = study(with_works=True)
    assert reached(told, "low") == (600,)
    assert told["institutions"][0]["id"] == "INF01"


def test_violence_near_weighs_those_who_are_beyond():
    small_country.happened(*[small_country.event(*ALPHA)] * 12)
    told = study(violence={"km": 20, "since": "2019-11-01", "until": "2020-10-31"})
    assert told["violence"]["events"] == 12
    assert told["country"]["weighted"]["beyond_known"] == pytest.approx(900 * 1.5 + 900, rel=1e-3)


def test_hexagons_hold_everybody_once():
    stands(*ALPHA)
    cells = study()["hexagons"]["cells"]
    assert sorted((cell["people"], cell["beyond_known"]) for cell in cells) == [
        (300, 300),
        (600, 600),
        (900, 0),
    ]
    assert all(len(cell["ring"]) in (5, 6, 7) for cell in cells)


def test_an_imprecise_place_is_drawn_within_its_cercle_and_the_interval_holds_the_point():
    live(ALPHA, (-4.5, 13.9), BETA, GAMMA)
    court = stands(*ALPHA)
    court.place_told = PlaceTold.SEAT
    keep(court)
    told = study(draws=50)["country"]["reached"]
    assert told["point"] == 450
    assert told["drawn_low"] <= 450 <= told["drawn_high"]


def test_the_court_that_the_law_assigns_beside_the_nearest(tmp_path):
    assert study()["judicial_map"] is None
    for where, name in ((ALPHA, "TI d’Alpha"), (BETA, "TI de Bêta")):
        court = stands(*where)
        court.name = name
        keep(court)
    file = tmp_path / "carte.csv"
    file.write_text(
        "cercle,court_kind,court_name\nAlpha,TI,TI d’Alpha\nBêta,TI,TI d’Alpha\n", encoding="utf-8"
    )
    call_command("load_judicial_map", file)
    told = study()
    assert told["judicial_map"]["courts"] == [{"kind": "ti", "courts": 1, "courts_without_place": []}]
    (alpha,), (beta,), (gamma,) = (of(told, pcode)["assigned"] for pcode in ("ML9101", "ML9201", "ML9202"))
    assert (alpha["reached"], alpha["another_is_nearest"], alpha["km"]) == (900, 0, 0)
    assert (beta["people"], beta["reached"], beta["nearest_reached"], beta["another_is_nearest"]) == (
        600,
        0,
        600,
        600,
    )
    assert beta["km"] > 100
    assert gamma["people"] == 0


def test_the_same_question_of_the_same_data_gives_the_same_bytes_and_the_run_that_is_there(
    as_persona, django_user_model
):
    stands(*ALPHA)
    as_persona("planner")
    planner = django_user_model.objects.get(username="test-planner")
    first = runs.ask(planner, ASKED, name="Première")
    assert runs.ask(planner, ASKED, name="Seconde") == first
    answer_run(first.pk)
    first.refresh_from_db()
    assert runs.ask(planner, ASKED, name="Troisième") == first
    assert canonical(study()) == first.answer
    complete("ML9101")
    assert runs.ask(planner, ASKED, name="Après") != first


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"limite": 3}, "limite"),
        ({"chain": True}, "kinds"),
        ({"limit": 101}, "limit"),
        ({"kinds": ["palais"]}, "kinds"),
        ({"unknown_works": [1, 0]}, "unknown_works"),
        ({"measure": "jours"}, "measure"),
        ({"violence": {"since": "2020-02-01", "until": "2020-01-01"}}, "violence"),
    ],
)
def test_what_means_nothing_is_refused_by_its_field(asked, field):
    with pytest.raises(ValidationError) as refused:
        question(ASKED | asked, today=TODAY)
    assert field in refused.value.detail


def test_a_question_is_whole_and_the_same_whatever_order_it_is_told_in():
    one = question({"kinds": ["jpce", "ti"], "limit": 30}, today=TODAY)
    other = question({"limit": 30.0, "kinds": ["ti", "jpce"], "sense": "nominal"}, today=TODAY)
    assert canonical(one) == canonical(other)
    assert question({"measure": "minutes"}, today=TODAY)["limits"] == [30, 60, 120]
    assert question({"kinds": ["prison"]}, today=TODAY)["kinds"] == ["epes", "prison_not_told"]
    assert TI in question({"kinds": ["court"]}, today=TODAY)["kinds"]
