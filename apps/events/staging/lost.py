"""Which of the events that a file seems to lack may stand in a row of it that cannot be read."""

import re

ENOUGH_ALIKE = 0.5
"""The share of the values told that an event and a row must have in common. Chosen by Maillage."""
_WORD = re.compile(r"\w+")
_ACLED_LIKE = re.compile(r"[A-Z]{3}\d+")
"""An identifier of ACLED, or of a simulated event. UCDP's are numbers, like much else in its rows."""


class LostRow:
    """What can still be read of a row without an identifier."""

    def __init__(self, lost):
        self.row = lost.row
        self._cells = set(lost.cells) | set(lost.told.values())
        self._text = "\n".join(lost.cells)
        self._words = set(_WORD.findall(self._text))

    def names(self, identifier):
        return identifier in self._words

    def names_another(self):
        """Return whether it names an event, whichever."""
        return any(map(_ACLED_LIKE.fullmatch, self._words))

    def is_like(self, values):
        """Return whether it has enough of these values."""
        told = [value for value in values if value]
        found = sum(value in self._cells or (len(value) > 3 and value in self._text) for value in told)
        return bool(told) and found >= ENOUGH_ALIKE * len(told)


def possibly_lost(lost_rows, missing):
    """
    Return the identifiers of missing events that may be in rows that were lost, and the rows that fit none.

    `missing` are (identifier, values told) of each. A row that names none of them, nor any other event, and
    is like none may be any.
    """
    kept, unknown = set(), []
    for lost in map(LostRow, lost_rows):
        named = {identifier for identifier, *_ in missing if lost.names(identifier)}
        alike = named or {identifier for identifier, *values in missing if lost.is_like(values)}
        kept |= alike
        if not alike and not lost.names_another():
            unknown.append(lost.row)
    return kept, unknown
