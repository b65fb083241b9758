"""The tiles of a layer as one file: those of /tiles/, wherever a row lies."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from apps.boundaries.models import Settlement
from apps.exports.about import about
from apps.exports.doubts import licence_of
from apps.exports.formats import FORMATS
from apps.exports.selection import selected
from apps.exports.writers import tiles
from layers.catalogue import LAYERS
from layers.declaration import Geometry
from tests.exports.reading_files import tiles_of, told_by_tiles
from tests.tiles.reading import features, layer_names

pytestmark = pytest.mark.django_db

DRAWN = [layer.name for layer in LAYERS.values() if layer.geometry is not Geometry.TABLE]


def asked(layer, query=""):
    return selected(AnonymousUser(), LAYERS[layer], FORMATS["pmtiles"], QueryDict(query), language="fr")[0]


def written(folder, selection):
    path = folder / "x.pmtiles"
    selection.format.write(selection, path)
    return path


@pytest.fixture
def to_zoom(monkeypatch):
    """Return what sets the last zoom of a file: tiles are many further in."""
    return lambda zoom: monkeypatch.setattr(tiles, "LAST_ZOOM", zoom)


@pytest.mark.parametrize("layer", DRAWN)
def test_every_layer_with_places_opens_and_tells_its_licence(layer, tmp_path, to_zoom):
    to_zoom(4)
    selection = asked(layer)
    path = written(tmp_path, selection)
    header, said = told_by_tiles(path)
    told = about(selection)
    assert header["tile_type"].name == "MVT"
    assert header["clustered"]
    assert said["licence"] == licence_of(told)
    assert said["maillage"]["rows"] == selection.count
    assert layer in [each["id"] for each in said["vector_layers"]]
    names = {name for body in tiles_of(path).values() for name in layer_names(body)}
    assert names <= {layer, f"{layer}_cells"}
    assert bool(names) == bool(selection.count)


def test_the_tiles_are_those_of_the_service(client, tmp_path, to_zoom):
    to_zoom(6)
    found = tiles_of(written(tmp_path, asked("cercles")))
    assert max(z for z, _, _ in found) == 6
    for z, x, y in [(0, 0, 0), (5, 15, 14), max(found)]:
        assert client.get(f"/tiles/cercles/{z}/{x}/{y}.mvt").content == found[z, x, y]


def test_every_area_is_in_some_tile_with_its_accents(tmp_path, to_zoom):
    to_zoom(6)
    found = tiles_of(written(tmp_path, asked("cercles")))
    drawn = {
        each.properties["pcode"]: each.properties["name"]
        for place, body in found.items()
        if place[0] == 6
        for each in features(body, "cercles")
    }
    assert len(drawn) == 53
    assert "Ségou" in drawn.values()


def test_a_village_too_small_to_be_drawn_from_afar_is_drawn_near(tmp_path, to_zoom):
    to_zoom(7)
    Settlement.objects.filter(name__startswith="K").update(settlement_class=5)
    selection = asked("settlements", "settlement_class=5")
    found = tiles_of(written(tmp_path, selection))
    assert not features(found[0, 0, 0], "settlements")
    drawn = {each.id for (z, _, _), body in found.items() if z == 7 for each in features(body, "settlements")}
    assert len(drawn) == selection.count > 0


def test_events_are_cells_from_afar_and_themselves_from_near(tmp_path, to_zoom):
    to_zoom(8)
    selection = asked("events", "cercle=ML0501")
    placed = set(selection.rows().filter(geo_precision__lte=2).values_list("pk", flat=True))
    found = tiles_of(written(tmp_path, selection))
    assert sum(each.properties["events"] for each in features(found[0, 0, 0], "events_cells")) == len(placed)
    near = {each.id for (z, _, _), body in found.items() if z == 8 for each in features(body, "events")}
    assert near == placed


def test_only_the_fields_asked_are_in_the_tiles(tmp_path, to_zoom):
    to_zoom(2)
    path = written(tmp_path, asked("cercles", "fields=pcode"))
    (_, said), body = told_by_tiles(path), tiles_of(path)[0, 0, 0]
    assert {tuple(each.properties) for each in features(body, "cercles")} == {("pcode",)}
    assert list(said["vector_layers"][0]["fields"]) == ["pcode"]


def test_no_row_makes_a_file_of_one_tile_of_nothing(tmp_path):
    path = written(tmp_path, asked("settlements", "name=Nulle part"))
    assert tiles_of(path) == {(0, 0, 0): b""}


def test_a_file_of_too_many_tiles_ends_at_the_zoom_before(tmp_path, monkeypatch):
    monkeypatch.setattr(tiles, "MOST_TILES", 10)
    path = written(tmp_path, asked("cercles"))
    header, said = told_by_tiles(path)
    assert header["max_zoom"] == said["vector_layers"][0]["maxzoom"] < 4


def test_how_far_it_is_grows_to_the_end(tmp_path, to_zoom):
    to_zoom(5)
    heard = []
    selection = asked("cercles")
    selection.format.write(selection, tmp_path / "x.pmtiles", step=lambda *told: heard.append(told))
    assert heard == sorted(heard)
    assert heard[-1] == (53, 53)
