"""People by cercle or by commune: the layout of OCHA's COD-PS, with sexes, and that of the census of 2009."""

from dataclasses import dataclass
from pathlib import Path

from geo.names import fold
from geo.vocabulary import Level, Pcode
from layers.editions import dates_in
from layers.readers.problems import Reading, UnreadableFile
from layers.readers.tables import LeftOut, Row, Table
from layers.readers.values import Unfit
from layers.readers.wording import quoted

ROUNDING_PEOPLE = 2
"""What men and women may lack of their total: projections are rounded one by one. Chosen by Maillage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationRecord:
    """
    The people of one cercle in one year; `men` and `women` are None when the source does not tell.

    `pcode` is the source's own, of its own edition, None when it has none. A name of a source older
    than an edition may cover several of its cercles.
    """

    name: str
    region_name: str
    pcode: Pcode | None
    people: int
    men: int | None
    women: int | None
    year: int
    row: int


_COLUMNS = {
    "name": ("admin2Name_fr", "adm2_name_fr", "adm2_fr", "adm2_name", "admin2Name", "cercle"),
    "region_name": ("admin1Name_fr", "adm1_name_fr", "adm1_fr", "adm1_name", "admin1Name", "region"),
    "pcode": ("admin2Pcode", "adm2_pcode", "adm2_pcode_2019"),
    "people": ("T_TL", "population", *(f"population_{year}" for year in range(1976, 2051))),
    "men": ("M_TL",),
    "women": ("F_TL",),
    "year": ("year", "annee"),
}
_OPTIONAL = ("pcode", "men", "women", "year")
_TOTALS = ("total", "mali", "ensemble", "totalmali")


def read(path: Path) -> Reading[PopulationRecord]:
    """
    Return the people of each cercle; rows of totals are counted in `left_out`.

    The year is told by a column `year`, by the header of the people (`population_2009`) or by the
    file's name. Raises UnreadableFile when none tells, when the file is no table or lacks a column.
    """
    table = Table(path, _COLUMNS, optional=_OPTIONAL)
    told = _year_told(path, table)
    seen: dict[tuple[str, str, int], int] = {}
    return table.read(lambda row: _record(row, told, seen))


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunePeopleRecord:
    """The people of one commune in one year; `pcode` is "" and `cercle_name` too when nobody tells."""

    name: str
    cercle_name: str
    pcode: str
    people: int
    year: int
    row: int


_COMMUNE_COLUMNS = {
    "name": ("admin3Name_fr", "adm3_name_fr", "adm3_fr", "adm3_name", "admin3Name", "commune"),
    "cercle_name": ("admin2Name_fr", "adm2_name_fr", "adm2_fr", "adm2_name", "admin2Name", "cercle"),
    "pcode": ("admin3Pcode", "adm3_pcode", "pcode"),
    "people": _COLUMNS["people"],
    "year": _COLUMNS["year"],
}


def read_communes(path: Path) -> Reading[CommunePeopleRecord]:
    """
    Return the people of each commune; rows of totals are counted in `left_out`.

    The year is told as for `read`. Raises UnreadableFile when nothing tells it, when the file is no table or
    lacks a column.
    """
    table = Table(path, _COMMUNE_COLUMNS, optional=("cercle_name", "pcode", "year"))
    told = _year_told(path, table)
    return table.read(lambda row: _commune(row, told))


def _commune(row: Row, year: int | None) -> CommunePeopleRecord:
    name = row.required("name")
    if fold(name) in _TOTALS:
        raise LeftOut("total")
    return CommunePeopleRecord(
        name=name,
        cercle_name=row.text("cercle_name"),
        pcode=row.text("pcode"),
        people=row.whole("people"),
        year=year if year is not None else row.whole("year", least=1976),
        row=row.line,
    )


def _year_told(path: Path, table: Table) -> int | None:
    """Return the year of the people's header or of the file's name; None when each row tells its own."""
    if table.has("year"):
        return None
    for words in (table.header("people"), path.stem):
        if dates := dates_in(words):
            return int(dates[0][:4])
    raise UnreadableFile(
        f"{path}\u00a0: rien ne dit de quelle année sont ces populations. "
        f"Ajoutez une colonne {quoted('year')}, ou l'année au nom du fichier ({path.stem}_2020{path.suffix})."
    )


def _record(row: Row, year: int | None, seen: dict[tuple[str, str, int], int]) -> PopulationRecord:
    name = row.required("name")
    if fold(name) in _TOTALS:
        raise LeftOut("total")
    record = PopulationRecord(
        name=name,
        region_name=row.required("region_name"),
        pcode=_pcode(row),
        people=row.whole("people", least=1),
        men=row.optional_whole("men"),
        women=row.optional_whole("women"),
        year=year if year is not None else row.whole("year", least=1976),
        row=row.line,
    )
    _check_sexes(row, record)
    _check_once(row, record, seen)
    return record


def _pcode(row: Row) -> Pcode | None:
    text = row.text("pcode")
    if not text:
        return None
    try:
        pcode = Pcode(text)
    except ValueError:
        raise row.refusal("pcode", _NOT_A_CERCLE) from None
    if pcode.level is not Level.CERCLE:
        raise row.refusal("pcode", _NOT_A_CERCLE)
    return pcode


_NOT_A_CERCLE = Unfit("Ce n'est pas le P-code d'un cercle.", "Écrivez ML et quatre chiffres, comme ML0505.")


def _check_sexes(row: Row, record: PopulationRecord) -> None:
    if record.men is None or record.women is None:
        return
    together = record.men + record.women
    if abs(together - record.people) > ROUNDING_PEOPLE:
        unfit = Unfit(
            f"Hommes et femmes font {together}, pas le total de cette ligne.",
            "Corrigez celui des trois nombres qui est faux.",
        )
        raise row.refusal("people", unfit)


def _check_once(row: Row, record: PopulationRecord, seen: dict[tuple[str, str, int], int]) -> None:
    key = fold(record.region_name), fold(record.name), record.year
    first = seen.setdefault(key, row.line)
    if first != row.line:
        unfit = Unfit(f"Ce cercle est déjà à la ligne {first}.", "Ôtez l'une des deux lignes.")
        raise row.refusal("name", unfit)
