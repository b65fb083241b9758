"""What the page of an answer shows: the sentence, a map, a table, a chart, and what the answer rests on."""

from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.maps import formats, words
from apps.maps.analysis import chart
from apps.maps.analysis.cells import (
    FEW,
    NUMERIC,
    SHARE,
    Teller,
    columns_of,
    fields_of,
    layer_of,
    sorted_rows,
)
from apps.maps.coverage.page import shapes_url
from apps.maps.map.page import static_url
from apps.maps.runs.page import sources_told
from geo.classes import class_counts, class_limits
from geo.vocabulary import Level, Pcode
from layers.catalogue import LAYERS
from layers.declaration import Geometry

ROWS_A_PAGE = 500
MOST_RELATED = 1500
"""Features beside those of the answer that a map still shows lightly."""

TIMES = ("month", "year")
LEVELS = {
    "regions": Level.REGION,
    "cercles": Level.CERCLE,
    "communes": Level.COMMUNE,
    "target_cercles": Level.CERCLE,
}
PERCENT = 100
NOT_MEASURED = ("lon", "lat", "longitude", "latitude", "id")


def answer_context(answer, *, sort="", page=1, files, related):
    """
    Return what templates/maps/analysis/_answer.html needs of an answer (plain, as JSON holds it).

    `files` gives the address of a download by its extension, `related` that of another question's features.
    """
    columns = columns_of(answer)
    teller = Teller(answer, columns)
    places = sorted_rows(answer, columns, sort)
    pages = max(1, -(-len(places) // ROWS_A_PAGE))
    page = min(max(1, page), pages)
    shown = places[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    measured = measured_column(answer, columns)
    return {
        "answer": answer,
        "sentence": answer["sentence"][get_language()],
        "columns": columns,
        "sort": sort,
        "rows": [
            {
                "id": answer["ids"][place] if answer["ids"] else None,
                "cells": teller.cells(answer["rows"][place]),
            }
            for place in shown
        ],
        "table_page": page,
        "table_pages": range(1, pages + 1) if pages > 1 else (),
        "is_whole": pages == 1,
        "total": answer["total"],
        "one": one_number(answer, columns, teller),
        "chart": drawing(answer, columns, measured, teller),
        "map": map_settings(answer, columns, measured, teller, files, related),
        "steps": steps_told(answer),
        "notes": told_in(answer["notes"]),
        "method": told_in(answer["method"]),
        "sources": sources_told(answer["sources"]),
        "source_line": source_line(answer),
        "files": [(extension.upper(), url) for extension, url in files.items() if extension != "json"],
        "json_url": files["json"],
        "today": timezone.localdate(),
    }


def told_in(lines):
    """Return what there is of lines {fr, en} in the language of the reader."""
    return [line[get_language()] for line in lines if line[get_language()]]


def page_of(parameters):
    """Return the page of the table that an address asks; the first where it asks none."""
    asked = parameters.get("page", "1")
    return int(asked) if asked.isdigit() else 1


def measured_column(answer, columns):
    """Return the column that the map shades and the chart draws; None where nothing is measured."""
    by = set(answer["question"]["by"])
    numbers = [
        column
        for column in columns
        if column.type in NUMERIC and column.name not in by and column.name not in NOT_MEASURED
    ]
    if not answer["question"]["measure"]:
        own = set(fields_of(answer))
        numbers = [column for column in numbers if column.name not in own]
        return numbers[0] if numbers else None
    return numbers[0] if numbers else None


def one_number(answer, columns, teller):
    """Return the one number of an answer without groups, with its unit; None where there are rows to read."""
    question = answer["question"]
    if not question["measure"] or question["by"] or len(answer["rows"]) != 1:
        return None
    column = measured_column(answer, columns)
    return column and {"column": column, "told": teller.number(column, answer["rows"][0])}


def drawing(answer, columns, measured, teller):
    """Return the chart of an answer by one group; None of others, and where nothing is known."""
    by = answer["question"]["by"]
    if measured is None or len(by) != 1 or not answer["rows"]:
        return None
    named = next((column for column in columns if column.name in (f"{by[0]}_name", by[0])), columns[0])
    rows = [
        (teller.cell(named, row).told or _("inconnu"), *_interval(measured, row)) for row in answer["rows"]
    ]
    is_time = by[0] in TIMES
    if not is_time:
        rows.sort(key=lambda row: -1 if row[1] is None else row[1], reverse=True)
    told = chart.columns_in_time(rows) if is_time else chart.bars(measured, rows)
    has_ends = any(low != high for _name, _value, low, high in rows)
    return told and told | {"is_time": is_time, "has_ends": has_ends}


def _interval(column, row):
    value = _known(row[column.at])
    low, high = (_known(row[at]) for at in column.ends) if column.ends else (value, value)
    return value, low, high if high is not None else value


def _known(value):
    return value if isinstance(value, int | float) else None


def map_settings(answer, columns, measured, teller, files, related):
    """Return what static/js/analysis_answer.js needs to draw an answer; None where it lies nowhere."""
    drawn_by = answer["geometry_of"]
    if drawn_by is None or not answer["rows"]:
        return None
    common = {
        "countries": static_url("basemap/countries.geojson"),
        "regions": shapes_url(Level.REGION, "low"),
        "title": measured.label if measured else layer_title(answer),
        "unit": measured.unit if measured and measured.unit.lower() != measured.label.lower() else "",
        "notes": [source_line(answer)],
        "simulated": answer["simulated"],
        "approximate": answer["approximate"],
        "around": around(answer, related),
        "words": map_words(),
    }
    if drawn_by in LEVELS:
        return common | area_settings(answer, measured, teller, columns, LEVELS[drawn_by])
    return common | {
        "title": layer_title(answer),
        "unit": "",
        "points": files["geojson"],
        "labels": labels(columns),
    }


def layer_title(answer):
    """Return what the features of the answer are called."""
    layer = LAYERS.get(layer_of(answer["question"]))
    return layer.title.in_language(get_language()) if layer else _("Réponse")


def labels(columns):
    """Return (name in the file, title) of what a card on the map tells: the first few columns."""
    return [(column.name, column.label) for column in columns[:4]]


def area_settings(answer, measured, teller, columns, level):
    """Return what is drawn of each area; a share as a percentage, whose classes read as such."""
    values, cards = {}, {}
    times = PERCENT if measured and measured.name == SHARE else 1
    for pcode, row in zip(answer["ids"], answer["rows"], strict=True):
        if pcode is None or pcode in cards:
            continue
        value = _known(row[measured.at]) if measured else 1
        values[pcode] = value if value is None else value * times
        cards[pcode] = teller.number(measured, row) if measured else ""
    known = list(values.values())
    limits = class_limits(known) if measured else []
    counts, no_data = class_counts(known, limits) if limits else ([], 0)
    return {
        "level": level.name.lower(),
        **({"unit": "%"} if times == PERCENT else {}),
        "shapes": shapes_url(level, "low"),
        "values": values,
        "cards": {pcode: told for pcode, told in cards.items() if told},
        "limits": limits,
        "counts": counts,
        "noData": no_data,
        "few": sum(measured is not None and row[measured.at] == FEW for row in answer["rows"]),
    }


def around(answer, related):
    """Return what the map shows lightly beside the answer: what the last step is related to."""
    step = answer["question"]["steps"][-1]
    of = step.get("of") or {}
    if of.get("shape"):
        return {"shape": of["shape"], "title": of.get("name") or _("la forme")}
    if "layer" not in of and not of.get("step"):
        return chosen_areas(of["areas"]) if of.get("areas") else None
    told = answer["steps"][-1] if answer["steps"] else {}
    layer = LAYERS.get(of.get("layer"))
    if layer is None or layer.geometry is not Geometry.POINT or (told.get("related") or 0) > MOST_RELATED:
        return None
    asked = {"version": 1, "steps": [{"what": of}], "events": answer["question"].get("events")}
    return {"points": related(asked), "title": layer.title.in_language(get_language())}


def chosen_areas(pcodes):
    """Return the territories that a question is held against, and where their shapes are."""
    levels = {Pcode(pcode).level for pcode in pcodes}
    return {
        "areas": pcodes,
        "shapes": [shapes_url(level, "low") for level in levels if level in LEVELS.values()],
        "title": _("les territoires choisis"),
    }


def map_words():
    return {
        "waiting": _("Chargement de la carte…"),
        "failed": _("La carte n’a pas répondu ({what}). Le tableau dit la même chose."),
        "retry": _("Réessayer"),
        "cancel": _("Annuler"),
        "cancelled": _("Arrêté : {what}"),
        "simulated": _("données simulées"),
        "approximate": _("limites approximatives"),
        "inAnswer": _("dans la réponse"),
        "notInAnswer": _("hors de la réponse"),
        "few": _("moins de 5 : non montré"),
        "noPlace": {
            "one": _("{n} sans point n’est pas dessinée"),
            "other": _("{n} sans point ne sont pas dessinées"),
        },
        "legend": words.legend(),
    }


def steps_told(answer):
    """Return what each step read and kept, as numbers in words."""
    return [
        {
            "n": place,
            "counts": [
                (title, plain(step[name])) for name, title in COUNTS.items() if step.get(name) is not None
            ],
        }
        for place, step in enumerate(answer["steps"], start=1)
        if any(step.get(name) is not None for name in COUNTS)
    ]  # fmt: skip


COUNTS = {
    "read": gettext_lazy("lues"),
    "without_place": gettext_lazy("sans lieu, laissées de côté"),
    "related": gettext_lazy("mises en relation"),
    "kept": gettext_lazy("gardées"),
    "imprecise": gettext_lazy("de lieu imprécis"),
}


def plain(value):
    return _("moins de 5") if value == FEW else formats.number(value)


def source_line(answer):
    """Return the edition, the last day of events and when they were known, for legends."""
    parts = []
    if answer["edition"]:
        parts.append(_("Limites : %(edition)s.") % {"edition": answer["edition"]})
    if answer["events_until"]:
        parts.append(
            _("Événements jusqu’au %(day)s.")
            % {"day": formats.day(date.fromisoformat(answer["events_until"][:10]))}
        )
    publishers = list(dict.fromkeys(each["publisher"] for each in answer["sources"] if each["publisher"]))
    if publishers:
        parts.append(_("Sources : %(names)s.") % {"names": ", ".join(publishers)})
    return " ".join(parts)
