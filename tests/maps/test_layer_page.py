"""/donnees/<layer>/: one layer, where it comes from, what it holds, and how to open it elsewhere."""

import html
import json
import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import override

from apps.accounts.access import may_see
from apps.catalogue.loads import readable_as
from apps.exports.formats import FORMATS
from apps.maps import formats
from apps.maps.templatetags.maillage import share
from apps.sources.models import Load
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
    assert "Ces lignes demandent un jeton" in text
    assert "/connexion/?next=%2Fdonnees%2Fevents%2F" in text
    assert 'href="/donnees/event_counts/"' in text
    assert 'GDAL_HTTP_BEARER": "VOTRE_JETON"' in text
    assert "/connexion/?next=/compte/jetons/" in text
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


def test_public_layers_are_those_that_are_opened_without_a_token(client):
    for name, layer in LAYERS.items():
        access = readable_as(layer)[1]
        is_opened = "VOTRE_JETON" not in client.get(f"/donnees/{name}/").content.decode()
        assert is_opened is may_see(AnonymousUser(), access), name


def part(text, name):
    """Return what a section of the page says, found by the number of its heading."""
    return text.split(f'id="{name}"')[1].split("</section>")[0]


def test_the_form_offers_formats_filters_and_fields(client):
    form = part(page(client, "institutions"), "telecharger")
    assert 'action="/telecharger/institutions/"' in form
    offered = re.findall(r'name="f" value="(\w+)"', form)
    assert offered[:3] == ["gpkg", "csv", "xlsx"]
    assert sorted(offered) == sorted(FORMATS)
    assert '<option value="ML91">Ouest</option>' in form
    assert '<optgroup label="Est"><option value="ML9201">Bêta</option>' in form
    assert '<option value="commissariat">Commissariat de police</option>' in form
    assert 'name="since"' not in form
    assert re.findall(r'name="fields" value="(\w+)"', form) == list(LAYERS["institutions"].field_names)
    for each in FORMATS.values():
        assert each.told.fr in form


def test_a_table_offers_neither_shapes_nor_their_detail(client):
    form = part(page(client, "event_counts"), "telecharger")
    assert 'value="kml"' not in form
    assert "Perd les contours" not in form
    assert "Perd les contours" in part(page(client, "cercles"), "telecharger")
    assert 'name="detail"' not in form
    assert 'name="since"' in form


def test_what_the_form_sends_is_the_file_asked_for(client):
    sent = "f=csv&region=ML92&cercle=&pcode=&name=&lang=en&detail=low&fields=pcode&fields=name"
    answer = client.get(f"/telecharger/cercles/?{sent}", follow=True)
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert answer.status_code == 200
    assert [line.split(",")[:2] for line in lines[1:]] == [["ML9201", "Bêta"], ["ML9202", "Gamma"]]
    assert 'lang="fr"' in client.get("/donnees/").content.decode(), "labels in English leave the pages French"


def test_a_preview_comes_when_it_is_asked(client):
    assert "leaflet" not in page(client, "cercles")
    assert 'href="?apercu=1#apercu"' in page(client, "cercles")
    text = page(client, "cercles", "?apercu=1")
    assert "leaflet/leaflet.js" in text
    settings = json.loads(re.search(r'id="map-settings"[^>]*>(.*?)</script>', text)[1])
    assert settings["shapes"] == "/api/layers/cercles.geojson?detail=low&fields=pcode,name,region"
    assert (settings["count"], settings["notes"]) == (3, ["Éditeur d’essai"])
    rows = re.findall(r"<tr><td>(.*?)</td></tr>", part(text, "apercu"))
    assert [row.split("</td><td>")[:2] for row in rows] == [
        ["ML9101", "Alpha"],
        ["ML9201", "Bêta"],
        ["ML9202", "Gamma"],
    ]


def test_a_preview_of_a_table_is_its_first_rows_without_a_map(client):
    text = page(client, "acronyms", "?apercu=1")
    assert "leaflet" not in text
    assert len(re.findall(r"<tr><td>", part(text, "apercu"))) == 10
    assert "10 premières lignes sur" in text


def test_a_preview_shows_a_reader_no_row_that_is_closed_to_him(as_persona):
    for query in ("", "?apercu=1"):
        text = page(as_persona("anonymous"), "events", query)
        assert 'id="apercu"' not in text
        assert "Acteur A" not in text
    assert "Acteur A" in page(as_persona("partner"), "events", "?apercu=1")


def test_of_closed_rows_no_count_is_told(as_persona):
    small_country.happened(*[small_country.event(-4.5, 13.5)] * 40, access="signed_in")
    quality = part(page(as_persona("anonymous"), "events"), "qualite")
    assert "seules des parts sont dites" in quality
    assert "100" in quality
    assert re.search(r">\s*40\s*<", quality) is None
    assert re.search(r">\s*40\s*<", part(page(as_persona("partner"), "events"), "qualite"))


def test_of_fewer_than_five_closed_rows_nothing_is_told(as_persona):
    quality = part(page(as_persona("anonymous"), "events"), "qualite")
    assert "Moins de 5 lignes, réservées par leur source" in quality
    assert "%" not in quality


def test_who_may_have_closed_rows_and_whom_to_ask_is_told(as_persona, settings):
    settings.CONTACT = "donnees@exemple.ml"
    access = part(page(as_persona("anonymous"), "events"), "acces")
    assert 'href="mailto:donnees@exemple.ml"' in access
    assert 'href="/donnees/event_counts/"' in access
    assert "/connexion/?next=%2Fdonnees%2Fevents%2F" in access
    settings.CONTACT = "https://exemple.ml/acces"
    assert 'href="https://exemple.ml/acces"' in part(page(as_persona("anonymous"), "events"), "acces")


def test_a_licence_is_told_in_plain_words_with_the_words_to_repeat(client):
    licence = part(page(client, "communes"), "licence")
    assert "Vous pouvez" in licence
    assert "CC0" in licence
    assert '<code id="mention-1">Essai</code>' in licence


def test_an_unknown_licence_is_told_as_such(client):
    Load.objects.in_use().of_kind(Load.Kind.BOUNDARIES).update(licence="Licence de la maison")
    licence = part(page(client, "communes"), "licence")
    assert "Maillage ne connaît pas cette licence" in licence
    assert "Vous pouvez" not in licence


def test_the_citation_says_who_which_of_when_where_and_on_which_day(client):
    Load.objects.in_use().of_kind(Load.Kind.BOUNDARIES).update(
        publisher="OCHA", edition="2021", as_of=date(2021, 12, 20), licence="CC BY-IGO 3.0"
    )
    text = part(page(client, "cercles"), "citer")
    french, english = re.findall(r'<code id="citation-\w+" lang="\w+">(.*?)</code>', text)
    today = timezone.localdate()
    assert french == (
        "OCHA. Cercles (2021). Données du 20 déc. 2021. Licence\u00a0: CC BY-IGO 3.0. Maillage, "
        f"http://testserver/donnees/cercles/, consulté le {said(today, 'fr')}."
    )
    assert english.startswith("OCHA. Cercles (2021). Data of 20 Dec 2021. Licence: CC BY-IGO 3.0. Maillage, ")
    assert english.endswith(f"accessed on {said(today, 'en')}.")


def said(day, language):
    with override(language):
        return formats.day(day)


def test_simulated_data_are_cited_as_such(client):
    small_country.happened(small_country.event(-4.5, 13.5), simulated=True)
    assert "Données simulées" in part(page(client, "event_counts"), "citer")


def test_every_load_of_the_layer_is_told_the_latest_first(client):
    history = part(page(client, "communes"), "chargements")
    loads = Load.objects.of_kind(Load.Kind.BOUNDARIES)
    assert re.findall(r"/donnees/chargements/(\d+)/", history) == [str(load.pk) for load in loads]
    assert history.count("en usage") == 1


def test_the_page_asks_few_questions(client, django_assert_max_num_queries):
    page(client, "institutions")
    with django_assert_max_num_queries(18):
        page(client, "institutions", "?apercu=1")


@pytest.mark.parametrize(
    ("part", "told"),
    [(0, "0"), (0.0001, "0,1"), (0.004, "0,4"), (0.25, "25"), (0.996, "99,6"), (0.99999, "99,9"), (1, "100")],
)
def test_all_is_said_of_all_and_none_of_none(part, told):
    assert share(part) == f"{told}\u00a0%"
