"""
The answer to a back-test: how far criteria of a day agree with the real choice, and which weightings would.

Heavy: for the worker and commands. What was not known on the day is left out by `apps.targeting.dating`
before anything is measured. Agreement is not correctness, and some twenty cercles overfit easily: so the
answer holds sets of weightings, never one best, and stands beside chance and beside violence alone.
"""

import json
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from apps.area_tables.models import AreaTable
from apps.events.figures import Period
from apps.events.models import ConflictEvent
from apps.programme.models import TargetCercle
from apps.runs.answers import Answer
from apps.runs.canonical import canonical, digest
from apps.runs.services import RunFailed
from apps.runs.snapshot import access_of, edition_of, snapshot
from apps.sources.models import Load
from apps.targeting.agreeing import (
    agreement_told,
    explained_told,
    reduced_told,
    regions_told,
    scores_told,
    weightings_told,
)
from apps.targeting.computing import asked_of
from apps.targeting.dating import as_known, told, why_not
from apps.targeting.indicators import INDICATORS
from apps.targeting.measuring import Measuring
from apps.targeting.questions import question as targeting_question
from apps.targeting.ranking import Ranking
from apps.targeting.zones import USED, zones_of
from geo.backtest import leave_region_out, tried
from geo.vocabulary import AccessClass, EventSource, Level

METHOD = 1
"""Counted up when the method changes: two answers of two methods may differ for that alone."""

ALONE = ("violent_events", "violent_per_100k")
"""What violence alone is measured by, beside the criteria."""

STEPS = 100


def compute(text, *, step):
    """Return the answer (`apps.runs.answers.Answer`) to a back-test as it is kept; raises RunFailed."""
    asked_for = json.loads(text)
    day = date.fromisoformat(asked_for["until"])
    edition = edition_of(asked_for["question"])
    known = _Known(asked_for["question"], day)
    ranking = known.ranking(known.question)
    real = _real(asked_for, ranking)
    step(10, STEPS)
    trials = tried(ranking.zones, ranking.rules, draws=asked_for["draws"], seed=asked_for["seed"])
    step(50, STEPS)
    regions = regions_told(ranking, leave_region_out(trials, real, ranking.by_region))
    step(90, STEPS)
    tables = {column.table.pk: column.table for column in ranking.columns if column.table}
    loads = [table.load for table in tables.values()]
    events, known_at = _events(known.asked)
    answer = {
        "method": METHOD,
        "question": asked_for | {"question": known.resolved(asked_for["question"], edition, known_at)},
        "edition": edition.name,
        "is_approximate": edition.is_approximate,
        "source": known.asked.counted_source,
        "events_until": known.question["events_until"],
        "known_at": known_at,
        "events": events,
        "snapshot": snapshot(_kinds(known.question), also=loads),
        "left_out": [*known.left_out, *_without_part(ranking)],
        "criteria": [each for each in ranking.criteria_told() if each["status"] == USED],
        "weights": ranking.weights_told(),
        "zones": ranking.zones_told(),
        "real": _real_told(asked_for, real),
        "agreement": agreement_told(ranking, real),
        "alone": {name: _alone(known, asked_for, name, real) for name in ALONE},
        "weightings": weightings_told(trials, real),
        "explained": explained_told(ranking, trials, real),
        "regions": regions,
        "reduced": _reduced(known, ranking, real, asked_for["reduced_to"]),
        "scores": scores_told(ranking, trials, real),
    }
    step(STEPS, STEPS)
    return Answer(
        answer=answer,
        edition=edition.name,
        events_until=date.fromisoformat(known.question["events_until"]),
        known_at=known_at,
        access=access_of(loads),
        is_simulated=known.asked.counted_source is EventSource.SIMULATED and ranking.rests_on_events,
    )


class _Measuring(Measuring):
    """Measures over the days that `apps.targeting.dating` leaves, however far events are loaded beyond."""

    def period_of(self, criterion):
        return Period("chosen", *(date.fromisoformat(criterion[name]) for name in ("since", "until")))


class _Known:
    """What was known on the day: the question cut to it, what is left out, and how it is measured."""

    def __init__(self, asked_for, day):
        self.day = day
        until = min(asked_for["events_until"] or day.isoformat(), day.isoformat())
        self.asked = asked_of(asked_for | {"events_until": until})
        self.measuring = _Measuring(Level.CERCLE, self.asked, list(AccessClass))
        years = [area["people_year"] for area in self.measuring.areas if area["people_year"]]
        self.people_year = max(years, default=None)
        self.tables = dict(AreaTable.objects.values_list("key", "as_of"))
        self.question, self.left_out = as_known(asked_for, day, **self.dates)

    @property
    def dates(self):
        return {"people_year": self.people_year, "tables": self.tables}

    def why_not(self, criterion):
        """Return why a criterion cannot be dated to the day or before, and its own date; else Nones."""
        return why_not(criterion, self.day, **self.dates)

    def ranking(self, question, **rules):
        """Return the question ranked, under other `rules` where some are given; raises RunFailed."""
        return Ranking(self.measuring, zones_of(question, self.measuring), question["rules"] | rules)

    def resolved(self, asked_for, edition, known_at):
        """Return the question as it was given, with what it left open: to ask it again asks the very same."""
        return asked_for | {
            "edition": edition.name,
            "source": self.asked.counted_source,
            "known_at": known_at and known_at.isoformat(),
        }


def _real(asked_for, ranking):
    """Return the places of the cercles really chosen, among those that are ranked; raises RunFailed."""
    targets = TargetCercle.objects.filter(zone_logic__in=asked_for["logics"], area__isnull=False)
    pcodes = set(targets.values_list("area__pcode", flat=True))
    real = sorted(place for place in ranking.zone_of if ranking.measuring.pcodes[place] in pcodes)
    if not real:
        raise RunFailed(_("Aucun cercle du programme n’est parmi ceux que la question classe."))
    return real


def _real_told(asked_for, real):
    """Return how many cercles were really chosen, and how many that are named are not ranked here."""
    named = TargetCercle.objects.filter(zone_logic__in=asked_for["logics"]).count()
    return {"number": len(real), "not_ranked": named - len(real)}


def _events(asked):
    """
    Return what enters of events, by number and hash, and when it was last known.

    Not the file's hash: that of a file with later events would be another one.
    """
    versions = asked.versions().order_by("source_event_id").values_list("source_event_id", "digest")
    rows = [(event, str(hashed)) for event, hashed in versions]
    told_of = {"number": len(rows), "sha256": digest(canonical(rows))}
    if asked.known_at:
        return told_of, asked.known_at
    ever = ConflictEvent.objects.filter(source=asked.counted_source).between(None, asked.events_until)
    instants = ever.aggregate(begun=Max("known_from"), ended=Max("known_until")).values()
    return told_of, max((instant for instant in instants if instant), default=None)


def _kinds(question):
    """Return the kinds of load that the answer rests on, but those of events: `_events` tells them."""
    kinds = {Load.Kind.BOUNDARIES, Load.Kind.PROGRAMME}
    for zone in question["zones"]:
        for criterion in zone["criteria"]:
            kinds |= set(INDICATORS[criterion["indicator"]].rests_on)
    return kinds - {Load.Kind.AREA_TABLE, Load.Kind.EVENTS}


def _without_part(ranking):
    """Return the criteria that could be dated and have no figure at all."""
    return [
        told(criterion.asked, zone.key, "no_data")
        for zone in ranking.asked_zones
        for criterion in zone.criteria
        if criterion.status != USED
    ]


def _alone(known, asked_for, indicator, real):
    """Return what as many cercles chosen by violence alone have in common with the real choice."""
    period = {"since": asked_for["alone_since"], "until": asked_for["until"]}
    single = {"key": "alone", "indicator": indicator, "weight": 1} | period
    zones = [zone | {"criteria": [single]} for zone in asked_for["question"]["zones"]]
    question = targeting_question(known.question | {"zones": zones})
    reason, dated_to = known.why_not(question["zones"][0]["criteria"][0])
    found = None
    if reason is None:
        try:
            found = agreement_told(known.ranking(question), real)
        except RunFailed:
            reason = "no_data"
    return period | {"left_out": reason, "dated_to": dated_to, "agreement": found}


def _reduced(known, ranking, real, to):
    """Return who would leave where only so many are chosen; None where the real choice is no larger."""
    if to is None or to >= len(real):
        return None
    others = [pcode for place, pcode in enumerate(ranking.measuring.pcodes) if place not in real]
    of_real = {"number": to, "budget": None, "must_not": dict.fromkeys(others, "-")}
    barred = of_real | {name: {} for name in ("must", "floors", "no_access")}
    smaller, of_programme = (known.ranking(known.question, **rules) for rules in ({"number": to}, barred))
    return reduced_told(ranking, smaller, of_programme, real) | {"to": to}
