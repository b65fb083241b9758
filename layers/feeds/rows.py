"""Rows as publishers send them: checked page by page, kept in a file, no page twice."""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from layers.feeds.asking import Asker

Row = dict[str, str]


def as_text(row: Mapping[str, Any]) -> Row:
    """
    Return a row of JSON as a table would hold it: text, "" where there is no value.

    >>> as_text({"fatalities": 3, "notes": None, "latitude": 14.5, "active_year": True})
    {'fatalities': '3', 'notes': '', 'latitude': '14.5', 'active_year': '1'}
    """
    return {name: _text(value) for name, value in row.items()}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, bool) else str(value)


class Pages:
    """
    Checks the pages of one question as they come.

    Refuses a page whose first row began an earlier page, and rows without the columns we need: a publisher
    that changed its columns is not read half.
    """

    def __init__(self, asker: Asker, url: str, *, key: str, columns: Collection[str]) -> None:
        """`key` is the column that tells rows apart, `columns` those that every row must have."""
        self._asker = asker
        self._url = url
        self._key = key
        self._columns = columns
        self._firsts: set[str] = set()
        self._seen: set[str] = set()

    def checked(self, rows: Any) -> list[Row]:
        """Return the rows of a page as text, without those that an earlier page told. Raises FeedError."""
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self._failure("la réponse ne contient pas de lignes", "vérifiez l'adresse")
        told = [as_text(row) for row in rows]
        for row in told:
            self._check_columns(row)
        self._check_new(told)
        return [row for row in told if not self._is_seen(row[self._key])]

    def _check_columns(self, row: Row) -> None:
        missing = [name for name in self._columns if name not in row]
        if missing:
            reason = f"colonnes absentes\u00a0: {', '.join(missing)}"
            way_out = "l'éditeur a changé ses colonnes, demandez une version de Maillage qui les connaît"
            raise self._failure(reason, way_out)

    def _check_new(self, rows: list[Row]) -> None:
        if not rows:
            return
        first = rows[0][self._key]
        if first in self._firsts:
            reason = f"la page qui commence par {first} est venue deux fois"
            raise self._failure(reason, "rien n'a été écrit, recommencez plus tard")
        self._firsts.add(first)

    def _is_seen(self, key: str) -> bool:
        if key in self._seen:
            return True
        self._seen.add(key)
        return False

    def _failure(self, reason: str, way_out: str) -> Exception:
        return self._asker.failure(self._url, reason, way_out)


def write_table(path: Path, pages: Iterable[list[Row]]) -> int:
    """
    Write pages of rows as one CSV file, under the columns of the first row; return how many rows.

    Pages are taken one by one: no more than one is held in memory.
    """
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer: csv.DictWriter[str] | None = None
        for row in (row for page in pages for row in page):
            if writer is None:
                writer = csv.DictWriter(file, list(row), extrasaction="ignore", restval="")
                writer.writeheader()
            writer.writerow(row)
            count += 1
    return count


def read_table(path: Path) -> Iterator[Row]:
    """Yield the rows of a file that `write_table` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
