"""Ranking cercles, and saving a choice."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from apps.events.asked import newest
from apps.events.figures import Period, figures_between, provenance
from apps.sources.models import Load
from apps.targeting.models import Selection
from apps.targeting.targets import targets_now
from geo.scoring import ranking
from geo.vocabulary import Level

CRITERIA = ("violent_per_100k", "fatalities_per_100k", "people")
"""None rests on the register of institutions: it is incomplete, and an absence there is unknown."""

DEFAULT_WEIGHTS = {"violent_per_100k": 50, "fatalities_per_100k": 30, "people": 20}
"""Where the sliders stand at first. Our choice: the programme gives no weights."""


class UnknownCercle(ValueError):
    """A P-code that is no cercle of the active edition."""


def figures(since: date, until: date, asked=None):
    """Return the criteria of every cercle over these days, and whether it is a target now."""
    return figures_told(since, until, asked)["cercles"]


def figures_told(since: date, until: date, asked=None):
    """Return the `cercles` as `figures` does, and how the imprecise events were `spread`."""
    targets = targets_now().zone_logics
    found = figures_between(Level.CERCLE, Period("chosen", since, until), asked)
    cercles = [
        area
        | {
            "values": {criterion: area[criterion] for criterion in CRITERIA},
            "target": area["pcode"] in targets,
            "zone_logic": targets.get(area["pcode"]),
        }
        for area in found.areas
    ]
    return {"spread": found.spread, "cercles": cercles}


def ranked(since, until, weights, asked=None):
    """
    Return the cercles as `figures` does, with score, rank, contributions and lacks, best first.

    Raises ValueError when no weight is above zero.
    """
    cercles = {cercle["pcode"]: cercle for cercle in figures(since, until, asked)}
    values = {
        criterion: {pcode: cercle["values"][criterion] for pcode, cercle in cercles.items()}
        for criterion in CRITERIA
    }
    in_order = {criterion: float(weights.get(criterion, 0)) for criterion in CRITERIA}
    return [cercles[each.pcode] | asdict(each) for each in ranking(values, in_order)]


@transaction.atomic
def save_selection(author, *, name, since, until, weights, cercles, asked=None):
    """Save a choice with its ranking and its sources; raises UnknownCercle for a wrong code."""
    asked = asked or newest()
    rows = ranked(since, until, weights, asked)
    known = {row["pcode"] for row in rows}
    if unknown := sorted(set(cercles) - known):
        raise UnknownCercle(f"{unknown[0]} is no cercle of this edition")
    told = provenance(asked)
    return Selection.objects.create(
        name=name,
        author=author,
        since=since,
        until=until,
        source=asked.counted_source or "",
        events_until=asked.events_until,
        known_at=asked.known_at,
        weights=weights,
        cercles=sorted(set(cercles)),
        edition=told["edition"] or "",
        ranking=[{key: row[key] for key in ("pcode", "score", "rank", "values")} for row in rows],
        snapshot=[
            {"kind": load.kind, "file": load.file_name, "sha256": load.sha256, "edition": load.edition}
            for load in Load.objects.in_use().order_by("kind", "pk")
        ],
        is_simulated=told["simulated"],
    )
