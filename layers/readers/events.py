"""
Conflict events: the files of ACLED, whatever their column set, and events simulated in the same columns.

Columns are found by name. ACLED's older exports have 31 of them; newer ones lack `data_id`,
`event_id_no_cnty` and `iso3` and add others. What we do not name is kept in `EventRecord.other`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from geo.names import fold
from geo.vocabulary import DatePrecision, EventType, PlacePrecision
from layers.readers.problems import Reading, UnreadableFile
from layers.readers.tables import LeftOut, Row, Table
from layers.readers.values import Unfit

ACLED_SINCE = date(1997, 1, 1)
"""The first day that ACLED covers in Africa (ACLED, country and time period coverage)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord:
    """
    One event. Coordinates are degrees, EPSG:4326; `row` is its line in the file.

    `source_updated` is when the publisher last changed it, None when not told; `other` holds the
    columns that have no field of their own, without the empty ones.
    """

    source_event_id: str
    occurred_on: date
    time_precision: DatePrecision
    event_type: EventType
    sub_event_type: str
    actor1: str
    actor2: str
    fatalities: int
    longitude: float
    latitude: float
    geo_precision: PlacePrecision
    admin1: str
    admin2: str
    admin3: str
    location_name: str
    source_updated: datetime | None
    other: dict[str, str]
    row: int


_COLUMNS = {
    "source_event_id": ("event_id_cnty", "source_event_id"),
    "occurred_on": ("event_date", "occurred_on"),
    "time_precision": ("time_precision",),
    "event_type": ("event_type",),
    "sub_event_type": ("sub_event_type",),
    "actor1": ("actor1",),
    "actor2": ("actor2",),
    "fatalities": ("fatalities",),
    "longitude": ("longitude",),
    "latitude": ("latitude",),
    "geo_precision": ("geo_precision",),
    "admin1": ("admin1",),
    "admin2": ("admin2",),
    "admin3": ("admin3",),
    "location_name": ("location", "location_name"),
    "source_updated": ("timestamp", "source_updated"),
    "year": ("year",),
    "country": ("country",),
    "simulated": ("simulated",),
}
_OPTIONAL = ("source_updated", "year", "country", "simulated")
_EVENT_TYPES = {str(each): each for each in EventType}
_DATE_PRECISIONS = {"1": DatePrecision.DAY, "2": DatePrecision.WEEK, "3": DatePrecision.MONTH}
"""ACLED's three codes (codebook, time_precision)."""
_PLACE_PRECISIONS = {"1": PlacePrecision.EXACT, "2": PlacePrecision.NEAR, "3": PlacePrecision.REGION}
"""ACLED's three codes (codebook, geo_precision)."""


def read_acled(path: Path) -> Reading[EventRecord]:
    """
    Return the events of Mali in an ACLED export; rows of other countries are counted in `left_out`.

    Raises UnreadableFile when the file is no table, lacks a column, or holds simulated events.
    """
    table = Table(path, _COLUMNS, optional=_OPTIONAL)
    if table.has("simulated"):
        raise UnreadableFile(
            f"{path}\u00a0: ces événements sont simulés. Chargez-les comme tels, jamais comme réels."
        )
    seen: dict[str, int] = {}
    return table.read(lambda row: _acled_event(row, seen))


def read_simulated(path: Path) -> Reading[EventRecord]:
    """
    Return events that never happened, in ACLED's columns and a column `simulated` that says yes in every row.

    Raises UnreadableFile when the file is no table or lacks a column.
    """
    table = Table(path, _COLUMNS, optional=tuple(name for name in _OPTIONAL if name != "simulated"))
    seen: dict[str, int] = {}
    return table.read(lambda row: _simulated_event(row, seen))


def _acled_event(row: Row, seen: dict[str, int]) -> EventRecord:
    country = row.text("country")
    if country not in ("Mali", "") and fold(country) != "mali":
        raise LeftOut(country)
    event = _event(row, seen)
    if event.occurred_on < ACLED_SINCE:
        raise row.refusal("occurred_on", Unfit("ACLED commence en 1997.", "Corrigez la date."))
    if event.source_updated and event.occurred_on > event.source_updated.date():
        raise row.refusal(
            "occurred_on", Unfit("L'événement est daté d'après sa saisie.", "Corrigez la date ou la saisie.")
        )
    return event


def _simulated_event(row: Row, seen: dict[str, int]) -> EventRecord:
    if not row.yes_or_no("simulated"):
        raise row.refusal(
            "simulated", Unfit("Cette ligne ne se dit pas simulée.", "Mettez les événements réels ailleurs.")
        )
    return _event(row, seen)


def _event(row: Row, seen: dict[str, int]) -> EventRecord:
    longitude, latitude = row.point("longitude", "latitude")
    return EventRecord(
        source_event_id=row.once("source_event_id", seen),
        occurred_on=_occurred_on(row),
        time_precision=row.one_of("time_precision", _DATE_PRECISIONS),
        event_type=row.one_of("event_type", _EVENT_TYPES),
        sub_event_type=row.text("sub_event_type"),
        actor1=row.text("actor1"),
        actor2=row.text("actor2"),
        fatalities=row.whole("fatalities"),
        longitude=longitude,
        latitude=latitude,
        geo_precision=row.one_of("geo_precision", _PLACE_PRECISIONS),
        admin1=row.text("admin1"),
        admin2=row.text("admin2"),
        admin3=row.text("admin3"),
        location_name=row.text("location_name"),
        source_updated=_source_updated(row),
        other=row.others(),
        row=row.line,
    )


def _occurred_on(row: Row) -> date:
    occurred_on = row.day("occurred_on")
    year = row.text("year")
    if year not in ("", str(occurred_on.year)):
        raise row.refusal(
            "occurred_on",
            Unfit(f"La colonne «\u00a0year\u00a0» dit {year}.", "Corrigez la date ou l'année."),
        )
    return occurred_on


def _source_updated(row: Row) -> datetime | None:
    seconds = row.text("source_updated")
    if not seconds:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        row.remark(
            "source_updated",
            Unfit(
                "Ce n'est pas un instant compté en secondes depuis 1970.", "L'événement est gardé sans lui."
            ),
        )
        return None
