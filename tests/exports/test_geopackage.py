"""A GeoPackage beside its rows: metadata, words of fields, the style of QGIS, several layers in one file."""

from ctypes import c_char_p, c_int, c_void_p
from xml.etree import ElementTree as xml

import pyogrio
import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.gdal import DataSource
from django.contrib.gis.gdal.libgdal import lgdal
from django.http import QueryDict

from apps.exports.doubts import DOUBTS
from apps.exports.formats import FORMATS
from apps.exports.selection import selected
from apps.exports.writers.geopackage import write_layer
from apps.sources.models import LayerRevision, Load
from layers.catalogue import LAYERS
from tests.exports.reading_files import of_geopackage

pytestmark = pytest.mark.django_db

NAMES = {"gmd": "http://www.isotc211.org/2005/gmd", "gco": "http://www.isotc211.org/2005/gco"}


def silent(done, total):
    """Nobody waits."""


def written(folder, *layers, query="", language="fr"):
    path = folder / "couches.gpkg"
    for number, name in enumerate(layers):
        parameters = QueryDict(query)
        asked, _ = selected(AnonymousUser(), LAYERS[name], FORMATS["gpkg"], parameters, language=language)
        write_layer(asked, path, append=number > 0, step=silent)
    return path


def metadata_of(path, layer):
    """Return the metadata of a table, read by an XML parser."""
    statement = (
        "SELECT metadata, md_standard_uri, mime_type, md_scope FROM gpkg_metadata_reference"
        " JOIN gpkg_metadata ON id = md_file_id WHERE table_name = ? AND reference_scope = 'table'"
    )
    ((text, standard, kind, scope),) = of_geopackage(path, statement, layer)
    assert (standard, kind, scope) == (NAMES["gmd"], "text/xml", "dataset")
    return xml.fromstring(text)


def texts(root, path):
    return ["".join(found.itertext()) for found in root.findall(path, NAMES)]


def test_the_metadata_has_the_core_of_iso_19115(tmp_path):
    path = written(tmp_path, "cercles", query="region=ML05")
    root = metadata_of(path, "cercles")
    data = root.find("gmd:identificationInfo/gmd:MD_DataIdentification", NAMES)
    day = LayerRevision.objects.of("cercles")[1].date().isoformat()
    assert root.tag == "{http://www.isotc211.org/2005/gmd}MD_Metadata"
    assert texts(root, "gmd:contact/gmd:CI_ResponsibleParty/gmd:organisationName") == ["Maillage"]
    assert texts(root, "gmd:dateStamp/gco:Date") == [day]
    assert texts(root, "gmd:language/gmd:LanguageCode") == ["fre"]
    assert texts(data, "gmd:citation/gmd:CI_Citation/gmd:title") == [LAYERS["cercles"].title.fr]
    assert texts(data, "gmd:citation/gmd:CI_Citation/gmd:date/gmd:CI_Date/gmd:date") == [day]
    assert texts(data, "gmd:abstract") == [LAYERS["cercles"].description.fr]
    assert texts(data, "gmd:language/gmd:LanguageCode") == ["fre"]
    assert texts(data, "gmd:topicCategory") == ["society"]
    assert texts(root, ".//gmd:RS_Identifier/gmd:code") == ["4326"]
    assert texts(data, "gmd:pointOfContact//gmd:CI_RoleCode") == ["publisher"]


def test_the_metadata_tells_the_extent_that_the_file_has(tmp_path):
    path = written(tmp_path, "cercles", query="region=ML05")
    box = metadata_of(path, "cercles").find(".//gmd:EX_GeographicBoundingBox", NAMES)
    sides = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
    told = [float(text) for side in sides for text in texts(box, f"gmd:{side}")]
    assert told == list(pyogrio.read_info(path, layer="cercles")["total_bounds"])


def test_the_metadata_tells_doubts_licence_and_the_files_behind(tmp_path):
    root = metadata_of(written(tmp_path, "events"), "events")
    load = Load.objects.in_use().get(kind=Load.Kind.EVENTS)
    limits = texts(root, ".//gmd:useLimitation")
    assert DOUBTS["simulated"].fr == limits[0]
    assert load.licence in texts(root, ".//gmd:otherConstraints")
    (statement,) = texts(root, ".//gmd:LI_Lineage/gmd:statement")
    assert load.sha256 in statement
    assert load.file_name in texts(root, ".//gmd:LI_Source/gmd:description")[0]


def test_a_table_without_places_tells_the_country_as_its_extent(tmp_path):
    path = written(tmp_path, "indicators", language="en")
    root = metadata_of(path, "indicators")
    assert root.find(".//gmd:EX_GeographicBoundingBox", NAMES) is None
    assert texts(root, ".//gmd:EX_GeographicDescription//gmd:code") == ["ML"]
    assert texts(root, "gmd:language/gmd:LanguageCode") == ["eng"]
    assert of_geopackage(path, "SELECT data_type FROM gpkg_contents") == [("attributes",)]
    assert not of_geopackage(path, "SELECT name FROM sqlite_master WHERE name = 'layer_styles'")


@pytest.mark.parametrize(("language", "title"), [("fr", "Superficie (km²)"), ("en", "Area (km²)")])
def test_fields_have_their_words_in_the_language_of_the_file(tmp_path, language, title):
    path = written(tmp_path, "cercles", language=language)
    told = dict(of_geopackage(path, "SELECT column_name, title FROM gpkg_data_columns"))
    assert list(told) == list(LAYERS["cercles"].field_names)
    assert told["area_km2"] == title
    assert alias(path, "area_km2") == title


def alias(path, field):
    """Return the other name of a field of the first layer, as GDAL tells programs."""
    definition, name_of = lgdal.OGR_L_GetLayerDefn, lgdal.OGR_Fld_GetAlternativeNameRef
    definition.argtypes, definition.restype = [c_void_p], c_void_p
    name_of.argtypes, name_of.restype = [c_void_p], c_char_p
    nth = lgdal.OGR_FD_GetFieldDefn
    kept = nth.argtypes, nth.restype
    source = DataSource(path)
    layer = source[0]
    number = layer.fields.index(field)
    nth.argtypes, nth.restype = [c_void_p, c_int], c_void_p
    try:
        return name_of(nth(definition(layer._ptr), number)).decode()
    finally:
        nth.argtypes, nth.restype = kept


def test_coded_values_have_their_words(tmp_path):
    path = written(tmp_path, "settlements")
    told = of_geopackage(
        path,
        "SELECT value, c.description FROM gpkg_data_column_constraints c"
        " JOIN gpkg_data_columns USING (constraint_name) WHERE column_name = 'settlement_class'",
    )
    assert ("3", "chef-lieu de cercle") in told


def test_qgis_opens_each_layer_in_its_style(tmp_path):
    path = written(tmp_path, "cercles", "settlements")
    rows = of_geopackage(
        path, "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles ORDER BY id"
    )
    assert [row[:3] for row in rows] == [("cercles", "geom", 1), ("settlements", "geom", 1)]
    kinds = [xml.fromstring(row[3]).find("renderer-v2").get("type") for row in rows]
    assert kinds == ["RuleRenderer", "categorizedSymbol"]


def test_a_file_without_the_field_that_signs_hang_on_has_one_sign(tmp_path):
    path = written(tmp_path, "settlements", query="fields=name")
    ((text,),) = of_geopackage(path, "SELECT styleQML FROM layer_styles")
    assert xml.fromstring(text).find("renderer-v2").get("type") == "singleSymbol"


def test_layers_lie_side_by_side_in_one_whole_file(tmp_path):
    path = written(tmp_path, "cercles", "events", "indicators")
    assert {name for name, _ in pyogrio.list_layers(path)} >= {"cercles", "events", "indicators"}
    assert [pyogrio.read_info(path, layer=name)["features"] for name in ("cercles", "events")] == [53, 2500]
    assert of_geopackage(path, "PRAGMA integrity_check") == [("ok",)]
    assert of_geopackage(path, "PRAGMA foreign_key_check") == []
    assert len(of_geopackage(path, "SELECT 1 FROM rtree_cercles_geom")) == 53
    assert {row[0] for row in of_geopackage(path, "SELECT md_file_id FROM gpkg_metadata_reference")} == {
        1,
        2,
        3,
    }


def test_a_row_has_the_number_that_the_api_gives_it(tmp_path, client):
    path = written(tmp_path, "settlements")
    known = {each["id"] for each in client.get("/api/layers/settlements.geojson").json()["features"]}
    assert {row[0] for row in of_geopackage(path, "SELECT fid FROM settlements")} == known
