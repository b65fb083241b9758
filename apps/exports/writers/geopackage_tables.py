"""Tables of a GeoPackage beside its rows: words of the fields, metadata, the style that QGIS opens with."""

from dataclasses import replace
from datetime import UTC, datetime

from apps.catalogue.qgis import qml
from layers.declaration import Geometry

SPEC = "http://www.geopackage.org/spec121/#"
GMD = "http://www.isotc211.org/2005/gmd"
UNKNOWN_DAY = "1970-01-01T00:00:00.000Z"
"""Of a layer whose rows never changed since there are layers: the standard demands an instant."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (
    table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
    scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);
CREATE TABLE IF NOT EXISTS gpkg_data_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
    mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
    CONSTRAINT gdc_tn UNIQUE (table_name, name)
);
CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (
    constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
    min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
    CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value)
);
CREATE TABLE IF NOT EXISTS gpkg_metadata (
    id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
    md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml',
    metadata TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS gpkg_metadata_reference (
    reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
    timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
    CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
    CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id)
);
"""

STYLES = """
CREATE TABLE IF NOT EXISTS layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
)
"""
"""As QGIS makes it."""

USED = """
INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope)
SELECT ?, NULL, ?, ?, 'read-write'
WHERE NOT EXISTS (SELECT 1 FROM gpkg_extensions WHERE table_name = ? AND extension_name = ?)
"""


def describe_fields(file, selection):
    """Write the words of each field, and those of the values it may have, in the language of the file."""
    file.executescript(SCHEMA)
    for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        _use(file, table, "gpkg_schema", "extension_schema")
    table, taken = selection.layer.name, set()
    for field in selection.fields:
        title = _titled(field, selection.language)
        # The standard wants names that differ; titles may be equal.
        name = title if title not in taken else f"{title} ({field.name})"
        taken.add(name)
        file.execute(
            "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, NULL, NULL, ?)",
            [table, field.name, name, title, _choices(file, field, table, selection.language)],
        )


def _titled(field, language):
    label = field.label.in_language(language)
    return f"{label} ({field.unit.in_language(language)})" if field.unit else label


def _choices(file, field, table, language):
    """Write the words of coded values; return the name under which they are kept, None of no values."""
    if not field.choices or field.several:
        return None
    name = f"{table}_{field.name}"
    file.executemany(
        "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, description)"
        " VALUES (?, 'enum', ?, ?)",
        [(name, value, words.in_language(language)) for value, words in field.choices.items()],
    )
    return name


def keep_metadata(file, told, xml):
    """Write the metadata of a table (ISO 19139, as text)."""
    for table in ("gpkg_metadata", "gpkg_metadata_reference"):
        _use(file, table, "gpkg_metadata", "extension_metadata")
    kept = file.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata)"
        " VALUES ('dataset', ?, 'text/xml', ?)",
        [GMD, xml],
    ).lastrowid
    file.execute(
        "INSERT INTO gpkg_metadata_reference (reference_scope, table_name, timestamp, md_file_id)"
        " VALUES ('table', ?, ?, ?)",
        [told.layer, _instant(told), kept],
    )


def keep_style(file, selection, told):
    """Write how QGIS draws a table at first; one without shapes is not drawn."""
    if selection.layer.geometry is Geometry.TABLE:
        return
    file.execute(STYLES)
    file.execute(
        "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id)"
        " VALUES ('layer_styles', 'attributes', 'layer_styles', ?, 0)",
        [_instant(told)],
    )
    # Signs that need a field which is not in the file would leave rows undrawn.
    drawn = replace(selection.layer, fields=selection.fields)
    file.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,"
        " styleName, styleQML, useAsDefault, description, owner, update_time)"
        " VALUES ('', '', ?, 'geom', ?, ?, 1, ?, '', ?)",
        [told.layer, told.layer, qml(drawn, told.language).decode(), told.title, _instant(told)],
    )


def set_changed(file, told):
    """Write when the rows last changed in place of when the file was made: the same rows, the same bytes."""
    file.execute(
        "UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?", [_instant(told), told.layer]
    )


def _instant(told):
    """Return when the rows last changed, as the standard writes an instant."""
    if not told.changed_at:
        return UNKNOWN_DAY
    changed = datetime.fromisoformat(told.changed_at).astimezone(UTC)
    return changed.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _use(file, table, extension, anchor):
    file.execute(USED, [table, extension, SPEC + anchor, table, extension])
