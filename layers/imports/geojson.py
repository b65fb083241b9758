"""GeoJSON read feature after feature, whatever its size: an array of features, or one feature a line."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import shapely
from shapely.geometry import shape

from layers.imports.cells import Rows, SheetRows, StoredNumber
from layers.imports.formats import LARGEST_FEATURE_LETTERS, MOST_COLUMNS, Format
from layers.imports.safety import AGAIN, refusal
from layers.readers.problems import UnreadableFile
from layers.readers.values import Unfit
from layers.readers.wording import quoted

_CHUNK_LETTERS = 1 << 18
_IN_DEGREES = re.compile(r"(CRS84|EPSG:{1,2}(?:[\d.]*:)?4326)$", re.IGNORECASE)
_DECODER = json.JSONDecoder()

UNREADABLE = Unfit("La géométrie est illisible.", "Exportez l'entité de nouveau, ou ôtez-la.")
POINT_COLUMNS = ("longitude", "latitude")
SHAPE_COLUMN = "geometry"


def open_table(path: Path, file_name: str, found: Format) -> SheetRows:
    """
    Return the features as a table: their properties, then their point or their shape in EPSG:4326.

    The whole file is read once, so that one that is cut short is refused before any of it is believed.
    Raises UnreadableFile.
    """
    names: dict[str, None] = {}
    kinds: set[str] = set()
    count = 0
    for feature in features(path, file_name, found):
        count += 1
        names.update(dict.fromkeys(_properties(feature)))
        kinds.add(_kind(feature))
        if len(names) > MOST_COLUMNS:
            raise refusal(file_name, f"ses entités ont plus de {MOST_COLUMNS} propriétés", "Ôtez-en.")
    if not count:
        raise refusal(file_name, "il ne contient aucune entité", AGAIN)
    properties = list(names)
    return SheetRows(
        path=path,
        file_name=file_name,
        format=found,
        name="",
        headers=[*properties, *geometry_headers(kinds, properties)],
        hxl=None,
        unit="entité",
        reading=_Features(tuple(properties), frozenset(kinds)),
        rows_estimate=count,
        encoding="utf-8",
        crs="EPSG:4326",
    )


def geometry_headers(kinds: set[str] | frozenset[str], properties: list[str]) -> list[str]:
    """
    Return the columns that hold the geometry: two for points, one for shapes, all for a mixture.

    >>> geometry_headers({"Point"}, ["name", "latitude"])
    ['geometry_longitude', 'geometry_latitude']
    """
    columns: list[str] = []
    if "Point" in kinds:
        taken = any(each.lower() in POINT_COLUMNS for each in properties)
        columns += [f"geometry_{each}" if taken else each for each in POINT_COLUMNS]
    if kinds - {"Point", ""}:
        columns.append(SHAPE_COLUMN if SHAPE_COLUMN not in properties else f"{SHAPE_COLUMN} (tracé)")
    return columns


def features(path: Path, file_name: str, found: Format) -> Iterator[dict[str, Any]]:
    """Yield the features of a file. Raises UnreadableFile where it breaks off or is no GeoJSON."""
    try:
        with path.open(encoding="utf-8-sig") as text:
            yield from (
                _of_lines(text, file_name) if found is Format.GEOJSON_LINES else _of_array(text, file_name)
            )
    except UnicodeDecodeError as error:
        raise refusal(
            file_name,
            "ce GeoJSON n'est pas en UTF-8",
            "Exportez-le en UTF-8, que le format demande (RFC 7946).",
        ) from error
    except RecursionError as error:
        raise refusal(file_name, "le JSON est trop imbriqué pour être lu", AGAIN) from error


def cell(value: Any) -> str:
    """
    Return a property as the text of a cell.

    >>> cell(12), cell(None), cell(True), cell(["a", 1])
    ('12', '', 'true', '["a", 1]')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return StoredNumber(int(value) if abs(value) < 1e15 and value == int(value) else repr(value))
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True)
class _Features:
    """The features of a GeoJSON file as rows of cells."""

    properties: tuple[str, ...]
    kinds: frozenset[str]

    def __call__(self, table: SheetRows) -> Rows:
        """Yield each feature, numbered from 1."""
        for row, feature in enumerate(features(table.path, table.file_name, table.format), start=1):
            told = _properties(feature)
            cells = [cell(told.get(name)) for name in self.properties]
            try:
                yield row, cells + geometry_cells(_shape(feature.get("geometry")), self.kinds)
            except Unfit as unfit:
                table.line_faults[row] = unfit
                yield row, []


def geometry_cells(found: shapely.Geometry | None, kinds: frozenset[str]) -> list[str]:
    """Return the cells of the columns of `geometry_headers`; "" where the feature has no such geometry."""
    cells: list[str] = []
    is_point = found is not None and found.geom_type == "Point" and not found.is_empty
    if "Point" in kinds:
        cells += (
            [StoredNumber(repr(found.x)), StoredNumber(repr(found.y))]
            if found is not None and is_point
            else ["", ""]
        )
    if kinds - {"Point", ""}:
        cells.append("" if found is None or found.is_empty or is_point else found.wkb_hex)
    return cells


def _shape(geometry: Any) -> shapely.Geometry | None:
    if geometry is None:
        return None
    try:
        return shapely.force_2d(shape(geometry))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.errors.ShapelyError):
        raise UNREADABLE from None


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    told = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature and "id" not in told:
        told["id"] = feature["id"]
    return told


def _kind(feature: dict[str, Any]) -> str:
    geometry = feature.get("geometry")
    return str(geometry.get("type", "")) if isinstance(geometry, dict) else ""


# One feature a line (RFC 8142, and the same without its separator)


def _of_lines(text: IO[str], file_name: str) -> Iterator[dict[str, Any]]:
    number = 0
    while line := text.readline(LARGEST_FEATURE_LETTERS):
        number += 1
        told = line.strip("\x1e \r\n\t")
        if told:
            yield _feature(file_name, _of_line(file_name, told, number), number)


def _of_line(file_name: str, told: str, number: int) -> Any:
    try:
        return json.loads(told)
    except json.JSONDecodeError as error:
        raise refusal(file_name, f"le JSON s'arrête ou se brise à la ligne {number}", AGAIN) from error


def _feature(file_name: str, found: Any, number: int) -> dict[str, Any]:
    if not isinstance(found, dict) or found.get("type") != "Feature":
        raise refusal(
            file_name, f"l'élément {number} n'est pas une entité GeoJSON", "Exportez le fichier en GeoJSON."
        )
    return found


# An array of features in one object


class _Scanner:
    """The text of a JSON file, value after value, without holding more than one of them."""

    def __init__(self, text: IO[str], file_name: str) -> None:
        self._text, self._file_name = text, file_name
        self._held, self._at, self._passed = "", 0, 0

    def next_mark(self) -> str:
        """Return the next letter that is no space, without passing it; "" at the end."""
        while True:
            while self._at < len(self._held) and self._held[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._held) or not self._more(_CHUNK_LETTERS):
                return self._held[self._at : self._at + 1]

    def take(self, mark: str) -> None:
        """Pass `mark`. Raises UnreadableFile when something else comes."""
        if self.next_mark() != mark:
            raise self.broken()
        self._at += 1

    def value(self) -> Any:
        """Return the next value and pass it. Raises UnreadableFile when it breaks off or is too large."""
        self.next_mark()
        wanted = _CHUNK_LETTERS
        while True:
            try:
                found, end = _DECODER.raw_decode(self._held, self._at)
            except json.JSONDecodeError:
                # It may only be cut at the end of what is held: twice as much each time.
                if not self._more(wanted):
                    raise self.broken() from None
                wanted *= 2
                continue
            if end == len(self._held) and not isinstance(found, dict | list | str) and self._more(1):
                # A number may go on.
                continue
            self._at = end
            return found

    def broken(self) -> UnreadableFile:
        """Return the refusal of what breaks off here."""
        at = self._passed + self._at
        return refusal(self._file_name, f"le JSON s'arrête ou se brise après {at} caractères", AGAIN)

    def _more(self, letters: int) -> bool:
        held = self._held[self._at :]
        if len(held) > LARGEST_FEATURE_LETTERS:
            raise refusal(
                self._file_name,
                f"une entité fait plus de {LARGEST_FEATURE_LETTERS // 1_000_000} Mo",
                "Simplifiez son tracé.",
            )
        added = self._text.read(letters)
        self._passed += self._at
        self._held, self._at = held + added, 0
        return bool(added)


def _of_array(text: IO[str], file_name: str) -> Iterator[dict[str, Any]]:
    scanner = _Scanner(text, file_name)
    kind, has_features = "", False
    scanner.take("{")
    mark = scanner.next_mark()
    while mark != "}":
        name = scanner.value()
        scanner.take(":")
        if name == "features" and scanner.next_mark() == "[":
            has_features = True
            yield from _of_features(scanner, file_name)
        else:
            value = scanner.value()
            kind = value if name == "type" and isinstance(value, str) else kind
            _refuse_other_crs(file_name, name, value)
        mark = scanner.next_mark()
        if mark not in (",", "}"):
            raise scanner.broken()
        if mark == ",":
            scanner.take(",")
    if kind != "FeatureCollection" or not has_features:
        raise refusal(
            file_name,
            f"ce JSON n'est pas une {quoted('FeatureCollection')} GeoJSON"
            + (f", mais {quoted(kind)}" if kind and kind != "FeatureCollection" else ""),
            "Exportez les entités en GeoJSON.",
        )


def _of_features(scanner: _Scanner, file_name: str) -> Iterator[dict[str, Any]]:
    scanner.take("[")
    number = 0
    while scanner.next_mark() != "]":
        if number:
            scanner.take(",")
        number += 1
        yield _feature(file_name, scanner.value(), number)
    scanner.take("]")


def _refuse_other_crs(file_name: str, name: str, value: Any) -> None:
    """Refuse the member `crs` of older files when it says something else than degrees."""
    if name != "crs" or not isinstance(value, dict):
        return
    properties = value.get("properties")
    told = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if not _IN_DEGREES.search(told):
        raise refusal(
            file_name,
            f"ses coordonnées sont dans le système {quoted(told or 'inconnu')}, et GeoJSON veut EPSG:4326",
            "Exportez-le en EPSG:4326 (WGS 84).",
        )
