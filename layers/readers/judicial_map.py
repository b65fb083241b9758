"""Which court the law gives each commune or cercle: a row an area and kind of court."""

from dataclasses import dataclass
from pathlib import Path

from geo.names import fold
from geo.vocabulary import InstitutionKind, Level, Pcode
from layers.readers.problems import Reading
from layers.readers.tables import Row, Table
from layers.readers.values import Unfit

COURT_KINDS = (InstitutionKind.TGI, InstitutionKind.TI, InstitutionKind.JPCE)
"""What the law gives an area; courts for the whole country are not told by area."""

_WORDS = {
    **{fold(kind): kind for kind in COURT_KINDS},
    fold("tribunal de grande instance"): InstitutionKind.TGI,
    fold("tribunal d'instance"): InstitutionKind.TI,
    fold("justice de paix à compétence étendue"): InstitutionKind.JPCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JurisdictionRecord:
    """
    The court of one kind of one area, told by its P-code or by names; `commune` is "" for a whole cercle.

    Longitude and latitude (EPSG:4326) are None where the file does not put the court on the map.
    """

    pcode: Pcode | None
    region: str
    cercle: str
    commune: str
    court_kind: InstitutionKind
    court_name: str
    longitude: float | None
    latitude: float | None
    row: int


_COLUMNS = {
    "pcode": ("pcode", "p-code", "adm3_pcode", "adm2_pcode"),
    "region": ("region", "région"),
    "cercle": ("cercle",),
    "commune": ("commune",),
    "court_kind": ("court_kind", "sorte de juridiction", "sorte", "type"),
    "court_name": ("court_name", "juridiction", "tribunal", "court"),
    "longitude": ("longitude", "lon"),
    "latitude": ("latitude", "lat"),
}
_OPTIONAL = ("pcode", "region", "cercle", "commune", "longitude", "latitude")


def read(path: Path) -> Reading[JurisdictionRecord]:
    """
    Return the courts of areas that a CSV file tells; an area told twice for a kind is refused.

    Columns: `pcode`, or `cercle` with `commune` (and `region` where two cercles share a name);
    `court_kind` (TGI, TI, JPCE), `court_name`; if known `longitude`, `latitude`. Raises UnreadableFile when
    the file is no table or lacks a column.
    """
    table = Table(path, _COLUMNS, optional=_OPTIONAL)
    seen: dict[tuple[str, ...], int] = {}
    return table.read(lambda row: _record(row, seen))


def _record(row: Row, seen: dict[tuple[str, ...], int]) -> JurisdictionRecord:
    pcode = _pcode(row)
    if pcode is None and not row.text("cercle"):
        raise row.refusal("cercle", _NO_PLACE)
    longitude, latitude = _point(row)
    record = JurisdictionRecord(
        pcode=pcode,
        region=row.text("region"),
        cercle=row.text("cercle"),
        commune=row.text("commune"),
        court_kind=_court_kind(row),
        court_name=row.required("court_name"),
        longitude=longitude,
        latitude=latitude,
        row=row.line,
    )
    _check_once(row, record, seen)
    return record


def _court_kind(row: Row) -> InstitutionKind:
    told = row.required("court_kind")
    if fold(told) not in _WORDS:
        raise row.refusal("court_kind", Unfit("Cette sorte est inconnue.", "Écrivez TGI, TI ou JPCE."))
    return _WORDS[fold(told)]


_NO_PLACE = Unfit("Rien ne dit de quel cercle il s'agit.", "Donnez le P-code, ou le nom du cercle.")
_NOT_AN_AREA = Unfit(
    "Ce n'est pas le P-code d'un cercle ou d'une commune.",
    "Écrivez ML et quatre ou six chiffres, comme ML0505.",
)


def _pcode(row: Row) -> Pcode | None:
    text = row.text("pcode")
    if not text:
        return None
    try:
        pcode = Pcode(text)
    except ValueError:
        raise row.refusal("pcode", _NOT_AN_AREA) from None
    if pcode.level not in (Level.CERCLE, Level.COMMUNE):
        raise row.refusal("pcode", _NOT_AN_AREA)
    return pcode


def _point(row: Row) -> tuple[float | None, float | None]:
    if not row.text("longitude") and not row.text("latitude"):
        return None, None
    return row.point("longitude", "latitude")


def _check_once(row: Row, record: JurisdictionRecord, seen: dict[tuple[str, ...], int]) -> None:
    names = (fold(record.region), fold(record.cercle), fold(record.commune))
    key = (record.court_kind, *((record.pcode,) if record.pcode else names))
    first = seen.setdefault(key, row.line)
    if first != row.line:
        unfit = Unfit(
            f"La ligne {first} donne déjà une juridiction de cette sorte à ce lieu.",
            "Ôtez l'une des deux lignes.",
        )
        raise row.refusal("court_name", unfit)
