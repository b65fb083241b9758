"""Each layer in each format of text opens in programs that are not ours: the same rows, its licence."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import openpyxl
import pandas
import pyogrio
import pytest
import shapely
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from apps.exports.about import about
from apps.exports.formats import FORMATS
from apps.exports.selection import selected
from apps.exports.writers.kml import text as in_kml
from apps.exports.writers.workbook import fitting
from layers.catalogue import LAYERS
from layers.declaration import Geometry
from layers.hxl import tag
from layers.institutions import INSTITUTION_STATUSES
from tests.exports.told_in import told_in

pytestmark = pytest.mark.django_db

KML = "{http://www.opengis.net/kml/2.2}"
TEXTS = ("geojson", "geojsonl", "csv", "hxl", "xlsx", "kml")
WITH_LAYERS = [
    (layer, format_)
    for layer in LAYERS.values()
    for format_ in (FORMATS[name] for name in TEXTS)
    if format_.suits(layer)
]


@pytest.fixture
def written(tmp_path, django_user_model):
    """Return a function that writes a layer, for a reader of everything, and gives its selection and path."""
    reader = django_user_model(username="lectrice", is_superuser=True)

    def write(layer, format_, query="", *, language="fr"):
        format_ = FORMATS[format_] if isinstance(format_, str) else format_
        selection, _ = selected(
            reader,
            LAYERS[layer] if isinstance(layer, str) else layer,
            format_,
            QueryDict(query),
            language=language,
        )
        path = tmp_path / f"{selection.layer.name}.{format_.extension}"
        format_.write(selection, path)
        return selection, path

    return write


def rows_in(path, format_):
    """Return the rows of a file, read by a program that is not ours, as texts by the names of its columns."""
    if format_.name in ("csv", "hxl"):
        table = pandas.read_csv(path, dtype=str, keep_default_na=False)
        return table[1:] if format_.name == "hxl" else table
    if format_.name == "xlsx":
        return pandas.read_excel(path, dtype=str, keep_default_na=False, engine="openpyxl")
    return pyogrio.read_dataframe(path)


@pytest.mark.parametrize(("layer", "format_"), WITH_LAYERS, ids=lambda each: each.name)
def test_every_row_arrives_with_the_licence(layer, format_, written):
    selection, path = written(layer, format_)
    if selection.count or format_.name in ("csv", "hxl", "xlsx", "geojson"):
        assert len(rows_in(path, format_)) == selection.count
    told = told_in(path, path.name).decode()
    if selection.count:
        licence = "Licence non indiquée" if not _licence(selection) else _licence(selection)
        assert licence.replace("&", "&amp;") in told or licence in told or json.dumps(licence)[1:-1] in told


def _licence(selection):
    from_rows = next(iter(selection.records()), (None, (), None))
    names = selection.question.fields
    if "licence" in names:
        return dict(zip(names, from_rows[1], strict=True))["licence"]
    return about(selection).licence


@pytest.mark.parametrize("name", TEXTS)
def test_the_same_rows_give_the_same_bytes(name, written):
    _, path = written("settlements", name)
    first = path.read_bytes()
    _, path = written("settlements", name)
    assert path.read_bytes() == first


def test_accents_places_and_numbers_are_the_same_everywhere(written):
    _, path = written("settlements", "csv", "cercle=ML0401")
    expected = {row["name"]: (float(row["longitude"]), float(row["latitude"])) for row in read_csv(path)}
    assert any("é" in name for name in expected)
    for name in ("geojson", "geojsonl", "kml"):
        _, path = written("settlements", name, "cercle=ML0401")
        table = pyogrio.read_dataframe(path)
        column = "name" if "name" in table else "Name"
        assert table.crs.to_epsg() == 4326
        found = {row[column]: (row.geometry.x, row.geometry.y) for _, row in table.iterrows()}
        assert found.keys() == expected.keys()
        for place, (longitude, latitude) in expected.items():
            assert found[place] == pytest.approx((longitude, latitude), abs=1e-6)


def read_csv(path, *, skip=0):
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    return list(csv.DictReader(io.StringIO("".join([lines[0], *lines[1 + skip :]]))))


def test_the_second_line_of_hxl_tells_what_columns_are(written):
    _, path = written("cercles", "hxl", "region=ML05")
    tags = read_csv(path)[0]
    assert tags["pcode"] == "#adm2+code"
    assert tags["region"] == "#adm1+code"
    assert tags["people"] == "#population+num"
    assert tags["licence"] == "#meta+licence"
    rows = read_csv(path, skip=1)
    assert {row["region"] for row in rows} == {"ML05"}


def test_tags_are_those_of_the_standard_and_no_two_columns_of_a_layer_have_one():
    for layer in LAYERS.values():
        tags = [tag(layer, name) for name in layer.field_names]
        known = [each for each in tags if each]
        assert len(set(known)) == len(known), (layer.name, known)
        for each in known:
            first, *attributes = each.split("+")
            assert first.startswith("#")
            assert first[1:].isalnum()
            assert all(part.isalnum() or part.replace("_", "").isalnum() for part in attributes)


UNTAGGED = {
    "settlements": {"settlement_class"},
    "ucdp_events": {"clarity"},
    "institutions": {"status_words", "also_in"},
    "commune_counts": {"events_near", "events_cercle", "events_wider"},
    "area_values": {"table", "level", "name_told", "pcode_told"},
}
"""Fields for which HXL has no word, of the layers that are exchanged by it."""


@pytest.mark.parametrize(
    "name",
    ["regions", "cercles", "communes", "events", "event_counts", *UNTAGGED],
)
def test_what_has_no_tag_is_told(name):
    layer = LAYERS[name]
    assert {field for field in layer.field_names if not tag(layer, field)} == UNTAGGED.get(name, set())


def test_a_workbook_has_words_units_types_and_where_it_comes_from(written):
    selection, path = written("events", "xlsx", "cercle=ML0505", language="en")
    book = openpyxl.load_workbook(path)
    rows, told_sheet, fields = book.worksheets
    head = [cell.value for cell in rows[1]]
    assert "Fatalities (deaths)" in head
    assert "Type [code]" in head
    first = dict(zip(head, (cell.value for cell in rows[2]), strict=True))
    assert first["Date"].year >= 1997
    assert isinstance(first["Fatalities (deaths)"], int)
    assert first["Type [code]"] == first["Type"], "codes of ACLED are English words"
    assert rows.freeze_panes == "B2"
    assert rows.auto_filter.ref
    told = [(row[0].value, row[1].value) for row in told_sheet.rows]
    assert told[0][0] == "Attention"
    assert told[0][1].startswith("Simulated")
    assert any(name == "Source" and "sha256:" in value for name, value in told)
    assert [row[0].value for row in fields.rows][1:] == list(selection.question.fields)


def test_the_file_of_a_filter_says_so(written):
    _, path = written("cercles", "xlsx", "region=ML05")
    sheet = openpyxl.load_workbook(path).worksheets[1]
    assert ("Choix", "region=ML05") in [(row[0].value, row[1].value) for row in sheet.rows]


@pytest.mark.parametrize("name", TEXTS)
def test_a_selection_of_nothing_is_a_file_of_nothing(name, written):
    selection, path = written("events", name, "since=1960-01-01&until=1960-01-02")
    assert selection.count == 0
    if name in ("csv", "hxl", "xlsx", "geojson"):
        assert len(rows_in(path, FORMATS[name])) == 0


def test_a_row_without_a_place_is_kept_without_one(written):
    selection, path = written("institutions", "kml")
    marks = list(ET.parse(path).iter(f"{KML}Placemark"))
    without = [mark for mark in marks if mark.find(f"{KML}Point") is None]
    unplaced = sum(shape is None for _, _, shape in selection.records(shape="kml"))
    assert len(marks) == selection.count
    assert len(without) == unplaced


def test_a_point_of_an_area_keeps_every_ring(written):
    _, path = written("cercles", "geojson")
    told = json.loads(path.read_text(encoding="utf-8"))
    _, path = written("cercles", "kml")
    rings = sum(len(polygon) for feature in told["features"] for polygon in polygons(feature["geometry"]))
    assert len(list(ET.parse(path).iter(f"{KML}LinearRing"))) == rings


@pytest.mark.parametrize("detail", ["full", "low"])
def test_outer_rings_go_against_the_clock(detail, written):
    _, path = written("cercles", "geojson", f"detail={detail}")
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        for outer, *holes in polygons(feature["geometry"]):
            assert shapely.LinearRing(outer).is_ccw, feature["id"]
            assert not any(shapely.LinearRing(hole).is_ccw for hole in holes)


def test_geojson_tells_the_box_of_its_rows(written):
    _, path = written("settlements", "geojson", "cercle=ML0401")
    told = json.loads(path.read_text(encoding="utf-8"))
    places = [feature["geometry"]["coordinates"] for feature in told["features"]]
    longitudes, latitudes = zip(*places, strict=True)
    expected = [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
    assert told["bbox"] == pytest.approx(expected, abs=1e-6)
    _, path = written("settlements", "geojson", "name=Nulle-Part")
    assert "bbox" not in json.loads(path.read_text(encoding="utf-8"))


def polygons(geometry):
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]


@pytest.mark.parametrize(
    "layer", [each for each in LAYERS.values() if each.geometry is Geometry.POINT], ids=lambda each: each.name
)
def test_points_of_a_table_have_two_columns_of_degrees(layer, written):
    _, path = written(layer, "csv")
    for row in read_csv(path):
        assert (row["longitude"] == "") == (row["latitude"] == "")


@given(st.text(max_size=40))
def test_no_text_breaks_the_xml(text):
    assert ET.fromstring(f"<a>{in_kml(text)}</a>").tag == "a"


def test_a_text_too_long_for_a_cell_is_cut_and_marked():
    assert fitting("a" * 32_767) == "a" * 32_767
    assert fitting("a" * 32_768) == "a" * 32_766 + "…"


def test_beside_a_code_stand_its_words(written):
    _, path = written("institutions", "xlsx")
    rows = openpyxl.load_workbook(path).worksheets[0]
    head = [cell.value for cell in rows[1]]
    told = {
        row[head.index("État [code]")].value: row[head.index("État")].value
        for row in rows.iter_rows(min_row=2)
    }
    assert told
    assert told == {code: INSTITUTION_STATUSES[code].fr for code in told}
