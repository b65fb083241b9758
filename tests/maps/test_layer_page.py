"""/donnees/<layer>/: one layer, where it comes from, what it holds, and how to open it elsewhere."""

import html
import re

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.accounts.access import may_see
from apps.catalogue.loads import readable_as
from layers.catalogue import LAYERS
from layers.declaration import Geometry
from tests import small_country

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.happened(small_country.event(-4.5, 13.5), access="signed_in")


def page(client, name, query=""):
    response = client.get(f"/donnees/{name}/{query}")
    assert response.status_code == 200
    return re.sub(r"[ \n]+", " ", html.unescape(response.content.decode()))


@pytest.mark.parametrize("name", LAYERS)
def test_every_field_is_told_with_its_type(client, name):
    text = page(client, name)
    assert LAYERS[name].title.fr in text
    rows = re.findall(r"<th scope=\"row\">([^<]*)</th><td><code>(\w+)</code></td><td>[^<]+", text)
    assert rows == [(each.label.fr, each.name) for each in LAYERS[name].fields]


def test_codes_are_told_with_their_words(client):
    text = page(client, "settlements")
    assert "<code>3</code> chef-lieu de cercle" in text


def test_the_source_is_told_with_what_was_refused(client):
    text = page(client, "communes")
    assert "Éditeur d’essai" in text
    assert "CC0" in text
    assert "Mention à reprendre" in text
    assert "10 lignes lues, 0 refusée" in text


@pytest.mark.parametrize("name", [name for name, layer in LAYERS.items() if layer.geometry is Geometry.TABLE])
def test_a_table_has_neither_tiles_nor_a_box(client, name):
    text = page(client, name)
    assert "/tiles/" not in text
    assert "<code>bbox</code>" not in text


def test_every_address_shown_answers(client):
    """All of a layer of areas and of one of points, the filtered example among them."""
    for name in ("cercles", "institutions"):
        text = page(client, name)
        addresses = re.findall(r'href="http://testserver([^"]+)"', text)
        assert {f"/api/layers/{name}.csv", f"/tiles/{name}.json"} <= set(addresses)
        answers = {address: client.get(address).status_code for address in addresses}
        assert set(answers.values()) == {200}, answers


def test_the_example_filters(client):
    text = page(client, "cercles")
    address = re.search(r'href="http://testserver([^"]+\.geojson\?[^"]+)"', text)[1]
    assert address == "/api/layers/cercles.geojson?region=ML91"
    assert [each["id"] for each in client.get(address).json()["features"]] == ["ML9101"]


def test_the_lines_bear_the_address_of_the_site(client):
    text = html.unescape(client.get("/donnees/communes/", headers={"host": "localhost"}).content.decode())
    lines = re.findall(r'<code id="[^"]+" translate[^>]*>(.*?)</code>', text, re.DOTALL)
    assert lines
    assert all("http://localhost/" in line for line in lines)


def test_a_reader_without_an_account_is_told_what_to_do_about_closed_rows(as_persona):
    text = page(as_persona("anonymous"), "events")
    assert "Ces lignes ne s’ouvrent pas par leur adresse" in text
    assert "/connexion/?next=%2Fdonnees%2Fevents%2F" in text
    assert 'href="/donnees/event_counts/"' in text
    assert "OAPIF" not in text
    assert "Acteur A" not in text
    assert "download>GeoJSON" not in text


def test_who_signed_in_downloads_closed_rows_and_opens_the_file(as_persona):
    text = page(as_persona("partner"), "events")
    assert "download>GeoJSON" in text
    assert 'geopandas.read_file("events.geojson")' in text


def test_no_example_shows_a_value_that_its_reader_may_not_read(as_persona):
    """An address of the closed layer is filtered by nothing: its first row would tell where it lies."""
    assert "geojson?" not in page(as_persona("anonymous"), "events")


def test_the_page_is_english_too(client):
    text = page(client, "communes", "?lang=en")
    assert "Open in…" in text
    assert "Ouvrir" not in text


def test_a_layer_that_is_not_declared_is_not_found(client):
    assert client.get("/donnees/routes/").status_code == 404


def test_the_catalogue_of_pages_leads_to_each_layer(client):
    text = client.get("/donnees/").content.decode()
    assert all(f'href="/donnees/{name}/"' in text for name in LAYERS)


def test_public_layers_are_those_that_are_opened_by_address(client):
    for name, layer in LAYERS.items():
        access = readable_as(layer)[1]
        is_opened = 'id="qgis-address"' in client.get(f"/donnees/{name}/").content.decode()
        assert is_opened is may_see(AnonymousUser(), access), name
