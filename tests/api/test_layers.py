"""Layers as GeoJSON and CSV: filters, paging, caching, source and licence in every answer."""

import csv
import io
import json

import pytest

from apps.api.throttles import AnonymousReaders
from apps.boundaries.models import Settlement
from apps.programme import services as programme
from apps.sources.services import touch
from layers.catalogue import LAYERS
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.people(Alpha=1000)


def get(client, address, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 200, response.content
    return response


def pcodes(client, query):
    return [
        feature["id"] for feature in get(client, f"/api/layers/communes.geojson?{query}").json()["features"]
    ]


def test_source_licence_and_counts_travel_in_every_answer(client):
    body = get(client, "/api/layers/cercles.geojson").json()
    assert (body["numberMatched"], body["numberReturned"]) == (3, 3)
    assert (body["attribution"], body["licence"], body["edition"]) == ("Essai", "CC0", "Petit pays")
    assert (body["simulated"], body["approximate"]) == (False, False)


def test_a_cercle_carries_its_people_and_none_is_null(client):
    features = get(client, "/api/layers/cercles.geojson").json()["features"]
    people = {feature["id"]: feature["properties"]["people"] for feature in features}
    assert people == {"ML9101": 1000, "ML9201": None, "ML9202": None}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("region=ML91", ["ML910101", "ML910102"]),
        ("cercle=ML9202", ["ML920201", "ML920202"]),
        ("region=ML91&cercle=ML9202", []),
        ("cercle=ML9202,ML9101,ML9202", ["ML910101", "ML910102", "ML920201", "ML920202"]),
        ("bbox=-4.9,13.1,-4.8,13.2", ["ML910101"]),
        ("name=Gamma Nord", ["ML920202"]),
        ("limit=2&offset=3", ["ML920201", "ML920202"]),
        ("limit=2&offset=9", []),
    ],
)
def test_filters_and_pages(client, query, expected):
    assert pcodes(client, query) == expected


def test_a_page_links_to_the_next_and_the_last_does_not(client):
    first = get(client, "/api/layers/communes.geojson?limit=3&detail=low").json()
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    second = get(client, following).json()
    assert [feature["id"] for feature in second["features"]] == ["ML920201", "ML920202"]
    assert [link["rel"] for link in second["links"]] == ["self"]
    assert second["numberMatched"] == 5


def test_fields_are_those_asked_in_their_declared_order(client):
    body = get(client, "/api/layers/communes.geojson?fields=name,pcode&limit=1").json()
    assert list(body["features"][0]["properties"]) == ["pcode", "name"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("bbox=1,2,3", "bbox"),
        ("bbox=3,2,1,4", "bbox"),
        ("bbox=nan,2,3,4", "bbox"),
        ("region=XX", "region"),
        ("limit=0", "limit"),
        ("limit=30001", "limit"),
        ("limit=ten", "limit"),
        ("offset=-1", "offset"),
        ("fields=nom", "fields"),
        ("detail=best", "detail"),
        ("since=2020-01-01", "since"),
        ("couleur=rouge", "couleur"),
        ("limit=1&limit=2", "limit"),
    ],
)
def test_a_wrong_parameter_is_named(client, query, parameter):
    response = client.get(f"/api/layers/communes.geojson?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], problem["parameter"]) == (400, parameter)
    assert problem["detail"]


def test_events_are_asked_by_time_and_place(client):
    small_country.happened(
        event(-4.5, 13.2, "2020-01-31"), event(-4.5, 13.2, "2020-02-01"), event(-2.5, 13.2, "2020-02-29")
    )
    days = [
        feature["properties"]["occurred_on"]
        for feature in get(client, "/api/layers/events.geojson?since=2020-02-01&until=2020-02-29").json()[
            "features"
        ]
    ]
    assert days == ["2020-02-29", "2020-02-01"]
    assert get(client, "/api/layers/events.geojson?cercle=ML9101").json()["numberMatched"] == 2
    assert get(client, "/api/layers/events.geojson?bbox=-4.5,13,-4,13.2").json()["numberMatched"] == 2


def test_dates_in_the_wrong_order_are_refused(client):
    response = client.get("/api/layers/events.geojson?since=2020-02-01&until=2020-01-01")
    assert response.json()["parameter"] == "until"


def test_a_csv_carries_source_and_licence_on_every_line(client):
    small_country.happened(event(-4.5, 13.2, location_name="=HYPERLINK(1)"), simulated=True)
    text = get(client, "/api/layers/events.csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["longitude"], row["latitude"]) == ("-4.5", "13.2")
    assert (row["source"], row["licence"], row["simulated_data"]) == ("Essai", "CC0", "true")
    assert row["location_name"] == "'=HYPERLINK(1)"


def test_an_unchanged_layer_is_not_sent_again(client):
    first = get(client, "/api/layers/cercles.geojson")
    again = client.get("/api/layers/cercles.geojson", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Last-Modified"] == first["Last-Modified"]


def test_a_changed_layer_is_sent_again(client):
    first = get(client, "/api/layers/cercles.geojson")
    small_country.people(Alpha=2000)
    again = get(client, "/api/layers/cercles.geojson", **{"if-none-match": first["ETag"]})
    assert again.json()["features"][0]["properties"]["people"] == 2000


def test_another_layer_that_changes_costs_no_new_body(client):
    first = get(client, "/api/layers/cercles.geojson")
    touch("institutions")
    assert get(client, "/api/layers/cercles.geojson")["ETag"] == first["ETag"]


@pytest.mark.parametrize(("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None)])
def test_a_body_comes_in_an_encoding_the_reader_takes(client, accepted, encoding):
    response = get(client, "/api/layers/cercles.geojson", **{"accept-encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding


def test_a_kept_body_costs_two_queries(client, django_assert_max_num_queries):
    get(client, "/api/layers/cercles.geojson")
    with django_assert_max_num_queries(2):
        get(client, "/api/layers/cercles.geojson")


def test_the_catalogue_describes_every_layer(client):
    layers = {layer["name"]: layer for layer in get(client, "/api/layers/").json()["layers"]}
    assert list(layers) == list(LAYERS)
    communes = layers["communes"]
    assert (communes["count"], communes["extent"]) == (5, [-5, 13, -2, 14])
    assert all(
        field["label"]["fr"] and field["label"]["en"]
        for layer in layers.values()
        for field in layer["fields"]
    )


def test_a_row_told_of_no_place_is_in_both_formats_without_one(client):
    Settlement.objects.all().delete()
    programme.follow_edition()
    features = get(client, "/api/layers/planned_works.geojson").json()["features"]
    assert len(features) == 34
    assert all(feature["geometry"] is None for feature in features)
    text = get(client, "/api/layers/planned_works.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["longitude"], row["latitude"]) for row in rows] == [("", "")] * 34


def test_a_row_of_a_document_names_it_by_title_publisher_and_date(client):
    risk = get(client, "/api/layers/risks.geojson").json()["features"][0]["properties"]
    assert (risk["document"], risk["publisher"], risk["told"]) == (
        "Document de programme PROSMED 2021-2025",
        "PNUD Mali",
        "2021-2025",
    )


def test_properties_are_the_declared_fields(client):
    small_country.happened(event(-4.5, 13.2))
    for layer in get(client, "/api/layers/").json()["layers"]:
        if not layer["count"]:
            continue
        feature = json.loads(get(client, f"/api/layers/{layer['name']}.geojson?limit=1").content)["features"][
            0
        ]
        assert list(feature["properties"]) == [field["name"] for field in layer["fields"]]


def test_an_address_that_is_nothing_is_a_problem(client):
    response = client.get("/api/nothing/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_too_many_requests_are_told_when_to_come_back(client, settings, monkeypatch):
    monkeypatch.setattr(AnonymousReaders, "rate", "2/min", raising=False)
    for _ in range(2):
        get(client, "/api/search/?q=alpha")
    response = client.get("/api/search/?q=alpha")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert response["Content-Type"] == "application/problem+json"
