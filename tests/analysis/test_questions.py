"""What may be asked: a refusal names the culprit and the way out; what is left out is filled in."""

import pytest
from rest_framework.exceptions import ValidationError

from apps.analysis.computing import answer_to
from apps.analysis.questions import checked
from apps.analysis.resolving import resolved
from apps.events import loading
from apps.runs.canonical import canonical
from geo.vocabulary import EventSource
from layers.sources_toml import Contents
from tests import small_country
from tests.analysis.asking import answer, column, features, question, step
from tests.coverage.inhabited import live
from tests.small_country import event, numbered, source

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def country(lasting):
    with lasting():
        small_country.make()
        live((-4.5, 13.25), (-2.5, 13.25, 3))
        small_country.happened(
            event(-4.5, 13.25, "2020-10-15"),
            event(-4.5, 13.25, "2019-10-15"),
            event(-2.5, 13.25, "2020-01-15"),
            access="signed_in",
        )


def where(field, op, value=None):
    return [{"field": field, "op": op, "value": value}]


POINT = {"shape": {"type": "Point", "coordinates": [-4.5, 13.25]}}


@pytest.mark.parametrize(
    ("told", "culprit"),
    [
        (question(), "steps"),
        (question(step("villages")), "villages"),
        (question(step("settlements"), colour="red"), "colour"),
        (question(step("settlements")) | {"version": 2}, "version"),
        (question(step(features("settlements", where=where("size", "=", 1)))), "settlement_class"),
        (question(step(features("events", where=where("fatalities", "=", "many")))), "fatalities"),
        (question(step(features("events", where=where("event_type", "=", "Battle")))), "Battles"),
        (question(step(features("events", where=where("event_type", "<", "Battles")))), "nombres"),
        (question(step(features("settlements", last_months=3))), "date"),
        (question(step(features("events", last_months=3, since="2020-01-01"))), "mois"),
        (question(step(features("events", since="2020-02-01", until="2020-01-01"))), "dernier"),
        (question(step(features("settlements", areas=["Mopti"]))), "P-code"),
        (question(step("settlements", "within_km", "events")), "kilomètres"),
        (question(step("settlements", "within", "events")), "point"),
        (question(step("settlements", "contains", "events")), "unités"),
        (question(step("settlements", "touches", "cercles")), "touchent"),
        (question(step("settlements", "near", "events")), "near"),
        (question(step("event_counts", "within", "cercles")), "tableau"),
        (question(step("cercles", "share_of_area", "events")), "kilomètres"),
        (question(step("settlements", "within", POINT)), "point"),
        (question(step({"step": 1})), "étape"),
        (question(*[step("settlements")] * 4), "3"),
        (question(step("settlements"), by=["month"]), "date"),
        (question(step("regions"), by=["cercle"]), "cercle"),
        (question(step("events"), by=["cercle", "cercle"]), "deux fois"),
        (question(step("events"), measure={"kind": "sum"}), "champ"),
        (question(step("events"), measure={"kind": "sum", "field": "actor1"}), "actor1"),
        (question(step("events"), measure={"kind": "rate"}), "habitants"),
        (question(step("events"), measure={"kind": "people"}), "localités"),
        (question(step("events"), measure={"kind": "share"}), "share"),
        (question(step("events"), keep={"first": 3}), "groupe"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(told, culprit):
    with pytest.raises(ValidationError) as refusal:
        checked(told)
    assert culprit in str(refusal.value.detail)


@pytest.mark.parametrize(
    ("told", "culprit"),
    [
        (question(step(features("settlements", areas=["ML99"]))), "ML99"),
        (question(step("settlements"), edition="1960"), "1960"),
        (question(step("events"), events={"source": "ucdp"}), "acled"),
        (question(step("events"), events={"known_at": "demain"}), "demain"),
    ],
)
def test_what_the_data_cannot_tell_is_refused_in_words(told, culprit):
    with pytest.raises(ValidationError) as refusal:
        resolved(checked(told))
    assert culprit in str(refusal.value.detail)


def test_months_become_days_and_the_edition_and_the_source_are_said():
    made = resolved(checked(question(step(features("events", last_months=12)))))
    assert made["steps"][0]["what"] == {
        "layer": "events",
        "where": [],
        "areas": [],
        "since": "2019-11-01",
        "until": "2020-10-31",
    }
    assert (made["edition"], made["events"]["source"]) == ("Petit pays", "acled")
    assert made["events"]["known_at"]


def test_one_question_has_one_text_and_resolves_to_itself():
    told = question(step(features("events", where=where("fatalities", ">", 1) + where("actor1", "known"))))
    turned = question(
        step(features("events", where=where("actor1", "known") + where("fatalities", ">", "1")))
    )
    made = resolved(checked(told))
    assert canonical(made) == canonical(resolved(checked(turned)))
    assert resolved(checked(made)) == made


def test_the_same_question_of_the_same_data_gives_the_same_bytes():
    asked = resolved(
        checked(question(step("events", "within_km", "settlements", km=5), by=["cercle", "month"]))
    )
    first, again = answer_to(asked), answer_to(asked)
    assert canonical(first.kept()) == canonical(again.kept())
    assert "seconds" not in first.kept()


def test_asked_as_it_was_known_a_later_load_changes_no_byte():
    before = answer(step(features("events", last_months=12)), by=["cercle"])
    more = [numbered(event(-4.5, 13.25, "2020-10-16"), 90)]
    loading.upsert_records(more, source(Contents.ACLED_EVENTS, "later.csv"), source=EventSource.ACLED)
    assert column(answer(step("events"), by=["cercle"]), "count") == [3, 0, 1]
    assert canonical(answer_to(before.question).kept()) == canonical(before.kept())


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        (where("settlement_class", "=", 3), 1),
        (where("settlement_class", "!=", 3), 1),
        (where("settlement_class", "<=", "4"), 1),
        (where("settlement_class", "in", [3, 5]), 2),
        (where("name", "contains", "vIlLàge"), 2),
        (where("name", "known"), 2),
        (where("name", "unknown"), 0),
        (where("commune", "=", "ML920201"), 1),
        (where("settlement_class", "=", 3) + where("name", "=", "Village 1"), 0),
    ],
)
def test_conditions_all_hold(condition, kept):
    assert answer(step(features("settlements", where=condition))).total == kept


def test_days_are_both_included():
    for since, until, kept in (
        ("2020-10-15", "2020-10-15", 1),
        ("2020-10-16", None, 0),
        (None, "2020-01-15", 2),
    ):
        assert answer(step(features("events", since=since, until=until))).total == kept


def test_an_answer_carries_what_it_rests_on():
    found = answer(step("events"))
    assert [each["kind"] for each in found.sources] == ["boundaries", "events"]
    assert (found.access, found.simulated, found.events_until) == ("signed_in", False, "2020-10-31")
    assert answer(step("settlements")).access == "public"


def test_a_long_list_is_cut_and_says_so():
    asked = resolved(checked(question(step("settlements"))))
    found = answer_to(asked, most_rows=1)
    assert (len(found.rows), found.total, found.truncated) == (1, 2, True)
