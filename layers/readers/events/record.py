"""An event as a source tells it: as a record, and many of them by column."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from geo.vocabulary import DatePrecision, EventType, PlacePrecision, UcdpEventType

MALI = "Mali"
COUNTRY = "country"
"""Under this name `other` keeps the country of an event outside Mali."""

Text = str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord:
    """
    One event. Coordinates are degrees, EPSG:4326; `row` is its line in the file.

    `last_day` is None for an event of one day; `fatalities` the best estimate. `source_updated` is when the
    publisher last changed it, None when not told; `other` holds the columns that have no field of their own,
    without the empty ones.
    """

    source_event_id: str
    occurred_on: date
    last_day: date | None = None
    time_precision: DatePrecision
    event_type: EventType | UcdpEventType
    sub_event_type: str
    actor1: str
    actor2: str
    civilians_targeted: bool = False
    fatalities: int
    fatalities_low: int | None = None
    fatalities_high: int | None = None
    clarity: int | None = None
    longitude: float
    latitude: float
    geo_precision: PlacePrecision
    location_name: str
    admin1: str
    admin2: str
    admin3: str
    source_updated: datetime | None
    other: dict[str, str]
    row: int


TOLD = tuple(name for name in EventRecord.__dataclass_fields__ if name != "row")
"""What a source tells of an event, in the order of `EventRecord`."""

LONGEST = {
    "source_event_id": 40,
    "sub_event_type": 60,
    "actor1": 300,
    "actor2": 300,
    "location_name": 200,
    "admin1": 100,
    "admin2": 100,
    "admin3": 100,
}
"""The most characters that a text may have."""


@dataclass(frozen=True, slots=True)
class EventColumns:
    """
    Events by column: `texts` holds, under each name of `TOLD`, one text an event, None for no value.

    The texts are those of `columns_of`, so that the same event gives the same texts however it was written.
    """

    rows: list[int]
    texts: dict[str, list[Text]]


@dataclass(frozen=True, slots=True)
class Lost:
    """
    A row that was refused: its identifier, "" when it cannot be read, and what can be read of it.

    `told` holds the cells under our names where the row has as many as there are columns; `cells` all of
    them, or the raw text of lines that are no row.
    """

    row: int
    source_event_id: str
    told: dict[str, str]
    cells: tuple[str, ...]


def columns_of(records: Sequence[EventRecord]) -> EventColumns:
    """
    Return these events by column.

    Dates are ISO, instants ISO in UTC, numbers as Python writes them, truths `true` and `false`, `other` is
    JSON without spaces and with its keys sorted.
    """
    texts = {name: [_text(getattr(record, name)) for record in records] for name in TOLD}
    return EventColumns([record.row for record in records], texts)


def other_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Return columns as JSON, by their names, the empty ones left out."""
    told = {header: cell for header, cell in sorted(pairs) if cell}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _text(value: object) -> Text:
    match value:
        case None | str():
            # A StrEnum too must become plain text.
            return None if value is None else str(value)
        case bool():
            return "true" if value else "false"
        case int():
            return str(int(value))
        case float():
            return repr(value)
        case dict():
            return other_text(value.items())
        case date():
            return value.isoformat()
    raise TypeError(f"{value!r} is no value of an event")
