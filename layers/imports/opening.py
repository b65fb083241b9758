"""
A file opened whatever its format: what it holds, and its rows as a stream.

Heavy (GDAL, calamine): for workers and commands, never for a web process.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from layers.imports import csv_files, geofiles, geojson, safety, workbooks
from layers.imports.cells import FileFacts, Sheet, SheetRows
from layers.imports.formats import Format
from layers.imports.numbers import mark_of
from layers.readers.problems import UnreadableFile

SHOWN_LINES = 5
_LOOKED_AT = 200
"""Rows whose numbers tell the decimal mark of a file before it is read. Chosen by Maillage."""
_CHUNK_BYTES = 1 << 20


def inspect(path: Path, file_name: str) -> FileFacts:
    """
    Return what a file is and holds, for a keeper to choose a sheet and match its columns.

    Raises UnreadableFile: absent, empty, too large, cut, locked, of another type, made to harm, header only.
    """
    found = safety.recognised(path, file_name)
    looks = [_looked_at(table) for table in _tables(path, file_name, found)]
    first, decimal = looks[0]
    return FileFacts(
        file_name=file_name,
        format=found,
        sheets=[sheet for sheet, _ in looks],
        size=path.stat().st_size,
        sha256=_sha256(path),
        encoding=first.encoding,
        delimiter=first.delimiter,
        decimal=decimal,
        crs=first.crs,
        remarks=first.remarks,
    )


def open_sheet(path: Path, file_name: str, sheet: str | None = None) -> SheetRows:
    """
    Return the rows of a sheet or layer; of the first that holds rows when `sheet` is None or "".

    Raises UnreadableFile, as `inspect`.
    """
    found = safety.recognised(path, file_name)
    return _open(path, file_name, found, sheet) if sheet else next(_tables(path, file_name, found))


def _tables(path: Path, file_name: str, found: Format) -> Iterator[SheetRows]:
    """Yield the tables that hold rows, covers and notes left out. Raises UnreadableFile when none does."""
    names = _names(path, file_name, found)
    refusals = []
    for name in names:
        try:
            yield _open(path, file_name, found, name)
        except UnreadableFile as refusal:
            refusals.append(refusal)
    if len(refusals) == len(names):
        raise refusals[0]


def _names(path: Path, file_name: str, found: Format) -> list[str]:
    if found.is_workbook:
        return workbooks.sheet_names(path, file_name)
    if found in (Format.GEOPACKAGE, Format.SHAPEFILE):
        return geofiles.layer_names(path, file_name, found)
    return [""]


def _open(path: Path, file_name: str, found: Format, name: str) -> SheetRows:
    if found is Format.CSV:
        return csv_files.open_table(path, file_name)
    if found.is_workbook:
        return workbooks.open_table(path, file_name, found, name)
    if found in (Format.GEOPACKAGE, Format.SHAPEFILE):
        return geofiles.open_table(path, file_name, found, name)
    return geojson.open_table(path, file_name, found)


def _looked_at(table: SheetRows) -> tuple[Sheet, str]:
    """Return what a table is, and the decimal mark that the numbers of its first rows certainly use."""
    rows = list(islice(table.rows(), _LOOKED_AT))
    marks = {mark for _, cells in rows for cell in cells if len(cell) < 40 and (mark := mark_of(cell))}
    sheet = Sheet(
        name=table.name,
        headers=table.headers,
        hxl=table.hxl,
        rows_estimate=table.rows_estimate,
        first_lines=[(line, _shown(cells)) for line, cells in rows[:SHOWN_LINES]],
        header_line=table.header_line,
        encoding=table.encoding,
        delimiter=table.delimiter,
        crs=table.crs,
        remarks=_sentences(table),
    )
    return sheet, marks.pop() if len(marks) == 1 else ""


def _sentences(table: SheetRows) -> list[str]:
    return [f"{each.reason} {each.remedy}" for each in table.remarks]


def _shown(cells: Iterable[str]) -> list[str]:
    """Return the cells short enough for a page: a shape may take megabytes."""
    return [cell if len(cell) <= 100 else f"{cell[:99]}…" for cell in cells]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
