"""Choices held against a real one in the small country, and what may enter them."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from rest_framework.exceptions import ValidationError

from apps.area_tables.models import AreaTable
from apps.area_tables.services import save_table
from apps.boundaries.models import Area
from apps.events import loading
from apps.events.models import ConflictEvent, EventCount
from apps.programme.models import TargetCercle
from apps.runs.models import Run
from apps.runs.services import RunFailed, run_now
from apps.targeting import backtests
from apps.targeting.backtest_questions import question
from geo.vocabulary import EventSource
from layers.sources_toml import Contents
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db

UNTIL = "2020-10-31"
DAYS = {"since": "2020-01-01", "until": "2020-12-31"}

# Violent events until October 2020: Alpha 3, Bêta 2, Gamma 1. Deaths: Alpha 0, Bêta 1, Gamma 4.
EVENTS = [
    *(event(-4.5, 13.5, day=f"2020-0{month}-15") for month in (2, 3, 4)),
    event(-3.5, 13.5, day="2020-05-15", fatalities=1),
    event(-3.5, 13.5, day="2020-06-15"),
    event(-2.5, 13.5, day="2020-07-15", fatalities=4),
]


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.people(Alpha=100_000, Bêta=50_000, Gamma=200_000)
        load_events(*EVENTS)
        chosen("ML9201", "ML9202")


def load_events(*records):
    """Load a file of events as an operator does each week: what it tells again stays, what is new joins."""
    numbered = [small_country.numbered(record, number) for number, record in enumerate(records)]
    file = small_country.source(Contents.ACLED_EVENTS, "events.csv", sha256=f"{len(records)}".zfill(64))
    loading.upsert_records(numbered, file, source=EventSource.ACLED)


def chosen(*pcodes, logic="centre_nord"):
    """Make these, and only these, the programme's cercles."""
    TargetCercle.objects.update(area=None)
    for target, pcode in zip(TargetCercle.objects.order_by("row"), pcodes, strict=False):
        target.area, target.zone_logic = Area.objects.active().get(pcode=pcode), logic
        target.save()


def criterion(key, indicator, weight=1, **about):
    days = {} if indicator in ("people", "table", "works") else DAYS
    return {"key": key, "indicator": indicator, "weight": weight} | days | about


VIOLENCE_AND_DEATHS = [criterion("violence", "violent_events", 3), criterion("deaths", "fatalities", 1)]


def asked(criteria=VIOLENCE_AND_DEATHS, *, number=2, until=UNTIL, zones=None, **about):
    zones = zones or [{"key": "all", "criteria": criteria}]
    told = {"case": "own", "until": until, "draws": 400} | about
    return question(told | {"question": {"zones": zones, "rules": {"number": number}}})


def run_of(told, **about):
    return run_now(backtests.KIND, told, name="Essai", **about)


def answer_of(told):
    return json.loads(run_of(told).answer)


def names(answer, pcodes):
    known = {area["pcode"]: area["name"] for area in answer["scores"]}
    return [known[pcode] for pcode in pcodes]


# --- Agreement by hand -------------------------------------------------------------------------------------


def test_agreement_by_hand():
    answer = answer_of(asked())
    # Violence 1, 0.5, 0 x 75; deaths 0, 0.25, 1 x 25: Alpha 75, Bêta 43.75, Gamma 25. Really: Bêta and Gamma.
    fates = {area["name"]: (area["score"], area["fate"]) for area in answer["scores"]}
    assert fates == {"Alpha": (75, "false"), "Bêta": (43.75, "recovered"), "Gamma": (25, "missed")}
    found = answer["agreement"]["together"]
    assert (found["precision"], found["recall"]) == (0.5, 0.5)
    assert found["jaccard"] == pytest.approx(1 / 3)
    # Ranks of scores 3, 2, 1 against 1, 2.5, 2.5.
    assert found["correlation"] == pytest.approx(-1.5 / 3**0.5)
    assert found["chance"] == {"mean": pytest.approx(4 / 3), "low": 1, "high": 2}
    assert names(answer, found["missed"]) == ["Gamma"]


def test_weightings_that_do_as_well_are_a_set_with_ranges():
    found = answer_of(asked())["weightings"]
    # With w on violence Alpha has w, Bêta 0.5 w + 0.25 (1 - w), Gamma 1 - w: both real ones come first where
    # Alpha is last, w < 0.25 + 0.25 w or w < 1/3.
    best = found["as_best"]
    assert (best["common"], found["counts"][:2]) == (2, [0, 400 - best["number"]])
    assert best["number"] / 400 == pytest.approx(1 / 3, abs=0.06)
    assert best["shares"]["violence"]["most"] == pytest.approx(1 / 3, abs=0.02)


def test_shares_of_weightings_and_who_is_never_chosen():
    answer = answer_of(asked([criterion("violence", "violent_events")]))
    # One criterion, one weighting: Gamma has the fewest events and is never among the first two.
    assert {area["name"]: area["share"] for area in answer["scores"]} == {"Alpha": 1, "Bêta": 1, "Gamma": 0}
    assert names(answer, answer["explained"]["never"]) == ["Gamma"]
    assert names(answer, answer["explained"]["always"]) == ["Bêta"]


def test_violence_alone_stands_beside():
    alone = answer_of(asked())["alone"]
    assert (alone["violent_events"]["since"], alone["violent_events"]["until"]) == ("2018-01-01", UNTIL)
    # By count Alpha and Bêta; per 100 000: Bêta 4, Alpha 3, Gamma 0.5.
    for each in alone.values():
        assert len(each["agreement"]["together"]["common"]) == 1


def test_zones_agree_apart_and_together():
    chosen("ML9101", "ML9202")
    zones = [
        {"key": "ouest", "regions": ["ML91"], "number": 1, "criteria": VIOLENCE_AND_DEATHS},
        {"key": "est", "regions": ["ML92"], "number": 1, "criteria": VIOLENCE_AND_DEATHS},
    ]
    told = answer_of(asked(zones=zones))["agreement"]
    # In the west Alpha is alone; in the east Bêta (violence 1 x 75) stands before Gamma (deaths 1 x 25).
    assert {key: len(zone["common"]) for key, zone in told["zones"].items()} == {"ouest": 1, "est": 0}
    # One of one and one of two at random.
    assert told["together"]["chance"] == {"mean": 1.5, "low": 1, "high": 2}


def test_a_region_left_out_is_told_with_chance():
    east = answer_of(asked())["regions"]
    # Both real cercles are of the east: nothing is left to learn from, so every weighting counts.
    assert [(each["name"], each["real"], each["weightings"], each["elsewhere"]) for each in east] == [
        ("Est", 2, 400, 0)
    ]
    assert east[0]["by_chance"] == pytest.approx(4 / 3)


def test_a_smaller_plan_drops_the_last():
    answer = answer_of(asked(reduced_to=1))
    assert names(answer, answer["reduced"]["leaving"]) == ["Bêta"]
    # Chosen among the real ones alone, Gamma is behind Bêta.
    assert names(answer, answer["reduced"]["of_programme"]) == ["Gamma"]
    assert answer_of(asked(reduced_to=2))["reduced"] is None


def test_a_question_without_a_real_cercle_says_so():
    with pytest.raises(RunFailed, match="programme"):
        run_of(asked(zones=[{"key": "o", "regions": ["ML91"], "criteria": VIOLENCE_AND_DEATHS}], number=1))


# --- Nothing later enters ----------------------------------------------------------------------------------


def test_an_event_of_the_day_after_changes_no_byte():
    before = run_of(asked())
    load_events(*EVENTS, event(-2.5, 13.5, day="2020-11-01", fatalities=99))
    assert run_of(asked()).answer == before.answer
    load_events(*EVENTS, event(-2.5, 13.5, day="2020-10-31", fatalities=99))
    assert run_of(asked()).answer != before.answer


def test_periods_are_cut_to_the_day_and_later_ones_left_out():
    criteria = [*VIOLENCE_AND_DEATHS, criterion("next", "violent_events", since="2020-11-01")]
    answer = answer_of(asked(criteria))
    assert {each["id"]: each["until"] for each in answer["criteria"]} == {"violence": UNTIL, "deaths": UNTIL}
    assert [(each["key"], each["reason"]) for each in answer["left_out"]] == [("next", "period_later")]
    assert answer["events_until"] == UNTIL


def test_what_cannot_be_dated_is_listed_as_left_out():
    load = small_country.recorded("area_table", Contents.OTHER, "t.csv", 3)
    save_table("undated", "Indice", "", "", 2, [], load, method="", as_of=None, made_by=None)
    save_table("later", "Indice", "", "", 2, [], load, method="", as_of=date(2021, 1, 1), made_by=None)
    save_table("empty", "Indice", "", "", 2, [], load, method="", as_of=date(2019, 1, 1), made_by=None)
    assert AreaTable.objects.count() == 3
    criteria = [
        *VIOLENCE_AND_DEATHS,
        *(criterion(key, "table", table=key) for key in ("undated", "later", "empty")),
        criterion("conflictuality", "table", 0),
        criterion("works", "works"),
        criterion("projects", "projects"),
        criterion("gap", "beyond_share"),
        criterion("rate", "violent_per_100k", 0),
    ]
    answer = answer_of(asked(criteria))
    assert {each["key"]: each["reason"] for each in answer["left_out"]} == {
        "undated": "table_undated",
        "later": "table_later",
        "empty": "no_data",
        "conflictuality": "not_supplied",
        "works": "told_after",
        "projects": "told_after",
        "gap": "register",
        "rate": "no_weight",
    }
    assert [each["id"] for each in answer["criteria"]] == ["violence", "deaths"]


def test_people_of_a_later_year_leave_out_what_counts_them():
    load_events(*EVENTS, event(-4.5, 13.5, day="2019-05-01"))
    days = {"since": "2019-01-01", "until": "2019-12-31"}
    criteria = [
        criterion("violence", "violent_events", **days),
        criterion("rate", "violent_per_100k", **days),
        criterion("people", "people"),
    ]
    answer = answer_of(asked(criteria, until="2019-12-31"))
    assert {each["key"]: (each["reason"], each["dated_to"]) for each in answer["left_out"]} == {
        "rate": ("people_later", 2020),
        "people": ("people_later", 2020),
    }
    assert answer["alone"]["violent_per_100k"]["left_out"] == "people_later"


def test_a_zone_of_which_nothing_can_be_dated_says_so():
    with pytest.raises(RunFailed, match="daté"):
        run_of(asked([criterion("works", "works")]))


def test_the_resolved_question_asks_the_very_same():
    first = run_of(asked())
    again = run_of(json.loads(first.answer)["question"])
    assert again.hash == first.hash
    assert first.events_until == date(2020, 10, 31)
    assert not first.is_simulated


# --- What may be asked -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"case": "1999"}, "case"),
        ({"case": "own"}, "question"),
        ({"case": "all_2020", "zone": "x"}, "zone"),
        ({"case": "all_2020", "draws": 1}, "draws"),
    ],
)
def test_what_is_no_back_test_names_the_field(told, field):
    with pytest.raises(ValidationError) as refused:
        question(told)
    assert field in refused.value.detail


def test_the_ready_made_cases_are_whole_questions():
    early = question({"case": "centre_nord_2019"})
    assert (early["until"], early["logics"], early["reduced_to"]) == ("2019-12-31", ["centre_nord"], None)
    assert early["question"]["zones"][0]["regions"] == ["ML92"]
    national = question({"case": "all_2020", "zones": "national"})
    assert national["question"]["rules"]["number"] == 2
    assert (national["reduced_to"], national["alone_since"]) == (17, "2018-01-01")


# --- The command -------------------------------------------------------------------------------------------


def command(*arguments, **options):
    out = io.StringIO()
    call_command("run_backtest", *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_command_makes_the_examples_and_keeps_them_once():
    load_events(*EVENTS, event(-4.5, 13.5, day="2019-05-01"))
    said = command(examples=True)
    assert said.count("hash") == 3
    assert Run.objects.filter(kind="backtest", is_public=True).count() == 3
    assert command(examples=True).count("kept before") == 3
    assert Run.objects.count() == 3


def test_examples_on_simulated_events_say_so_in_their_name():
    small_country.happened(*EVENTS, event(-4.5, 13.5, day="2019-05-01"), simulated=True)
    command(examples=True)
    assert all(run.is_simulated and "simulés" in run.name for run in Run.objects.all())


def test_without_any_event_the_examples_rest_on_what_is_known():
    ConflictEvent.objects.all().delete()
    EventCount.objects.all().delete()
    command(examples=True)
    answer = json.loads(Run.objects.get(name__startswith="Centre-Nord").answer)
    assert [each["id"] for each in answer["criteria"]] == ["border"]
    assert (answer["alone"]["violent_events"]["left_out"], answer["events"]["number"]) == ("no_data", 0)


def test_without_the_programme_the_command_says_what_to_load():
    chosen()
    with pytest.raises(CommandError, match="load_programme"):
        command(examples=True)


# --- Who may read ------------------------------------------------------------------------------------------


def test_a_back_test_on_a_restricted_table_tells_others_the_choice_alone(django_user_model):
    load = small_country.recorded("area_table", Contents.OTHER, "t.csv", 3, access="data_keepers")
    save_table("secret", "Indice", "", "", 2, [], load, method="", as_of=date(2019, 1, 1), made_by=None)
    told = asked([*VIOLENCE_AND_DEATHS, criterion("t", "table", table="secret")])
    planner = django_user_model.objects.create_user("planner")
    with pytest.raises(ValidationError, match="secret"):
        backtests.ask(planner, told, name="x")
    run = run_of(told)
    answer = backtests.told_to(run, planner)
    assert (answer["is_whole"], answer["weightings"]) == (False, None)
    assert all("score" not in area and "share" not in area for area in answer["scores"])
    assert backtests.told_to(run, django_user_model.objects.create_superuser("keeper"))["is_whole"]
