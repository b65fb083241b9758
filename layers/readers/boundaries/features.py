"""One feature of a boundary file: its fields checked one by one, each fault told with its remedy."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import geopandas
import numpy as np
import shapely

from geo.shapes import Repair, repaired
from geo.vocabulary import Level, Pcode
from layers.readers import points, values
from layers.readers.boundaries.area import COUNTRY_PCODE, WORDS, AreaRecord, place
from layers.readers.boundaries.columns import Columns
from layers.readers.problems import Problem
from layers.readers.values import Unfit

Checked = TypeVar("Checked")

GEOMETRY = "géométrie"
DRAW = "Donnez-lui un polygone."

# UTF-8 read as Windows-1252 (SÃ©gou), or a letter that no encoding could read.
_BROKEN_ACCENTS = re.compile(r"\ufffd|[ÃÂ][\u0080-\u00bf\u20ac\u2122\u0152-\u0178]")


@dataclass
class Feature:
    """One feature as it stands in the file, and what is wrong with it."""

    file: str
    row: int
    columns: Columns
    texts: dict[str, str]
    valid_on: Any
    geometry: shapely.Geometry | None
    problems: list[Problem] = field(default_factory=list)

    def record(self) -> AreaRecord | None:
        """Return the area when nothing fatal is wrong with it; every problem is added to `problems`."""
        columns, level = self.columns, self.columns.level
        pcode = self._told(columns.pcode, lambda text: _pcode(text, level))
        name = self._told(columns.name, lambda text: _name(text, level))
        parent = self._told(columns.parent_pcode, lambda text: _parent_pcode(text, level))
        repair = self._repair()
        if not (pcode and name and parent and repair):
            return None
        return AreaRecord(
            level=level,
            pcode=pcode,
            name=name,
            parent_pcode=parent,
            boundary=repair.boundary,
            valid_on=self._valid_on(),
            repaired=repair.changed,
            file=self.file,
            row=self.row,
        )

    def _told(self, column: str, judge: Callable[[str], Checked]) -> Checked | None:
        text = self.texts.get(column, "")
        try:
            return judge(text)
        except Unfit as unfit:
            self._add(column, text, unfit, is_fatal=True)
            return None

    def _repair(self) -> Repair | None:
        try:
            repair = _boundary(self.geometry)
        except Unfit as unfit:
            self._add(GEOMETRY, "", unfit, is_fatal=True)
            return None
        if repair.changed:
            said = Unfit("Le tracé n'était pas valide et a été réparé.", "Vérifiez-le sur la carte.")
            self._add(GEOMETRY, repair.fault, said, is_fatal=False)
        return repair

    def _valid_on(self) -> date | None:
        try:
            return day(self.valid_on)
        except Unfit as unfit:
            self._add(self.columns.valid_on, str(self.valid_on), unfit, is_fatal=False)
            return None

    def _add(self, column: str, value: str, unfit: Unfit, *, is_fatal: bool) -> None:
        where = place(self.file, self.row, self.texts[self.columns.pcode])
        self.problems.append(
            Problem(
                where=where,
                row=self.row,
                field=column,
                value=value,
                reason=unfit.reason,
                remedy=unfit.remedy,
                is_fatal=is_fatal,
            )
        )


def features(file: str, columns: Columns, frame: geopandas.GeoDataFrame) -> Iterator[Feature]:
    """Yield the features of a layer that was read, in degrees of EPSG:4326; rows are numbered from 1."""
    text_columns = [column for column in (columns.pcode, columns.name, columns.parent_pcode) if column]
    rows = zip(*(frame[column].tolist() for column in text_columns), strict=True)
    days = frame[columns.valid_on].tolist() if columns.valid_on else [None] * len(frame)
    for row, (cells, valid_on, geometry) in enumerate(zip(rows, days, frame.geometry, strict=True), start=1):
        texts = dict(zip(text_columns, map(_text, cells), strict=True))
        yield Feature(file, row, columns, texts, valid_on, geometry)


def _text(cell: Any) -> str:
    is_missing = cell is None or (isinstance(cell, float) and math.isnan(cell))
    return "" if is_missing else " ".join(values.cleaned([str(cell)])[0].split())


# The fields


def _pcode(text: str, level: Level) -> str:
    example = "ML" + "01" * level
    if not text:
        raise Unfit("Le P-code manque.", f"Donnez le code {WORDS[level].of_the}, comme {example}.")
    try:
        pcode = Pcode(text)
    except ValueError:
        raise Unfit(
            f"Ce n'est pas un P-code\u00a0: ML et {2 * level} chiffres sont attendus.",
            _corrected(text, level) or f"Écrivez un code comme {example}.",
        ) from None
    if pcode.level is not level:
        of_what = WORDS[pcode.level].a if pcode.level else "le pays"
        raise Unfit(
            f"Ce code désigne {of_what}, et non {WORDS[level].a}.", f"Écrivez un code comme {example}."
        )
    return pcode


def _corrected(text: str, level: Level) -> str:
    """Return a sentence with the code that `text` probably means; "" when there is none."""
    digits = re.sub(r"^ML", "", re.sub(r"[\W_]", "", text).upper())
    return f"Écrivez ML{digits}." if re.fullmatch(rf"\d{{{2 * level}}}", digits) else ""


def _parent_pcode(text: str, level: Level) -> str:
    if level > Level.REGION:
        return _pcode(text, Level(level - 1))
    # Files of regions alone may leave the country out; HDX's list of codes calls it MLI.
    if text in ("", COUNTRY_PCODE, "MLI"):
        return COUNTRY_PCODE
    raise Unfit("Cette région n'est pas du Mali.", f"Ôtez-la, ou donnez {COUNTRY_PCODE} comme code du pays.")


def _name(text: str, level: Level) -> str:
    if not text:
        raise Unfit("Le nom manque.", "Donnez le nom tel que l'éditeur l'écrit.")
    if _BROKEN_ACCENTS.search(text):
        raise Unfit(
            "Les accents sont abîmés, le fichier a été lu ou écrit dans un mauvais encodage.",
            "Enregistrez-le en UTF-8, avec un .cpg qui le dit s'il s'agit d'un Shapefile.",
        )
    return text


def _boundary(geometry: shapely.Geometry | None) -> Repair:
    if geometry is None or geometry.is_empty:
        raise Unfit("La géométrie manque ou est illisible.", DRAW)
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise Unfit("Une coordonnée n'est pas un nombre.", "Exportez le fichier de nouveau.")
    west, south, east, north = geometry.bounds
    points.check(west, south)
    points.check(east, north)
    try:
        return repaired(geometry)
    except ValueError:
        raise Unfit(f"Cette géométrie ({geometry.geom_type}) n'a pas de surface.", DRAW) from None


def day(cell: Any) -> date | None:
    """Return the date in a cell of a `valid_on` column; None when it is empty. Raises Unfit."""
    if isinstance(cell, datetime):
        # pandas's missing time is a datetime too, and the only one unlike itself.
        return cell.date() if cell == cell else None
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    return values.day(text) if text else None
