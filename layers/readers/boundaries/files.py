"""Boundary files of every format opened as layers, and those that cannot be opened told why."""

import json
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
import pyogrio.errors

from layers.readers.boundaries import shapefiles, zips
from layers.readers.boundaries.columns import Columns, recognised
from layers.readers.boundaries.formats import ACCEPTED, AGAIN, LARGEST_BYTES, SUFFIXES, too_large
from layers.readers.problems import UnreadableFile
from layers.readers.wording import quoted

_GDAL_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
)
_JSON_KINDS = {
    "Topology": "du TopoJSON",
    "Feature": "une seule entité",
    "GeometryCollection": "des géométries sans attributs",
}


@dataclass(frozen=True, kw_only=True)
class Layer:
    """
    A layer of polygons in an open file. `label` is how messages name it; `columns` None: it has no P-codes.

    `name` tells it from the others in its file, None where there is only one. `remarks` are sentences on what
    had to be assumed to read it.
    """

    label: str
    source: Path | bytes
    name: str | None
    fields: tuple[str, ...]
    columns: Columns | None
    count: int
    encoding: str | None = None
    remarks: tuple[str, ...] = field(default=())

    def frame(self, *, first_only: bool = False) -> geopandas.GeoDataFrame:
        """
        Return the areas with the columns that were recognised, in the CRS of the file.

        What the GDAL library warns of stands in `.attrs["warnings"]`. Raises UnreadableFile.
        """
        with warnings.catch_warnings(record=True) as caught, _gdal_errors_told(self.label):
            warnings.simplefilter("always")
            frame = pyogrio.read_dataframe(
                self.source,
                layer=self.name,
                columns=self.columns.present if self.columns else [],
                encoding=self.encoding,
                max_features=1 if first_only else None,
                on_invalid="ignore",
            )
        frame.attrs["warnings"] = sorted({str(warning.message) for warning in caught})
        return frame


@contextmanager
def opened(path: Path) -> Iterator[list[Layer]]:
    """
    Yield the layers of polygons in `path`, [] when it has none; a zip is unpacked for that long only.

    Raises UnreadableFile, naming the file and the way out, for a file that is absent, of another format, cut
    short, damaged, too large, or a zip that is locked or wants to write outside its folder.
    """
    _refuse_unfit(path)
    if path.suffix.lower() != ".zip":
        yield _layers(path, path.name)
        return
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        members = zips.unpacked(path, Path(folder))
        yield [
            layer for member in members for layer in _layers(Path(folder, member), f"{path.name}/{member}")
        ]


def _refuse_unfit(path: Path) -> None:
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableFile(f"{path.name}\u00a0: ce type de fichier n'est pas lu. Donnez {ACCEPTED}.")
    if path.is_dir():
        raise UnreadableFile(f"{path.name}\u00a0: c'est un dossier. Donnez un fichier {ACCEPTED}.")
    if not path.is_file():
        raise UnreadableFile(f"{path}\u00a0: ce fichier n'existe pas. Vérifiez son nom et son dossier.")
    if not path.stat().st_size:
        raise UnreadableFile(f"{path.name}\u00a0: le fichier est vide. {AGAIN}")
    if path.stat().st_size > LARGEST_BYTES:
        raise too_large(path.name)


def _layers(path: Path, label: str) -> list[Layer]:
    readers = {".gpkg": _geopackage_layers, ".shp": _shapefile_layers}
    return readers.get(path.suffix.lower(), _geojson_layers)(path, label)


# GeoJSON


def _geojson_layers(path: Path, label: str) -> list[Layer]:
    text, remarks = _decoded(path.read_bytes())
    _refuse_unlike_geojson(label, text)
    # The decoded text is read, not the path: GDAL knows other .json files, some of them recipes it would run.
    return _described(text.encode(), label, remarks=remarks)


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), (
            "Le fichier n'est pas en UTF-8\u202f; il a été lu comme Windows-1252.",
        )


def _refuse_unlike_geojson(label: str, text: str) -> None:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{label}\u00a0: {_why_not_json(text, error)} {AGAIN}") from error
    kind = content.get("type") if isinstance(content, dict) else None
    if kind != "FeatureCollection":
        what = _JSON_KINDS.get(str(kind), "un autre JSON")
        raise UnreadableFile(
            f"{label}\u00a0: c'est {what}, pas une FeatureCollection GeoJSON. "
            "Exportez les limites en GeoJSON."
        )
    if not isinstance(content.get("features"), list):
        raise UnreadableFile(f"{label}\u00a0: la liste {quoted('features')} manque. {AGAIN}")


def _why_not_json(text: str, error: Exception) -> str:
    if text.lstrip().startswith("<"):
        return "c'est une page web ou du XML, pas du GeoJSON."
    if isinstance(error, json.JSONDecodeError):
        return f"le JSON s'arrête ou se brise à la ligne {error.lineno}, caractère {error.colno}."
    return "le JSON est trop imbriqué pour être lu."


# GeoPackage


def _geopackage_layers(path: Path, label: str) -> list[Layer]:
    with path.open("rb") as file:
        if file.read(15) != b"SQLite format 3":
            raise UnreadableFile(f"{label}\u00a0: ce n'est pas un GeoPackage. {AGAIN}")
    with _gdal_errors_told(label):
        names = [name for name, geometry in pyogrio.list_layers(path) if geometry is not None]
    several = len(names) > 1
    return [
        layer
        for name in names
        for layer in _described(path, f"{label}/{name}" if several else label, name=name)
    ]


# Shapefile


def _shapefile_layers(path: Path, label: str) -> list[Layer]:
    encoding, remarks = shapefiles.encoding(path, label)
    return _described(path, label, encoding=encoding, remarks=remarks)


# All formats


def _described(source: Path | bytes, label: str, *, name: str | None = None, **known: Any) -> list[Layer]:
    """Return the layer with what GDAL tells of it, as a list; [] when it holds lines, points or no shapes."""
    with warnings.catch_warnings(), _gdal_errors_told(label):
        # Said again, and kept, when the layer is read.
        warnings.simplefilter("ignore")
        info = pyogrio.read_info(source, layer=name, encoding=known.get("encoding"))
    kind = info["geometry_type"]
    if kind is None or not ("Polygon" in kind or kind.startswith(("Unknown", "GeometryCollection"))):
        return []
    fields = tuple(info["fields"])
    return [
        Layer(
            label=label,
            source=source,
            name=name,
            fields=fields,
            columns=recognised(fields),
            count=info["features"],
            **known,
        )
    ]


@contextmanager
def _gdal_errors_told(label: str) -> Iterator[None]:
    try:
        yield
    except (*_GDAL_ERRORS, UnicodeDecodeError, LookupError) as error:
        raise UnreadableFile(f"{label}\u00a0: le fichier est abîmé (GDAL\u00a0: {error}). {AGAIN}") from error
