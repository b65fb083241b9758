"""
Events of UCDP: GED and the monthly Candidate events, by the names of their columns.

Layouts differ from release to release (45 or 49 columns, older names of identifiers); only what a count or a
map needs is required. A row of HXL hashtags may follow the header.
"""

import operator
from datetime import date

from geo.vocabulary import DatePrecision, EventSource, PlacePrecision, UcdpEventType
from layers.readers.events.cells import Cells, Values, cleaning, words
from layers.readers.events.reader import EventReader
from layers.readers.events.record import EventRecord
from layers.readers.tables import Heading, Row
from layers.readers.values import Unfit, whole

_COLUMNS = {
    "source_event_id": ("id",),
    "occurred_on": ("date_start",),
    "last_day": ("date_end",),
    "time_precision": ("date_prec",),
    "event_type": ("type_of_violence",),
    "actor1": ("side_a",),
    "actor2": ("side_b",),
    "fatalities": ("best", "best_est"),
    "fatalities_low": ("low", "low_est"),
    "fatalities_high": ("high", "high_est"),
    "clarity": ("event_clarity",),
    "longitude": ("longitude",),
    "latitude": ("latitude",),
    "geo_precision": ("where_prec",),
    "location_name": ("where_coordinates",),
    "admin1": ("adm_1",),
    "admin2": ("adm_2",),
    "country": ("country",),
}
_EVENT_TYPES = {
    "1": UcdpEventType.STATE_BASED,
    "2": UcdpEventType.NON_STATE,
    "3": UcdpEventType.ONE_SIDED,
}
_DATE_PRECISIONS = {
    "1": DatePrecision.DAY,
    "2": DatePrecision.WEEK,
    "3": DatePrecision.WEEK,
    "4": DatePrecision.MONTH,
    "5": DatePrecision.YEAR,
}
"""UCDP's five codes (GED codebook, date_prec): 2 is 2 to 6 days, 3 a week, 4 a month, 5 up to a year."""
_PLACE_PRECISIONS = {
    "1": PlacePrecision.EXACT,
    "2": PlacePrecision.NEAR,
    "3": PlacePrecision.CERCLE,
    "4": PlacePrecision.REGION,
    "5": PlacePrecision.AREA,
    "6": PlacePrecision.COUNTRY,
    "7": PlacePrecision.COUNTRY,
}
"""UCDP's seven codes (GED codebook, where_prec): 5 is a line or an area, 7 waters or the air of a country."""
_CLARITIES = {"1": 1, "2": 2}


class UcdpReader(EventReader):
    """Reads events of UCDP."""

    source = EventSource.UCDP
    columns = _COLUMNS
    optional = ("fatalities_low", "fatalities_high", "clarity", "location_name", "admin1", "admin2")

    def __init__(self, heading: Heading, country: str) -> None:
        """Make what turns cells into values."""
        super().__init__(heading, country)
        self._types = words(_EVENT_TYPES)
        self._date_precisions = words(_DATE_PRECISIONS)
        self._place_precisions = words(_PLACE_PRECISIONS)
        self._clarities = words({"": None, **_CLARITIES})
        self._estimates = cleaning(_optional_whole_text)

    def record(self, row: Row) -> EventRecord:
        """Return the event of a row. Raises Refused."""
        longitude, latitude = row.point("longitude", "latitude", check=self.check_point)
        occurred_on, last_day = _days(row)
        event_type = row.one_of("event_type", _EVENT_TYPES)
        return EventRecord(
            source_event_id=self.identifier(row),
            occurred_on=occurred_on,
            last_day=last_day,
            time_precision=row.one_of("time_precision", _DATE_PRECISIONS),
            event_type=event_type,
            sub_event_type="",
            actor1=self.text(row, "actor1"),
            actor2=self.text(row, "actor2"),
            civilians_targeted=event_type is UcdpEventType.ONE_SIDED,
            fatalities=row.whole("fatalities"),
            fatalities_low=row.optional_whole("fatalities_low"),
            fatalities_high=row.optional_whole("fatalities_high"),
            clarity=row.one_of("clarity", _CLARITIES) if row.text("clarity") else None,
            longitude=longitude,
            latitude=latitude,
            geo_precision=row.one_of("geo_precision", _PLACE_PRECISIONS),
            location_name=self.text(row, "location_name"),
            admin1=self.text(row, "admin1"),
            admin2=self.text(row, "admin2"),
            admin3="",
            source_updated=None,
            other=self.others(row),
            row=row.line,
        )

    def columns_of(self, cells: Cells) -> Values:
        """Return the events of these cells by column."""
        longitudes, latitudes = self.points(cells)
        event_types = cells.converted("event_type", self._types)
        first_days, last_days = cells.days("occurred_on"), cells.days("last_day")
        cells.doubt(map(operator.gt, first_days, last_days))
        one_sided = str(UcdpEventType.ONE_SIDED)
        return {
            "source_event_id": cells.identifiers("source_event_id"),
            "occurred_on": first_days,
            "last_day": [
                None if first == last else last for first, last in zip(first_days, last_days, strict=True)
            ],
            "time_precision": cells.converted("time_precision", self._date_precisions),
            "event_type": event_types,
            "sub_event_type": [""] * cells.number,
            "actor1": cells.text("actor1"),
            "actor2": cells.text("actor2"),
            "civilians_targeted": ["true" if each == one_sided else "false" for each in event_types],
            "fatalities": cells.wholes("fatalities"),
            "fatalities_low": cells.converted("fatalities_low", self._estimates),
            "fatalities_high": cells.converted("fatalities_high", self._estimates),
            "clarity": cells.converted("clarity", self._clarities),
            "longitude": longitudes,
            "latitude": latitudes,
            "geo_precision": cells.converted("geo_precision", self._place_precisions),
            "location_name": cells.text("location_name"),
            "admin1": cells.text("admin1"),
            "admin2": cells.text("admin2"),
            "admin3": [""] * cells.number,
            "source_updated": [None] * cells.number,
            "other": self.other_texts(cells),
        }


def _days(row: Row) -> tuple[date, date | None]:
    first, last = row.day("occurred_on"), row.day("last_day")
    if last < first:
        raise row.refusal("last_day", Unfit("L'événement finit avant de commencer.", "Corrigez les dates."))
    return first, None if last == first else last


def _optional_whole_text(cell: str) -> str | None:
    return str(whole(cell)) if cell else None
