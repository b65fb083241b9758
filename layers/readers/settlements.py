"""Towns and villages in the layout of OCHA's list of 2015, with the rank that was inferred for them."""

from dataclasses import dataclass
from pathlib import Path

from geo.vocabulary import SettlementClass
from layers.readers.problems import Reading
from layers.readers.tables import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementRecord:
    """
    One settlement. Coordinates are degrees, EPSG:4326; `source_id` is its code in the list of 2015.

    `settlement_class` is None when the source does not tell; the names of commune and cercle are the
    source's.
    """

    name: str
    source_id: str
    settlement_class: SettlementClass | None
    longitude: float
    latitude: float
    commune_name: str
    cercle_name: str
    row: int


_COLUMNS = {
    "name": ("name", "nom"),
    "source_id": ("pcode_2015", "pcode", "source_id"),
    "settlement_class": ("class", "settlement_class"),
    "longitude": ("longitude", "lon"),
    "latitude": ("latitude", "lat"),
    "commune_name": ("adm3_name", "commune"),
    "cercle_name": ("adm2_name", "cercle"),
}
_OPTIONAL = ("settlement_class", "commune_name", "cercle_name")
_CLASSES = {str(int(each)): each for each in SettlementClass}


def read(path: Path) -> Reading[SettlementRecord]:
    """Return the settlements of a CSV. Raises UnreadableFile when it is no table or lacks a column."""
    table = Table(path, _COLUMNS, optional=_OPTIONAL)
    seen: dict[str, int] = {}
    return table.read(lambda row: _record(row, seen))


def _record(row: Row, seen: dict[str, int]) -> SettlementRecord:
    longitude, latitude = row.point("longitude", "latitude")
    return SettlementRecord(
        name=row.required("name"),
        source_id=row.once("source_id", seen),
        settlement_class=row.one_of("settlement_class", _CLASSES) if row.text("settlement_class") else None,
        longitude=longitude,
        latitude=latitude,
        commune_name=row.text("commune_name"),
        cercle_name=row.text("cercle_name"),
        row=row.line,
    )
