"""Part 2, coordinate reference systems: each test bears the name of the requirement that it tries."""

import json
from math import log, radians, sin, tan

import pytest
from django.contrib.gis.geos import GEOSGeometry

from tests import small_country
from tests.ogc.reading import CRS84, epsg, ids, items, read, refused
from tests.small_country import event

pytestmark = pytest.mark.django_db

SYSTEMS = [CRS84, epsg(4326), epsg(3857), epsg(8857)]


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.happened(event(-4.5, 13.2), event(-2.5, 13.2))


def point(client, **parameters):
    return read(client, items("events", limit=1, **parameters))["features"][0]["geometry"]["coordinates"]


def test_conf_crs_is_declared(client):
    declared = read(client, "/ogc/conformance")["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs" in declared


def test_req_crs_fc_md_crs_list_and_storageCrs_valid_value(client):
    told = read(client, "/ogc/collections/events")
    assert told["crs"] == SYSTEMS
    assert told["storageCrs"] in told["crs"]


def test_a_table_has_no_system(client):
    assert "crs" not in read(client, "/ogc/collections/projects")


def test_req_crs_fc_crs_default_value(client):
    answer = client.get(items("events"))
    assert answer["Content-Crs"] == f"<{CRS84}>"
    assert point(client) == point(client, crs=CRS84) == [-4.5, 13.2]


@pytest.mark.parametrize("crs", SYSTEMS)
def test_req_crs_ogc_crs_header_value(client, crs):
    for address in (items("events", crs=crs), f"/ogc/collections/cercles/items/ML9101?crs={crs}"):
        assert client.get(address)["Content-Crs"] == f"<{crs}>"


def test_req_crs_fc_crs_action_epsg_4326_is_latitude_first(client):
    assert point(client, crs=epsg(4326)) == [13.2, -4.5]


def test_req_crs_fc_crs_action_epsg_3857(client):
    # 4.5 degrees of the equator of a sphere of 6 378 137 m: 4.5 x 111 319.49 m.
    x, y = point(client, crs=epsg(3857))
    assert x == pytest.approx(-500_937.71, abs=0.01)
    assert y == pytest.approx(6_378_137 * log(tan(radians(45 + 13.2 / 2))), abs=0.01)


def test_req_crs_fc_crs_action_epsg_8857_keeps_areas(client):
    told = read(client, f"/ogc/collections/cercles/items/ML9101?crs={epsg(8857)}")
    shape = GEOSGeometry(json.dumps(told["geometry"]))
    # A degree of longitude between two parallels: R2 (sin 14 - sin 13) pi / 180, on the authalic sphere.
    expected = 6_371_007.2**2 * (sin(radians(14)) - sin(radians(13))) * radians(1)
    assert shape.area == pytest.approx(expected, rel=0.005)


def test_one_feature_is_told_in_the_system_asked(client):
    told = read(client, f"/ogc/collections/cercles/items/ML9101?crs={epsg(4326)}")
    assert all(
        13 <= first <= 14 and -5 <= second <= -4 for first, second in told["geometry"]["coordinates"][0][0]
    )


def test_the_text_of_a_geometry_says_nothing_of_its_system(client):
    assert set(read(client, items("events", crs=epsg(3857)))["features"][0]["geometry"]) == {
        "type",
        "coordinates",
    }


@pytest.mark.parametrize("parameter", ["crs", "bbox-crs", "filter-crs"])
def test_req_crs_fc_crs_valid_value(client, parameter):
    asked = {parameter.replace("-", "__"): epsg(32630), "bbox": "-5,13,-4,14"}
    name, words = refused(client, "events", **asked)
    assert name == parameter
    assert epsg(8857) in words


@pytest.mark.parametrize(
    ("crs", "bbox"),
    [
        (CRS84, "-4.9,13.1,-4.1,13.9"),
        (epsg(4326), "13.1,-4.9,13.9,-4.1"),
        (epsg(3857), "-545465,1471292,-456410,1562863"),
        (epsg(8857), "-466000,1678000,-386000,1777000"),
    ],
)
def test_req_crs_fc_bbox_crs_action(client, crs, bbox):
    assert ids(client, "cercles", bbox=bbox, bbox__crs=crs) == ["ML9101"]


def test_req_crs_fc_bbox_crs_valid_defaultValue_is_crs84(client):
    assert ids(client, "cercles", bbox="-4.9,13.1,-4.1,13.9", crs=epsg(4326)) == ["ML9101"]


def test_a_box_outside_its_system_is_refused(client):
    assert refused(client, "cercles", bbox="131,-4.9,139,-4.1", bbox__crs=epsg(4326))[0] == "bbox"
    assert refused(client, "cercles", bbox="0,0,1e9,1", bbox__crs=epsg(3857))[0] == "bbox"


def test_a_filter_is_read_in_its_own_system(client):
    shape = "S_WITHIN(geometry, POLYGON((13 -5, 13 -4, 14 -4, 14 -5, 13 -5)))"
    assert len(ids(client, "events", filter=shape, filter__crs=epsg(4326))) == 1
    assert ids(client, "events", filter=shape) == []
