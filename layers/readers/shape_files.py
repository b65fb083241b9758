"""
The shapes of a file that anybody may have made: KML, GeoPackage, zipped Shapefile, GeoJSON of another CRS.

Run as a program of its own, with limits on its time and memory, and imported by nothing that serves: GDAL
reads what it is given. It reads one file, by the driver of its kind alone, and asks no network.
"""

import json
import resource
import sqlite3
import sys
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import pyogrio
import pyogrio.errors
import pyogrio.raw
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

DRIVERS = {"KML", "GPKG", "ESRI Shapefile", "GeoJSON"}
"""The drivers that GDAL may have: who starts this program has it skip the others (OGR_SKIP)."""

SECONDS = 10
MEMORY_BYTES = 2 << 30
WRITTEN_BYTES = 16 << 20
"""Of processor time, of addresses, of any file: a library takes more addresses than memory."""

UNPACKED_BYTES = 20_000_000
MEMBERS = 20
LAYERS = 20
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")

WGS84 = ("EPSG:4326", "OGC:CRS84")


class Unreadable(Exception):
    """The file cannot be read; the first word says why: see apps.analysis.shapes."""


def limit_this_process() -> None:
    """Take from this process what a file made to harm would use."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN_BYTES, WRITTEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def shapes_in(path: Path, most_vertices: int, most_shapes: int) -> dict[str, Any]:
    """
    Return {"shapes": hexadecimal WKB in EPSG:4326, longitude first; "crs": what they were in}.

    Raises Unreadable: damaged, empty, with a CRS that is not told, or with more vertices or shapes than
    these; RuntimeError where GDAL has drivers of other files.
    """
    if beyond := set(pyogrio.list_drivers()) - DRIVERS:
        raise RuntimeError(f"GDAL would open other files too: skip {', '.join(sorted(beyond))}")
    opened = _unpacked(path) if path.suffix == ".zip" else path
    if opened.suffix == ".gpkg":
        _refuse_views(opened)
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(opened) if kind is not None]
        read = [_read(opened, name) for name in layers[:LAYERS]]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise Unreadable("damaged") from error
    shapes = [shape for found, _ in read for shape in found]
    systems = sorted({crs for found, crs in read if len(found)})
    if not shapes:
        raise Unreadable("empty")
    _refuse_many(shapes, most_vertices, most_shapes)
    return {
        "shapes": [
            shape for found, crs in read if found for shape in _in_degrees(found, crs or _crs_of(found))
        ],
        "crs": ", ".join(systems),
    }


def _read(path: Path, layer: str) -> tuple[list[Any], str]:
    meta, _fids, shapes, _values = pyogrio.raw.read(path, layer=layer, columns=[], force_2d=True)
    kept = [shape for shape in shapely.from_wkb(shapes, on_invalid="ignore") if shape is not None]
    return [shape for shape in kept if not shape.is_empty], meta["crs"] or ""


def _refuse_many(shapes: list[Any], most_vertices: int, most_shapes: int) -> None:
    vertices = int(shapely.get_num_coordinates(shapes).sum())
    parts = int(shapely.get_num_geometries(shapes).sum())
    if vertices > most_vertices:
        raise Unreadable("vertices", vertices)
    if parts > most_shapes:
        raise Unreadable("parts", parts)


def _crs_of(shapes: list[Any]) -> str:
    """Return the CRS of shapes that tell none: degrees, where they can be degrees."""
    west, south, east, north = shapely.total_bounds(shapes)
    if west >= -180 and east <= 180 and south >= -180 and north <= 180:
        return WGS84[0]
    raise Unreadable("no_crs")


def _in_degrees(shapes: list[Any], crs: str) -> list[str]:
    if crs not in WGS84:
        try:
            system = CRS.from_user_input(crs)
            move = Transformer.from_crs(system, WGS84[0], always_xy=True).transform
        except (CRSError, ProjError) as error:
            raise Unreadable("no_crs") from error
        shapes = [shapely.transform(shape, move, interleaved=False) for shape in shapes]
    return [str(each) for each in shapely.to_wkb(shapes, hex=True)]


def _unpacked(path: Path) -> Path:
    """Unpack the Shapefile of a zip beside it, under names of our own; return it."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            shapes = [each for each in members if PurePosixPath(each.filename).suffix.lower() == ".shp"]
            shapes = [each for each in shapes if not PurePosixPath(each.filename).name.startswith(".")]
            if len(shapes) != 1:
                raise Unreadable("not_one_shapefile", len(shapes))
            if len(members) > MEMBERS or sum(each.file_size for each in members) > UNPACKED_BYTES:
                raise Unreadable("bomb")
            stem = str(PurePosixPath(shapes[0].filename).with_suffix(""))
            for member in members:
                name = PurePosixPath(member.filename)
                if str(name.with_suffix("")) == stem and name.suffix.lower() in SHAPEFILE_PARTS:
                    _write(archive, member, path.with_name(f"unpacked{name.suffix.lower()}"))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unreadable("damaged") from error
    return path.with_name("unpacked.shp")


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    """Write a member, no more of it than the zip says there is."""
    with archive.open(member) as packed, path.open("wb") as file:
        content = packed.read(member.file_size + 1)
        if len(content) > member.file_size:
            raise Unreadable("bomb")
        file.write(content)


def _refuse_views(path: Path) -> None:
    """A view of a GeoPackage is a query that whoever made the file wrote: none is asked."""
    try:
        with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as database:
            [(views,)] = database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'view'")
    except sqlite3.DatabaseError as error:
        raise Unreadable("damaged") from error
    if views:
        raise Unreadable("view")


def main(path: str, most_vertices: str, most_shapes: str) -> None:
    """Print the shapes of a file as JSON, or the word that says why there are none."""
    limit_this_process()
    try:
        told = shapes_in(Path(path), int(most_vertices), int(most_shapes))
    except Unreadable as error:
        told = {"problem": error.args[0], "number": error.args[1] if len(error.args) > 1 else None}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
