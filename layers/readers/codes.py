"""The P-codes of each commune in several editions, side by side (docs/data.md tells the columns)."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from geo.vocabulary import Level, Pcode
from layers.readers.problems import Reading
from layers.readers.tables import Row, Table
from layers.readers.values import Unfit


class Code(NamedTuple):
    """A code of a commune or a cercle in one edition, with its name there; "" where the file tells none."""

    edition: str
    level: Level
    code: str
    name: str
    parent_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesRecord:
    """One commune of today: its codes and those of its cercle, in each edition."""

    codes: tuple[Code, ...]
    row: int


_COLUMNS = {
    "cercle_2015": ("adm2_pcode_2015",),
    "cercle_name_2015": ("adm2_name_2015",),
    "commune_2015": ("adm3_pcode_2015",),
    "commune_name_2015": ("adm3_name_2015",),
    "cercle_2019": ("adm2_pcode_2019",),
    "cercle_name_2019": ("adm2_name_2019", "adm2_name"),
    "commune_2019": ("adm3_pcode_2019",),
    "commune_name_2019": ("adm3_name_2019", "adm3_name"),
    "cercle_2021": ("adm2_pcode_2021",),
}
_EDITIONS = (
    # Day from which the edition is valid; its columns of cercle, cercle name, commune and commune name.
    ("2015-04-08", "cercle_2015", "cercle_name_2015", "commune_2015", "commune_name_2015"),
    ("2019-08-02", "cercle_2019", "cercle_name_2019", "commune_2019", "commune_name_2019"),
    # The edition of 2021 gave new codes to regions and cercles only.
    ("2021-12-20", "cercle_2021", "", "commune_2019", "commune_name_2019"),
)


def read(path: Path) -> Reading[CodesRecord]:
    """Return the codes of a CSV. Raises UnreadableFile when it is no table or lacks a column."""
    seen: dict[str, int] = {}
    return Table(path, _COLUMNS).read(lambda row: _record(row, seen))


def _record(row: Row, seen: dict[str, int]) -> CodesRecord:
    for column in ("commune_2015", "commune_2019"):
        code = f"{column} {_code(row, column, Level.COMMUNE)}"
        if code in seen:
            raise row.refusal(
                column, Unfit(f"Ce code est déjà à la ligne {seen[code]}.", "Garder une ligne.")
            )
        seen[code] = row.line
    codes = [code for edition in _EDITIONS for code in _codes(row, *edition)]
    return CodesRecord(codes=tuple(codes), row=row.line)


def _codes(
    row: Row, edition: str, cercle: str, cercle_name: str, commune: str, commune_name: str
) -> tuple[Code, Code]:
    cercle_code = _code(row, cercle, Level.CERCLE)
    name = row.text(cercle_name) if cercle_name else ""
    return (
        Code(edition, Level.CERCLE, cercle_code, name, ""),
        Code(edition, Level.COMMUNE, row.text(commune), row.text(commune_name), cercle_code),
    )


def _code(row: Row, column: str, level: Level) -> str:
    try:
        code = Pcode(row.required(column))
    except ValueError as error:
        raise row.refusal(
            column, Unfit("Ce n’est pas un P-code.", "Attendu\u00a0: ML et des chiffres.")
        ) from error
    if code.level is not level:
        raise row.refusal(column, Unfit("Ce P-code est d’un autre niveau.", "Vérifier l’ordre des colonnes."))
    return code
