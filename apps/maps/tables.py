"""The table under the map: rows in the order asked, columns with their titles, what it cannot count."""

import unicodedata
from dataclasses import dataclass

from apps.maps.indicators import FIGURES


@dataclass(frozen=True)
class Column:
    """A column of figures. `next_sort` is the order that a click on its title asks."""

    figure: object
    is_shown: bool
    sort: str | None
    next_sort: str


def columns(question):
    """Return the columns of figures, the one on the map and the one sorted by marked."""
    return [
        Column(
            figure=FIGURES[key],
            is_shown=key == question.indicator,
            sort=direction(question, key),
            next_sort=next_sort(question, key, first="-"),
        )
        for key in question.columns
    ]


def direction(question, key):
    """Return ascending, descending or None, as aria-sort says it."""
    if question.order != key:
        return None
    return "descending" if question.is_descending else "ascending"


def next_sort(question, key, *, first=""):
    """Return the order that a click on this title asks: figures begin with the largest, names with A."""
    if question.order != key:
        return first + key
    return key if question.is_descending else f"-{key}"


def rows(areas, question, targets):
    """Return the areas in the order asked, those without the figure last, each with its cells."""
    key = question.order
    known = [area for area in areas if area[key] is not None]
    unknown = [area for area in areas if area[key] is None]
    known.sort(key=lambda area: (sortable(area[key]), area["pcode"]), reverse=question.is_descending)
    return [
        area
        | {
            "cells": [
                (FIGURES[column], area[column], column == question.indicator) for column in question.columns
            ],
            "is_target": area["pcode"] in targets,
        }
        for area in known + unknown
    ]


def sortable(value):
    """Accents do not count in the order of names: Ségou stands between Sagabari and Sikasso."""
    if not isinstance(value, str):
        return value
    return unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().casefold()
