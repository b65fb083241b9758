"""A file of events of any size, read by columns, a piece at a time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, islice
from pathlib import Path
from typing import Any

from layers.readers import tables, texts, values
from layers.readers.events.cells import Cells, Conversions
from layers.readers.events.reader import EventReader
from layers.readers.events.reading import READERS, refuse_other_countries
from layers.readers.events.record import MALI, TOLD, EventColumns, EventRecord, Lost, columns_of
from layers.readers.problems import Problem
from layers.readers.tables import Refused, Row

PIECE = 5_000
"""Rows read at once: enough for columns to pay, few enough for the processor's cache. Chosen by Maillage."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file: the events read, the rows refused with their problems, and those left out."""

    events: EventColumns
    problems: list[Problem]
    lost: list[Lost]
    left_out: Counter[str]
    bytes_read: int


class EventStream:
    """
    The events of a file, by columns.

    `size` is that of the file in bytes; `problems` are those of the file itself. Raises UnreadableFile when
    it is no table, lacks a column, or holds simulated events that are asked for as real ones. `asked` are the
    arguments that make the same stream in another process.
    """

    def __init__(
        self,
        path: Path,
        reader: str,
        *,
        country: str = MALI,
        columns: Mapping[str, str] | None = None,
        piece: int = PIECE,
        about: texts.Examined | None = None,
    ) -> None:
        """
        Look at the file: its encoding, its header. `columns` names headers that are not the usual ones.

        `about` is what was found of the file, when it was looked at before.
        """
        self._about = about or texts.examined(path)
        self.asked: dict[str, Any] = {
            "path": path,
            "reader": reader,
            "country": country,
            "columns": columns,
            "piece": piece,
            "about": self._about,
        }
        self.path = path
        self.country = country
        self._piece = piece
        self.size = self._about.size
        self.problems = list(self._about.problems)
        kind = READERS[reader]
        self._heading, self._first_line = self._header(kind, columns or {})
        self.reader: EventReader = kind(self._heading, country)
        self._conversions = Conversions(self._heading)

    def pieces(self) -> Iterator[Piece]:
        """
        Yield the file, piece by piece.

        Raises UnreadableFile at the end when every row is of another country.
        """
        left_out: Counter[str] = Counter()
        is_ours = False
        with self._about.opened() as file:
            lines = _Remembered(file)
            broken: list[tuple[int, str]] = []
            delimiter = tables.delimiter_of(self._about.beginning)
            records = tables.parsed(lines, delimiter, lambda line: broken.append((line, lines.taken())))
            records = (each for each in _forgetting(records, lines) if each[0] >= self._first_line)
            batch = list(islice(records, self._piece))
            while batch or broken:
                following = list(islice(records, self._piece))
                piece = self._read(
                    batch, broken, is_last=not following, bytes_read=self._about.position(file)
                )
                broken.clear()
                left_out += piece.left_out
                is_ours = is_ours or bool(piece.events.rows or piece.lost)
                yield piece
                batch = following
        if not is_ours:
            refuse_other_countries(self.path, left_out, self.country)

    def _header(self, kind: type[EventReader], columns: Mapping[str, str]) -> tuple[tables.Heading, int]:
        """Return the header, and the line of the first row below it and below its hashtags."""
        with self._about.opened() as file:
            records = tables.parsed(file, tables.delimiter_of(self._about.beginning), lambda _line: None)
            _, header = next(records, (0, []))
            first_line, cells = next(records, (1, [""]))
            if tables.is_hxl(cells) and any(cells):
                first_line, _ = next(records, (first_line + 1, []))
        named = {name: (columns[name],) if name in columns else kind.columns[name] for name in kind.columns}
        return tables.Heading(self.path, header, named, optional=kind.optional), first_line

    def _read(
        self,
        batch: list[tuple[int, list[str]]],
        broken: list[tuple[int, str]],
        *,
        is_last: bool,
        bytes_read: int,
    ) -> Piece:
        problems = [self._heading.broken_quotes(line) for line, _ in broken]
        lost = [Lost(line, "", {}, (text,)) for line, text in broken]
        cut_at = batch[-1][0] if is_last and batch and self._about.is_cut else None
        rows = self._of_full_width(batch, problems, lost, cut_at)
        rows, left_out = self._ours(rows)
        events = self._events(rows, problems, lost)
        is_told = any(problem.row and cut_at and problem.row > cut_at for problem in problems)
        if cut_at is not None and len(batch[-1][1]) >= len(self._heading.headers) and not is_told:
            problems.append(self._heading.may_be_cut(cut_at))
        problems.sort(key=lambda problem: problem.row or 0)
        return Piece(events, problems, lost, left_out, bytes_read)

    def _of_full_width(
        self,
        batch: list[tuple[int, list[str]]],
        problems: list[Problem],
        lost: list[Lost],
        cut_at: int | None,
    ) -> list[tuple[int, list[str]]]:
        """Return the rows that have as many cells as there are columns; refuse the others."""
        width = len(self._heading.headers)
        if all(len(cells) == width for _, cells in batch):
            return batch
        rows = []
        for line, cells in batch:
            tables.trim(cells, width)
            if len(cells) == width:
                rows.append((line, cells))
            else:
                problems.append(self._heading.wrong_width(line, len(cells), is_cut=line == cut_at))
                lost.append(Lost(line, "", {}, tuple(values.cleaned(cells))))
        return rows

    def _ours(self, rows: list[tuple[int, list[str]]]) -> tuple[list[tuple[int, list[str]]], Counter[str]]:
        """Return the rows of the country that is asked for, and how many there are of the others."""
        at = self._heading.positions.get("country", len(self._heading.headers))
        if at >= len(self._heading.headers):
            return rows, Counter()
        told = values.cleaned([cells[at] for _, cells in rows])
        countries = Counter(told)
        others = {country for country in countries if not self.reader.is_ours(country)}
        if not others:
            return rows, Counter()
        kept = compress(rows, (country not in others for country in told))
        return list(kept), Counter({country: countries[country] for country in others})

    def _events(
        self, rows: list[tuple[int, list[str]]], problems: list[Problem], lost: list[Lost]
    ) -> EventColumns:
        """Return the events of these rows: by column, but for those in doubt, which are read one by one."""
        if not rows:
            return columns_of([])
        cells = Cells(self._heading, [row for _, row in rows], self._conversions)
        told = self.reader.columns_of(cells)
        lines = [line for line, _ in rows]
        if not cells.doubtful:
            return EventColumns(lines, told)
        is_plain = [at not in cells.doubtful for at in range(cells.number)]
        read_singly = self._read_singly([rows[at] for at in sorted(cells.doubtful)], problems, lost)
        singly = columns_of(read_singly)
        return EventColumns(
            [*compress(lines, is_plain), *singly.rows],
            {name: [*compress(told[name], is_plain), *singly.texts[name]] for name in TOLD},
        )

    def _read_singly(
        self, rows: Sequence[tuple[int, list[str]]], problems: list[Problem], lost: list[Lost]
    ) -> list[EventRecord]:
        records = []
        for line, cells in rows:
            row = Row(self._heading, line, values.cleaned(cells))
            try:
                records.append(self.reader.record(row))
            except Refused as refusal:
                problems.append(refusal.problem)
                told = {name: row.text(name) for name in self._heading.positions}
                lost.append(Lost(line, told["source_event_id"], told, tuple(cells)))
        problems += self._heading.problems
        self._heading.problems.clear()
        return records


class _Remembered:
    """The lines of a file; those taken since the last call of `taken` can be asked for once more."""

    def __init__(self, file: Iterator[str]) -> None:
        self._file = file
        self.lines: list[str] = []

    def __iter__(self) -> Iterator[str]:
        remember = self.lines.append
        for line in self._file:
            remember(line)
            yield line

    def taken(self) -> str:
        text = "".join(self.lines)
        self.lines.clear()
        return text


def _forgetting(
    records: Iterator[tuple[int, list[str]]], lines: _Remembered
) -> Iterator[tuple[int, list[str]]]:
    """Yield the records, and forget the lines of each: only those that are no record are asked for."""
    forget = lines.lines.clear
    for record in records:
        forget()
        yield record
