"""Part 1, Core: each test bears the name of the requirement that it tries."""

from datetime import datetime

import pytest

from layers.catalogue import LAYERS
from tests import small_country
from tests.ogc.reading import CRS84, description, hold_against, ids, items, linked, read, refused
from tests.small_country import event

pytestmark = pytest.mark.django_db

CLASSES = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    """Three events: two battles of 2020 in Alpha, a riot of 2019 in Gamma."""
    with lasting():
        small_country.make()
        small_country.people(Alpha=1000)
        small_country.happened(
            event(-4.5, 13.2, "2020-10-15", fatalities=3, actor1="Groupe É"),
            event(-4.6, 13.7, "2020-11-02"),
            event(-2.5, 13.2, "2019-05-01", event_type="Riots"),
        )


@pytest.fixture(scope="module")
def api(country, django_db_blocker):
    from django.test import Client  # noqa: PLC0415  one for the module

    with django_db_blocker.unblock():
        return description(Client())


DOCUMENTS = {
    "/ogc/": "Landing",
    "/ogc/conformance": "Conformance",
    "/ogc/collections": "Collections",
    "/ogc/collections/cercles": "Collection",
    "/ogc/collections/events/items": "Features",
    "/ogc/collections/cercles/items/ML9101": "Feature",
}


def test_req_core_http_every_address_answers_get_and_head(client):
    for address in DOCUMENTS:
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
        assert client.post(address).status_code in (403, 405)


def test_req_core_root_success(client, api):
    told = read(client, "/ogc/")
    hold_against("Landing", told, api)
    for relation in ("service-desc", "service-doc", "conformance", "data", "self", "alternate"):
        assert linked(told, relation), relation


def test_req_core_api_definition_success(client):
    landing = read(client, "/ogc/")
    (address,) = linked(landing, "service-desc", "application/vnd.oai.openapi+json;version=3.0")
    assert read(client, address)["openapi"].startswith("3.0")
    (address,) = linked(landing, "service-doc", "text/html")
    assert "OpenAPI" in client.get(address).content.decode()


def test_req_core_conformance_success(client, api):
    told = read(client, "/ogc/conformance")
    hold_against("Conformance", told, api)
    assert {f"{CLASSES}/{each}" for each in ("core", "geojson", "html", "oas30")} <= set(told["conformsTo"])


def test_req_core_fc_md_success_every_layer_is_a_collection(client, api):
    told = read(client, "/ogc/collections")
    hold_against("Collections", told, api)
    assert [each["id"] for each in told["collections"]] == list(LAYERS)
    assert linked(told, "self")
    assert linked(told, "alternate", "text/html")


def test_req_core_fc_md_items_links(client):
    for each in read(client, "/ogc/collections")["collections"]:
        assert linked(each, "items", "application/geo+json")
        assert linked(each, "items", "text/html")


def test_req_core_fc_md_extent_holds_every_feature(client):
    told = read(client, "/ogc/collections/events")["extent"]
    assert told["spatial"] == {"bbox": [[-4.6, 13.2, -2.5, 13.7]], "crs": CRS84}
    assert told["temporal"]["interval"] == [["2019-05-01T00:00:00Z", "2020-11-02T00:00:00Z"]]


def test_req_core_sfc_md_success_one_collection_is_told_as_in_the_list(client, api):
    listed = next(each for each in read(client, "/ogc/collections")["collections"] if each["id"] == "cercles")
    alone = read(client, "/ogc/collections/cercles")
    hold_against("Collection", alone, api)
    assert {**alone, "links": None} == {**listed, "links": None}
    assert all(link in alone["links"] for link in listed["links"])


def test_a_collection_says_its_source_its_licence_and_who_may_read_it(client):
    told = read(client, "/ogc/collections/cercles")
    assert (told["attribution"], told["licence"], told["edition"]) == ("Essai", "CC0", "Petit pays")
    assert (told["access"], told["readable"], told["simulated"]) == ("public", True, False)


def test_req_core_fc_response_only_features_that_are_asked(client, api):
    told = read(client, items("cercles"))
    hold_against("Features", told, api)
    assert [each["id"] for each in told["features"]] == ["ML9101", "ML9201", "ML9202"]
    alpha = told["features"][0]["properties"]
    assert (alpha["name"], alpha["region"], alpha["people"]) == ("Alpha", "ML91", 1000)
    assert told["features"][1]["properties"]["people"] is None


def test_req_core_fc_links_and_fc_rel_type(client):
    told = read(client, items("cercles", limit=2))
    assert all({"href", "rel", "type"} <= set(link) for link in told["links"])
    assert linked(told, "self", "application/geo+json")
    assert linked(told, "alternate", "text/html")
    assert linked(told, "collection")
    assert linked(told, "next", "application/geo+json")
    assert not linked(read(client, linked(told, "next")[0]), "next")


def test_req_core_fc_timeStamp_numberMatched_numberReturned(client):
    told = read(client, items("cercles", limit=2))
    assert datetime.fromisoformat(told["timeStamp"]).tzinfo
    assert (told["numberMatched"], told["numberReturned"]) == (3, len(told["features"]) == 2 and 2)


def test_req_core_fc_limit_response_1(client):
    for limit, expected in ((1, 1), (2, 2), (3, 3), (4, 3)):
        assert len(ids(client, "cercles", limit=limit)) == expected


def test_req_core_fc_limit_above_the_most_is_served_as_the_most(client):
    assert len(ids(client, "cercles", limit=99_999_999)) == 3


def test_req_core_fc_limit_definition_refuses_what_is_no_number(client):
    for limit in ["0", "-1", "1.5", "x", "", "٣"]:
        assert refused(client, "cercles", limit=limit)[0] == "limit"


@pytest.mark.parametrize(
    ("bbox", "expected"),
    [
        ("-4.9,13.1,-4.1,13.9", ["ML9101"]),
        ("-4.9,13.1,0,-4.1,13.9,500", ["ML9101"]),
        ("-4,13,-4,14", ["ML9101", "ML9201"]),  # a line on the border of both
        ("-4,13.5,-4,13.5", ["ML9101", "ML9201"]),  # a point on it
        ("0,0,1,1", []),
        ("-2.5,-90,-170,90", ["ML9202"]),  # over the 180th meridian, from the middle of Gamma
        ("-2.5,-90,-180,90", ["ML9202"]),
    ],
)
def test_req_core_fc_bbox_response(client, bbox, expected):
    assert ids(client, "cercles", bbox=bbox) == expected


def test_req_core_fc_bbox_response_matches_what_has_no_geometry_too(client):
    everywhere, nowhere = (
        read(client, items("projects", limit=1, **box))["numberMatched"] for box in ({}, {"bbox": "0,0,1,1"})
    )
    assert everywhere == nowhere > 0


WRONG_BOXES = [
    "",
    "1,2,3",
    "1,2,3,4,5",
    "a,b,c,d",
    "-4,14,-3,13",
    "-181,0,1,1",
    "0,0,nan,1",
    "0,0,inf,1",
    "0,-91,1,1",
]


def test_req_core_fc_bbox_definition_refuses_what_is_no_box(client):
    for bbox in WRONG_BOXES:
        assert refused(client, "cercles", bbox=bbox)[0] == "bbox"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2020-10-15", ["2020-10-15"]),
        ("2020-10-15T13:00:00Z", ["2020-10-15"]),
        ("2020-10-15T23:30:00-02:00", []),  # the 16th in UTC
        ("2020-10-15/2020-11-02", ["2020-10-15", "2020-11-02"]),
        ("2020-10-16/..", ["2020-11-02"]),
        ("2020-10-16/", ["2020-11-02"]),
        ("../2019-05-01", ["2019-05-01"]),
        ("/2019-04-30", []),
    ],
)
def test_req_core_fc_time_response(client, when, expected):
    found = read(client, items("events", datetime=when))["features"]
    assert sorted(each["properties"]["occurred_on"] for each in found) == expected


def test_req_core_fc_time_response_matches_what_has_no_time_too(client):
    assert len(ids(client, "cercles", datetime="1900-01-01")) == 3


WRONG_TIMES = [
    "",
    "..",
    "../..",
    "2020",
    "2020-13-01",
    "2020-01-02/2020-01-01",
    "a/b",
    "2020-01-01/2020-01-02/2020-01-03",
]


def test_req_core_fc_time_definition_refuses_what_is_no_time(client):
    for when in WRONG_TIMES:
        assert refused(client, "events", datetime=when)[0] == "datetime"


def test_rec_core_fc_filters_a_field_is_a_parameter(client):
    assert ids(client, "cercles", name="Bêta") == ["ML9201"]
    assert ids(client, "cercles", region="ML92") == ["ML9201", "ML9202"]
    assert ids(client, "cercles", region="ML92", bbox="-3,13,-2,14", limit=5) == ["ML9201", "ML9202"]
    assert len(ids(client, "events", event_type="Riots")) == 1
    assert len(ids(client, "events", fatalities="3", civilians_targeted="false")) == 1


@pytest.mark.parametrize(
    ("layer", "parameter", "value"),
    [
        ("events", "event_type", "Tea"),
        ("events", "fatalities", "many"),
        ("events", "occurred_on", "yesterday"),
        ("events", "civilians_targeted", "maybe"),
        ("cercles", "f", "xml"),
        ("cercles", "name", "\x00"),
        ("cercles", "crs", "urn:x"),
    ],
)
def test_req_core_query_param_invalid(client, layer, parameter, value):
    assert refused(client, layer, **{parameter: value})[0] == parameter


UNKNOWN = [
    "/ogc/?x=1",
    "/ogc/conformance?x=1",
    "/ogc/api?x=1",
    "/ogc/collections?x=1",
    "/ogc/collections/cercles?x=1",
    "/ogc/collections/cercles/queryables?x=1",
    "/ogc/collections/cercles/items?x=1",
    "/ogc/collections/cercles/items/ML9101?x=1",
]


def test_req_core_query_param_unknown(client):
    for address in UNKNOWN:
        told = read(client, address, 400)
        assert told["parameter"] == "x"
        assert "lang" in told["detail"]


def test_a_parameter_given_twice_is_refused(client):
    assert read(client, "/ogc/collections/cercles/items?limit=1&limit=2", 400)["parameter"] == "limit"


def test_req_core_crs84_is_told_longitude_first(client):
    answer = client.get(items("events", datetime="2019-05-01"))
    assert answer.json()["features"][0]["geometry"]["coordinates"] == [-2.5, 13.2]
    assert answer["Content-Crs"] == f"<{CRS84}>"


def test_req_core_f_success_and_f_links(client, api):
    told = read(client, "/ogc/collections/cercles/items/ML9101")
    hold_against("Feature", told, api)
    assert told["geometry"]["type"] == "MultiPolygon"
    assert linked(told, "self", "application/geo+json")
    assert linked(told, "alternate", "text/html")
    assert linked(told, "collection") == ["http://testserver/ogc/collections/cercles"]
    listed = read(client, items("cercles"))["features"][0]
    assert {name: told[name] for name in listed} == listed


MISSING = [
    "/ogc/collections/nothing",
    "/ogc/collections/nothing/items",
    "/ogc/collections/nothing/queryables",
    "/ogc/collections/cercles/items/ML00",
    "/ogc/collections/events/items/x",
    "/ogc/collections/events/items/-1",
    "/ogc/collections/events/items/99999999999999999999",
    "/ogc/collections/cercles/items/%00",
    "/ogc/x",
]


def test_what_is_not_there_is_404_in_words(client):
    for address in MISSING:
        assert read(client, address, 404)["detail"]


def test_an_answer_that_is_known_is_not_sent_again(client, django_assert_max_num_queries):
    first = client.get(items("cercles"))
    with django_assert_max_num_queries(5):
        again = client.get(items("cercles"), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(items("cercles", limit=1), headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("layer", ["cercles", "events", "projects", "planned_works", "area_values"])
def test_a_page_costs_few_queries_however_many_rows(client, layer, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        read(client, items(layer, limit=1000))
