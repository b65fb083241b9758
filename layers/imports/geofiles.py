"""Layers of GeoPackages and zipped Shapefiles, read by GDAL a window at a time and put in EPSG:4326."""

import math
import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pyogrio
import pyogrio.errors
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from layers.imports.cells import Rows, SheetRows, StoredDate
from layers.imports.formats import Format
from layers.imports.geojson import UNREADABLE, cell, geometry_cells, geometry_headers
from layers.imports.safety import AGAIN, is_hidden, refusal
from layers.readers.boundaries import shapefiles
from layers.readers.problems import UnreadableFile
from layers.readers.wording import did_you_mean, quoted

WGS84 = "EPSG:4326"
WINDOW_ROWS = 5_000
"""Features held at a time. Chosen by Maillage."""

_GDAL_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
    UnicodeDecodeError,
    LookupError,
    # What pyogrio raises of a CRS that GDAL cannot write out.
    UnboundLocalError,
)


def layer_names(path: Path, file_name: str, found: Format) -> list[str]:
    """Return the names of the layers. Raises UnreadableFile when there are none."""
    with _source(path, file_name, found) as source, _gdal_told(file_name):
        names = sorted(source.layers)
    if not names:
        raise refusal(file_name, "il ne contient aucune couche", AGAIN)
    return names


def open_table(path: Path, file_name: str, found: Format, name: str) -> SheetRows:
    """
    Return the features of a layer as a table: attributes, then point or shape in EPSG:4326.

    Raises UnreadableFile for an absent or empty layer, and one whose CRS is not told.
    """
    with _source(path, file_name, found) as source, _gdal_told(file_name):
        layer = source.layer(name)
        info = pyogrio.read_info(
            layer.path, layer=layer.name, encoding=layer.encoding, force_feature_count=True
        )
    label = file_name if not name else f"{file_name}, couche {name}"
    if not info["features"]:
        raise refusal(label, "elle ne contient aucune entité", AGAIN)
    kinds = _kinds(info["geometry_type"])
    crs = _checked_crs(label, info["crs"]) if kinds else ""
    properties = [str(each) for each in info["fields"]]
    table = SheetRows(
        path=path,
        file_name=file_name,
        format=found,
        name=name,
        headers=[*properties, *geometry_headers(kinds, properties)],
        hxl=None,
        unit="entité",
        reading=_Windows(kinds),
        rows_estimate=int(info["features"]),
        encoding=layer.encoding or "",
        crs=crs,
    )
    for sentence in layer.remarks:
        table.remark("encodage", sentence, "Vérifiez les accents.")
    return table


def frames(table: SheetRows) -> Iterator[tuple[int, Any]]:
    """Yield the layer as data frames in its own CRS, each with the number of its first feature from 1."""
    with _source(table.path, table.file_name, table.format) as source, _gdal_told(table.file_name):
        layer = source.layer(table.name)
        for start in range(0, table.rows_estimate or 0, WINDOW_ROWS):
            yield start + 1, _frame(layer, start)


def _frame(layer: "_Layer", start: int) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pyogrio.read_dataframe(
            layer.path,
            layer=layer.name,
            encoding=layer.encoding,
            skip_features=start,
            max_features=WINDOW_ROWS,
            on_invalid="ignore",
        )


@dataclass(frozen=True)
class _Layer:
    path: Path
    name: str | None
    encoding: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Source:
    """The layers of a file, by name."""

    file_name: str
    layers: dict[str, _Layer]

    def layer(self, name: str) -> _Layer:
        if name not in self.layers:
            raise refusal(
                self.file_name,
                f"il n'a pas de couche {quoted(name)}",
                f"Couches\u00a0: {', '.join(self.layers)}.{did_you_mean(name, self.layers)}",
            )
        return self.layers[name]


@contextmanager
def _source(path: Path, file_name: str, found: Format) -> Iterator[_Source]:
    """Yield the layers; a zip, already found safe, is unpacked for that long only."""
    if found is Format.GEOPACKAGE:
        with _gdal_told(file_name):
            names = [str(name) for name, _ in pyogrio.list_layers(path)]
        yield _Source(file_name, {name: _Layer(path, name) for name in names})
        return
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        yield _Source(file_name, _unpacked(path, file_name, Path(folder)))


def _unpacked(path: Path, file_name: str, folder: Path) -> dict[str, _Layer]:
    with zipfile.ZipFile(path) as archive:
        members = [each for each in archive.infolist() if not each.is_dir() and not is_hidden(each.filename)]
        archive.extractall(folder, members)
    shapes = sorted(
        each.filename for each in members if PurePosixPath(each.filename).suffix.lower() == ".shp"
    )
    return {
        PurePosixPath(shape).stem: _Layer(
            folder / shape, None, *shapefiles.encoding(folder / shape, f"{file_name}/{shape}")
        )
        for shape in shapes
    }


def _kinds(told: str | None) -> frozenset[str]:
    """Return what GDAL's type of a layer may hold, in the words of `geometry_headers`."""
    if told is None:
        return frozenset()
    if told.split(" ")[0] == "Point":
        return frozenset({"Point"})
    return (
        frozenset({"Point", "Polygon"})
        if told in ("Unknown", "GeometryCollection")
        else frozenset({"Polygon"})
    )


def _checked_crs(label: str, told: str | None) -> str:
    if not told:
        raise refusal(
            label,
            "le système de coordonnées n'est pas dit",
            f"Ajoutez-le (fichier .prj d'un Shapefile), ou exportez en {WGS84} (WGS 84).",
        )
    try:
        CRS.from_user_input(told)
    except CRSError as error:
        raise refusal(
            label, "le système de coordonnées est inconnu", f"Exportez en {WGS84} (WGS 84)."
        ) from error
    return told


@dataclass(frozen=True)
class _Windows:
    """The features of a layer, a window at a time."""

    kinds: frozenset[str]

    def __call__(self, table: SheetRows) -> Rows:
        """Yield each feature, numbered from 1."""
        to_degrees = _transformer(table.crs)
        with _source(table.path, table.file_name, table.format) as source, _gdal_told(table.file_name):
            layer = source.layer(table.name)
            for start in range(0, table.rows_estimate or 0, WINDOW_ROWS):
                yield from self._window(table, layer, start, to_degrees)

    def _window(self, table: SheetRows, layer: _Layer, start: int, to_degrees: Transformer | None) -> Rows:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _, _, geometry, fields = pyogrio.raw.read(
                layer.path,
                layer=layer.name,
                encoding=layer.encoding,
                skip_features=start,
                max_features=WINDOW_ROWS,
                force_2d=True,
                read_geometry=bool(self.kinds),
            )
            shapes = _in_degrees(_readable(geometry, table, start), to_degrees) if self.kinds else None
        count = len(shapes) if shapes is not None else len(fields[0])
        for at in range(count):
            cells = [_cell(column[at]) for column in fields]
            yield (
                start + at + 1,
                cells + geometry_cells(shapes[at] if shapes is not None else None, self.kinds),
            )


def _readable(geometry: Any, table: SheetRows, start: int) -> Any:
    """Return the shapes; those that cannot be are None, and their rows are told."""
    shapes = shapely.from_wkb(geometry, on_invalid="ignore")
    for at in np.flatnonzero((geometry != None) & shapely.is_missing(shapes)):  # noqa: E711  of each element
        table.line_faults[start + int(at) + 1] = UNREADABLE
    return shapes


def _transformer(crs: str) -> Transformer | None:
    if not crs or CRS.from_user_input(crs) == CRS.from_user_input(WGS84):
        return None
    return Transformer.from_crs(crs, WGS84, always_xy=True)


def _in_degrees(shapes: Any, to_degrees: Transformer | None) -> Any:
    if to_degrees is None:
        return shapes
    return shapely.transform(shapes, lambda x, y: to_degrees.transform(x, y), interleaved=False)


def _cell(value: Any) -> str:
    if isinstance(value, np.datetime64):
        return "" if np.isnat(value) else _day(value.astype("datetime64[s]").item())
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return ""
    if isinstance(value, bytes):
        return value.hex()
    return cell(value)


def _day(value: datetime | date) -> StoredDate:
    told = value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return StoredDate(told.removesuffix(" 00:00:00"))


@contextmanager
def _gdal_told(label: str) -> Iterator[None]:
    try:
        yield
    except UnreadableFile:
        raise
    except (*_GDAL_ERRORS, ProjError) as error:
        raise refusal(label, f"le fichier est coupé ou abîmé (GDAL\u00a0: {error})", AGAIN) from error
