"""The table of indicators: one row an area, one cell an indicator, its uncertainty under the number."""

from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.maps import formats
from apps.maps.events import words
from apps.maps.tables import sortable
from apps.patterns.figures import CONFLICT_CLASS_LABELS
from apps.patterns.models import Pattern
from apps.patterns.trends import Months

PER_100K = gettext_lazy("pour 100 000 hab.")


@dataclass(frozen=True)
class Column:
    key: str
    title: str
    unit: str = ""
    is_number: bool = True


COLUMNS = (
    Column("violent_events", gettext_lazy("Événements violents"), gettext_lazy("placés, intervalle")),
    Column("violent_per_100k", gettext_lazy("Violents"), PER_100K),
    Column("events", gettext_lazy("Tous événements"), gettext_lazy("placés, intervalle")),
    Column("fatalities", gettext_lazy("Morts signalés"), gettext_lazy("placés, intervalle")),
    Column("civilian_events", gettext_lazy("Visant des civils"), gettext_lazy("événements placés")),
    Column("trend", gettext_lazy("Tendance"), gettext_lazy("par an, intervalle à 95 %")),
    Column("hot_spot", gettext_lazy("Point chaud"), gettext_lazy("Gi* : z, q")),
    Column("conflict_class", gettext_lazy("Intensité, concentration"), "SCDi"),
    Column("diffusion", gettext_lazy("Diffusion"), gettext_lazy("part des mailles habitées")),
)
ORDERS = ("name", "region_name", *(column.key for column in COLUMNS))


@dataclass(frozen=True)
class Cell:
    """`value` sorts, `text` is read, `under` is its uncertainty. Without text, `why` says what is missing."""

    value: float | None = None
    text: str = ""
    under: str = ""
    why: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Row:
    """An area: its `figures`, its `months`, what was measured of it by measure, its counts by type."""

    figures: dict
    months: Months
    patterns: dict
    types: dict

    @property
    def pcode(self):
        return self.figures["pcode"]

    @property
    def name(self):
        return self.figures["name"]

    @property
    def region(self):
        return self.figures["region"] or ""

    @property
    def region_name(self):
        return self.figures["region_name"] or ""

    @property
    def cercle_name(self):
        return self.figures.get("cercle_name", "")

    @property
    def spot(self):
        """Return the label of the hot spot; empty where it is not known."""
        pattern = self.patterns.get(Pattern.Measure.HOT_SPOT)
        return pattern.label if pattern else ""

    def cell(self, key):
        return CELLS[key](self)

    def cells(self):
        """Return the cells in the order of the columns."""
        return [self.cell(column.key) for column in COLUMNS]


def _number(value):
    return Cell() if value is None else Cell(value, formats.number(value))


def _counted(row, key):
    value, low, high = (row.figures[name] for name in (key, f"{key}_low", f"{key}_high"))
    if value is None:
        return Cell()
    return Cell(value, formats.number(value), _interval(low, high, formats.number) if high != value else "")


def _per_100k(row):
    value, people = row.figures["violent_per_100k"], row.figures["people"]
    if value is None:
        return Cell(why="" if people else _("population inconnue"))
    bounds = [100_000 * row.figures[f"violent_events_{end}"] / people for end in ("low", "high")]
    under = _interval(*bounds, _one_decimal) if bounds[1] > value else ""
    return Cell(value, _one_decimal(value), under)


def _one_decimal(value):
    return formats.number(value, 1)


def _interval(low, high, told):
    if told(low) == told(high):
        return told(low)
    return _("%(low)s à %(high)s") % {"low": told(low), "high": told(high)}


def _trend(row):
    trend = row.months.trend
    if trend is None:
        return Cell(why=words.NO_TREND)
    marks = {"rising": "up", "falling": "down", "unclear": ""}
    return Cell(
        trend.change,
        words.change(trend.change),
        words.changes(trend.low, trend.high),
        mark=marks[trend.direction],
    )


def _of(row, measure, cell):
    pattern = row.patterns.get(measure)
    return cell(pattern) if pattern else Cell(why=words.NOT_MEASURED)


def _hot_spot(pattern):
    if not pattern.label:
        return Cell(why=words.WHY[pattern.why])
    under = _("z = %(z)s ; q = %(q)s") % {
        "z": _signed(pattern.value),
        "q": formats.number(pattern.q, 3),
    }
    return Cell(pattern.value, words.HOT_SPOTS[pattern.label], under, mark=pattern.label)


def _signed(value):
    # Rounded first: a little below zero is zero, without a sign.
    return formats.number(round(value, 1) + 0.0, 1).replace("-", "\u2212")


def _conflict_class(pattern):
    intensity = _("%(n)s par 1 000 km² et an") % {"n": formats.number(pattern.value, 1)}
    if not pattern.label:
        return Cell(pattern.value, why=words.WHY[pattern.why], under=intensity if pattern.value else "")
    ratio = _("R = %(ratio)s") % {"ratio": formats.number(pattern.detail["ratio"], 2)}
    # The class sorts first, then the intensity: it stays below one class.
    rank = len(CONFLICT_CLASS_LABELS) - CONFLICT_CLASS_LABELS.index(pattern.label)
    order = rank + pattern.value / (1 + pattern.value)
    return Cell(order, words.CONFLICT_CLASSES[pattern.label], f"{intensity}, {ratio}", mark=pattern.label)


def _diffusion(pattern):
    if pattern.value is None:
        return Cell(why=words.WHY[pattern.why])
    detail = pattern.detail
    reached = _interval(detail["reached"], detail["reached_high"], formats.number)
    under = _("%(reached)s sur %(cells)s mailles") % {
        "reached": reached,
        "cells": formats.number(detail["cells"]),
    }
    return Cell(pattern.value, _interval(pattern.value, detail["high"], _percent), under)


def _percent(share):
    return formats.percent(share, 1)


CELLS = {
    "violent_events": partial(_counted, key="violent_events"),
    "events": partial(_counted, key="events"),
    "fatalities": partial(_counted, key="fatalities"),
    "civilian_events": lambda row: _number(row.figures["civilian_events"]),
    "violent_per_100k": _per_100k,
    "trend": _trend,
    "hot_spot": partial(_of, measure=Pattern.Measure.HOT_SPOT, cell=_hot_spot),
    "conflict_class": partial(_of, measure=Pattern.Measure.CONFLICT_CLASS, cell=_conflict_class),
    "diffusion": partial(_of, measure=Pattern.Measure.DIFFUSION, cell=_diffusion),
}
"""Column -> the function that makes its cell of a row. Only those shown, or sorted by, are made."""


def in_order(rows, question):
    """Return the rows in the order asked, those without the figure last."""
    value = _value_of(question.order)
    valued = [(value(each), each) for each in rows]
    known = [(sortable(told), each) for told, each in valued if told is not None]
    known.sort(key=lambda pair: pair[1].pcode)
    known.sort(key=lambda pair: pair[0], reverse=question.is_descending)
    return [each for _told, each in known] + [each for told, each in valued if told is None]


def _value_of(key):
    if key in ("name", "region_name"):
        return lambda row: getattr(row, key)
    return lambda row: row.cell(key).value
