"""The answer to a question as a file: what it rests on goes with it. Light: pages and API write them."""

import io
import json

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.analysis.drawn import feature_collection
from layers.spreadsheets import as_csv

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST_MARK = "; "


def written(extension, found):
    """Return the bytes of an answer (`Answer`) as a file of this extension, and their type."""
    write, content_type = WRITERS[extension]
    return write(found), content_type


def about(found):
    """Return what an answer is and rests on, the same for each of its rows."""
    licences = dict.fromkeys(each["licence"] for each in found.sources if each["licence"])
    return {
        "question": found.sentence[get_language()],
        "edition": found.edition,
        "events_until": found.events_until,
        "known_at": found.known_at,
        "simulated_data": found.simulated,
        "approximate_boundaries": found.approximate,
        "truncated": found.truncated,
        "suppressed": found.suppressed,
        "sources": LIST_MARK.join(dict.fromkeys(_source(each) for each in found.sources)),
        "licence": LIST_MARK.join(licences),
    }


def _source(told):
    return ", ".join(str(told[name]) for name in ("publisher", "file", "as_of") if told.get(name))


def _csv(found):
    told = about(found)
    names = [column["name"] for column in found.columns]
    rows = ([*map(_flat, row), *told.values()] for row in found.rows)
    return as_csv([*names, *told], rows)


def _flat(value):
    return LIST_MARK.join(map(str, value)) if isinstance(value, list) else value


def _geojson(found):
    return feature_collection(found, about(found)).encode()


def _json(found):
    return json.dumps(found.as_dict(), ensure_ascii=False, separators=(",", ":")).encode()


def _xlsx(found):
    """Return a workbook: the rows, and a sheet with the sentence, the method, the doubts and the sources."""
    out = io.BytesIO()
    # Words are written as words: none that begins with = becomes a formula, none an address to follow.
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        title = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        _write_rows(book.add_worksheet(_("Réponse")), found, title)
        _write_about(book.add_worksheet(_("À propos")), found, title)
    return out.getvalue()


def _write_rows(sheet, found, title):
    for place, column in enumerate(found.columns):
        unit = column["unit"]
        unit = unit.get(get_language()) if isinstance(unit, dict) else unit
        label = column["label"][get_language()]
        sheet.write_string(0, place, f"{label} ({unit})" if unit else label, title)
    for number, row in enumerate(found.rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, number, place, _flat(value))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(found.columns) - 1), 18)


def _write(sheet, row, column, value):
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, str(value))


def _write_about(sheet, found, title):
    language = get_language()
    lines = [
        (_("Question"), found.sentence[language]),
        *((_("Doute"), note[language]) for note in found.notes),
        *((_("Méthode"), line[language]) for line in found.method),
        *((name, value) for name, value in about(found).items() if name not in ("question", "sources")),
        *(
            (_("Source"), f"{_source(each)} · {each['licence']} · sha256 {each['sha256']}")
            for each in found.sources
        ),
        (_("Question (JSON)"), json.dumps(found.question, ensure_ascii=False)),
    ]
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 110)
    for row, (name, value) in enumerate(lines):
        sheet.write_string(row, 0, name, title)
        _write(sheet, row, 1, value)


WRITERS = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "geojson": (_geojson, "application/geo+json"),
    "xlsx": (_xlsx, XLSX),
    "json": (_json, "application/json"),
}
"""By extension: what writes, and the type of what is written."""
