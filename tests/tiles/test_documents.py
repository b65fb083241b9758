"""What tiles are told to hold, how they are drawn elsewhere, and how answers are kept."""

from xml.etree import ElementTree as xml

import pytest

from apps.catalogue.tiles.asked import TILED
from apps.sources.services import touch
from tests import small_country
from tests.tiles.reading import features

pytestmark = pytest.mark.django_db

TILE = "/tiles/communes/5/15/14.mvt"


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.happened(small_country.event(-4.5, 13.5), simulated=True)


# --- TileJSON -------------------------------------------------------------------------------------------


def test_tilejson_says_what_its_version_demands_and_where_rows_come_from(client):
    told = client.get("/tiles/communes.json").json()
    assert told["tilejson"] == "3.0.0"
    assert told["tiles"] == ["http://testserver/tiles/communes/{z}/{x}/{y}.mvt"]
    assert (told["minzoom"], told["maxzoom"]) == (0, 12)
    assert told["bounds"] == [-5, 13, -2, 14]
    assert told["attribution"] == "Essai"
    assert told["maillage"]["edition"] == "Petit pays"
    assert told["maillage"]["licence"] == "CC0"
    assert told["maillage"]["simulated"] is False
    [layer] = told["vector_layers"]
    found = features(client.get(TILE).content, layer["id"])
    assert {name for each in found for name in each.properties} <= set(layer["fields"])


def test_addresses_are_those_that_the_reader_sees_behind_a_proxy(client, settings):
    settings.ALLOWED_HOSTS = ["carte.example.org"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    headers = {"host": "carte.example.org", "x-forwarded-proto": "https"}
    told = client.get("/tiles/events.json", headers=headers).json()
    assert told["tiles"][0].startswith("https://carte.example.org/tiles/events/{z}")
    style = client.get("/tiles/events/style.json", headers=headers).json()
    assert style["sources"]["events"]["url"] == "https://carte.example.org/tiles/events.json"


def test_words_are_in_the_language_of_the_reader(client):
    assert client.get("/tiles/settlements.json").json()["name"] == "Localités"
    english = client.get("/tiles/settlements.json?lang=en").json()
    assert english["name"] == "Settlements"
    assert "all settlements from zoom 7 on" in english["description"]
    assert english["tiles"][0].endswith(".mvt"), "the language of the words is none of the tile"


# --- Styles ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TILED)
def test_every_layer_has_styles_of_what_its_tiles_hold(client, name):
    ids = {each["id"] for each in client.get(f"/tiles/{name}.json").json()["vector_layers"]}
    style = client.get(f"/tiles/{name}/style.json").json()
    assert style["version"] == 8
    assert {each["source-layer"] for each in style["layers"]} == ids
    assert set(style["sources"]) == {each["source"] for each in style["layers"]}
    renderer = xml.fromstring(client.get(f"/tiles/{name}.qml").content).find("renderer-v2")
    assert renderer.findall("symbols/symbol")


@pytest.mark.parametrize("name", TILED)
def test_the_style_for_qgis_draws_tiles_as_well(client, name):
    ids = {each["id"] for each in client.get(f"/tiles/{name}.json").json()["vector_layers"]}
    styles = xml.fromstring(client.get(f"/tiles/{name}.qml").content).findall("renderer/styles/style")
    assert {each.get("layer") for each in styles} == ids
    assert all(each.find("symbols/symbol/layer") is not None for each in styles)


def test_tiles_in_qgis_have_the_classes_and_kinds_of_features(client):
    def conditions(name):
        styles = xml.fromstring(client.get(f"/tiles/{name}.qml").content).findall("renderer/styles/style")
        return [each.get("expression") for each in styles]

    rules = xml.fromstring(client.get("/tiles/cercles.qml").content).findall(".//rule")
    assert conditions("cercles") == [each.get("filter") for each in rules]
    assert conditions("institutions")[0] == "\"status\" = 'functional'"
    assert conditions("institutions")[-1].startswith('"status" IS NULL OR "status" NOT IN (')
    assert conditions("target_cercles") == [""]


def test_people_that_qgis_reads_as_none_for_want_of_a_number_are_no_data(client):
    rules = xml.fromstring(client.get("/tiles/cercles.qml").content).findall(".//rule")
    first, last = rules[0].get("filter"), rules[-1].get("filter")
    assert first == '"people" > 0 AND "area_km2" > 0 AND "people" / "area_km2" < 2'
    assert last.startswith('"people" IS NULL OR "people" = 0 OR ')


def test_single_events_are_drawn_in_qgis_from_where_cells_end(client):
    styles = xml.fromstring(client.get("/tiles/events.qml").content).findall("renderer/styles/style")
    assert {each.get("min-zoom") for each in styles if each.get("layer") == "events"} == {"8"}
    cells = [each.get("expression") for each in styles if each.get("layer") == "events_cells"]
    assert cells[0] == '"events" > 0 AND "events" < 5'
    assert cells[-1] == '"events" >= 500'


def test_areas_are_in_classes_of_density_and_those_without_people_in_a_colour_of_their_own(client):
    fill = client.get("/tiles/cercles/style.json").json()["layers"][0]["paint"]["fill-color"]
    assert fill[1] == ["all", ["has", "people"], ["has", "area_km2"]]
    assert fill[2][3::2] == [2, 10, 30, 60]
    colours = [fill[2][2], *fill[2][4::2]]
    assert [brightness(each) for each in colours] == sorted(map(brightness, colours), reverse=True)
    assert fill[3] not in colours
    rules = xml.fromstring(client.get("/tiles/cercles.qml").content).findall(".//rule")
    assert [each.get("label") for each in rules] == [
        "0 – 2",
        "2 – 10",
        "10 – 30",
        "30 – 60",
        "60 et plus",
        "pas de donnée",
    ]
    assert (
        rules[-1].get("filter") == '"people" IS NULL OR "people" = 0 OR "area_km2" IS NULL OR "area_km2" = 0'
    )


def brightness(colour):
    """Return how light a colour is to any eye (ITU-R BT.601)."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_cells_are_in_classes_of_whole_numbers(client):
    legend = client.get("/tiles/events/style.json").json()["metadata"]["maillage:legend"][0]
    words = [each["words"] for each in legend["signs"]]
    assert words == ["1 – 4", "5 – 19", "20 – 99", "100 – 499", "500 et plus"]


# --- Kept answers ---------------------------------------------------------------------------------------


def test_a_reader_who_has_the_tile_is_told_so(client):
    etag = client.get(TILE)["ETag"]
    again = client.get(TILE, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_changed_rows_are_another_tile(client):
    before = client.get(TILE)["ETag"]
    touch("communes")
    assert client.get(TILE)["ETag"] != before


def test_a_tile_made_once_is_asked_of_the_database_no_more(client, django_assert_num_queries):
    client.get(TILE)
    with django_assert_num_queries(2):  # the load in use and the revision of the layer
        assert features(client.get(TILE).content, "communes")


def test_a_tile_comes_in_the_encoding_that_is_taken(client):
    plain = client.get(TILE)
    assert "Content-Encoding" not in plain
    for encoding in ("gzip", "br"):
        packed = client.get(TILE, headers={"accept-encoding": encoding})
        assert packed["Content-Encoding"] == encoding
        assert len(packed.content) < len(plain.content)
    assert plain["Content-Type"] == "application/vnd.mapbox-vector-tile"
