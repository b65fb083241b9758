"""One area of a boundary file, and the French words for areas."""

from dataclasses import dataclass
from datetime import date

import shapely

from geo.vocabulary import Level

COUNTRY_PCODE = "ML"
"""The parent of every region."""


@dataclass(frozen=True, kw_only=True)
class LevelWords:
    """How messages speak of the areas of a level."""

    a: str
    of_the: str
    no: str
    plural: str


WORDS = {
    Level.REGION: LevelWords(a="une région", of_the="de la région", no="aucune région", plural="régions"),
    Level.CERCLE: LevelWords(a="un cercle", of_the="du cercle", no="aucun cercle", plural="cercles"),
    Level.COMMUNE: LevelWords(
        a="une commune", of_the="de la commune", no="aucune commune", plural="communes"
    ),
}


@dataclass(frozen=True, kw_only=True)
class AreaRecord:
    """
    A region, cercle or commune whose own fields have been checked; see `boundaries.check` for its neighbours.

    `boundary` is valid, two-dimensional, in degrees of EPSG:4326; `repaired` tells that it was not valid in
    the file. `parent_pcode` is ML for a region. `file` and `row` (from 1) say where it stood.
    """

    level: Level
    pcode: str
    name: str
    parent_pcode: str
    boundary: shapely.MultiPolygon
    valid_on: date | None
    repaired: bool
    file: str
    row: int

    @property
    def where(self) -> str:
        """Return the place of this area in its file, as messages name it."""
        return place(self.file, self.row, self.pcode)


def place(file: str, row: int, pcode: str) -> str:
    """
    Return how a message names a feature.

    >>> place("mli.geojson", 12, "ML0101")
    'mli.geojson, entité 12 (ML0101)'
    """
    return f"{file}, entité {row} ({pcode or 'sans code'})"
