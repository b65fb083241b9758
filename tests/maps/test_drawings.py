"""The drawings of the sheets: numbers that can be checked by hand."""

from datetime import date
from itertools import pairwise

import pytest
from django.contrib.gis.geos import Point
from django.utils import translation

from apps.maps.sheets.monthly_chart import HEIGHT, LEFT, TOP, WIDTH, _axis, by_year, chart
from apps.maps.small_map import HEIGHT as MAP_HEIGHT
from apps.maps.small_map import WIDTH as MAP_WIDTH
from apps.maps.small_map import frame_around, scale_bar

MONTHS = [
    (date(2019, 12, 1), 0, 0, 0),
    (date(2020, 1, 1), 4, 1, 2),
    (date(2020, 2, 1), 10, 10, 30),
]


def test_a_bar_is_as_high_as_its_events():
    drawn = chart(MONTHS)
    assert f"V{TOP:g}h" in drawn.violent  # ten of ten: up to the top of the axis
    assert drawn.violent.count("M") == 2
    assert drawn.others.count("M") == 1  # 2020-02 has violent events only
    assert drawn.ticks[0] == (HEIGHT - 28, 0)
    assert drawn.ticks[-1] == (TOP, 10)


def test_bars_stay_on_the_drawing():
    drawn = chart(MONTHS)
    last = float(drawn.violent.split("M")[-1].split()[0])
    width = float(drawn.violent.split("h")[-1].split("V")[0])
    assert last >= LEFT
    assert last + width <= WIDTH - 8


def test_years_are_named_at_january():
    slot = (WIDTH - LEFT - 8) / 3
    assert chart(MONTHS).years == [(round(LEFT + slot, 1), 2020)]


def test_a_chart_without_january_names_its_year():
    assert chart(MONTHS[2:]).years == [(LEFT, 2020)]


def test_a_long_period_names_a_few_years_only():
    months = [(date(year, month, 1), 1, 0, 0) for year in range(1997, 2021) for month in range(1, 13)]
    years = [year for _, year in chart(months).years]
    assert years == list(range(1998, 2021, 2))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "fr",
            "De déc. 2019 à févr. 2020\u00a0: 14 événements, dont 11 violents. "
            "Le mois le plus chargé\u00a0: févr. 2020 (10 événements).",
        ),
        (
            "en",
            "From Dec 2019 to Feb 2020: 14 events, of which 11 violent. Busiest month: Feb 2020 (10 events).",
        ),
    ],
)
def test_the_words_say_what_the_eye_sees(language, words):
    with translation.override(language):
        assert chart(MONTHS).text == words


def test_no_event_no_chart():
    assert chart([]) is None
    assert chart(MONTHS[:1]) is None


@pytest.mark.parametrize(
    ("most", "last"), [(1, 1), (5, 5), (6, 6), (7, 8), (43, 50), (101, 150), (999, 1000)]
)
def test_the_axis_is_even_and_holds_the_highest_bar(most, last):
    axis = _axis(most)
    assert axis[-1] == last
    assert len(axis) <= 6
    assert len({b - a for a, b in pairwise(axis)}) == 1


def test_years_are_summed_the_latest_first():
    assert by_year(MONTHS) == [(2020, 14, 11, 32), (2019, 0, 0, 0)]


def test_the_middle_of_the_area_is_the_middle_of_the_map():
    frame = frame_around((-1.0, 13.0, 1.0, 15.0))
    assert frame.place(Point(0, 14)) == (MAP_WIDTH / 2, MAP_HEIGHT / 2)


def test_a_kilometre_is_as_long_both_ways():
    frame = frame_around((-1.0, 59.0, 1.0, 61.0))
    assert frame.scale_x / frame.scale_y == pytest.approx(0.5)  # cos 60°


def test_the_area_and_its_margin_fit():
    frame = frame_around((-4.0, 10.0, -2.0, 11.0))
    left, top = frame.place(Point(-4.0, 11.0))
    right, bottom = frame.place(Point(-2.0, 10.0))
    assert 0 < left < right < MAP_WIDTH
    assert 0 < top < bottom < MAP_HEIGHT


def test_the_scale_bar_is_a_round_number_of_kilometres():
    frame = frame_around((-1.0, 13.0, 1.0, 15.0))
    with translation.override("fr"):
        bar = scale_bar(frame)
    length_km = int(bar["told"].removesuffix(" km"))
    assert length_km in (50, 100)
    assert bar["width"] == pytest.approx(length_km / 111.2 * frame.scale_y, abs=0.1)
    assert bar["width"] <= MAP_WIDTH / 4
