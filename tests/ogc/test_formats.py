"""Part 1, GeoJSON, HTML and OpenAPI 3.0: each test bears the name of the requirement that it tries."""

import json
import re

import jsonschema
import pytest

from layers.catalogue import LAYERS
from layers.declaration import Geometry
from tests import small_country
from tests.ogc.reading import description, hold_against, items, read

pytestmark = pytest.mark.django_db

PAGES = (
    *("", "conformance", "collections", "collections/cercles", "collections/cercles/queryables", "api"),
    *("collections/cercles/items/ML9101", "collections/projects/items?limit=3"),
)


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.people(Alpha=1000)
        small_country.happened(small_country.event(-4.5, 13.2))


@pytest.fixture
def api(client):
    return description(client)


def test_req_geojson_definition_and_content_are_geojson_of_every_layer(client, api):
    for layer in LAYERS.values():
        answer = client.get(items(layer.name, limit=2))
        assert answer["Content-Type"] == "application/geo+json"
        told = answer.json()
        hold_against("Features", told, api)
        for each in told["features"]:
            assert set(each["properties"]) == set(layer.field_names)
            assert (each["geometry"] is None) or layer.geometry is not Geometry.TABLE


def test_req_html_definition_every_answer_is_a_page_too(client):
    for address in PAGES:
        answer = client.get(
            f"/ogc/{address}", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        )
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("text/html"), address
        assert "<h1>" in answer.content.decode()


def test_req_html_content_holds_what_the_json_holds(client):
    page = client.get(items("cercles", f="html", limit=2)).content.decode()
    for word in ("Alpha", "Bêta", "ML9101", "1\u202f000", "Essai", "CC0"):
        assert word in page
    assert "Population (habitants)" in page
    (following,) = re.findall(r'rel="next" href="([^"]+)"', page)
    rest = client.get(following.replace("&amp;", "&")).content.decode()
    assert "Gamma" in rest
    assert "Alpha" not in rest


def test_a_filter_left_empty_in_the_form_asks_for_all_and_a_program_is_told(client):
    page = client.get(items("cercles", f="html", filter="")).content.decode()
    assert page.count('<th scope="row">') == 3
    assert client.get(items("cercles", f="json", filter="")).status_code == 400


def test_a_wrong_parameter_is_told_on_a_page_to_who_reads_pages(client):
    answer = client.get(items("cercles", f="html", bbox="1"))
    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()


def test_words_are_in_the_language_asked_and_so_are_the_links(client):
    told = read(client, "/ogc/collections/regions?lang=en")
    assert told["title"] == "Regions"
    assert all("lang=en" in link["href"] for link in told["links"] if link["rel"] != "license")
    client.cookies.clear()
    assert read(client, "/ogc/collections/regions")["title"] == "Régions"


def test_req_oas30_oas_definition_every_reference_resolves(api):
    for pointer in set(re.findall(r'"#/(components/[^"]+)"', json.dumps(api))):
        node = api
        for part in pointer.split("/"):
            node = node[part]
    for schema in api["components"]["schemas"].values():
        jsonschema.Draft4Validator.check_schema(
            json.loads(json.dumps(schema).replace("#/components/schemas/", "#/definitions/"))
        )


def test_req_oas30_oas_impl_every_address_described_answers_as_described(client, api):
    assert api["servers"] == [{"url": "http://testserver/ogc"}]
    for path, operations in api["paths"].items():
        if "{" in path or "items" in path or "queryables" in path:
            continue
        answer = client.get(f"/ogc{path}")
        assert answer["Content-Type"] in operations["get"]["responses"]["200"]["content"], path


def test_req_oas30_completeness_every_parameter_that_is_served_is_described(api):
    for layer in LAYERS.values():
        told = api["paths"][f"/collections/{layer.name}/items"]["get"]["parameters"]
        names = {each.get("name") or each["$ref"].rpartition("/")[2] for each in told}
        assert {
            *layer.field_names,
            "limit",
            "bbox",
            "datetime",
            "crs",
            "filter",
            "after",
            "f",
            "lang",
        } <= names


def test_req_oas30_exception_codes_are_described(api):
    told = api["paths"]["/collections/events/items"]["get"]["responses"]
    assert set(told) == {"200", "400", "403", "409", "429", "503"}
