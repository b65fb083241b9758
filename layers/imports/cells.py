"""What an opened file answers with: its sheets, their headers, and their rows one after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from layers.imports.formats import Format
from layers.readers.problems import Problem
from layers.readers.values import Unfit

Rows = Iterator[tuple[int, list[str]]]


class StoredNumber(str):
    """The text of a cell that the file holds as a number: it reads in one way only, and is no formula."""

    __slots__ = ()


class StoredDate(str):
    """The text, ISO 8601, of a cell that the file holds as a date."""

    __slots__ = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """
    One sheet of a workbook, layer of a geographic file, or the only table of any other.

    `header_line` is where the header was found, from 1 (None where the format has none to find);
    `rows_estimate` counts the rows below it, None when only reading them all would tell. `first_lines` are
    their first cells, to show.
    """

    name: str
    headers: list[str]
    hxl: list[str] | None
    rows_estimate: int | None
    first_lines: list[tuple[int, list[str]]]
    header_line: int | None = None
    encoding: str = ""
    delimiter: str = ""
    crs: str = ""
    remarks: list[str] = field(default_factory=list)
    """What had to be assumed or joined to read it, in plain French."""


@dataclass(frozen=True, kw_only=True)
class FileFacts:
    """
    What a file is, before anything of it is believed.

    `decimal` is the mark that its numbers certainly use, "" when none shows. `encoding` and `delimiter` are
    those of a CSV, "" elsewhere; `crs` is that of the first layer.
    """

    file_name: str
    format: Format
    sheets: list[Sheet]
    size: int
    sha256: str
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    crs: str = ""
    remarks: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class SheetRows:
    """
    The rows of one sheet, read again from the start at each call of `rows`, in bounded memory.

    `unit` is what a row is called in messages ("ligne", "entité"). A line that cannot be cut into cells
    comes without any, and `line_faults` says why.
    """

    path: Path
    file_name: str
    format: Format
    name: str
    headers: list[str]
    hxl: list[str] | None
    unit: str
    reading: Callable[["SheetRows"], Rows]
    rows_estimate: int | None = None
    header_line: int | None = None
    encoding: str = ""
    delimiter: str = ""
    crs: str = ""
    remarks: list[Problem] = field(default_factory=list)
    line_faults: dict[int, Unfit] = field(default_factory=dict)

    def rows(self) -> Rows:
        """Yield the number of each row, as a keeper of the file counts it, and its cells as they stand."""
        return self.reading(self)

    def where(self, line: int) -> str:
        """Return what messages call a row: "cercles.csv, ligne 214"."""
        return f"{self.file_name}, {self.unit} {line}"

    def remark(self, column: str, reason: str, remedy: str) -> None:
        """Tell a doubt about the whole file."""
        self.remarks.append(
            Problem(
                where=self.file_name,
                row=None,
                field=column,
                value="",
                reason=reason,
                remedy=remedy,
                is_fatal=False,
            )
        )
