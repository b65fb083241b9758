"""What a list of the programme shows: the rows asked for, counted, sorted, a hundred a page."""

from collections import Counter

from django.urls import reverse
from django.utils.translation import get_language

from apps.maps.programme import documents, list_cells
from apps.maps.programme.acronyms import unfolder
from apps.maps.programme.lists import LISTS
from apps.maps.tables import sortable
from geo.names import fold
from layers.declaration import FieldType

ROWS_A_PAGE = 100


def lists_context():
    """Return what templates/maps/programme/lists.html needs."""
    language = get_language()
    return {
        "lists": [
            {
                "slug": each.slug,
                "title": each.layer.title.in_language(language),
                "description": each.layer.description.in_language(language),
                "count": each.rows().count(),
            }
            for each in LISTS.values()
        ]
    }


def list_context(row_list, asked):
    """Return what templates/maps/programme/list.html needs, for the parameters `asked`."""
    language = get_language()
    every = list(row_list.rows())
    matching = [row for row in every if matches(row_list, row, asked)]
    entries = sorted_entries(row_list, grouped(row_list, matching), asked.get("tri", ""))
    page, pages = page_asked(asked, len(entries))
    shown = entries[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    cited = documents.cited()
    return {
        "list": row_list,
        "title": row_list.layer.title.in_language(language),
        "description": row_list.layer.description.in_language(language),
        "words_asked": asked.get("q", ""),
        "filters": filters(row_list, every, asked),
        "is_filtered": len(matching) < len(every),
        "rows_matching": len(matching),
        "rows": len(every),
        "entries_matching": len(entries),
        "entries_in_all": len(grouped(row_list, every)),
        "headers": headers(row_list, asked, language),
        "shown": [_entry(row_list, rows, cited) for rows in shown],
        "page": page,
        "pages": range(1, pages + 1),
        "csv": reverse("api:layer-csv", args=[row_list.layer_name]),
        "documents": documents.of_rows(every, cited),
        "acronyms": unfolder(),
    }


def matches(row_list, row, asked):
    """Return whether a row has the values chosen, and every word searched in one of its texts."""
    chosen = ((name, asked.get(name)) for name in row_list.filters)
    if any(value and str(getattr(row, name)) != value for name, value in chosen):
        return False
    words = [fold(word) for word in asked.get("q", "").split()]
    return not words or all(word in _texts(row_list, row) for word in words)


def _texts(row_list, row):
    """Return all that a reader may search of a row, as a keyboard writes it."""
    fields = (row_list.field_of[name] for name in row_list.columns)
    told = [list_cells.told(each, getattr(row, each.name)) for each in fields]
    others = [str(getattr(row, name)) for name in row_list.searched]
    words = " ".join([*told, *others, row.source_passage, row.note]).split()
    # Folding forgets spaces: word by word, none is found across two.
    return " ".join(fold(word) for word in words)


def grouped(row_list, rows):
    """Return the rows by entry, in their order."""
    entries = {}
    for row in rows:
        entries.setdefault(row_list.grouped(row), []).append(row)
    return list(entries.values())


def sorted_entries(row_list, entries, order):
    """Return the entries sorted by a column, those without a value last; else in the document's order."""
    name = order.removeprefix("-")
    if name not in row_list.columns:
        return entries
    field = row_list.field_of[name]
    known = [rows for rows in entries if getattr(rows[0], name) not in (None, "")]
    unknown = [rows for rows in entries if getattr(rows[0], name) in (None, "")]
    known.sort(key=lambda rows: _sort_key(field, rows[0]), reverse=order.startswith("-"))
    return known + unknown


def _sort_key(field, row):
    value = getattr(row, field.name)
    is_text = field.type == FieldType.STRING
    return sortable(list_cells.told(field, value)) if is_text else value


def page_asked(asked, entries):
    """Return the page asked, within those there are, and how many there are."""
    pages = max(1, -(-entries // ROWS_A_PAGE))
    told = asked.get("page", "")
    return min(max(int(told), 1), pages) if told.isdecimal() else 1, pages


def filters(row_list, rows, asked):
    """Return the fields that readers choose from, each with its values and how many rows have them."""
    language = get_language()
    told = []
    for name in row_list.filters:
        field = row_list.field_of[name]
        counts = Counter(getattr(row, name) for row in rows)
        options = [
            {
                "value": str(value),
                "told": list_cells.told(field, value),
                "count": n,
                "is_chosen": asked.get(name) == str(value),
            }
            for value, n in counts.items()
            if value not in (None, "")
        ]
        options.sort(key=lambda option: sortable(option["told"]))
        told.append(
            {
                "name": name,
                "label": field.label.in_language(language),
                "options": options,
                "language": list_cells.language_of(field),
            }
        )
    return told


def headers(row_list, asked, language):
    """Return the titles of the columns, each with the order that a click on it asks."""
    order = asked.get("tri", "")
    return [_header(row_list.field_of[name], order, language) for name in row_list.columns]


def _header(field, order, language):
    direction = {field.name: "ascending", f"-{field.name}": "descending"}.get(order)
    is_number = field.type in (FieldType.INTEGER, FieldType.NUMBER)
    first = f"-{field.name}" if is_number else field.name
    return {
        "label": list_cells.label(field, language),
        "is_number": is_number,
        "sort": direction,
        "next": _other(order) if direction else first,
    }


def _other(order):
    return order.removeprefix("-") if order.startswith("-") else f"-{order}"


def _entry(row_list, rows, cited):
    return {
        "cells": list_cells.cells(row_list, rows),
        "documents": documents.of_rows(rows, cited),
        "passages": list(dict.fromkeys(row.source_passage for row in rows if row.source_passage)),
        "doubts": list(dict.fromkeys(row.note for row in rows if row.note)),
    }
