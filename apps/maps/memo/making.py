"""The files of a run drawn up: its memo on two pages, its map on one. Called by the worker, by name."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from apps.maps.memo.contents import Contents, Room
from apps.runs.services import RunFailed

PAGES = 2

ROOMS = (
    Room(chosen=46, nearest=6, criteria=18, lines=14),
    Room(chosen=46, nearest=6, criteria=18, lines=8),
    Room(chosen=46, nearest=4, criteria=16, lines=6),
    Room(chosen=36, nearest=4, criteria=14, lines=5),
    Room(chosen=26, nearest=3, criteria=10, lines=4),
    Room(chosen=14, nearest=2, criteria=6, lines=3),
)
"""Tried one after the other until all stands on the pages."""

MAP_ROOMS = tuple(Room(chosen=chosen, nearest=0, criteria=0, lines=0) for chosen in (44, 32, 20, 10))
DOTS_AN_INCH = 200


def memo(run, printing, *, step):
    """Return the memo of a run as PDF, in the active language. Raises RunFailed."""
    contents = Contents(run)
    return fitted("maps/memo/memo.html", contents.told, ROOMS, printing, pages=PAGES, step=step)


def map_sheet(run, printing, *, step):
    """Return the map of a run as PNG, one A4 page, in the active language. Raises RunFailed."""
    contents = Contents(run)
    pdf = fitted("maps/memo/map.html", contents.told, MAP_ROOMS, printing, pages=1, step=step)
    return printing.png_of(pdf, dots_an_inch=DOTS_AN_INCH)


def fitted(template, told, rooms, printing, *, pages, step):
    """
    Return the PDF of a template on so many pages: with the first of the rooms whose contents stand on them.

    `told(room)` gives the context. Raises RunFailed where none does.
    """
    step(0, len(rooms) + 1)
    for done, room in enumerate(rooms, start=1):
        step(done, len(rooms) + 1)
        if pdf := printing.pdf_of(render_to_string(template, told(room)), pages=pages):
            return pdf
    raise RunFailed(_("Tout ne tient pas sur la page : donnez à l’exécution un nom plus court."))
