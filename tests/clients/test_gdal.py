"""GDAL's driver of OGC API - Features reads, filters, pages and reprojects the collections."""

import numpy as np
import pyogrio
import pyproj
import pytest
from django.contrib.auth.models import AnonymousUser

from apps.catalogue.loads import rows_for
from apps.catalogue.rows import ROWS
from layers.catalogue import LAYERS
from layers.declaration import FieldType, Geometry

pytestmark = pytest.mark.django_db

WRITTEN_TO_M = {"EPSG:4326": 0.08, "EPSG:3857": 0.01, "EPSG:8857": 0.01}
"""How near what is read back lies at most: degrees are written with six decimals, metres with two."""

TYPES = {
    FieldType.STRING: "OFTString",
    FieldType.INTEGER: "OFTInteger",
    FieldType.NUMBER: "OFTReal",
    FieldType.DATE: "OFTDate",
    FieldType.BOOLEAN: "OFTInteger",
}


def test_every_layer_is_listed_with_its_shape(oapif):
    listed = dict(pyogrio.list_layers(oapif).tolist())
    assert list(listed) == list(LAYERS)
    assert (listed["cercles"], listed["institutions"]) == ("MultiPolygon", "Point")


@pytest.mark.parametrize("name", LAYERS)
def test_every_layer_is_read_whole_with_the_types_declared(oapif, name):
    layer = LAYERS[name]
    info = pyogrio.read_info(oapif, layer=name)
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert len(types) == len(info["fields"])
    count = rows_for(AnonymousUser(), layer).count()
    if not count:
        types["id"] = TYPES[FieldType.INTEGER]  # the identifier of a feature, which no feature has
    assert {each: types[each] for each in layer.field_names} == {
        each.name: TYPES[each.type] for each in layer.fields
    }
    assert info["features"] == count


def test_names_keep_their_accents(oapif):
    read = pyogrio.read_dataframe(oapif, layer="cercles", columns=["pcode", "name"], read_geometry=False)
    stored = dict(ROWS["cercles"].all().values_list("pcode", "name"))
    assert dict(zip(read["pcode"], read["name"], strict=True)) == stored
    assert any(not name.isascii() for name in stored.values())


def test_a_box_is_asked_of_the_server(oapif, fetched):
    box = (-4.5, 14, -3.5, 15)
    read = pyogrio.read_dataframe(oapif, layer="settlements", bbox=box)
    asked = fetched()[-1]
    assert "bbox=-4.5,14,-3.5,15" in asked
    assert 0 < len(read) < ROWS["settlements"].all().count()
    assert ((read.geometry.x >= -4.5) & (read.geometry.x <= -3.5)).all()


def test_an_equality_is_asked_of_the_server(oapif, fetched):
    region = ROWS["cercles"].all().values_list("parent__pcode", flat=True).first()
    read = pyogrio.read_dataframe(oapif, layer="cercles", where=f"region = '{region}'")
    assert f"region={region}" in fetched()[-1]
    assert len(read) == ROWS["cercles"].all().filter(parent__pcode=region).count()


def test_days_are_asked_of_the_server(oapif, fetched):
    rows = ROWS["events"].all()
    day = rows.order_by("occurred_on").values_list("occurred_on", flat=True)[rows.count() // 2]
    read = pyogrio.read_dataframe(oapif, layer="events", where=f"occurred_on >= '{day}'")
    assert f"datetime={day}" in fetched()[-1]
    assert len(read) == rows.filter(occurred_on__gte=day).count() < rows.count()


def test_any_other_condition_is_met_by_what_is_read(oapif):
    read = pyogrio.read_dataframe(oapif, layer="cercles", where="name ILIKE 'k%' AND area_km2 > 1000")
    stored = ROWS["cercles"].all().filter(name__istartswith="k", area_km2__gt=1000)
    assert set(read["pcode"]) == set(stored.values_list("pcode", flat=True)) != set()


def test_small_pages_give_every_feature_once(oapif, fetched):
    read = pyogrio.read_dataframe(oapif, layer="settlements", PAGE_SIZE=50, read_geometry=False)
    pages = [address for address in fetched() if "items" in address and "limit=50" in address]
    count = ROWS["settlements"].all().count()
    assert len(pages) >= count / 50
    assert read["id"].is_unique
    assert len(read) == count


@pytest.mark.parametrize("crs", WRITTEN_TO_M)
def test_places_are_the_same_in_every_system(oapif, crs):
    """GDAL gives longitude first whatever the order of the axes; it is compared to the stored points."""
    read = pyogrio.read_dataframe(oapif, layer="settlements", CRS=crs).set_index("id")
    stored = ROWS["settlements"].all().in_bulk(list(map(int, read.index)))
    longitude, latitude = np.array([stored[int(pk)].location.coords for pk in read.index]).T
    back = pyproj.Transformer.from_crs(crs, "OGC:CRS84", always_xy=True)
    x, y = back.transform(read.geometry.x.to_numpy(), read.geometry.y.to_numpy())
    _, _, metres = pyproj.Geod(ellps="WGS84").inv(x, y, longitude, latitude)
    assert metres.max() <= WRITTEN_TO_M[crs]


def test_a_table_is_read_without_a_shape(oapif):
    read = pyogrio.read_dataframe(oapif, layer="event_counts")
    assert "geometry" not in read or read["geometry"].isna().all()
    assert LAYERS["event_counts"].geometry is Geometry.TABLE


def test_closed_rows_are_refused_in_words(oapif, closed_events):
    with pytest.raises(pyogrio.errors.FeatureError, match="Connectez-vous"):
        pyogrio.read_dataframe(oapif, layer="events")
