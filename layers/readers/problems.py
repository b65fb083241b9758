"""What every reader answers with: checked records, and what was wrong, in plain French."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

Record = TypeVar("Record")


class UnreadableFile(ValueError):
    """A whole file cannot be read. The message names the file and the way out, in plain French."""


class OtherCountry(UnreadableFile):
    """Every row of a file is of another country than the one that is asked for."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """
    One thing wrong in a file, told so that whoever keeps the file can put it right.

    `where` names the file and the place in it ("cercles.csv, ligne 214", "mli.geojson, entité 12
    (ML0101)"); `row` is that number, None when the problem is of the whole file. `value` is what was
    found, "" when it is missing. `is_fatal`: the record is refused; without it, it was kept and this is
    a remark.
    """

    where: str
    row: int | None
    field: str
    value: str
    reason: str
    remedy: str
    is_fatal: bool

    def __str__(self) -> str:
        """Return the whole message as one line: place, field and value, reason, remedy."""
        found = f"{self.field} = «\u00a0{self.value}\u00a0»" if self.value else self.field
        return f"{self.where}, {found}\u00a0: {self.reason} {self.remedy}".rstrip()


@dataclass(frozen=True)
class Reading(Generic[Record]):
    """
    What a file held: the records that passed, the problems met, and what was left aside on purpose.

    `left_out` counts rows that are not wrong but not ours (a bank in a file of institutions), by kind.
    """

    records: list[Record]
    problems: list[Problem]
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def refusals(self) -> list[Problem]:
        """Return the problems that cost a record."""
        return [problem for problem in self.problems if problem.is_fatal]

    @property
    def remarks(self) -> list[Problem]:
        """Return the problems of records that were kept."""
        return [problem for problem in self.problems if not problem.is_fatal]
