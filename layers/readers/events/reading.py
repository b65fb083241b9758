"""Events as records: of a small file held whole, or of rows that came otherwise."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from layers.readers.events.acled import AcledReader, SimulatedReader
from layers.readers.events.reader import EventReader
from layers.readers.events.record import MALI, EventRecord
from layers.readers.events.ucdp import UcdpReader
from layers.readers.problems import OtherCountry, Reading
from layers.readers.tables import Heading, LeftOut, Refused, Row, Table
from layers.readers.values import cleaned
from layers.readers.wording import quoted

READERS: dict[str, type[EventReader]] = {
    "acled": AcledReader,
    "ucdp": UcdpReader,
    "simulated": SimulatedReader,
}
"""The readers by the names under which commands ask for them."""

MOST_COUNTRIES_TOLD = 5


def read_acled(path: Path, *, country: str = MALI) -> Reading[EventRecord]:
    """
    Return the events of a country in an ACLED export; rows of other countries are counted in `left_out`.

    Raises UnreadableFile when the file is no table, lacks a column, holds simulated events, or no row of
    the country.
    """
    return _read(path, AcledReader, country)


def read_ucdp(path: Path, *, country: str = MALI) -> Reading[EventRecord]:
    """
    Return the events of a country in a file of UCDP, GED or Candidate, of any layout.

    Raises UnreadableFile when the file is no table, lacks a column that is required, or holds no row of the
    country.
    """
    return _read(path, UcdpReader, country)


def read_simulated(path: Path) -> Reading[EventRecord]:
    """
    Return events that never happened, in ACLED's columns and a column `simulated` that says yes in every row.

    Raises UnreadableFile when the file is no table or lacks a column.
    """
    return _read(path, SimulatedReader, MALI)


def records_from_rows(
    rows: Iterable[Mapping[str, Any]], reader: str, *, country: str = MALI, name: str = "réponse"
) -> Reading[EventRecord]:
    """
    Return the events of rows given by column name, as an API answers them, checked like those of a file.

    `name` says in the problems where they are from; their number counts from 1. Raises UnreadableFile when
    a column is missing, or every row is of another country.
    """
    told = list(rows)
    headers = list(dict.fromkeys(header for row in told for header in row))
    kind = READERS[reader]
    if not told:
        return Reading([], [])
    heading = Heading(Path(name), headers, kind.columns, optional=kind.optional)
    cells = ([_text(row.get(header)) for header in headers] for row in told)
    lines = (Row(heading, line, cleaned(each)) for line, each in enumerate(cells, start=1))
    return _records(kind(heading, country), lines, heading, Path(name))


def refuse_other_countries(path: Path, left_out: Mapping[str, int], country: str) -> None:
    """Raise OtherCountry when rows were left out, all there are, telling which countries they are of."""
    if not left_out:
        return
    by_number = sorted(left_out, key=lambda each: (-left_out[each], each))
    found = ", ".join(f"{each} ({left_out[each]})" for each in by_number[:MOST_COUNTRIES_TOLD])
    more = " et d'autres" if len(by_number) > MOST_COUNTRIES_TOLD else ""
    raise OtherCountry(
        f"{path}\u00a0: aucun événement de ce pays\u00a0: {quoted(country)}. "
        f"Pays trouvés (lignes)\u00a0: {found}{more}. "
        "Donnez un fichier du bon pays, ou demandez celui-ci\u00a0: "
        f'--country "{by_number[0]}".'
    )


def _read(path: Path, kind: type[EventReader], country: str) -> Reading[EventRecord]:
    table = Table(path, kind.columns, optional=kind.optional)
    return _records(kind(table, country), table.rows(), table, path)


def _records(reader: EventReader, rows: Iterable[Row], heading: Heading, path: Path) -> Reading[EventRecord]:
    seen: dict[str, int] = {}
    records: list[EventRecord] = []
    left_out: dict[str, int] = {}
    for row in rows:
        try:
            event = reader.read(row)
            row.once("source_event_id", seen)
            records.append(event)
        except Refused as refusal:
            heading.problems.append(refusal.problem)
        except LeftOut as other:
            left_out[other.kind] = left_out.get(other.kind, 0) + 1
    if not records and not any(problem.is_fatal for problem in heading.problems):
        refuse_other_countries(path, left_out, reader.country)
    return Reading(records, heading.problems, left_out)


def _text(value: object) -> str:
    """Return a value of JSON as a table would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
