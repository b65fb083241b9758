"""Where to build in the small country: three cercles with a seat each, choices that can be made by hand."""

import json

import pytest
from django.contrib.gis.geos import Point
from django.core.management import call_command
from rest_framework.exceptions import ValidationError

from apps.infrastructure.models import Institution
from apps.programme.models import PlannedWork
from apps.runs.canonical import canonical
from apps.runs.services import RunFailed, run_now
from apps.siting import runs
from apps.siting.computing import compute
from apps.siting.costs import programme_costs
from apps.sources.models import Load
from apps.targeting.computing import compute as compute_targeting
from apps.targeting.questions import question as targeting_question
from geo.vocabulary import InstitutionFamily, InstitutionKind
from tests import small_country
from tests.coverage.inhabited import BRIGADE, complete_everywhere, live, stands

pytestmark = pytest.mark.django_db

ALPHA, BETA, GAMMA = (-4.5, 13.25), (-3.5, 13.5), (-2.5, 13.75)
SEAT = 3
POLICE = [kind for kind in InstitutionKind if kind.family is InstitutionFamily.POLICE]
ASKED = {
    "kinds": ["commissariat"],
    "costs": {"commissariat": 100.0},
    "budget": 200.0,
    "draws": 0,
    "existing": {"day": "2026-11-01"},
}


@pytest.fixture(autouse=True, scope="module")
def three_seats(lasting):
    """900 people live at the seat of Alpha, 600 of Bêta, 300 of Gamma; nothing stands, nothing is planned."""
    with lasting():
        Institution.objects.all().delete()
        PlannedWork.objects.all().delete()
        small_country.make()
        live((*ALPHA, SEAT), (*BETA, SEAT), (*GAMMA, SEAT))
        small_country.people(Alpha=900, Bêta=600, Gamma=300)


def text(**asked):
    return canonical(compute(json.dumps(runs.whole(ASKED | asked)), step=lambda done, total: None).answer)


def answered(**asked):
    return json.loads(text(**asked))


def plan(told, key="chosen"):
    return next((each for each in told["plans"] if each["key"] == key), None)


def names(told, key="chosen"):
    return [site["name"] for site in plan(told, key)["sites"]]


def work(code, place, point, usd, kind="commissariat", **about):
    load = Load.objects.in_use().of_kind(Load.Kind.PROGRAMME).first()
    PlannedWork.objects.create(
        load=load,
        row=int(code[3:]),
        documents=["prosmed"],
        infra_id=code,
        infra_type=kind,
        kind=kind,
        action=about.pop("action", "build; equip"),
        status="planned",
        place=place,
        level="cercle" if point else "",
        usd_total=usd,
        location=point and Point(*point, srid=4326),
        **about,
    )


def test_two_sites_go_where_most_people_are_and_the_register_leaves_the_least_open():
    told = answered()
    assert names(told) == ["Alpha", "Bêta"]
    assert plan(told)["people"] == {"low": 0, "point": 1500, "high": 1500}
    assert [site["people"]["point"] for site in plan(told)["sites"]] == [900, 600]
    assert plan(told)["sites"][0]["people_per_100k_usd"]["high"] == 900_000
    assert plan(told)["cost"] == 200
    assert told["gap"]["status"] == "optimal"
    assert told["gap"]["absolute"] == 0
    assert told["register_is_floor"] is True
    assert [(each["key"], each["gain"]) for each in told["binding"]] == [("budget", 300)]
    assert names(told, "greedy") == ["Alpha", "Bêta"]


def test_a_register_that_is_complete_makes_the_least_as_high_as_the_most():
    complete_everywhere(kinds=POLICE)
    assert plan(answered())["people"] == {"low": 1500, "point": 1500, "high": 1500}


def test_whoever_has_it_already_is_not_counted_again():
    stands(*ALPHA, kind=BRIGADE)
    told = answered()
    assert names(told) == ["Bêta", "Gamma"]
    assert told["people"]["reached"]["point"] == 900
    assert told["existing"] == [list(ALPHA)]
    assert names(answered(existing={"sense": "none"})) == ["Alpha", "Bêta"]


def test_what_may_work_is_counted_as_there_but_not_for_sure():
    stands(*ALPHA, kind=BRIGADE)
    told = answered(existing={"sense": "functional", "day": "2026-11-01"})
    # The best plan leaves Alpha out, whose brigade may work, even with money left.
    assert names(told) == ["Bêta", "Gamma"]
    assert names(answered(budget=300.0, existing={"sense": "functional"})) == ["Bêta", "Gamma"]
    assert told["people"]["reached"] == {"low": 0, "point": 900, "high": 1800}


def test_an_exclusion_bars_with_its_reason_and_tells_what_it_costs():
    told = answered(exclude={"ML9101": "Sans accès"})
    assert names(told) == ["Bêta", "Gamma"]
    barred = {each["code"]: each["barred"] for each in told["candidates"]}
    assert barred["ML9101"] == {"rule": "exclude", "code": "ML9101", "reason": "Sans accès"}
    assert barred["ML9201"] is None
    assert [(each["key"], each["area"], each["gain"]) for each in told["binding"]] == [
        ("exclude", "ML9101", 600)
    ]


def test_floors_and_musts_are_kept_and_said_to_bind():
    told = answered(floors={"ML92": 2})
    assert names(told) == ["Bêta", "Gamma"]
    assert ("floor", "ML92", 600) in [(each["key"], each["area"], each["gain"]) for each in told["binding"]]
    assert names(answered(must={"ML9202": "Promis"})) == ["Alpha", "Gamma"]
    assert names(answered(must_not={"ML9101": "Déjà promis"})) == ["Bêta", "Gamma"]
    with pytest.raises(RunFailed, match="ML99"):
        answered(must={"ML99": "Inconnu"})


def test_rules_that_cannot_hold_together_are_named():
    told = answered(floors={"ML91": 1, "ML92": 2}, must_not={"ML9201": "Non"}, number=5)
    assert plan(told) is None
    assert {(each["key"], each["area"]) for each in told["infeasible"]["rules"]} == {
        ("floor", "ML92"),
        ("must_not", "ML9201"),
    }
    told = answered(floors={"ML91": 1, "ML92": 2})
    assert [each["key"] for each in told["infeasible"]["rules"]] == ["budget", "floor", "floor"]
    assert (told["gap"], told["robust"]) == (None, None)


def test_a_share_is_reached_at_the_least_cost_or_said_to_be_out_of_reach():
    told = answered(budget=None, share=0.5)
    assert names(told) == ["Alpha"]
    assert told["gap"]["unit"] == "usd"
    told = answered(budget=None, share=0.9, exclude={"ML9101": ""})
    assert told["infeasible"]["most_share"] == 0.5


def test_each_year_spends_its_own_and_what_was_left():
    told = answered(budget=None, years={"2021": 100, "2022": 50, "2023": 50})
    assert [(site["name"], site["year"]) for site in plan(told)["sites"]] == [("Alpha", 2021), ("Bêta", 2023)]
    # Three years of 900 people, one of 600.
    assert told["gap"]["objective"] == 3300


def test_the_whole_chain_is_built_at_one_place_before_half_of_it_at_two():
    costs = dict.fromkeys(("commissariat", "ti", "epes"), 100.0)
    told = answered(kinds=list(costs), costs=costs, budget=300.0, objective="chains")
    assert {site["name"] for site in plan(told)["sites"]} == {"Alpha"}
    assert plan(told)["people"]["point"] == 900


def test_police_come_before_the_court_at_the_same_place():
    costs = {"commissariat": 100.0, "ti": 10.0}
    about = {"kinds": ["commissariat", "ti"], "costs": costs, "budget": 20.0}
    assert {site["kind"] for site in plan(answered(**about))["sites"]} == {"ti"}
    assert plan(answered(**about, order=True))["sites"] == []
    stands(*GAMMA, kind=BRIGADE, y2020="functional")
    told = answered(**about, order=True)
    assert [(site["name"], site["kind"]) for site in plan(told)["sites"]] == [("Gamma", "ti")]


def test_a_jpce_is_made_a_court_or_a_new_one_is_built_beside_it_but_not_both():
    stands(*ALPHA, kind=InstitutionKind.JPCE)
    about = {"kinds": ["ti"], "counts": ["ti", "tgi"], "upgrades": ["jpce_to_ti"], "budget": 300.0}
    told = answered(**about, costs={"ti": 150.0, "jpce_to_ti": 90.0})
    assert [(site["kind"], site["action"]) for site in plan(told)["sites"]] == [
        ("ti", "transform"),
        ("ti", "build"),
    ]
    assert plan(told)["cost"] == 240
    assert plan(told)["people"]["high"] == 1500


def test_other_places_may_be_candidates():
    drawn = {"of": "points", "points": [{"name": "Ici", "longitude": -4.5, "latitude": 13.3}]}
    told = answered(candidates=drawn)
    assert names(told) == ["Ici"]
    assert plan(told)["sites"][0]["cercle"] == "ML9101"
    assert names(answered(candidates={"of": "settlements", "least_people": 700})) == ["Village 1"]
    assert names(answered(candidates={"of": "commune_seats"}, budget=100.0)) == ["Alpha Sud"]


def test_in_minutes_as_in_kilometres():
    told = answered(measure="minutes", limit=60)
    assert names(told) == ["Alpha", "Bêta"]
    assert told["walking_only"] is True


def test_people_in_the_midst_of_violence_may_count_more():
    small_country.happened(*[small_country.event(*GAMMA, f"2020-10-{day:02}") for day in range(1, 29)])
    small_country.people(Alpha=900, Bêta=400, Gamma=300)
    assert names(answered()) == ["Alpha", "Bêta"]
    told = answered(objective="violence")
    assert names(told) == ["Alpha", "Gamma"]
    assert told["violence"]["events"] == 28


def test_sites_stay_or_fall_in_draws_that_return():
    stands(*ALPHA, kind=BRIGADE)
    about = {"draws": 40, "seed": 2, "existing": {"sense": "functional"}}
    told = answered(**about)
    shares = {each["name"]: each["share"] for each in told["robust"]["sites"]}
    assert told["robust"]["doubtful"] == 1
    # Alpha comes in whenever its brigade is drawn not to work; then Gamma goes.
    assert shares["Bêta"] == 1
    assert shares["Alpha"] + shares["Gamma"] == pytest.approx(1)
    assert 0 < shares["Alpha"] < 1
    assert text(**about) == text(**about)


def test_the_curve_rises_and_the_exact_choice_is_at_least_the_greedy():
    curve = answered()["curve"]
    assert [point["cost"] for point in curve] == [0, 100, 200, 300, 400]
    assert [point["exact"]["point"] for point in curve] == [0, 900, 1500, 1800, 1800]
    assert all(point["exact"]["point"] >= point["greedy"]["point"] for point in curve)


def test_areas_add_up_to_the_plan():
    told = answered()
    for level in ("region", "cercle"):
        gains = [area["gains"]["chosen"]["point"] for area in told["areas"] if area["level"] == level]
        assert sum(gains) == 1500


def test_planned_works_are_held_against_as_many_chosen_at_the_same_cost():
    work("INF01", "Gamma", GAMMA, 335_000, alignment_confidence="medium")
    work("INF02", "Bêta", BETA, 25_000)
    work("INF03", "zones cibles", None, 900_000)
    work("INF04", "Alpha", ALPHA, 335_000, action="equip")
    cost = programme_costs()["commissariat"]
    assert (cost.usd, [line[0] for line in cost.lines]) == (25_000, ["INF01", "INF02"])
    asked = runs.nine_question()
    assert asked == {"kinds": ["commissariat"], "budget": 50_000.0}
    told = json.loads(
        canonical(compute(json.dumps(runs.whole(asked | {"draws": 0})), step=lambda *_: None).answer)
    )
    assert names(told) == ["Alpha", "Bêta"]
    assert plan(told)["cost"] == plan(told, "planned")["cost"] == 50_000
    planned = plan(told, "planned")
    assert [(site["name"], site["people"]["point"]) for site in planned["sites"]] == [
        ("Bêta", 600),
        ("Gamma", 300),
    ]
    assert planned["sites"][1]["document_cost"] == 335_000
    assert planned["sites"][1]["confidence"] == "medium"
    assert [each["key"] for each in planned["works_without_place"]] == ["INF03"]
    assert told["costs"]["commissariat"]["documents"] == ["prosmed"]


def test_a_cost_that_nobody_tells_is_asked_for():
    with pytest.raises(RunFailed, match="brigade"):
        answered(kinds=["brigade"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"budget": None}, "budget"),
        ({"share": 0.5}, "share"),
        ({"years": {"2030": 1}, "budget": None}, "years"),
        ({"limit": 200}, "limit"),
        ({"candidates": {"of": "points"}}, "candidates"),
        ({"candidates": {"least_people": 5}}, "candidates"),
        ({"kinds": ["palais"]}, "kinds"),
        ({"kinds": ["one_stop_centre"], "objective": "chains"}, "kinds"),
        ({"bugdet": 1}, "bugdet"),
    ],
)
def test_what_cannot_be_asked_is_named(wrong, field):
    with pytest.raises(ValidationError) as refused:
        runs.whole(ASKED | wrong)
    assert field in refused.value.detail


def test_without_works_there_is_no_example(capsys):
    call_command("run_siting", "--example")
    assert "No example" in capsys.readouterr().out


def targeting_of(run):
    criterion = {"key": "gain", "indicator": "siting_gain", "weight": 1, "run": str(run)}
    told = {"zones": [{"key": "all", "criteria": [criterion]}], "rules": {"number": 1}}
    return targeting_question(told | {"robustness": {"draws": 100}})


def test_whom_a_choice_of_sites_brings_within_reach_may_be_a_criterion_of_targeting():
    done = run_now(runs.KIND, runs.whole(ASKED), name="Implantations")
    asked = targeting_of(done.pk)
    told = json.loads(canonical(compute_targeting(json.dumps(asked), step=lambda *_: None).answer))
    by_pcode = {area["pcode"]: area for area in told["scores"]}
    values = {pcode: area["values"]["gain"]["value"] for pcode, area in by_pcode.items()}
    assert values == {"ML9101": 900, "ML9201": 600, "ML9202": 0}
    assert [pcode for pcode, area in by_pcode.items() if area["selected"]] == ["ML9101"]


def test_a_criterion_of_sites_needs_a_run_that_its_asker_may_read(as_persona):
    unsaid = {"key": "gain", "indicator": "siting_gain", "weight": 1}
    with pytest.raises(ValidationError, match="implantations"):
        targeting_question({"zones": [{"key": "all", "criteria": [unsaid]}]})
    nobody = "00000000-0000-0000-0000-000000000000"
    body = {"name": "Essai", "question": targeting_of(nobody)}
    answer = as_persona("planner").post(
        "/api/targeting/runs/", json.dumps(body), content_type="application/json"
    )
    assert (answer.status_code, nobody in answer.content.decode()) == (400, True)
