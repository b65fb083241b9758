"""
The answer to a question of targeting: scores, ranks, what makes them, the choice, how much it hangs on.

Heavy: for the worker and commands. Everything the answer holds follows from the question, the data that its
snapshot names, and the version of this method.
"""

import json
from datetime import date, datetime

from apps.events.asked import Asked
from apps.events.queries import last_known
from apps.runs.answers import Answer
from apps.runs.snapshot import access_of, edition_of, snapshot
from apps.sources.models import Load
from apps.targeting.closeness import topsis_told
from apps.targeting.indicators import INDICATORS
from apps.targeting.measuring import Measuring
from apps.targeting.ranking import Ranking
from apps.targeting.stability import robustness_told
from apps.targeting.zones import zones_of
from geo.vocabulary import AccessClass, EventSource, Level

METHOD = 1
"""Counted up when the method changes: two answers of two methods may differ for that alone."""

LEVELS = {"cercle": Level.CERCLE, "commune": Level.COMMUNE}


def compute(text, *, step):
    """Return the answer (`apps.runs.answers.Answer`) to a question as it is kept; raises RunFailed."""
    asked_for = json.loads(text)
    edition = edition_of(asked_for)
    asked = asked_of(asked_for)
    measuring = Measuring(LEVELS[asked_for["level"]], asked, list(AccessClass))
    ranking = Ranking(measuring, zones_of(asked_for, measuring), asked_for["rules"])
    step(1, STEPS)
    question = _resolved(asked_for, edition, asked, ranking)
    tables = {column.table.pk: column.table for column in ranking.columns if column.table}
    loads = [table.load for table in tables.values()]
    answer = {
        "method": METHOD,
        "question": question,
        "edition": edition.name,
        "is_approximate": edition.is_approximate,
        "source": asked.counted_source,
        "events_until": question["events_until"],
        "known_at": question["known_at"],
        "first_known": asked.first_known,
        "snapshot": snapshot(_kinds(asked_for, asked), also=loads),
        "criteria": ranking.criteria_told(),
        "weights": ranking.weights_told(),
        "zones": ranking.zones_told(),
        "rules": ranking.rules_told(),
        "totals": ranking.totals(),
        "scores": ranking.scores_told(),
        "topsis": topsis_told(ranking),
        "robustness": robustness_told(
            ranking, asked_for["robustness"], step=lambda share: step(1 + int(share * (STEPS - 1)), STEPS)
        ),
    }
    return Answer(
        answer=answer,
        edition=edition.name,
        events_until=_day(question["events_until"]),
        known_at=_instant(question["known_at"]),
        access=access_of(loads),
        is_simulated=asked.counted_source is EventSource.SIMULATED and ranking.rests_on_events,
    )


STEPS = 100


def asked_of(asked_for):
    """Return whose events a question asks, until which day, as known when."""
    return Asked(
        source=asked_for["source"] and EventSource(asked_for["source"]),
        events_until=_day(asked_for["events_until"]),
        known_at=_instant(asked_for["known_at"]),
    )


def _day(text):
    return text and date.fromisoformat(text)


def _instant(text):
    return text and datetime.fromisoformat(text)


def _resolved(asked_for, edition, asked, ranking):
    """Return the question with everything it left open filled in: to ask it again asks the very same."""
    source = asked.counted_source
    span = asked.span
    until = asked.events_until or (span and ranking.measuring.period_of({"since": None, "until": None}).until)
    known_at = asked.known_at or (source and last_known(source))
    return asked_for | {
        "edition": edition.name,
        "source": source,
        "events_until": until and until.isoformat(),
        "known_at": known_at and known_at.isoformat(),
    }


def _kinds(asked_for, asked):
    """Return the kinds of load that the criteria rest on."""
    kinds = {Load.Kind.BOUNDARIES}
    for zone in asked_for["zones"]:
        for criterion in zone["criteria"]:
            kinds |= set(INDICATORS[criterion["indicator"]].rests_on)
    kinds.discard(Load.Kind.AREA_TABLE)
    if asked.counted_source is EventSource.UCDP and Load.Kind.EVENTS in kinds:
        kinds = kinds - {Load.Kind.EVENTS} | {Load.Kind.UCDP_EVENTS}
    return kinds
