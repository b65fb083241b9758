"""What the template of the years side by side shows: six maps, one legend, one table."""

from babel.dates import format_date
from babel.numbers import format_decimal
from django.urls import reverse
from django.utils import timezone

from apps.boundaries.models import Edition
from apps.events.figures import INDICATORS as MAP_INDICATORS
from apps.events.figures import RATES, provenance
from apps.maps import formats, indicators, words
from apps.maps.asked import asked_told, query_of
from apps.maps.map.page import SHEETS, source_notes
from apps.maps.questions import LEVELS
from apps.maps.small_map import country_drawing
from apps.maps.tables import sortable
from apps.maps.years.figures import classes_of_all, last_years
from apps.maps.years.questions import INDICATORS
from geo.classes import class_of

SHADES = 5
"""Of the ramp: fewer classes spread over the whole of it, as on the map."""


def years_context(question):
    """Return what templates/maps/years/years.html needs to answer `question`."""
    level = LEVELS[question.level]
    years = last_years(level, question.asked)
    figure = indicators.FIGURES[question.indicator]
    classes = classes_of_all(years, question.indicator)
    shown = provenance(question.asked)
    told = _told(years, figure)
    edition = Edition.objects.filter(is_active=True).first()
    return {
        "question": question,
        "figure": figure,
        "headline": indicators.headline(figure, question.level),
        "years": years,
        "maps": [_map(year, question.indicator, classes["limits"], told) for year in years],
        "last": years[-1].year if years else None,
        "last_month": f"{years[-1].until:%Y-%m}" if years else "",
        "map_indicator": question.indicator if question.indicator in MAP_INDICATORS else MAP_INDICATORS[0],
        "drawing": country_drawing(edition, level) if edition and years else None,
        "legend": _legend(classes),
        "counts_deaths": _count_behind(question.indicator) == "fatalities",
        "columns": _columns(years, question),
        "name_sort": _sort(question, "name"),
        "region_sort": _sort(question, "region_name"),
        "rows": _rows(years, question, told),
        "shown": shown,
        "edition": edition,
        "approximate": shown["approximate"],
        "source_lines": source_notes(shown | {"areas": years[0].areas if years else []}, figure.rests_on),
        "asked": asked_told(question.asked),
        "file": f"{reverse('event-years-file')}?level={question.level}{query_of(question.asked, '&')}",
        "level_titles": indicators.LEVEL_TITLES,
        "choices": {key: indicators.FIGURES[key] for key in INDICATORS},
        "today": timezone.localdate(),
    }


def _told(years, figure):
    """Return each value as it is written: maps and table say the same, and each number is written once."""
    values = {area[figure.key] for year in years for area in year.areas}
    return {value: formats.number(value, figure.decimals) for value in values}


def _map(year, indicator, limits, told):
    return {
        "year": year,
        "first": _month_alone(year.since),
        "last": _month_alone(year.until),
        "total": year.total(_count_behind(indicator)),
        "imprecise": year.total("events_imprecise"),
        "areas": [
            {
                "pcode": area["pcode"],
                "shade": shade(class_of(area[indicator], limits), len(limits)),
                "name": area["name"],
                "told": told[area[indicator]],
            }
            for area in year.areas
        ],
    }


def _month_alone(day):
    """Return « janv. »: the year stands beside it."""
    return format_date(day, "LLL", locale=formats.locale())


def shade(place, classes):
    """Return the name of a class's shade: none, zero, or 1 (light) to 5."""
    if place is None:
        return "none"
    if place == 0:
        return "zero"
    if classes == 1:
        return 3
    return round((place - 1) * (SHADES - 1) / (classes - 1)) + 1


def _legend(classes):
    """Return the shade and the label of each class; zero where it occurs, no data always."""
    said, limits = words.legend(), classes["limits"]
    told = [_limit(each) for each in limits]
    rows = [
        (
            shade(place, len(limits)),
            (said["between"] if place > 1 else said["upTo"]).format(
                low=told[place - 2] if place > 1 else "", high=told[place - 1]
            ),
        )
        for place in range(1, len(limits) + 1)
    ]
    zero = [("zero", said["zero"])] if classes["counts"][0] else []
    return [*zero, *rows, ("none", said["noData"])]


def _limit(limit):
    """Return a class limit, which geo/classes.py has rounded already, without zeros at its end."""
    return format_decimal(limit, format="#,##0.######", locale=formats.locale())


def _count_behind(indicator):
    """Return the count that an indicator is made of: a rate cannot be added up."""
    return RATES.get(indicator, indicator)


# --- Table ----------------------------------------------------------------------------------------------


def _columns(years, question):
    return [{"year": year, **_sort(question, str(year.year), first="-")} for year in years]


def _sort(question, key, *, first=""):
    """Return the direction of a column as aria-sort says it, and the order that a click on it asks."""
    if question.order != key:
        return {"direction": None, "next": first + key}
    return {
        "direction": "descending" if question.is_descending else "ascending",
        "next": key if question.is_descending else f"-{key}",
    }


def _rows(years, question, told):
    """Return the areas in the order asked, each with its value of every year; those without it stand last."""
    if not years:
        return []
    values = zip(*([area[question.indicator] for area in year.areas] for year in years), strict=True)
    rows = [
        area | {"values": of_area, "url": reverse(SHEETS[question.level], args=[area["pcode"]])}
        for area, of_area in zip(years[-1].areas, values, strict=True)
    ]
    key = _key(years, question.order)
    known = [row for row in rows if key(row) is not None]
    known.sort(key=lambda row: sortable(key(row)), reverse=question.is_descending or not question.order)
    ordered = known + [row for row in rows if key(row) is None]
    return [row | {"cells": [told[value] for value in row["values"]]} for row in ordered]


def _key(years, order):
    """Return what rows are ordered by; of an order that means nothing here, the last year."""
    if order in ("name", "region_name"):
        return lambda row: row[order]
    place = next((place for place, year in enumerate(years) if str(year.year) == order), len(years) - 1)
    return lambda row: row["values"][place]
