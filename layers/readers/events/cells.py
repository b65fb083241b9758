"""Many rows of a table by column, turned into texts by what was learnt from the cells before them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

from layers.readers import values
from layers.readers.events.record import LONGEST
from layers.readers.tables import Heading

Values = dict[str, list[Any]]
"""Columns of texts by our names, as in `EventColumns`."""

MOST_KEPT = 50_000
"""Conversions kept of one column: enough for what repeats, and bounded. Chosen by Maillage."""

_UNFIT = object()
_SAMPLE = 100
"""Cells looked at to tell whether the texts of a column repeat."""


class Converter(dict[Any, Any]):
    """
    What the cells of a column stand for, found once each: what `convert` returns, or that it is unfit.

    >>> numbers = Converter(lambda cell: str(values.whole(cell)))
    >>> numbers["1 200"], numbers["x"] is _UNFIT
    ('1200', True)
    """

    def __init__(self, convert: Callable[[Any], Any]) -> None:
        """Keep what to do with a cell that was not met yet; it may raise Unfit."""
        super().__init__()
        self._convert = convert

    def __missing__(self, cell: Any) -> Any:
        """Convert a cell that was not met yet."""
        if len(self) >= MOST_KEPT:
            self.clear()
        try:
            found = self._convert(cell)
        except values.Unfit:
            found = _UNFIT
        self[cell] = found
        return found

    def all(self, cells: Iterable[Any]) -> list[Any]:
        """Return what these cells stand for."""
        return list(map(self.__getitem__, cells))


def cleaning(convert: Callable[[str], Any]) -> Converter:
    """Return a converter of cells as they stand in the file, with spaces or signs of no value."""
    return Converter(lambda cell: convert(values.cleaned([cell])[0]))


def words(meanings: Mapping[str, object]) -> Converter:
    """Return what turns words into the texts of their meanings; another word is unfit."""

    def convert(cell: str) -> str | None:
        if cell not in meanings:
            raise _unfit
        meaning = meanings[cell]
        if meaning is None:
            return None
        return str(int(meaning)) if isinstance(meaning, int) else str(meaning)

    return cleaning(convert)


class Conversions:
    """The converters that every source needs, by what a column holds."""

    def __init__(self, heading: Heading) -> None:
        """Make them empty."""
        self.days = cleaning(lambda cell: values.day(cell).isoformat())
        self.years = Converter(lambda day: day[:4])
        self.wholes = cleaning(lambda cell: str(values.whole(cell)))
        self.decimals = cleaning(lambda cell: repr(values.decimal(cell)))
        self.texts = {name: cleaning(_no_longer(LONGEST.get(name))) for name in heading.positions}
        self.begun = {header: encode_basestring(header) + ":" for header, _ in heading.others}
        self.pairs = {header: cleaning(_pair(begun)) for header, begun in self.begun.items()}


class Cells:
    """
    The cells of rows that have as many as there are columns.

    `doubtful` are the positions of rows to be read one by one: something in them is unfit, or not as plain
    as it should be.
    """

    def __init__(self, heading: Heading, rows: Sequence[Sequence[str]], conversions: Conversions) -> None:
        """Turn rows into columns."""
        self.number = len(rows)
        self.doubtful: set[int] = set()
        self.conversions = conversions
        self._heading = heading
        self._columns: list[Sequence[str]] = list(zip(*rows, strict=True))
        self._absent = ("",) * self.number

    def raw(self, position: int) -> Sequence[str]:
        """Return the cells of a column as they stand, by its place, "" where the file has no such column."""
        return self._absent if position >= len(self._columns) else self._columns[position]

    def converted(self, name: str, converter: Converter) -> list[Any]:
        """Return what the cells of a column of ours stand for; "" and doubt where one is unfit."""
        found = converter.all(self.raw(self._heading.positions[name]))
        if _UNFIT in found:
            self.doubt(each is _UNFIT for each in found)
            found = ["" if each is _UNFIT else each for each in found]
        return found

    def text(self, name: str) -> list[str]:
        """Return the texts of a column of ours; one longer than it may be is doubtful."""
        return self.converted(name, self.conversions.texts[name])

    def identifiers(self, name: str) -> list[str]:
        """Return texts of a column of ours that differ from row to row; an empty or long one is doubtful."""
        found = values.cleaned(list(self.raw(self._heading.positions[name])))
        if "" in found or max(map(len, found)) > LONGEST[name]:
            self.doubt(not 0 < len(text) <= LONGEST[name] for text in found)
        return found

    def days(self, name: str) -> list[str]:
        """Return dates as ISO texts."""
        return self.converted(name, self.conversions.days)

    def wholes(self, name: str) -> list[str]:
        """Return whole numbers as texts."""
        return self.converted(name, self.conversions.wholes)

    def decimals(self, name: str) -> list[str]:
        """Return decimal numbers as texts; `nan` and doubt where one is unfit."""
        found = self.converted(name, self.conversions.decimals)
        return [each or "nan" for each in found] if "" in found else found

    def other_texts(self, further: Mapping[str, str]) -> list[str]:
        """Return, as JSON, the cells that are not empty of the columns that are not ours, and `further`."""
        pieces = {header: self._pairs(header, position) for header, position in self._heading.others}
        for header, text in further.items():
            pieces[header] = [f"{encode_basestring(header)}:{encode_basestring(text)},"] * self.number
        if not pieces:
            return ["{}"] * self.number
        joined = map("".join, zip(*(pieces[header] for header in sorted(pieces)), strict=True))
        return ["{" + pairs[:-1] + "}" for pairs in joined]

    def doubt(self, are_doubtful: Iterable[bool]) -> None:
        """Mark rows that must be read one by one."""
        self.doubtful.update(at for at, is_doubtful in enumerate(are_doubtful) if is_doubtful)

    def _pairs(self, header: str, position: int) -> list[str]:
        """Return `"header":"text",` for each cell of a column, nothing for an empty one."""
        cells = self.raw(position)
        if len(set(cells[:_SAMPLE])) < min(_SAMPLE, self.number):
            return self.conversions.pairs[header].all(cells)
        begun = self.conversions.begun[header]
        return [f"{begun}{encode_basestring(cell)}," if cell else "" for cell in values.cleaned(list(cells))]


_unfit = values.Unfit("", "")
"""Whoever reads the row singly says why."""


def _no_longer(longest: int | None) -> Callable[[str], str]:
    def convert(cell: str) -> str:
        if longest and len(cell) > longest:
            raise _unfit
        return cell

    return convert


def _pair(begun: str) -> Callable[[str], str]:
    return lambda cell: f"{begun}{encode_basestring(cell)}," if cell else ""
