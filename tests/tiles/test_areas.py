"""Tiles of areas: where corners fall, borders that neighbours keep, fields, editions, wrong addresses."""

from math import asinh, pi, radians, sin, tan

import pytest
import shapely

from apps.boundaries import services as boundaries
from apps.boundaries.models import TileShape
from geo.vocabulary import Level
from tests import small_country
from tests.tiles.reading import features

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.people(Alpha=1000)


def get(client, address):
    response = client.get(f"/tiles/{address}.mvt")
    assert response.status_code == 200, response.content
    return response


def named(client, address, layer="communes"):
    found = features(get(client, address).content, layer)
    return {each.properties["name"]: each for each in found}


def units(longitude, latitude, z, x, y):
    """Return the units in a tile of a place, by the definition of the projection."""
    across = (longitude + 180) / 360 * 2**z - x
    down = (1 - asinh(tan(radians(latitude))) / pi) / 2 * 2**z - y
    return round(across * 4096), round(down * 4096)


def test_a_square_has_its_corners_where_the_projection_puts_them(client):
    # 180 - 5 of 360 degrees are 15.56 of 32 tiles: over half of the sixteenth from the west.
    south = named(client, "communes/5/15/14")["Alpha Sud"]
    west_south, east_north = units(-5, 13, 5, 15, 14), units(-4, 13.5, 5, 15, 14)
    assert west_south == (2276, 3418)
    assert shapely.Polygon(south.parts[0]).bounds == (
        west_south[0],
        east_north[1],
        east_north[0],
        west_south[1],
    )


def test_a_tile_says_the_declared_fields_and_nothing_else(client):
    south = named(client, "communes/5/15/14")["Alpha Sud"].properties
    assert {"pcode": "ML910101", "region": "ML91", "cercle": "ML9101"}.items() <= south.items()
    assert set(south) <= {
        "pcode",
        "name",
        "region",
        "cercle",
        "area_km2",
        "people",
        "people_low",
        "people_high",
    }
    assert south["area_km2"] == pytest.approx(5990, rel=0.01)


def test_what_is_not_known_is_left_out_and_not_zero(client):
    cercles = named(client, "cercles/5/15/14", "cercles")
    assert cercles["Alpha"].properties["people"] == 1000
    assert "people" not in cercles["Bêta"].properties


WAVE = [(-4.5 + 0.02 * sin(step / 4), 13 + step / 400) for step in range(401)]
"""A border of 401 points from south to north, waving two kilometres to both sides."""
WAVY = (
    (Level.REGION, "ML91", "Ouest", "ML", small_country.square(-5, 13, -4, 14)),
    (Level.CERCLE, "ML9101", "Alpha", "ML91", small_country.square(-5, 13, -4, 14)),
    *(
        (Level.COMMUNE, pcode, name, "ML9101", shapely.MultiPolygon([shapely.Polygon([*WAVE, *outside])]))
        for pcode, name, outside in (
            ("ML910101", "Gauche", [(-5, 14), (-5, 13)]),
            ("ML910102", "Droite", [(-4, 14), (-4, 13)]),
        )
    ),
)


@pytest.mark.parametrize("tile", ["3/3/3", "6/31/29", "8/124/118", "10/499/473", "12/1996/1893"])
def test_neighbours_keep_their_common_border_at_every_zoom(client, tile):
    small_country.make("Ondulé", WAVY)
    left, right = (named(client, f"communes/{tile}")[name].shape for name in ("Gauche", "Droite"))
    assert shapely.coverage_is_valid([left, right])
    assert left.intersection(right).area == 0
    assert left.intersection(right).length > 0


def test_the_farther_out_the_fewer_vertices(client):
    small_country.make("Ondulé", WAVY)
    stored = dict(
        TileShape.objects.filter(area__name="Gauche", area__edition__is_active=True)
        .order_by("from_zoom")
        .values_list("from_zoom", "shape")
    )
    vertices = [shape.num_coords for shape in stored.values()]
    assert list(stored) == [0, 7, 9, 11]
    assert vertices == sorted(vertices)
    assert vertices[0] < vertices[-1] == 401 + 3


def test_another_edition_switched_on_is_what_is_drawn(client):
    before = get(client, "communes/5/15/14")
    former = next(iter(TileShape.objects.all())).area.edition
    areas = tuple((*area[:2], f"{area[2]} neuf", *area[3:]) for area in small_country.AREAS)
    edition = small_country.make("Suivante", areas, active=False)
    assert get(client, "communes/5/15/14")["ETag"] == before["ETag"]
    boundaries.activate(edition)
    after = get(client, "communes/5/15/14")
    assert after["ETag"] != before["ETag"]
    assert "Alpha Sud neuf" in named(client, "communes/5/15/14")
    assert former != edition


def test_a_tile_without_anything_is_204(client):
    response = client.get("/tiles/communes/5/0/0.mvt")
    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize(
    "address",
    [
        "communes/5/32/0",
        "communes/5/0/32",
        "communes/13/0/0",
        "settlements/15/0/0",
        "acronyms/0/0/0",
        "nix/0/0/0",
    ],
)
def test_a_tile_that_cannot_be_is_404_in_words(client, address):
    response = client.get(f"/tiles/{address}.mvt")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_the_whole_world_is_one_tile(client):
    assert set(named(client, "regions/0/0/0", "regions")) == {"Ouest", "Est"}


def test_areas_are_asked_by_their_filters(client):
    response = client.get("/tiles/communes/5/15/14.mvt?name=Alpha Sud,Gamma Nord")
    found = {each.properties["name"] for each in features(response.content, "communes")}
    assert found == {"Alpha Sud", "Gamma Nord"}
