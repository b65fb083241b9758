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
    step(0, len(ROOMS) + 1)
    contents = Contents(run)
    for done, room in enumerate(ROOMS, start=1):
        step(done, len(ROOMS) + 1)
        page = render_to_string("maps/memo/memo.html", contents.told(room))
        if pdf := printing.pdf_of(page, pages=PAGES):
            return pdf
    raise _no_room()


def map_sheet(run, printing, *, step):
    """Return the map of a run as PNG, one A4 page, in the active language. Raises RunFailed."""
    step(0, len(MAP_ROOMS) + 1)
    contents = Contents(run)
    for done, room in enumerate(MAP_ROOMS, start=1):
        step(done, len(MAP_ROOMS) + 1)
        if pdf := printing.pdf_of(render_to_string("maps/memo/map.html", contents.told(room)), pages=1):
            return printing.png_of(pdf, dots_an_inch=DOTS_AN_INCH)
    raise _no_room()


def _no_room():
    return RunFailed(_("Tout ne tient pas sur la page : donnez à l’exécution un nom plus court."))
