"""
A shape that somebody drew or brought in a file: read, bounded, repaired, and what was done to it told.

GeoJSON is read here; other files by a program of its own (layers/readers/shape_files.py), which may use so
much time and memory, opens one file and asks no network. Shapes are in degrees of EPSG:4326.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import shapely
from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.serializers import ValidationError
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

from apps.analysis.answers import words
from geo.shapes import area_km2
from layers.readers.points import MALI

LARGEST_BYTES = 1_000_000
MOST_VERTICES = 10_000
MOST_PARTS = 50
SECONDS = 15
"""For a file that is read by a program of its own."""

DECIMALS = 7
"""Of degrees: about one centimetre."""

LONGEST_DEGREES = 180

SUFFIXES = (".geojson", ".json", ".kml", ".gpkg", ".zip")
READER = settings.BASE_DIR / "layers" / "readers" / "shape_files.py"

START = (
    "import sys, runpy; sys.modules.update(dict.fromkeys(('pandas', 'geopandas', 'pyarrow'))); "
    "sys.argv[:] = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
)
"""Without the tables that pyogrio would bring along, which take longer than the file."""

OTHER_DRIVERS = (
    "ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CSV,CSW,Carto,DGN,DXF,EDIGEO,EEDA,ESRIJSON,Elasticsearch,"
    "FlatGeobuf,GDALG,GML,GPSBabel,GPX,GTFS,GeoJSONSeq,GeoRSS,HTTP,Idrisi,JML,JSONFG,LIBKML,LVBAG,MBTiles,"
    "MEM,MVT,MapInfo File,MapML,MiraMonVector,NGW,OAPIF,ODS,OGCAPI,OGR_GMT,OGR_PDS,OGR_VRT,OSM,OpenFileGDB,"
    "PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,PMTiles,S57,SQLite,SXF,Selafin,TopoJSON,VDV,VFK,VICAR,WAsP,WFS,XLSX"
)
"""Of GDAL, for which these files are none; the reader stops where it finds one that is not named here."""

ENVIRONMENT = {
    "OGR_SKIP": OTHER_DRIVERS,
    "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
    "PROJ_NETWORK": "OFF",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}

IN_DEGREES = ("CRS84", "4326")
"""The end of the names of systems that are degrees of longitude and latitude."""


@dataclass(frozen=True)
class Shape:
    """A valid geometry (GeoJSON, EPSG:4326), and in French and English what was done to make it so."""

    geometry: dict
    name: str = ""
    said: list = field(default_factory=list)


def refused(message):
    return ValidationError({"shape": message})


def from_upload(file_name, content):
    """Return the shape of a file (bytes); raises ValidationError in words."""
    suffix = Path(file_name).suffix.lower()
    name = Path(file_name).stem[:120]
    if suffix not in SUFFIXES:
        raise refused(
            _("%(name)s : donnez du GeoJSON, du KML, un GeoPackage ou un Shapefile zippé.")
            % {"name": file_name[:80]}
        )
    if len(content) > LARGEST_BYTES:
        raise refused(_("Le fichier dépasse 1 Mo. Simplifiez le tracé, ou gardez moins de formes."))
    if not content.strip():
        raise refused(_("Le fichier est vide."))
    if suffix in (".geojson", ".json"):
        told = _json(content)
        if not _names_other_system(told):
            return from_geojson(told, name=name)
        suffix = ".geojson"
    return _read_apart(suffix, content, name)


def from_geojson(told, *, name=""):
    """Return the shape of a GeoJSON value (geometry, Feature, FeatureCollection); raises ValidationError."""
    return _mended(_geometries(told), name, [])


def checked(told):
    """
    Return a GeoJSON value as one geometry, as it was given; raises ValidationError where no shape is in it.

    What must be repaired is not yet: `from_geojson` does, and says so each time it is asked.
    """
    from_geojson(told)
    if told["type"] not in ("Feature", "FeatureCollection"):
        return told
    return _plain(_joined(_geometries(told)))


# --- reading --------------------------------------------------------------------------------------------


def _json(content):
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise refused(_("Ce n’est pas du GeoJSON : le fichier est abîmé, ou d’une autre sorte.")) from None


def _names_other_system(told):
    """Tell whether GeoJSON of before 2016 names a system other than degrees."""
    try:
        name = str(told["crs"]["properties"]["name"])
    except (KeyError, TypeError):
        return False
    return not name.endswith(IN_DEGREES)


def _geometries(told):
    """Return the geometries of a GeoJSON value, those that are empty left out."""
    try:
        found = [shape(each) for each in _parts(told)]
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise refused(
            _("Ce tracé est mal formé : attendu du GeoJSON en degrés, longitude puis latitude.")
        ) from None
    return [each for each in found if not each.is_empty]


def _parts(told):
    match told["type"]:
        case "FeatureCollection":
            for each in told["features"]:
                yield from _parts(each)
        case "Feature":
            if told["geometry"] is not None:
                yield from _parts(told["geometry"])
        case "GeometryCollection":
            for each in told["geometries"]:
                yield from _parts(each)
        case _:
            yield {**told, "coordinates": _flat(told["coordinates"])}


def _flat(coordinates):
    """Return coordinates without heights; raises ValidationError where one is no number."""
    if coordinates and not isinstance(coordinates[0], list | tuple):
        if not all(math.isfinite(each) for each in coordinates[:2]):
            raise refused(_("Une coordonnée du tracé n’est pas un nombre."))
        return coordinates[:2]
    return [_flat(each) for each in coordinates]


PROBLEMS = {
    "damaged": lambda _n: _("Le fichier est abîmé, ou d’une autre sorte que son nom ne dit."),
    "empty": lambda _n: _("Le fichier ne contient aucune forme."),
    "no_crs": lambda _n: _(
        "Le fichier ne dit pas son système de coordonnées : donnez-le en degrés (WGS 84)."
    ),
    "vertices": lambda n: _too_many_vertices(n),
    "parts": lambda n: _too_many_parts(n),
    "not_one_shapefile": lambda n: (
        _("Le zip contient %(n)s Shapefile : donnez-en un, et un seul.") % {"n": n}
    ),
    "bomb": lambda _n: _("Déplié, ce zip serait trop grand."),
    "view": lambda _n: _("Ce GeoPackage contient des vues : exportez la couche seule."),
}


def _read_apart(suffix, content, name):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"received{suffix}"
        path.write_bytes(content)
        told = _asked_of_the_reader(path)
    if "problem" in told:
        raise refused(PROBLEMS[told["problem"]](told["number"]))
    said = []
    if not told["crs"].endswith(IN_DEGREES):
        said.append(
            words(
                f"Le fichier est en {told['crs'] or '?'}\u00a0: il a été converti en degrés.",
                f"The file is in {told['crs'] or '?'}: it was converted to degrees.",
            )
        )
    return _mended([shapely.from_wkb(each) for each in told["shapes"]], name, said)


def _asked_of_the_reader(path):
    asked = [str(READER), str(path), str(MOST_VERTICES), str(MOST_PARTS)]
    environment = {"PATH": os.environ.get("PATH", ""), "TMPDIR": str(path.parent), **ENVIRONMENT}
    try:
        done = subprocess.run(  # noqa: S603  ourselves
            [sys.executable, "-I", "-c", START, *asked],
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env=environment,
            cwd=path.parent,
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise refused(_("Ce fichier n’a pas pu être lu dans les limites de temps et de mémoire.")) from None


# --- bounds and repair ------------------------------------------------------------------------------------


def _mended(geometries, name, said):
    """Return the shape that these make: within bounds, in Mali, valid."""
    if not geometries:
        raise refused(_("Le tracé est vide."))
    if len({_dimension(each) for each in geometries}) > 1:
        raise refused(_("Le tracé mêle surfaces, lignes et points : donnez-les l’un après l’autre."))
    whole = _joined(geometries)
    _refuse_many(whole)
    _refuse_elsewhere(whole)
    whole, swapped = _in_mali(whole)
    valid, repaired = _valid(shapely.transform(whole, lambda each: each.round(DECIMALS)))
    return Shape(_plain(valid), name, [*said, *swapped, *repaired])


def _dimension(geometry):
    return shapely.get_dimensions(geometry)


def _joined(geometries):
    """Return several geometries of one dimension as one of several parts."""
    parts = [part for each in geometries for part in shapely.get_parts(each)]
    if len(parts) == 1:
        return parts[0]
    whole = (shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)
    return whole[_dimension(parts[0])](parts)


def _plain(geometry):
    """Return a geometry as GeoJSON of lists."""
    return json.loads(json.dumps(mapping(geometry)))


def _refuse_many(geometry):
    vertices, parts = shapely.get_num_coordinates(geometry), shapely.get_num_geometries(geometry)
    if vertices > MOST_VERTICES:
        raise refused(_too_many_vertices(vertices))
    if parts > MOST_PARTS:
        raise refused(_too_many_parts(parts))


def _too_many_vertices(number):
    return _("Le tracé a %(number)s sommets, la limite est de %(most)s : simplifiez-le.") % {
        "number": number,
        "most": MOST_VERTICES,
    }


def _too_many_parts(number):
    return _("Le tracé a %(number)s parties, la limite est de %(most)s.") % {
        "number": number,
        "most": MOST_PARTS,
    }


def _refuse_elsewhere(geometry):
    """Refuse what is no place on Earth, of whatever order its degrees are."""
    if not (abs(shapely.get_coordinates(geometry)) <= LONGEST_DEGREES).all():
        raise refused(_("Le tracé n’est pas en degrés : donnez longitude et latitude (WGS 84)."))


def _in_mali(geometry):
    """Return the geometry, longitude first, and what is said of it; raises ValidationError outside Mali."""
    country = shapely.box(*MALI)
    if _meets(geometry, country):
        return geometry, []
    turned = shapely.transform(geometry, lambda each: each[:, ::-1])
    if _meets(turned, country):
        return turned, [
            words(
                "Longitude et latitude étaient échangées\u00a0: elles ont été remises en place.",
                "Longitude and latitude were swapped: they were put right.",
            )
        ]
    raise refused(_("Le tracé est hors du Mali."))


def _meets(geometry, country):
    """Tell whether a shape, which may be invalid, has its box in the country's."""
    return shapely.box(*shapely.bounds(geometry)).intersects(country)


def _valid(geometry):
    """Return the geometry repaired where it must be, and what is said of it."""
    if shapely.is_valid(geometry):
        return geometry, []
    why = shapely.is_valid_reason(geometry).partition("[")[0]
    mended = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    if mended.is_empty or _dimension(mended) != _dimension(geometry):
        raise refused(_("Le tracé n’a pas de surface : ses sommets sont sur une ligne."))
    before, after = (f"{area_km2(each):.1f}" for each in (geometry, mended))
    return mended, [
        words(
            f"Le tracé n’était pas valide (GEOS\u00a0: {why}) et a été réparé\u00a0: "
            f"{before.replace('.', ',')} km² avant, {after.replace('.', ',')} km² après.",
            f"The shape was not valid (GEOS: {why}) and was repaired: {before} km² before, {after} km² "
            "after.",
        )
    ]
