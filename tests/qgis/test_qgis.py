"""QGIS opens, filters, reprojects, styles and draws what a running site serves (`make test-qgis`)."""

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.catalogue.legends import NO_DATA, legend, signs_of
from apps.catalogue.loads import rows_for
from apps.catalogue.rows import ROWS
from apps.catalogue.tiles.asked import TILED
from layers.catalogue import LAYERS
from layers.declaration import Geometry

pytestmark = pytest.mark.django_db

PAPER = "#ffffff"
SHAPES = {Geometry.POINT: 0, Geometry.AREA: 2}
"""As QGIS numbers them."""


@pytest.mark.parametrize("name", LAYERS)
def test_every_layer_opens_and_is_read_whole(seen, name):
    told = seen["collections"][name]
    count = rows_for(AnonymousUser(), LAYERS[name]).count()
    assert told["valid"]
    assert (told["count"], told["read"]) == (count, count)
    if count:
        assert set(LAYERS[name].field_names) <= set(told["fields"])


@pytest.mark.parametrize("name", ["regions", "cercles", "settlements", "events", "institutions"])
def test_shapes_are_known_as_areas_or_points_in_degrees(seen, name):
    told = seen["collections"][name]
    assert told["shape"] == SHAPES[LAYERS[name].geometry]
    assert told["crs"] == "EPSG:4326"


def test_a_condition_chooses_the_cercles_of_a_region(seen):
    told = seen["filtered"]
    expected = ROWS["cercles"].all().filter(parent__pcode=told["region"]).count()
    assert 0 < expected < ROWS["cercles"].all().count()
    assert told["accepted"]
    assert (told["by_provider"], told["by_expression"]) == (expected, expected)


def test_a_box_chooses_the_settlements_in_it(seen):
    points = ROWS["settlements"].all().values_list("location", flat=True)
    within = [each for each in points if -4.5 <= each.x <= -3.5 and 14 <= each.y <= 15]
    assert seen["in_box"] == len(within) > 0


def test_cercles_reprojected_to_an_equal_area_system_have_the_areas_they_are_told(seen):
    assert len(seen["km2"]) == ROWS["cercles"].all().count()
    for pcode, (drawn, told) in seen["km2"].items():
        assert drawn == pytest.approx(told, rel=0.02), pcode


@pytest.mark.parametrize("name", ["regions", "cercles", "settlements", "institutions"])
def test_qgis_takes_the_style_of_features_with_its_legend(seen, name):
    told = seen["styles"][name]
    assert told["accepted"]
    assert told["legend"] == [sign.words.in_language("en") for sign in signs_of(legend(TILED[name]))]


@pytest.mark.parametrize("name", TILED)
def test_qgis_takes_the_tiles_of_a_layer_and_their_style(seen, name):
    told = seen["tiles"][name]
    assert told["valid"]
    assert told["style_accepted"], told["said"]
    assert told["styles"]
    assert told["qml_accepted"]
    signs = signs_of(legend(TILED[name]))
    assert told["legend"][-len(signs) :] == [sign.words.in_language("en") for sign in signs]


@pytest.mark.parametrize("name", ["cercles", "settlements"])
def test_what_qgis_draws_has_the_colours_of_the_layer(seen, name):
    for drawn in (seen["drawn"][name], seen["tiles"][name]["drawn"]):
        colours = {sign.fill for sign in signs_of(legend(TILED[name]))}
        assert PAPER in drawn
        assert colours & set(drawn)


def test_cercles_whose_people_are_unknown_are_drawn_as_such(seen):
    assert ROWS["cercles"].all().filter(population__people=None).exists()
    for drawn in (seen["drawn"]["cercles"], seen["tiles"]["cercles"]["drawn"]):
        assert NO_DATA in drawn
