"""
Refused rows given back: the file's own format and columns, only these rows, and a column that says why.

Mended, the file goes in again as it is: the added column is no field of any kind.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import pyogrio
import xlsxwriter

from layers import spreadsheets
from layers.imports import geofiles, geojson
from layers.imports.cell_values import is_formula
from layers.imports.cells import SheetRows, StoredDate, StoredNumber
from layers.imports.formats import Format
from layers.imports.opening import open_sheet
from layers.readers.problems import Problem

_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")
COLUMN = "refus"
"""The header of the added column. A file that has one already, given back before, gets its words anew."""

SUFFIXES: Mapping[Format, str] = {
    Format.CSV: ".csv",
    Format.XLSX: ".xlsx",
    Format.XLS: ".xlsx",
    Format.ODS: ".xlsx",
    Format.GEOJSON: ".geojson",
    Format.GEOJSON_LINES: ".geojsonl",
    Format.GEOPACKAGE: ".gpkg",
    Format.SHAPEFILE: ".gpkg",
}
"""In what refused rows come back. A Shapefile would cut the sentences at 254 bytes: a GeoPackage not."""


def sentence(problem: Problem, *, unit: str = "ligne") -> str:
    """
    Return what the added column says of one problem: "ligne 214, colonne admin2 : « Tenenku » ...".

    The value is quoted unless the reason quotes it already.
    """
    where = f"{unit} {problem.row}, colonne {problem.field}"
    quoted = f"«\u00a0{problem.value}\u00a0»"
    found = f"{quoted}\u00a0: " if problem.value and quoted not in problem.reason else ""
    return f"{where}\u00a0: {found}{problem.reason} {problem.remedy}".rstrip()


def refusals_name(file_name: str, found: Format) -> str:
    """
    Return how a file of refused rows is called.

    >>> refusals_name("institutions.xls", Format.XLS)
    'institutions_refus.xlsx'
    """
    return f"{PurePath(file_name).stem}_{COLUMN}{SUFFIXES[found]}"


def write_refusals(
    path: Path, file_name: str, sheet: str | None, sentences: Mapping[int, str], out: Path
) -> int:
    """
    Write the rows of a file whose number is in `sentences` to `out`, and return how many there are.

    A CSV keeps its delimiter and encoding, a workbook its numbers and dates, features their attributes and
    geometry. What a spreadsheet would run as a formula is kept a text. Raises UnreadableFile.
    """
    table = open_sheet(path, file_name, sheet)
    return _WRITERS[table.format](table, sentences, out)


def _rows(table: SheetRows, sentences: Mapping[int, str]) -> Iterator[list[str]]:
    """Yield the header, the hashtags and the refused rows, each with its sentence at the end."""
    kept = [at for at, header in enumerate(table.headers) if header != COLUMN]
    yield [*(table.headers[at] for at in kept), COLUMN]
    if table.hxl:
        yield [*(table.hxl[at] if at < len(table.hxl) else "" for at in kept), ""]
    for line, cells in table.rows():
        if line in sentences:
            yield [*(cells[at] if at < len(cells) else "" for at in kept), sentences[line]]


# The signs of French sentences that old encodings lack.
_OLD_SIGNS = {"\u202f": "\u00a0"}
_WITHOUT_SIGNS = {
    "cp1252": str.maketrans(_OLD_SIGNS),
    "latin-1": str.maketrans({**_OLD_SIGNS, "’": "'", "…": "...", "œ": "oe", "–": "-", "—": "-"}),
}


def _write_csv(table: SheetRows, sentences: Mapping[int, str], out: Path) -> int:
    written = -1 - bool(table.hxl)
    signs = _WITHOUT_SIGNS.get(table.encoding, {})
    with out.open("w", encoding=table.encoding, newline="", errors="replace") as file:
        writer = csv.writer(file, delimiter=table.delimiter)
        for row in _rows(table, sentences):
            writer.writerow([_inert(cell).translate(signs) for cell in row])
            written += 1
    return written


def _inert(cell: str) -> str:
    return str(spreadsheets.cell(cell)) if is_formula(cell) else cell


def _write_workbook(table: SheetRows, sentences: Mapping[int, str], out: Path) -> int:
    written = -1 - bool(table.hxl)
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet(_NOT_IN_A_SHEET_NAME.sub("_", table.name)[:31])
        formats = {
            StoredDate: workbook.add_format({"num_format": "dd/mm/yyyy"}),
            datetime: workbook.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
        }
        for at, row in enumerate(_rows(table, sentences)):
            for column, cell in enumerate(row):
                _write_cell(sheet, at, column, cell, formats)
            written += 1
    return written


def _write_cell(sheet: Any, row: int, column: int, cell: str, formats: Mapping[type, Any]) -> None:
    if isinstance(cell, StoredNumber):
        sheet.write_number(row, column, float(cell))
    elif isinstance(cell, StoredDate):
        day = datetime.fromisoformat(cell)
        sheet.write_datetime(row, column, day, formats[datetime if len(cell) > 10 else StoredDate])
    else:
        # A text stays a text in a workbook, whatever it begins with; one saved as CSV would not.
        sheet.write_string(row, column, _inert(cell))


def _write_geojson(table: SheetRows, sentences: Mapping[int, str], out: Path) -> int:
    with out.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [\n')
        written = 0
        for feature in _refused_features(table, sentences):
            file.write(f"{',' if written else ''}{json.dumps(feature, ensure_ascii=False)}\n")
            written += 1
        file.write("]}\n")
    return written


def _write_geojson_lines(table: SheetRows, sentences: Mapping[int, str], out: Path) -> int:
    written = 0
    with out.open("w", encoding="utf-8") as file:
        for feature in _refused_features(table, sentences):
            file.write(f"{json.dumps(feature, ensure_ascii=False)}\n")
            written += 1
    return written


def _refused_features(table: SheetRows, sentences: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    every = geojson.features(table.path, table.file_name, table.format)
    for row, feature in enumerate(every, start=1):
        if row in sentences:
            properties = feature.get("properties") or {}
            yield {**feature, "properties": {**properties, COLUMN: sentences[row]}}


def _write_geopackage(table: SheetRows, sentences: Mapping[int, str], out: Path) -> int:
    written = 0
    out.unlink(missing_ok=True)
    for first, frame in geofiles.frames(table):
        lines = [first + at for at in range(len(frame)) if first + at in sentences]
        if not lines:
            continue
        refused = frame.iloc[np.array(lines) - first].assign(**{COLUMN: [sentences[line] for line in lines]})
        pyogrio.write_dataframe(refused, out, driver="GPKG", layer=table.name, append=written > 0)
        written += len(lines)
    return written


_WRITERS: Mapping[Format, Callable[[SheetRows, Mapping[int, str], Path], int]] = {
    Format.CSV: _write_csv,
    Format.XLSX: _write_workbook,
    Format.XLS: _write_workbook,
    Format.ODS: _write_workbook,
    Format.GEOJSON: _write_geojson,
    Format.GEOJSON_LINES: _write_geojson_lines,
    Format.GEOPACKAGE: _write_geopackage,
    Format.SHAPEFILE: _write_geopackage,
}
