"""What the address of the map asks."""

import pytest
from django.http import QueryDict

from apps.maps.questions import MapQuestion, WrongParameter, map_question


def test_nothing_asked_is_the_first_view():
    assert map_question(QueryDict("")) == MapQuestion(
        level="cercles", indicator="violent_per_100k", period="12m", sort="-violent_per_100k"
    )


def test_the_order_follows_the_indicator_unless_asked():
    assert map_question(QueryDict("indicator=people")).sort == "-people"
    assert map_question(QueryDict("indicator=people&sort=name")).sort == "name"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("level=communes", "level"),
        ("indicator=police", "indicator"),
        ("period=7m", "period"),
        ("sort=-x", "sort"),
    ],
)
def test_a_value_that_means_nothing_is_named_with_the_possible_ones(query, named):
    with pytest.raises(WrongParameter) as error:
        map_question(QueryDict(query))
    assert f"{named} =" in str(error.value)
    assert "Valeurs possibles" in str(error.value)


def test_what_the_scripts_keep_in_the_address_is_left_to_them():
    assert map_question(QueryDict("layers=events&at=14,-4,7&since=2020-01-01")) == MapQuestion()
