"""The tables drawn from the programme's documents, each read by its declaration in `layers.programme`."""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from layers.declaration import FieldType
from layers.programme import TABLES
from layers.programme.declaring import PASSAGE_FIELDS, DocumentTable, Record, ToldField
from layers.programme.documents import DOCUMENTS
from layers.readers import values
from layers.readers.problems import Reading, UnreadableFile
from layers.readers.tables import LeftOut, Row, Table
from layers.readers.values import Unfit

SOURCE_FILE = "source_file"
_SHORT_KEY = re.compile(r"\b(\d{3})_(?![0-9a-z])")


def paths(folder: Path) -> dict[str, Path]:
    """Return where each table lies in `folder`, by stem. Raises UnreadableFile naming those that are not."""
    found = {stem: folder / table.file_name for stem, table in TABLES.items()}
    missing = [path.name for path in found.values() if not path.is_file()]
    if missing:
        raise UnreadableFile(
            f"{folder}\u00a0: tables absentes\u00a0: {', '.join(missing)}. "
            "Les tables du programme se chargent ensemble\u00a0: mettez-les toutes dans ce dossier."
        )
    return found


def read(folder: Path) -> dict[str, Reading[Record]]:
    """
    Return what each table of `folder` holds, by stem. A record also has its values by column of the file.

    Raises UnreadableFile when a table is absent, is no table, or lacks a column.
    """
    files = paths(folder)
    documents = read_table(files[DOCUMENTS.stem], DOCUMENTS, {})
    titles = {record["key"]: record["title_en"] for record in documents.records}
    others = {
        stem: read_table(files[stem], table, titles)
        for stem, table in TABLES.items()
        if table is not DOCUMENTS
    }
    return {DOCUMENTS.stem: documents, **others}


def read_table(path: Path, table: DocumentTable, titles: Mapping[str, str]) -> Reading[Record]:
    """Return what one table holds; its rows may cite only the documents whose titles are given by key."""
    fields = (*table.fields, *(PASSAGE_FIELDS if table.cites else ()))
    headers = [field.header for field in fields]
    if table.cites:
        headers.append(SOURCE_FILE)
    file = Table(path, {header: (header,) for header in (*headers, *table.left_out)})
    seen: dict[str, dict[str, int]] = {field.name: {} for field in fields if field.once}
    reading = file.read(partial(_record, table=table, fields=fields, titles=titles, seen=seen))
    remarks = [problem for check in table.checks for problem in check(path.name, reading.records)]
    return Reading(reading.records, [*reading.problems, *remarks], reading.left_out)


def _record(
    row: Row,
    *,
    table: DocumentTable,
    fields: tuple[ToldField, ...],
    titles: Mapping[str, str],
    seen: dict[str, dict[str, int]],
) -> Record:
    for column, kind in table.left_out.items():
        if row.yes_or_no(column) is False:
            raise LeftOut(kind)
    as_told = {field.header: row.text(field.header) for field in fields}
    record: Record = {
        **as_told,
        **{field.name: _value(row, field, titles) for field in fields},
        "row": row.line,
    }
    for name, lines in seen.items():
        row.once(next(field.header for field in fields if field.name == name), lines)
    return {**record, **_cited(row, titles)} if table.cites else record


def _value(row: Row, field: ToldField, titles: Mapping[str, str]) -> Any:
    if field.required:
        row.required(field.header)
    match field.type:
        case FieldType.INTEGER:
            return row.optional_whole(field.header, least=field.least)
        case FieldType.NUMBER:
            return _number(row, field)
        case FieldType.BOOLEAN:
            return row.yes_or_no(field.header)
    return _words(row, field, titles)


def titled(told: str, titles: Mapping[str, str]) -> str:
    """
    Return a text with documents named by their titles where it names them by the number of their key.

    >>> titled("004_ footnote 59", {"004_a95a.txt": "Programme document"})
    '“Programme document” footnote 59'
    """
    by_number = {key.split("_")[0]: f"“{title}”" for key, title in titles.items()}
    return _SHORT_KEY.sub(lambda short: by_number.get(short[1], short[0]), told)


def _number(row: Row, field: ToldField) -> float | None:
    told = row.text(field.header)
    if not told:
        return None
    if not field.if_number:
        return row.decimal(field.header)
    try:
        return values.decimal(told)
    except Unfit:
        return None


def _words(row: Row, field: ToldField, titles: Mapping[str, str]) -> str:
    told = titled(row.text(field.header), titles)
    if told and (field.told_as or field.choices):
        return row.one_of(field.header, field.told_as or {code: code for code in field.choices})
    if len(told) > field.longest:
        raise row.refusal(
            field.header,
            Unfit(f"Ce texte a {len(told)} signes, {field.longest} au plus sont gardés.", "Abrégez-le."),
        )
    return told


def _cited(row: Row, titles: Mapping[str, str]) -> Record:
    """Return the keys of the documents that the row cites, as told and one by one."""
    told = row.required(SOURCE_FILE)
    keys = [key.strip() for key in told.split(";")]
    for key in keys:
        if key not in titles:
            raise row.refusal(
                SOURCE_FILE,
                Unfit(
                    f"{key} n'est pas dans {DOCUMENTS.file_name}.",
                    "Ajoutez-y ce document, ou corrigez la clé.",
                ),
            )
    return {SOURCE_FILE: told, "documents": keys}
