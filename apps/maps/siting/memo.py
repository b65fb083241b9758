"""The memo of a siting run, two pages: drawn up by the worker, by name."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.maps.memo.contents import cut, sources_of
from apps.maps.memo.making import PAGES, fitted
from apps.maps.siting import trust
from apps.maps.siting.page import shown
from apps.maps.siting.reading import Reading
from apps.maps.siting.rows import site_rows
from apps.runs.services import RunFailed


@dataclass(frozen=True)
class Room:
    """How many sites and lines there is room for: what does not fit is counted, and left to the page."""

    sites: int
    lines: int


ROOMS = (Room(20, 12), Room(20, 8), Room(16, 6), Room(12, 5), Room(8, 4), Room(5, 3))
"""Tried one after the other until all stands on the pages."""


def memo(run, printing, *, step):
    """Return the memo of a run as PDF, in the active language. Raises RunFailed."""
    reading = Reading(json.loads(run.answer) | {"is_whole": True})
    if reading.chosen is None:
        raise RunFailed(_("Aucun choix ne tient les règles de cette question : il n’y a rien à décider."))
    told = _told(run, reading)
    return fitted(
        "maps/siting/memo.html",
        lambda room: told | _cut(reading, told, room),
        ROOMS,
        printing,
        pages=PAGES,
        step=step,
    )


def _told(run, reading):
    rows = site_rows(reading)
    return shown(reading) | {
        "run": run,
        "language": get_language(),
        "author": run.author and (run.author.get_full_name() or run.author.get_username()),
        "made_on": localdate(run.created),
        "address": settings.ADDRESS + reverse("siting-run", args=[run.pk]),
        "rows": rows,
        "has_years": any(row["year"] for row in rows),
        "has_robust": bool(reading.shares),
        "has_planned_mark": any(row["is_planned"] for row in rows),
        "sources": sources_of(reading.answer["snapshot"]),
    }


def _cut(reading, told, room):
    return {
        "sites": cut(told["rows"], room.sites),
        "rules": cut(trust.rules(reading), room.lines),
        "doubts": cut(trust.doubts(reading), room.lines),
    }
