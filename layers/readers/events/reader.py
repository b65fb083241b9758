"""What the readers of every source of events have in common."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from typing import ClassVar

import numpy as np

from geo.names import fold
from geo.vocabulary import EventSource
from layers.readers import points
from layers.readers.events.cells import Cells, Values
from layers.readers.events.record import COUNTRY, LONGEST, MALI, EventRecord
from layers.readers.tables import Heading, LeftOut, Row
from layers.readers.values import Unfit


class EventReader(ABC):
    """
    Turns the rows of one table into events, one by one or by column, by the same rules.

    `columns` maps our names to the headers they may have; those of `optional` may lack. Only the events of
    `country` are read.
    """

    source: ClassVar[EventSource]
    columns: ClassVar[Mapping[str, Collection[str]]]
    optional: ClassVar[Collection[str]]

    def __init__(self, heading: Heading, country: str) -> None:
        """Take the header of the table. Raises UnreadableFile when these are not events of the source."""
        self.heading = heading
        self.country = country
        self._folded_country = fold(country)
        self._is_mali = self._folded_country == fold(MALI)
        self.check_point = points.check if self._is_mali else points.check_degrees
        self._box = points.MALI if self._is_mali else points.EARTH

    @abstractmethod
    def record(self, row: Row) -> EventRecord:
        """Return the event of a row. Raises Refused."""

    @abstractmethod
    def columns_of(self, cells: Cells) -> Values:
        """Return the events of these cells by column; what may be unfit is marked in `cells.doubtful`."""

    def read(self, row: Row) -> EventRecord:
        """Return the event of a row. Raises Refused, and LeftOut for another country."""
        country = row.text("country")
        if not self.is_ours(country):
            raise LeftOut(country)
        return self.record(row)

    def is_ours(self, country: str) -> bool:
        """Return whether rows of this country are asked for; an empty cell says nothing against it."""
        return not country or fold(country) == self._folded_country

    def identifier(self, row: Row) -> str:
        """Return the identifier of a row, which may not be empty."""
        row.required("source_event_id")
        return self.text(row, "source_event_id")

    def text(self, row: Row, column: str) -> str:
        """Return a text that is not longer than it may be."""
        found, longest = row.text(column), LONGEST[column]
        if len(found) > longest:
            raise row.refusal(
                column,
                Unfit(f"Ce texte a {len(found)} caractères pour {longest} au plus.", "Raccourcissez-le."),
            )
        return found

    def others(self, row: Row) -> dict[str, str]:
        """Return the columns that have no field of their own, with the country of an event outside Mali."""
        return row.others() | ({} if self._is_mali else {COUNTRY: self.country})

    def other_texts(self, cells: Cells) -> list[str]:
        """Return what `others` does, as JSON, for many rows."""
        return cells.other_texts({} if self._is_mali else {COUNTRY: self.country})

    def points(self, cells: Cells) -> tuple[list[str], list[str]]:
        """Return longitudes and latitudes as texts."""
        longitudes, latitudes = cells.decimals("longitude"), cells.decimals("latitude")
        west, south, east, north = self._box
        x, y = np.array(longitudes, dtype=float), np.array(latitudes, dtype=float)
        in_place = (west <= x) & (x <= east) & (south <= y) & (y <= north) & ((x != 0) | (y != 0))
        if not in_place.all():
            cells.doubt(~in_place)
        return longitudes, latitudes
