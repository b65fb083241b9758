"""
Conflict events: files of ACLED and UCDP, whatever their layout, and simulated events in ACLED's columns.

Columns are found by name; what we do not name is kept in `EventRecord.other`. `read_acled`, `read_ucdp` and
`read_simulated` return the whole of a small file; `EventStream` reads a file of any size by columns, a piece
at a time; `records_from_rows` takes rows that came otherwise, as from an API. All apply the same rules.
"""

from layers.readers.events.reading import (
    READERS,
    read_acled,
    read_simulated,
    read_ucdp,
    records_from_rows,
)
from layers.readers.events.record import MALI, EventColumns, EventRecord, Lost, columns_of
from layers.readers.events.stream import EventStream

__all__ = [
    "MALI",
    "READERS",
    "EventColumns",
    "EventRecord",
    "EventStream",
    "Lost",
    "columns_of",
    "read_acled",
    "read_simulated",
    "read_ucdp",
    "records_from_rows",
]
