"""
Events of ACLED, in either set of columns, and events simulated in the same columns.

The older exports (to March 2023) have 31 columns; newer ones lack `data_id`, `event_id_no_cnty` and `iso3`
and have `disorder_type`, `civilian_targeting` and `tags`.
"""

import operator
from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import ClassVar

from geo.vocabulary import DatePrecision, EventSource, EventType, PlacePrecision
from layers.readers.events.cells import Cells, Converter, Values, cleaning, words
from layers.readers.events.reader import EventReader
from layers.readers.events.record import EventRecord
from layers.readers.problems import UnreadableFile
from layers.readers.tables import Heading, Row
from layers.readers.values import Unfit

ACLED_SINCE = date(1997, 1, 1)
"""The first day that ACLED covers in Africa (ACLED, country and time period coverage)."""

CIVILIANS = ("7", "civilians")
"""The inter code of civilians, before 2024 and since (ACLED codebook)."""
TARGETED_BY_TYPE = (EventType.EXPLOSIONS, EventType.RIOTS)
EXCESSIVE_FORCE = "Excessive force against protesters"

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
_EVENT_TYPES = {str(each): each for each in EventType}
_DATE_PRECISIONS = {"1": DatePrecision.DAY, "2": DatePrecision.WEEK, "3": DatePrecision.MONTH}
"""ACLED's three codes (codebook, time_precision)."""
_PLACE_PRECISIONS = {"1": PlacePrecision.EXACT, "2": PlacePrecision.NEAR, "3": PlacePrecision.REGION}
"""ACLED's three codes (codebook, geo_precision)."""

_NEVER = "9999-12-31"


class AcledReader(EventReader):
    """Reads events of ACLED."""

    source = EventSource.ACLED
    columns = _COLUMNS
    optional: ClassVar[Collection[str]] = ("source_updated", "year", "country", "simulated")

    def __init__(self, heading: Heading, country: str) -> None:
        """Raise UnreadableFile for a table of simulated events."""
        if heading.has("simulated"):
            raise UnreadableFile(
                f"{heading.file}\u00a0: ces événements sont simulés. "
                "Chargez-les comme tels, jamais comme réels."
            )
        super().__init__(heading, country)
        self._prepare()

    def record(self, row: Row) -> EventRecord:
        """Return the event of a row, dated as ACLED can date it. Raises Refused."""
        event = self._event(row)
        if event.occurred_on < ACLED_SINCE:
            raise row.refusal("occurred_on", Unfit("ACLED commence en 1997.", "Corrigez la date."))
        if event.source_updated and event.occurred_on > event.source_updated.date():
            raise row.refusal(
                "occurred_on",
                Unfit("L'événement est daté d'après sa saisie.", "Corrigez la date ou la saisie."),
            )
        return event

    def columns_of(self, cells: Cells) -> Values:
        """Return the events of these cells by column."""
        told = self._columns(cells)
        days, last_days = told["occurred_on"], self._days_of_entry.all(told["source_updated"])
        if min(days) < self._since:
            cells.doubt(day < self._since for day in days)
        if any(map(operator.gt, days, last_days)):
            cells.doubt(map(operator.gt, days, last_days))
        return told

    def _prepare(self) -> None:
        """Make what turns cells into values, and find the columns that tell who was targeted."""
        by_header = {header.casefold(): position for header, position in self.heading.others}
        absent = len(self.heading.headers)
        self._inter2_at = by_header.get("inter2", absent)
        self._targeting_at = by_header.get("civilian_targeting", absent)
        self._has_targeting = self._targeting_at != absent
        self._types = words(_EVENT_TYPES)
        self._date_precisions = words(_DATE_PRECISIONS)
        self._place_precisions = words(_PLACE_PRECISIONS)
        self._instants = cleaning(_instant_text)
        self._days_of_entry = Converter(lambda instant: instant[:10] if instant else _NEVER)
        self._since = ACLED_SINCE.isoformat()
        self._targeted = Converter(lambda told: "true" if self._are_civilians_targeted(*told) else "false")
        self._actor_kinds = cleaning(str)

    def _event(self, row: Row) -> EventRecord:
        longitude, latitude = row.point("longitude", "latitude", check=self.check_point)
        event_type = row.one_of("event_type", _EVENT_TYPES)
        sub_event_type = self.text(row, "sub_event_type")
        return EventRecord(
            source_event_id=self.identifier(row),
            occurred_on=_occurred_on(row),
            time_precision=row.one_of("time_precision", _DATE_PRECISIONS),
            event_type=event_type,
            sub_event_type=sub_event_type,
            actor1=self.text(row, "actor1"),
            actor2=self.text(row, "actor2"),
            civilians_targeted=self._are_civilians_targeted(
                event_type, sub_event_type, row.cell(self._inter2_at), row.cell(self._targeting_at)
            ),
            fatalities=row.whole("fatalities"),
            longitude=longitude,
            latitude=latitude,
            geo_precision=row.one_of("geo_precision", _PLACE_PRECISIONS),
            location_name=self.text(row, "location_name"),
            admin1=self.text(row, "admin1"),
            admin2=self.text(row, "admin2"),
            admin3=self.text(row, "admin3"),
            source_updated=_source_updated(row),
            other=self.others(row),
            row=row.line,
        )

    def _columns(self, cells: Cells) -> Values:
        longitudes, latitudes = self.points(cells)
        event_types = cells.converted("event_type", self._types)
        sub_types = cells.text("sub_event_type")
        days = cells.days("occurred_on")
        years, of_days = cells.text("year"), cells.conversions.years.all(days)
        if years != of_days:
            cells.doubt(year not in ("", told) for year, told in zip(years, of_days, strict=True))
        inter2 = self._actor_kinds.all(cells.raw(self._inter2_at))
        targeting = self._actor_kinds.all(cells.raw(self._targeting_at))
        return {
            "source_event_id": cells.identifiers("source_event_id"),
            "occurred_on": days,
            "last_day": [None] * cells.number,
            "time_precision": cells.converted("time_precision", self._date_precisions),
            "event_type": event_types,
            "sub_event_type": sub_types,
            "actor1": cells.text("actor1"),
            "actor2": cells.text("actor2"),
            "civilians_targeted": self._targeted.all(
                zip(event_types, sub_types, inter2, targeting, strict=True)
            ),
            "fatalities": cells.wholes("fatalities"),
            "fatalities_low": [None] * cells.number,
            "fatalities_high": [None] * cells.number,
            "clarity": [None] * cells.number,
            "longitude": longitudes,
            "latitude": latitudes,
            "geo_precision": cells.converted("geo_precision", self._place_precisions),
            "location_name": cells.text("location_name"),
            "admin1": cells.text("admin1"),
            "admin2": cells.text("admin2"),
            "admin3": cells.text("admin3"),
            "source_updated": cells.converted("source_updated", self._instants),
            "other": self.other_texts(cells),
        }

    def _are_civilians_targeted(
        self, event_type: str, sub_event_type: str, inter2: str, targeting: str
    ) -> bool:
        """
        Return whether civilians were the main or only target.

        Newer exports say so. In older ones: violence against civilians; explosions and riots whose second
        actor is civilians; excessive force against protesters (ACLED, FAQ on civilian targeting).
        """
        if self._has_targeting:
            return bool(targeting)
        if event_type == EventType.VIOLENCE_AGAINST_CIVILIANS or sub_event_type == EXCESSIVE_FORCE:
            return True
        return event_type in TARGETED_BY_TYPE and inter2.casefold() in CIVILIANS


class SimulatedReader(AcledReader):
    """Reads events that never happened, in ACLED's columns and a column `simulated` that says yes."""

    source = EventSource.SIMULATED
    optional = ("source_updated", "year", "country")

    def __init__(self, heading: Heading, country: str) -> None:
        """Take the table as it is: that it has the column was demanded."""
        EventReader.__init__(self, heading, country)
        self._prepare()

    def is_ours(self, country: str) -> bool:
        """Return True: what never happened did so nowhere."""
        return True

    def record(self, row: Row) -> EventRecord:
        """Return the event of a row that says that it is simulated. Raises Refused."""
        if not row.yes_or_no("simulated"):
            raise row.refusal(
                "simulated",
                Unfit("Cette ligne ne se dit pas simulée.", "Mettez les événements réels ailleurs."),
            )
        return self._event(row)

    def columns_of(self, cells: Cells) -> Values:
        """Return the events of these cells by column."""
        cells.doubt(cell.casefold() != "true" for cell in cells.text("simulated"))
        return self._columns(cells)


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
        return _instant(seconds)
    except Unfit as unfit:
        row.remark("source_updated", unfit)
        return None


def _instant(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise Unfit(
            "Ce n'est pas un instant compté en secondes depuis 1970.", "L'événement est gardé sans lui."
        ) from None


def _instant_text(seconds: str) -> str | None:
    return _instant(seconds).isoformat() if seconds else None
