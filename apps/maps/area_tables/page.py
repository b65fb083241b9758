"""What the pages of tables show: every area with its value, those without one told and counted."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.accounts.access import may_import, visible_classes
from apps.area_tables.history import deleted_tables
from apps.area_tables.models import AreaTable
from apps.boundaries.models import Area, Edition
from apps.maps.load_words import ACCESS
from apps.maps.shades import legend, shade
from apps.maps.small_map import class_map
from geo.classes import class_counts, class_limits, class_of
from geo.vocabulary import AccessClass, Level
from layers.area_tables import AREA_LEVELS

MOST_DECIMALS = 3


def title_of(table):
    """Return the title in the reader's language; in French where it has no other."""
    return table.title_en if get_language() == "en" and table.title_en else table.title


def tables_context(user):
    """Return what templates/maps/area_tables/list.html needs."""
    found = AreaTable.objects.of_access(visible_classes(user)).select_related("load").with_words()
    keeps = may_import(user)
    return {
        "tables": [
            {
                "table": table,
                "title": title_of(table),
                "level": _level(table),
                "access": ACCESS[AccessClass(table.load.access)],
            }
            for table in found
        ],
        "keeps": keeps,
        "deleted": deleted_tables() if keeps else [],
    }


def _level(table):
    return AREA_LEVELS[Level(table.level).name.lower()].in_language(get_language())


def table_context(table, user):
    """Return what templates/maps/area_tables/table.html needs."""
    edition = Edition.objects.filter(is_active=True).first()
    values = {value.area_id: value for value in table.values.exclude(area=None)}
    areas = Area.objects.active().at(table.level).select_related("parent__parent").order_by("name", "pcode")
    areas = areas.defer("boundary", "parent__boundary", "parent__parent__boundary")
    rows = [_row(area, values.get(area.pk)) for area in areas]
    decimals = _decimals(row["number"] for row in rows)
    return {
        "table": table,
        "title": title_of(table),
        "level": _level(table),
        "access": ACCESS[AccessClass(table.load.access)],
        "edition": edition,
        "rows": rows,
        "decimals": decimals,
        "missing": sum(not row["is_known"] for row in rows),
        "unplaced": list(table.values.filter(area=None)),
        "keeps": may_import(user),
        **(_drawn(table, edition, rows) if table.is_number and edition else {}),
        **{
            extension: f"{reverse(f'api:layer-{extension}', args=['area_values'])}?table={table.key}"
            for extension in ("csv", "geojson")
        },
    }


def _row(area, value):
    return {
        "area": area,
        "parents": ", ".join(each.name for each in (area.parent, area.parent and area.parent.parent) if each),
        "number": value.number if value else None,
        "text": value.text if value else "",
        "is_known": bool(value and (value.number is not None or value.text)),
    }


def _decimals(numbers):
    """Return how many decimals tell these numbers apart from rounded ones, a few at most."""
    told = [number for number in numbers if number is not None]
    for decimals in range(MOST_DECIMALS):
        if all(round(number, decimals) == number for number in told):
            return decimals
    return MOST_DECIMALS


def _drawn(table, edition, rows):
    """Return the map in classes and its legend, zero and no data each a class of their own."""
    numbers = {row["area"].pcode: row["number"] for row in rows}
    limits = class_limits(numbers.values())
    counts, missing = class_counts(numbers.values(), limits)
    classes = {pcode: class_of(number, limits) for pcode, number in numbers.items()}
    return {
        "map": class_map(
            edition,
            Level(table.level),
            {pcode: shade(place, len(limits)) for pcode, place in classes.items()},
        ),
        "legend": [
            *legend(limits, counts, zero=_("0"), decimals=_decimals(limits)),
            *([("none", _("pas de donnée"), missing)] if missing else []),
        ],
    }
