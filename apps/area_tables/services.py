"""Writing tables keyed by P-code or place name. Each function is one transaction."""

from collections import Counter
from typing import NamedTuple

from django.db import transaction

from apps.area_tables.models import AreaTable, AreaValue
from apps.boundaries.models import Area, CodeOfEdition, Edition
from apps.sources import services as sources
from apps.sources.history import because
from apps.sources.models import Load

LAYERS = ("area_tables", "area_values")


class ToldValue(NamedTuple):
    """
    One row of a table: its area (None where no place was found), and its number or its words.

    No number and no words: the value is not known, which is not zero.
    """

    row: int
    area: Area | None
    number: float | None = None
    text: str = ""
    pcode_told: str = ""
    name_told: str = ""
    parent_told: str = ""


class TwoRowsOfOneArea(ValueError):
    """Two rows of a table tell of one area. The message names it and the rows, in French."""


def doubled(values):
    """Return (row, first row, area) for each row whose area an earlier row tells of already."""
    first, found = {}, []
    for value in values:
        if value.area and value.area.pk in first:
            found.append((value.row, first[value.area.pk], value.area))
        elif value.area:
            first[value.area.pk] = value.row
    return found


@transaction.atomic
def save_table(key, title, title_en, unit, level, values, load, *, method, as_of, made_by):
    """
    Write a table in place of the one of the same key; return it.

    Raises TwoRowsOfOneArea, and ValueError for an area of another level; nothing is written then.
    """
    values = list(values)
    _check(values, level)
    former = AreaTable.objects.filter(key=key).select_related("load").first()
    told = {
        "title": title,
        "title_en": title_en,
        "unit": unit,
        "level": level,
        "is_number": not any(value.text for value in values),
        "method": method,
        "as_of": as_of,
        "edition": Edition.objects.active().name,
        "load": load,
        "made_by": made_by,
    }
    with because("tableau chargé", by=made_by):
        table, _ = AreaTable.objects.update_or_create(key=key, defaults=told)
    table.values.all().delete()
    AreaValue.objects.bulk_create(_row(table, value) for value in values)
    if former:
        _retire(former.load)
    sources.touch(*LAYERS)
    return table


def _check(values, level):
    for row, first, area in doubled(values):
        raise TwoRowsOfOneArea(f"«\u00a0{area.name}\u00a0» ({area.pcode}) est aux lignes {first} et {row}.")
    for value in values:
        if value.area and value.area.level != level:
            raise ValueError(f"row {value.row}: {value.area} is not of level {level}")


def _row(table, value):
    pcode = value.area.pcode if value.area else ""
    return AreaValue(table=table, pcode=pcode, **value._asdict())


@transaction.atomic
def delete_table(table, *, by, why):
    """Delete a table and its values; its history keeps what it was, who deleted it and why."""
    load = table.load
    with because(why, by=by):
        table.delete()
    _retire(load)
    sources.touch(*LAYERS)


def _retire(load):
    """Take a load out of use when no table is of it any more."""
    if not load.area_tables.exists():
        Load.objects.filter(pk=load.pk).update(in_use=False)


@transaction.atomic
def follow_edition():
    """
    Tie each value to the area of the active edition that its own has become; return how many have none.

    One value stands for one area: what was divided or merged since keeps its row, without a place.
    """
    active = Edition.objects.active()
    placed = {(area.level, area.pcode): area.pk for area in active.areas.only("level", "pcode")}
    moved, lost = [], 0
    for table in AreaTable.objects.all():
        values = list(table.values.exclude(pcode=""))
        same = table.edition == active.name
        became = placed if same else _became(table)
        found = {value.pk: became.get((table.level, value.pcode)) for value in values}
        times = Counter(found.values())
        for value in values:
            area = found[value.pk] if times[found[value.pk]] == 1 else None
            lost += area is None
            value.area_id = area
        moved += values
    AreaValue.objects.update(area=None)
    AreaValue.objects.bulk_update(moved, ["area"], batch_size=1000)
    sources.touch(*LAYERS)
    return lost


def _became(table):
    """Return the area that each code of the table's edition is now, where it is one: (level, code) -> id."""
    codes = CodeOfEdition.objects.filter(edition=table.edition, level=table.level)
    rows = list(codes.exclude(areas=None).values_list("level", "code", "areas"))
    times = Counter((level, code) for level, code, _ in rows)
    return {(level, code): area for level, code, area in rows if times[level, code] == 1}
