"""The formats that can be read, and the limits that every file keeps."""

from enum import StrEnum

LARGEST_BYTES = 200_000_000
"""A file beyond this is refused: all events of Mali since 1997 take 20 MB. Chosen by Maillage."""
LARGEST_UNPACKED_BYTES = 600_000_000
"""What a zip or a workbook may unpack to. Chosen by Maillage."""
MOST_RATIO = 200
"""How much smaller than its content a part of a zip may be: tables shrink 5 to 50 times. Ours."""
RATIO_FROM_BYTES = 10_000_000
"""Parts smaller than this may shrink as they like. Chosen by Maillage."""
MOST_MEMBERS = 2_000
"""Files in a zip. A workbook of fifty sheets has some two hundred. Chosen by Maillage."""
MOST_CELLS = 20_000_000
"""Rows times columns of a sheet, empty cells included: the reader keeps them in memory. Ours."""
MOST_COLUMNS = 1_000
"""Columns of a table. Chosen by Maillage."""
LARGEST_FEATURE_LETTERS = 30_000_000
"""The text of one feature of a GeoJSON file; the largest region of Mali takes 60 000. Chosen by Maillage."""

ACCEPTED = "CSV, XLSX, XLS, ODS, GeoJSON, GeoPackage (.gpkg) ou Shapefile zippé (.zip)"


class Format(StrEnum):
    """What a file is by its content, whatever its name says."""

    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    GEOJSON = "geojson"
    GEOJSON_LINES = "geojsonl"
    GEOPACKAGE = "gpkg"
    SHAPEFILE = "shp"

    @property
    def is_workbook(self) -> bool:
        """Return whether it holds sheets of cells."""
        return self in (Format.XLSX, Format.XLS, Format.ODS)

    @property
    def is_geographic(self) -> bool:
        """Return whether its rows are features with a geometry."""
        return self in (Format.GEOJSON, Format.GEOJSON_LINES, Format.GEOPACKAGE, Format.SHAPEFILE)
