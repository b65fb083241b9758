"""The formats in which a layer may be taken away: what each is good for, what it loses, what writes it."""

from dataclasses import dataclass
from importlib import import_module

from layers.declaration import Geometry, Layer, Words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ANY = tuple(Geometry)
SHAPES = (Geometry.AREA, Geometry.POINT)


@dataclass(frozen=True)
class Format:
    """
    A format. `extension` ends its address and its files; `writer` names the module whose `write(selection,
    path, step)` writes it; a light one may be written in a web process. `geometries` are those it holds,
    `most_rows` what it holds at most, `loses_of` the geometries of which it `loses` something.
    """

    name: str
    extension: str
    label: str
    told: Words
    content_type: str
    writer: str
    is_light: bool = False
    loses: Words | None = None
    loses_of: tuple[Geometry, ...] = ANY
    geometries: tuple[Geometry, ...] = ANY
    most_rows: int | None = None

    def suits(self, layer: Layer) -> bool:
        """Return whether the format can hold the rows of a layer."""
        return layer.geometry in self.geometries

    def lost_of(self, layer: Layer) -> Words | None:
        """Return what of a layer it loses; None where nothing."""
        return self.loses if layer.geometry in self.loses_of else None

    def write(self, selection, path, *, step=lambda done, total: None):
        """Write the rows of a selection to a path; `step` is told how many are written, of how many."""
        import_module(self.writer).write(selection, path, step=step)


FORMATS = {
    each.name: each
    for each in (
        Format(
            name="gpkg",
            extension="gpkg",
            label="GeoPackage",
            told=Words(
                "Pour QGIS et ArcGIS : un seul fichier, tout dedans, métadonnées comprises.",
                "For QGIS and ArcGIS: a single file with everything in it, metadata included.",
            ),
            content_type="application/geopackage+sqlite3",
            writer="apps.exports.writers.geopackage",
        ),
        Format(
            name="geojson",
            extension="geojson",
            label="GeoJSON",
            told=Words(
                "Pour une carte sur le web et pour la plupart des programmes.",
                "For a map on the web and for most programs.",
            ),
            content_type="application/geo+json",
            writer="apps.exports.writers.geojson",
            is_light=True,
        ),
        Format(
            name="geojsonl",
            extension="geojsonl",
            label="GeoJSON-Seq",
            told=Words(
                "Un objet par ligne : pour les programmes qui lisent au fil de l’eau.",
                "One feature a line: for programs that read as it comes.",
            ),
            content_type="application/geo+json-seq",
            writer="apps.exports.writers.geojson_lines",
            is_light=True,
        ),
        Format(
            name="csv",
            extension="csv",
            label="CSV",
            told=Words(
                "Pour tout tableur et tout programme ; source et licence sur chaque ligne.",
                "For any spreadsheet and any program; source and licence on every line.",
            ),
            content_type="text/csv; charset=utf-8",
            writer="apps.exports.writers.plain_csv",
            is_light=True,
            loses=Words("Perd les contours des surfaces.", "Loses the outlines of areas."),
            loses_of=(Geometry.AREA,),
        ),
        Format(
            name="hxl",
            extension="hxl.csv",
            label="CSV HXL",
            told=Words(
                "Le CSV avec la ligne d’étiquettes du standard humanitaire HXL.",
                "The CSV with the line of tags of the humanitarian standard HXL.",
            ),
            content_type="text/csv; charset=utf-8",
            writer="apps.exports.writers.hxl_csv",
            is_light=True,
            loses=Words("Perd les contours des surfaces.", "Loses the outlines of areas."),
            loses_of=(Geometry.AREA,),
        ),
        Format(
            name="xlsx",
            extension="xlsx",
            label="Excel",
            told=Words(
                "Un classeur mis en forme, avec une feuille qui dit d’où viennent les lignes ; un million de "
                "lignes au plus.",
                "A formatted workbook, with a sheet that says where rows come from; a million rows at most.",
            ),
            content_type=XLSX,
            writer="apps.exports.writers.workbook",
            is_light=True,
            loses=Words("Perd les contours des surfaces.", "Loses the outlines of areas."),
            loses_of=(Geometry.AREA,),
            most_rows=1_048_575,
        ),
        Format(
            name="fgb",
            extension="fgb",
            label="FlatGeobuf",
            told=Words(
                "Petit, rapide, lu par morceaux à distance.", "Small, fast, read in parts from a distance."
            ),
            content_type="application/vnd.flatgeobuf",
            writer="apps.exports.writers.flatgeobuf",
            geometries=SHAPES,
        ),
        Format(
            name="parquet",
            extension="parquet",
            label="GeoParquet",
            told=Words(
                "Pour l’analyse en Python, R ou DuckDB : par colonnes, compressé.",
                "For analysis in Python, R or DuckDB: by columns, compressed.",
            ),
            content_type="application/vnd.apache.parquet",
            writer="apps.exports.writers.geoparquet",
        ),
        Format(
            name="shp",
            extension="shp.zip",
            label="Shapefile",
            told=Words(
                "Pour les logiciels anciens ; préférez le GeoPackage.",
                "For older programs; prefer the GeoPackage.",
            ),
            content_type="application/zip",
            writer="apps.exports.writers.shapefile",
            loses=Words(
                "Perd la fin des noms de champs après dix lettres, celle des textes après 254 octets et la "
                "différence entre inconnu et zéro ; une table des noms est jointe.",
                "Loses the end of field names after ten letters, that of texts after 254 bytes and the "
                "difference between unknown and zero; a table of names comes with it.",
            ),
            geometries=SHAPES,
        ),
        Format(
            name="kml",
            extension="kml",
            label="KML",
            told=Words("Pour Google Earth et les téléphones.", "For Google Earth and phones."),
            content_type="application/vnd.google-earth.kml+xml",
            writer="apps.exports.writers.kml",
            is_light=True,
            geometries=SHAPES,
        ),
        Format(
            name="pmtiles",
            extension="pmtiles",
            label="PMTiles",
            told=Words(
                "Les tuiles vectorielles de toute la couche en un fichier, pour une carte hors ligne.",
                "The vector tiles of the whole layer in one file, for a map without network.",
            ),
            content_type="application/vnd.pmtiles",
            writer="apps.exports.writers.tiles",
            loses=Words(
                "Perd la finesse des contours : des tuiles à regarder, pas à mesurer.",
                "Loses the detail of outlines: tiles to look at, not to measure.",
            ),
            geometries=SHAPES,
        ),
    )
}
"""Name -> format, in the order of the pages."""

BY_EXTENSION = {each.extension: each for each in FORMATS.values()}


def formats_of(layer):
    """Return the formats that can hold the rows of a layer."""
    return [each for each in FORMATS.values() if each.suits(layer)]
