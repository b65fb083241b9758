"""OWSLib's client of OGC API - Features finds its way from the landing page to one feature."""

import pytest
from owslib.ogcapi.features import Features

from apps.catalogue.rows import ROWS
from layers.catalogue import LAYERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(site):
    return Features(f"{site.url}/ogc/")


def test_it_finds_what_the_service_conforms_to(client):
    classes = client.conformance()["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in classes
    assert "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text" in classes


def test_it_finds_the_description_of_the_service(client):
    assert client.api()["openapi"].startswith("3.0")


def test_it_lists_the_collections(client):
    assert client.feature_collections() == list(LAYERS)
    assert client.collection("cercles")["title"] == LAYERS["cercles"].title.fr


def test_it_reads_what_may_be_filtered(client):
    assert set(client.collection_queryables("cercles")["properties"]) == {
        *LAYERS["cercles"].field_names,
        "geometry",
    }


def test_it_reads_the_schema_of_a_feature(client):
    schema = client.collection_schema("cercles")
    assert list(schema["properties"]["properties"]["properties"]) == list(LAYERS["cercles"].field_names)


def test_it_filters_and_limits(client):
    region = ROWS["cercles"].all().values_list("parent__pcode", flat=True).first()
    count = ROWS["cercles"].all().filter(parent__pcode=region).count()
    for asked in ({"region": region}, {"filter": f"region = '{region}'"}):
        read = client.collection_items("cercles", limit=1, **asked)
        assert (read["numberMatched"], read["numberReturned"]) == (count, 1)


def test_it_reads_one_feature(client):
    pcode, name = ROWS["cercles"].all().values_list("pcode", "name").first()
    assert client.collection_item("cercles", pcode)["properties"]["name"] == name


def test_closed_rows_are_refused_in_words(client, closed_events):
    with pytest.raises(RuntimeError, match="Connectez-vous"):
        client.collection_items("events")
