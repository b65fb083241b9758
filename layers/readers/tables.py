"""A CSV file as rows of text, whatever wrote it; a refusal names its line and column."""

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from geo.names import fold
from layers.readers import points, texts, values
from layers.readers.problems import Problem, Reading, UnreadableFile
from layers.readers.values import Unfit
from layers.readers.wording import did_you_mean, quoted

Record = TypeVar("Record")
Value = TypeVar("Value")

_DELIMITERS = ",;\t|"


class Refused(Exception):
    """A row that cannot become a record."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(str(problem))
        self.problem = problem


class LeftOut(Exception):
    """A row that is not wrong, but not ours; `kind` is what it is counted under."""

    def __init__(self, kind: str) -> None:
        """Keep what the row is."""
        super().__init__(kind)
        self.kind = kind


class Heading:
    """
    The header of a CSV file under our own column names, and what is wrong in the file.

    `columns` maps each of our names to the headers it may have in the file, where accents, case, spaces
    and underscores do not matter. `others` are the headers that no column of ours took.
    """

    def __init__(
        self,
        path: Path,
        cells: list[str],
        columns: Mapping[str, Collection[str]],
        *,
        optional: Collection[str] = (),
    ) -> None:
        """Take the cells of the header. Raises UnreadableFile when a column that is not optional lacks."""
        self.file = path.name
        self.problems: list[Problem] = []
        self.headers = _headers(path, cells)
        self.positions = self._positions(columns)
        self._require([name for name in columns if name not in optional], columns, path)
        ours = set(self.positions.values())
        self.others = [(header, at) for at, header in enumerate(self.headers) if header and at not in ours]

    def has(self, column: str) -> bool:
        """Return whether the file has this column of ours."""
        return self.positions[column] < len(self.headers)

    def header(self, column: str) -> str:
        """Return what the file calls a column of ours; our own name when it has none."""
        return self.headers[self.positions[column]] if self.has(column) else column

    def problem(self, line: int, column: str, value: str, unfit: Unfit, *, is_fatal: bool) -> Problem:
        """Return what is wrong in `column` of `line`."""
        return Problem(
            where=f"{self.file}, ligne {line}",
            row=line,
            field=column,
            value=value,
            reason=unfit.reason,
            remedy=unfit.remedy,
            is_fatal=is_fatal,
        )

    def broken_quotes(self, line: int) -> Problem:
        """Return what to tell of a line whose quotation marks do not close."""
        return self.problem(line, "guillemets", "", _BROKEN_QUOTES, is_fatal=True)

    def may_be_cut(self, line: int) -> Problem:
        """Return what to remark on a last line without an end."""
        return self.problem(line, "ligne", "", _NO_LINE_END, is_fatal=False)

    def wrong_width(self, line: int, width: int, *, is_cut: bool) -> Problem:
        """Return what to tell of a line with so many values; `is_cut`: the file ends within it."""
        found = f"Cette ligne a {width} valeur{'s' * (width > 1)} pour {len(self.headers)} colonnes."
        if is_cut and width < len(self.headers):
            unfit = Unfit(f"{found} Le fichier est coupé ici.", "Téléchargez-le de nouveau, en entier.")
        else:
            unfit = Unfit(found, "Mettez entre guillemets les valeurs qui contiennent le séparateur.")
        return self.problem(line, "ligne", "", unfit, is_fatal=True)

    def _positions(self, columns: Mapping[str, Collection[str]]) -> dict[str, int]:
        places = {fold(header): position for position, header in enumerate(self.headers)}
        named = {name: [fold(header) for header in headers] for name, headers in columns.items()}
        absent = len(self.headers)
        return {
            name: next((places[header] for header in headers if header in places), absent)
            for name, headers in named.items()
        }

    def _require(self, names: Iterable[str], columns: Mapping[str, Collection[str]], path: Path) -> None:
        missing = [next(iter(columns[name])) for name in names if not self.has(name)]
        if missing:
            hints = "".join(did_you_mean(header, filter(None, self.headers)) for header in missing)
            raise UnreadableFile(
                f"{path}\u00a0: colonnes absentes\u00a0: {', '.join(missing)}.{hints} "
                f"Colonnes trouvées\u00a0: {', '.join(filter(None, self.headers))}. "
                "Renommez-les, ou prenez le fichier de l'éditeur sans le changer."
            )


class Table(Heading):
    """The rows of a CSV file held whole; `problems` are those of the file and of lines that are no rows."""

    def __init__(
        self, path: Path, columns: Mapping[str, Collection[str]], *, optional: Collection[str] = ()
    ) -> None:
        """Read `path`. Raises UnreadableFile when it is no table or lacks a column that is not optional."""
        text, problems = texts.read(path)
        self._is_cut = not text.endswith(("\n", "\r"))
        broken: list[int] = []
        self._lines = list(parsed(io.StringIO(text, newline=""), delimiter_of(text), broken.append))
        _, header = self._lines.pop(0) if self._lines else (0, [])
        super().__init__(path, header, columns, optional=optional)
        self.problems += [*problems, *map(self.broken_quotes, broken)]
        if self._lines and is_hxl(self._lines[0][1]):
            del self._lines[0]
        self._tell_whether_cut()

    def read(self, to_record: Callable[["Row"], Record]) -> Reading[Record]:
        """Return the records that `to_record` makes of the rows, and the problems of the others."""
        records: list[Record] = []
        left_out: dict[str, int] = {}
        for row in self.rows():
            try:
                records.append(to_record(row))
            except Refused as refusal:
                self.problems.append(refusal.problem)
            except LeftOut as ours_not:
                left_out[ours_not.kind] = left_out.get(ours_not.kind, 0) + 1
        return Reading(records, self.problems, left_out)

    def _tell_whether_cut(self) -> None:
        """Remark on a last line that may be cut within its last cell; a shorter one is refused as a row."""
        if not self._is_cut or not self._lines:
            return
        line, cells = self._lines[-1]
        is_told = any(problem.row and problem.row > line for problem in self.problems)
        if len(cells) >= len(self.headers) and not is_told:
            self.problems.append(self.may_be_cut(line))

    def rows(self) -> Iterator["Row"]:
        """Yield the rows; a line that is none becomes a problem when it is reached."""
        width = len(self.headers)
        for line, cells in self._lines:
            trim(cells, width)
            if len(cells) == width:
                yield Row(self, line, values.cleaned(cells))
            else:
                is_cut = self._is_cut and line == self._lines[-1][0]
                self.problems.append(self.wrong_width(line, len(cells), is_cut=is_cut))


class Row:
    """
    A row of a table. Every method takes a column of ours and raises Refused when its value is unfit.

    A column that the file lacks, and a cell that only says that there is no value, are "" or None.
    """

    __slots__ = ("_cells", "_positions", "_table", "line")

    def __init__(self, table: Heading, line: int, cells: list[str]) -> None:
        """Keep the cells, in the order of the headers; `line` counts from 1."""
        self._table = table
        self._positions = table.positions
        # What absent columns point to.
        cells.append("")
        self._cells = cells
        self.line = line

    def text(self, column: str) -> str:
        """Return the text of the cell, "" when there is none."""
        return self._cells[self._positions[column]]

    def cell(self, position: int) -> str:
        """Return the text of the cell at a place, "" past the last column."""
        return self._cells[position]

    def required(self, column: str) -> str:
        """Return the text of a cell that may not be empty."""
        found = self._cells[self._positions[column]]
        if not found:
            raise self.refusal(column, _MISSING)
        return found

    def whole(self, column: str, *, least: int = 0) -> int:
        """Return the whole number of a cell that may not be empty."""
        found = self._cells[self._positions[column]]
        if found.isdecimal() and (number := int(found)) >= least:
            return number
        return self._read(column, partial(values.whole, least=least))

    def optional_whole(self, column: str, *, least: int = 0) -> int | None:
        """Return the whole number of a cell, None when it is empty."""
        return self.whole(column, least=least) if self.text(column) else None

    def decimal(self, column: str) -> float:
        """Return the number of a cell that may not be empty."""
        return self._read(column, values.decimal)

    def day(self, column: str) -> date:
        """Return the date of a cell that may not be empty."""
        return self._read(column, values.day)

    def yes_or_no(self, column: str) -> bool | None:
        """Return what a cell answers; None when it is empty."""
        return self._read(column, values.yes_or_no) if self.text(column) else None

    def point(
        self, longitude: str, latitude: str, *, check: Callable[[float, float], None] = points.check
    ) -> tuple[float, float]:
        """Return longitude and latitude, in degrees, of a point that may be in Mali, or passes `check`."""
        place = self.decimal(longitude), self.decimal(latitude)
        try:
            check(*place)
        except Unfit as unfit:
            shown = f"{self.text(longitude)}, {self.text(latitude)}"
            column = f"{self._table.header(longitude)}, {self._table.header(latitude)}"
            raise Refused(self._table.problem(self.line, column, shown, unfit, is_fatal=True)) from None
        return place

    def one_of(self, column: str, words: Mapping[str, Value]) -> Value:
        """Return the word whose key is the text of a cell that may not be empty."""
        found = self.required(column)
        if found not in words:
            hint = did_you_mean(found, words)
            unfit = Unfit("Cette valeur est inconnue.", f"Valeurs possibles\u00a0: {', '.join(words)}.{hint}")
            raise self.refusal(column, unfit)
        return words[found]

    def once(self, column: str, seen: dict[str, int]) -> str:
        """Return the text of a cell that may not be empty nor be in `seen`, the lines of earlier rows."""
        found = self.required(column)
        first = seen.setdefault(found, self.line)
        if first != self.line:
            raise self.refusal(
                column, Unfit(f"Cette valeur est déjà à la ligne {first}.", "Ôtez l'une des deux lignes.")
            )
        return found

    def others(self) -> dict[str, str]:
        """Return the cells that are not empty of the columns that are not ours, by header."""
        cells = self._cells
        return {header: cells[position] for header, position in self._table.others if cells[position]}

    def remark(self, column: str, unfit: Unfit) -> None:
        """Tell a doubt about a row that is kept."""
        self._table.problems.append(self._problem(column, unfit, is_fatal=False))

    def refusal(self, column: str, unfit: Unfit) -> Refused:
        """Return what to raise when the value of `column` is unfit."""
        return Refused(self._problem(column, unfit, is_fatal=True))

    def _read(self, column: str, read: Callable[[str], Value]) -> Value:
        found = self.required(column)
        try:
            return read(found)
        except Unfit as unfit:
            raise self.refusal(column, unfit) from None

    def _problem(self, column: str, unfit: Unfit, *, is_fatal: bool) -> Problem:
        return self._table.problem(
            self.line, self._table.header(column), self.text(column), unfit, is_fatal=is_fatal
        )


_MISSING = Unfit("La valeur manque.", "Complétez la case, ou ôtez la ligne.")
_NO_LINE_END = Unfit(
    "Le fichier ne finit pas par un retour à la ligne\u202f; sa dernière valeur est peut-être coupée.",
    "Comparez la dernière ligne avec celle de l'éditeur.",
)
_BROKEN_QUOTES = Unfit(
    "Les guillemets de cette ligne ne se ferment pas\u202f; le fichier est peut-être coupé.",
    "Téléchargez-le de nouveau, ou corrigez les guillemets.",
)


def parsed(
    lines: Iterable[str], delimiter: str, on_broken: Callable[[int], None]
) -> Iterator[tuple[int, list[str]]]:
    """
    Yield the number of the first line of each record, counted from 1, and its cells; empty ones are skipped.

    `on_broken` is told the line of a record whose quotation marks do not close.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            on_broken(line)
            cells = []
        if cells and (cells[0] or any(cells)):
            yield line, cells
        line = reader.line_num + 1


def delimiter_of(text: str) -> str:
    """Return the delimiter that cuts the first line into most cells."""
    first_line = text.lstrip("\r\n").split("\n", 1)[0]
    return max(_DELIMITERS, key=first_line.count)


def is_hxl(cells: list[str]) -> bool:
    """Return whether this is the row of hashtags (HXL) that humanitarian files carry under their header."""
    return all(cell.startswith("#") for cell in cells if cell)


def trim(cells: list[str], width: int) -> None:
    """Take away empty cells past the last column."""
    if len(cells) > width and not any(cells[width:]):
        del cells[width:]


def _headers(path: Path, cells: list[str]) -> list[str]:
    headers = [cell.strip() for cell in cells]
    named = [key for header in headers if (key := fold(header))]
    twice = sorted({header for header in named if named.count(header) > 1})
    if twice:
        raise UnreadableFile(
            f"{path}\u00a0: la colonne {quoted(twice[0])} apparaît deux fois. "
            "Ôtez ou renommez l'une des deux."
        )
    return headers
