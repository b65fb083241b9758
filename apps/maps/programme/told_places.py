"""Places as documents tell them, each with the sheet of the area it is, where it is one."""

from django.urls import reverse

from geo.vocabulary import Level

SHEETS = {Level.REGION: "region-sheet", Level.CERCLE: "cercle-sheet"}


def names(row):
    """Return the names of the places that a row tells, joined by ";" in its table."""
    return [name.strip() for name in row.place.split(";") if name.strip()]


def linked(row):
    """Return (name, address of its sheet or None) of each place told; of several, areas do not say which."""
    told, areas = names(row), list(row.areas.all())
    is_one = len(told) == len(areas) == 1
    return [(name, sheet_url(areas[0]) if is_one else None) for name in told]


def sheet_url(area):
    """Return the address of the sheet of an area; None where its level has none."""
    sheet = SHEETS.get(area.level)
    return reverse(sheet, args=[area.pcode]) if sheet else None
