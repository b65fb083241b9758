"""Runs of targeting in the small country, whose scores can be made by hand."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError

from apps.area_tables.services import save_table
from apps.boundaries.models import Area
from apps.programme.models import TargetCercle
from apps.runs import services as runs_services
from apps.runs.models import Run
from apps.runs.services import RunFailed, run_now
from apps.targeting import runs
from apps.targeting.questions import question
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db

DAYS = {"since": "2020-01-01", "until": "2020-12-31"}


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.people(Alpha=100_000, Bêta=50_000, Gamma=200_000)
        # Violent events: Alpha 2, Bêta 1, Gamma 1; per 100 000: 2, 2, 0.5. Deaths: Alpha 1, Bêta 3, Gamma 0.
        small_country.happened(
            event(-4.5, 13.5, fatalities=1),
            event(-4.5, 13.4),
            event(-3.5, 13.5, fatalities=3),
            event(-2.5, 13.5),
        )


def criterion(key, indicator, weight, **about):
    days = DAYS if indicator not in ("people", "border_km", "table", "works") else {}
    return {"key": key, "indicator": indicator, "weight": weight} | days | about


VIOLENCE_AND_PEOPLE = [criterion("violence", "violent_events", 3), criterion("people", "people", 1)]


def asked(criteria=VIOLENCE_AND_PEOPLE, *, rules=None, **about):
    told = {"zones": [{"key": "all", "criteria": criteria}], "rules": rules or {"number": 1}}
    told["robustness"] = {"draws": 200}
    return question(told | about)


def answer_of(told, **about):
    return json.loads(run_now(runs.KIND, told, name="Essai", **about).answer)


def by_name(answer):
    return {area["name"]: area for area in answer["scores"]}


# --- Scores ---------------------------------------------------------------------------------------


def test_scores_ranks_and_contributions_by_hand():
    answer = answer_of(asked())
    # Violence 2, 1, 1 -> 1, 0, 0 (x 75); people 100, 50, 200 -> 1/3, 0, 1 (x 25).
    told = by_name(answer)
    assert {name: (area["score"], area["rank"]) for name, area in told.items()} == {
        "Alpha": (83.333333333, 1),
        "Gamma": (25, 2),
        "Bêta": (0, 3),
    }
    assert told["Alpha"]["contributions"] == {"violence": 75, "people": 8.333333333}
    assert [area["name"] for area in answer["scores"]] == ["Alpha", "Gamma", "Bêta"]
    assert (told["Alpha"]["selected"], told["Alpha"]["how"]) == (True, "rank")
    assert told["Gamma"]["why_not"] == ["below_the_line"]
    assert answer["zones"][0]["line"] == {"last_in": 83.333333333, "first_out": 25}


def test_topsis_stands_beside_the_score():
    told = answer_of(asked())["topsis"]
    assert (told["areas"]["ML9101"]["rank"], told["areas"]["ML9101"]["selected"]) == (1, True)
    # Bêta is the worst of both criteria: no closeness at all.
    assert told["areas"]["ML9201"] == {"closeness": 0, "rank": 3, "selected": False}
    assert (told["common"], told["correlation"]) == (1, {"all": 1})


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.integers(0, 100), min_size=3, max_size=3).filter(any),
    st.sampled_from(("min_max", "percentile", "z_score")),
    st.sampled_from(("arithmetic", "geometric")),
    st.sampled_from(("more", "less")),
)
def test_contributions_sum_to_the_score_in_every_run(weights, normalisation, aggregation, direction):
    about = {"normalisation": normalisation, "direction": direction}
    names = (("a", "violent_events"), ("b", "fatalities"), ("c", "people"))
    criteria = [
        criterion(key, indicator, weight, **about)
        for (key, indicator), weight in zip(names, weights, strict=True)
    ]
    told = {"zones": [{"key": "all", "aggregation": aggregation, "criteria": criteria}]}
    told |= {"rules": {"number": 1}, "robustness": {"draws": 100}}
    for area in answer_of(question(told))["scores"]:
        assert sum(area["contributions"].values()) == pytest.approx(area["score"], abs=1e-7)
        assert -1e-9 <= area["score"] <= 100 + 1e-9


def test_violence_counts_up_to_a_limit_and_against_a_cercle_beyond():
    band = criterion("violence", "fatalities", 1, direction="band", band=[1, 1])
    told = by_name(answer_of(asked([band])))
    # Deaths 1, 3, 0: best at 1, worst at both ends.
    assert {name: area["score"] for name, area in told.items()} == {"Alpha": 100, "Bêta": 0, "Gamma": 0}


def test_a_cercle_without_a_value_has_no_score_and_says_which():
    small_country.people(Alpha=100_000, Bêta=50_000)
    gamma = by_name(answer_of(asked()))["Gamma"]
    assert (gamma["score"], gamma["rank"], gamma["selected"]) == (None, None, False)
    assert (gamma["missing"], gamma["why_not"]) == (["people"], ["no_score"])
    assert gamma["values"]["people"] == {"value": None, "low": None, "high": None, "filled": None}


def test_a_missing_value_takes_the_median_of_its_region_and_says_so():
    small_country.people(Alpha=100_000, Bêta=50_000)
    filled = [VIOLENCE_AND_PEOPLE[0], criterion("people", "people", 1, missing="region_median")]
    gamma = by_name(answer_of(asked(filled)))["Gamma"]
    # Bêta is the only other cercle of the region Est.
    assert gamma["values"]["people"]["value"] is None
    assert gamma["values"]["people"]["filled"] == 50_000
    assert (gamma["quality"]["filled"], gamma["quality"]["known"]) == (["people"], 0.75)
    alone = [VIOLENCE_AND_PEOPLE[0], criterion("people", "people", 1, missing="value", fill=0)]
    assert by_name(answer_of(asked(alone)))["Gamma"]["values"]["people"]["filled"] == 0


def test_a_region_that_knows_nothing_fills_nothing():
    small_country.people(Bêta=50_000, Gamma=200_000)
    filled = [VIOLENCE_AND_PEOPLE[0], criterion("people", "people", 1, missing="region_median")]
    assert by_name(answer_of(asked(filled)))["Alpha"]["missing"] == ["people"]


def test_works_that_nobody_told_are_unknown_not_zero():
    answer = answer_of(asked([*VIOLENCE_AND_PEOPLE, criterion("works", "works", 5)]))
    works = next(each for each in answer["criteria"] if each["id"] == "works")
    assert (works["status"], works["known"]) == ("no_data", 0)
    assert answer["weights"] == {"violence": 0.75, "people": 0.25, "works": 0}


def test_the_border_of_the_small_country():
    told = by_name(answer_of(asked([criterion("border", "border_km", 1)])))
    # Alpha: three sides of a square of one degree at 13 to 14 north, one of 110.6 km and two of about 108.
    assert told["Alpha"]["values"]["border"]["value"] == pytest.approx(327, abs=3)
    assert told["Bêta"]["values"]["border"]["value"] == pytest.approx(216.6, abs=2)


def test_nearness_is_from_edge_to_edge_and_never_to_itself():
    near = criterion("near", "near_violence_km", 1, direction="less", threshold=2)
    told = by_name(answer_of(asked([near])))
    # Alpha alone has two violent events: it is near to no other one.
    assert told["Alpha"]["values"]["near"]["value"] is None
    assert told["Bêta"]["values"]["near"]["value"] == 0
    assert told["Gamma"]["values"]["near"]["value"] == pytest.approx(108, abs=1)


def test_a_rise_needs_events_of_the_period_before():
    # The last event is of March: January to March against October to December, before any was recorded.
    small_country.happened(event(-4.5, 13.5, day="2020-01-15"), event(-4.5, 13.5, day="2020-03-01"))
    rise = criterion("rise", "violent_rise", 1)
    answer = answer_of(asked([rise, VIOLENCE_AND_PEOPLE[0]]))
    assert by_name(answer)["Alpha"]["values"]["rise"]["value"] is None
    small_country.happened(
        event(-4.5, 13.5, day="2019-09-15"),
        event(-3.5, 13.5, day="2020-03-01"),
        event(-3.5, 13.5, day="2020-04-01"),
    )
    told = by_name(answer_of(asked([rise])))
    assert {name: area["values"]["rise"]["value"] for name, area in told.items()} == {
        "Alpha": -1,
        "Bêta": 2,
        "Gamma": 0,
    }


def test_nothing_later_than_asked_enters():
    small_country.happened(event(-4.5, 13.5), event(-4.5, 13.5, day="2020-11-30"))
    until = asked([criterion("violence", "violent_events", 1)], events_until="2020-10-31")
    answer = answer_of(until)
    assert by_name(answer)["Alpha"]["values"]["violence"]["value"] == 1
    assert answer["criteria"][0]["until"] == "2020-10-31"


def test_an_imprecise_event_raises_no_cercle_but_may_lie_in_any_of_its_region():
    small_country.happened(event(-4.5, 13.5), event(-3.5, 13.5, geo_precision=3))
    told = by_name(answer_of(asked([criterion("violence", "violent_events", 1)])))
    assert told["Bêta"]["values"]["violence"] == {"value": 0, "low": 0, "high": 1, "filled": None}
    assert told["Alpha"]["values"]["violence"] == {"value": 1, "low": 1, "high": 1, "filled": None}
    assert told["Bêta"]["quality"]["imprecise"] == ["violence"]


# --- Rules and zones ------------------------------------------------------------------------------


def test_must_must_not_and_access_are_kept_with_their_reasons():
    rules = {
        "number": 2,
        "must": {"ML9201": "PARSEC y bâtit"},
        "no_access": {"ML9101": "Aucune route"},
    }
    told = by_name(answer_of(asked(rules=rules)))
    assert (told["Bêta"]["how"], told["Bêta"]["reason"]) == ("must", "PARSEC y bâtit")
    assert (told["Alpha"]["why_not"], told["Alpha"]["reason"]) == (["no_access"], "Aucune route")
    assert told["Gamma"]["selected"]


def test_a_ceiling_of_a_region_holds_back_who_stands_above_the_line():
    rules = {"number": 2, "ceilings": {"ML92": 1, "ML91": 0}}
    told = by_name(answer_of(asked(rules=rules)))
    assert told["Alpha"]["why_not"] == ["region.ML91"]
    assert [name for name, area in told.items() if area["selected"]] == ["Gamma"]


def test_a_floor_is_met_before_the_others():
    told = by_name(answer_of(asked(rules={"number": 1, "floors": {"ML92": 1}})))
    assert (told["Gamma"]["how"], told["Alpha"]["selected"]) == ("floor", False)


def test_a_floor_that_nobody_can_fill_is_told():
    rules = {"number": 3, "floors": {"ML91": 2}}
    assert answer_of(asked(rules=rules))["rules"]["unmet"] == ["region.ML91"]


def test_a_budget_passes_over_who_is_too_dear():
    rules = {"budget": 250, "cost": 100, "costs": {"ML9101": 300}}
    answer = answer_of(asked(rules=rules))
    assert by_name(answer)["Alpha"]["why_not"] == ["budget"]
    assert (answer["totals"]["areas"], answer["totals"]["cost"]) == (2, 200)


def test_zones_are_ranked_by_their_own_criteria():
    told = question(
        {
            "zones": [
                {"key": "ouest", "regions": ["ML91"], "number": 1, "criteria": VIOLENCE_AND_PEOPLE},
                {"key": "est", "regions": ["ML92"], "number": 1, "criteria": VIOLENCE_AND_PEOPLE[1:]},
            ],
            "robustness": {"draws": 100},
        }
    )
    answer = answer_of(told)
    assert [(area["zone"], area["name"], area["rank"]) for area in answer["scores"]] == [
        ("ouest", "Alpha", 1),
        ("est", "Gamma", 1),
        ("est", "Bêta", 2),
    ]
    assert answer["weights"] == {"ouest.violence": 0.75, "ouest.people": 0.25, "est.people": 1}


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"rules": {"number": None}}, "combien"),
        ({"rules": {"number": 1, "must": {"ML0101": "x"}}}, "ML0101"),
        ({"rules": {"number": 1, "floors": {"ML01": 1}}}, "ML01"),
        ({"rules": {"number": 1, "must": {"ML9101": "x", "ML9201": "x"}}}, "règles"),
        ({"edition": "1999"}, "1999"),
        ({"criteria": [criterion("t", "table", 1, table="absent")]}, "absent"),
        ({"criteria": [criterion("t", "table", 1)]}, "Aucun critère"),
        ({"criteria": [criterion("r", "people", 1, missing="value", fill=-1, logged=True)]}, "négatives"),
    ],
)
def test_what_cannot_be_answered_says_why(about, words):
    small_country.people(Alpha=100_000, Bêta=50_000)
    with pytest.raises(RunFailed, match=words):
        run_now(runs.KIND, asked(**about), name="x")
    failed = Run.objects.get()
    assert (failed.state, failed.hash) == ("failed", "")


# --- The same question, the same bytes ------------------------------------------------------------


def test_the_same_question_gives_the_same_bytes_whoever_asks(django_user_model):
    author = django_user_model.objects.create_user("planner")
    one, other = run_now(runs.KIND, asked(), name="a"), run_now(runs.KIND, asked(), name="b", author=author)
    assert (one.answer, one.hash) == (other.answer, other.hash)


def test_the_resolved_question_asks_the_very_same():
    first = run_now(runs.KIND, asked(), name="a")
    again = run_now(runs.KIND, json.loads(first.answer)["question"], name="b")
    assert again.hash == first.hash


def test_a_run_says_its_data_by_their_hashes_and_its_dates():
    run = run_now(runs.KIND, asked(), name="a")
    answer = json.loads(run.answer)
    assert {each["kind"] for each in answer["snapshot"]} == {"boundaries", "events", "population"}
    assert all(len(each["sha256"]) == 64 for each in answer["snapshot"])
    assert (run.edition, run.events_until) == ("Petit pays", date(2020, 10, 31))
    assert run.known_at is not None
    assert not run.is_simulated


def test_a_run_on_simulated_events_says_so():
    small_country.happened(event(-4.5, 13.5), simulated=True)
    assert run_now(runs.KIND, asked(), name="a").is_simulated


def test_other_data_give_another_hash_and_the_former_run_stays():
    run = run_now(runs.KIND, asked(), name="a")
    small_country.people(Alpha=1, Bêta=2, Gamma=3)
    other = run_now(runs.KIND, asked(), name="a")
    kept = Run.objects.get(pk=run.pk)
    assert (kept.answer, kept.hash) == (run.answer, run.hash) != (other.answer, other.hash)


def test_a_run_that_is_done_is_never_answered_again():
    run = run_now(runs.KIND, asked(), name="a")
    small_country.people(Alpha=1)
    runs_services.answer(run.pk)
    assert Run.objects.get(pk=run.pk).answer == run.answer


# --- The command ----------------------------------------------------------------------------------


def command(*arguments, **options):
    out = io.StringIO()
    call_command("run_targeting", *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_command_answers_a_file_twice_and_keeps_one(tmp_path):
    file = tmp_path / "essai.json"
    file.write_text(json.dumps(asked()))
    assert "Chose 1 of 3, hash" in command(str(file))
    assert "kept before" in command(str(file))
    assert Run.objects.get().name == "essai"


def test_the_command_says_whether_an_answer_is_the_same(tmp_path):
    file = tmp_path / "answer.json"
    file.write_text(run_now(runs.KIND, asked(), name="a").answer)
    assert "byte by byte" in command(str(file), dry_run=True)
    small_country.people(Alpha=1, Bêta=2, Gamma=3)
    assert "Another answer" in command(str(file), dry_run=True)
    assert Run.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "no JSON"),
        ('{"zones": []}', "zones"),
        ('{"zone": []}', "zone"),
        ('{"zones": [{"key": "a", "criteria": [{"key": "v", "indicator": "x", "weight": 1}]}]}', "indicator"),
    ],
)
def test_a_file_that_is_no_question_names_what_is_wrong(tmp_path, content, words):
    file = tmp_path / "wrong.json"
    file.write_text(content)
    with pytest.raises(CommandError, match=words):
        command(str(file))
    assert not Run.objects.exists()


def test_the_example_is_public_and_marked_when_its_events_are_simulated():
    small_country.happened(event(-4.5, 13.5), simulated=True)
    for row, pcode in enumerate(("ML9101", "ML9201"), start=1):
        target = TargetCercle.objects.order_by("row")[row]
        target.area_id = Area.objects.active().get(pcode=pcode).pk
        target.zone_logic = ("centre_nord", "sud")[row - 1]
        target.save()
    TargetCercle.objects.exclude(area__pcode__in=["ML9101", "ML9201"]).update(area=None)
    said = command(example=True)
    run = Run.objects.get()
    assert "Chose 2 of 3" in said
    assert (run.name, run.is_public) == ("PROSMED, octobre 2020 (événements simulés)", True)
    assert "kept before" in command(example=True)


# --- Who may read ---------------------------------------------------------------------------------


def a_table(access):
    load = small_country.recorded("area_table", small_country.Contents.OTHER, "t.csv", 3, access=access)
    save_table("secret", "Indice", "", "", 2, [], load, method="", as_of=None, made_by=None)
    return load


def test_a_question_on_a_table_that_the_asker_may_not_read_is_refused(django_user_model):
    planner = django_user_model.objects.create_user("planner")
    a_table("data_keepers")
    told = asked([*VIOLENCE_AND_PEOPLE, criterion("t", "table", 1, table="secret")])
    with pytest.raises(ValidationError, match="secret"):
        runs.ask(planner, told, name="x")


def test_a_run_on_a_restricted_table_tells_others_the_choice_alone(django_user_model):
    a_table("data_keepers")
    told = asked([*VIOLENCE_AND_PEOPLE, criterion("t", "table", 1, table="secret")])
    run = run_now(runs.KIND, told, name="x")
    assert run.access == "data_keepers"
    answer = runs.told_to(run, django_user_model.objects.create_user("other"))
    assert not answer["is_whole"]
    assert all(set(area) == set(runs.CHOICE_ALONE) for area in answer["scores"])
    keeper = django_user_model.objects.create_superuser("keeper")
    assert runs.told_to(run, keeper)["is_whole"]
