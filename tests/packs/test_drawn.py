"""How rows of a pack are drawn: counted by hand on rows that lie in no database."""

import pytest
from django.contrib.gis.geos import Point

from apps.packs.drawn import drawn, place_of
from layers.catalogue import LAYERS

TOLD = ("exact", "seat", "settlement")
KORO = [-3.07, 14.05]
CERCLES, INSTITUTIONS, EVENTS = (LAYERS[name] for name in ("cercles", "institutions", "events"))


def row(layer, **values):
    return [values.get(name) for name in layer.field_names]


def test_a_cercle_has_the_class_of_its_density_and_one_unknown_has_none():
    rows = [
        row(CERCLES, people=people, area_km2=area_km2)
        for people, area_km2 in ((199, 100), (200, 100), (6000, 100), (0, 100), (None, 100), (5, None))
    ]
    told = drawn(CERCLES, rows, "fr")
    assert told.title == "Habitants par km²"
    assert [told.signs[place].words.fr for place in told.of_rows] == [
        "0 – 2",
        "2 – 10",
        "60 et plus",
        "0 – 2",
        "pas de donnée",
        "pas de donnée",
    ]


def test_where_nothing_is_known_of_any_there_is_one_plain_sign():
    told = drawn(CERCLES, [row(CERCLES, area_km2=100)], "fr")
    assert (len(told.signs), told.of_rows, told.title) == (1, (0,), "")


def test_the_legend_of_institutions_holds_the_statuses_that_occur():
    rows = [row(INSTITUTIONS, status=status) for status in ("unknown", "functional", "unknown")]
    told = drawn(INSTITUTIONS, rows, "en")
    assert [told.signs[place].words.en for place in told.of_rows] == ["unknown", "functional", "unknown"]
    assert len(told.as_dict("en")["signs"]) == 2


def test_a_place_that_is_not_that_of_the_row_is_imprecise():
    places = [
        row(INSTITUTIONS, status="unknown", place_told=told) for told in ("exact", "seat", "settlement")
    ]
    assert drawn(INSTITUTIONS, places, "fr").imprecise == (1, 2)
    events = [row(EVENTS, geo_precision=precision) for precision in (1, 2, 3, 4)]
    assert drawn(EVENTS, events, "fr").imprecise == (2, 3)


@pytest.mark.parametrize(("precision", "place"), [(2, KORO), (4, KORO), (3, None), (5, None), (6, None)])
def test_what_is_known_to_more_than_a_cercle_is_drawn_in_none(precision, place):
    assert place_of(EVENTS, row(EVENTS, geo_precision=precision), Point(KORO)) == place
    assert place_of(EVENTS, row(EVENTS, geo_precision=precision), None) is None
