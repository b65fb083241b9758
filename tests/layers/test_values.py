from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.readers import points, values
from layers.readers.values import Unfit


@pytest.mark.parametrize(
    ("cell", "number"),
    [("14.5", 14.5), ("14,5", 14.5), ("-3", -3.0), ("\u22123,25", -3.25), ("1.2e-05", 1.2e-05), (".5", 0.5)],
)
def test_a_number_has_a_point_or_a_comma(cell, number):
    assert values.decimal(cell) == number


@pytest.mark.parametrize("cell", ["", "nan", "inf", "1_000", "12 km", "1.2.3", "0x10", "١٢"])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(Unfit, match="n'est pas un nombre"):
        values.decimal(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        *(("0", 0), ("17907114", 17907114), ("17 907 114", 17907114), ("17\u202f907\u202f114", 17907114)),
        *(("17\u00a0907", 17907), ("17\u2009907", 17907), ("12.0", 12), ("12,0", 12)),
    ],
)
def test_a_whole_number_may_have_spaces(cell, number):
    assert values.whole(cell) == number


@pytest.mark.parametrize("cell", ["1,234", "1.234", "12.500", "-1,000"])
def test_a_number_that_reads_two_ways_is_refused(cell):
    with pytest.raises(Unfit, match="deux façons"):
        values.whole(cell)


def test_a_whole_number_is_neither_a_fraction_nor_below_the_least():
    with pytest.raises(Unfit, match="entier"):
        values.whole("2,5")
    with pytest.raises(Unfit, match="au moins 1"):
        values.whole("0", least=1)


@given(st.integers(min_value=0, max_value=10**9))
def test_a_whole_number_is_read_back_with_french_spaces(number):
    assert values.whole(f"{number:,}".replace(",", "\u202f")) == number


@pytest.mark.parametrize(
    "cell",
    [
        *("2020-10-31", "2020/10/31", "2020-10-31T00:00:00", "2020-10-31 12:00", "31/10/2020", "10/31/2020"),
        *("31.10.2020", "31 October 2020", "31-Oct-2020", "31 octobre 2020", "31 oct. 2020"),
    ],
)
def test_a_date_has_many_forms(cell):
    assert values.day(cell) == date(2020, 10, 31)


@pytest.mark.parametrize("cell", ["1er août 2020", "01 aug 2020", "1 AOUT 2020"])
def test_months_are_known_in_both_languages(cell):
    assert values.day(cell) == date(2020, 8, 1)


def test_the_same_number_for_day_and_month_is_no_doubt():
    assert values.day("05/05/2020") == date(2020, 5, 5)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2020-02-30", "n'existe pas"),
        ("31/13/2020", "n'existe pas"),
        ("03/04/2020", "peuvent être échangés"),
        ("43892", "tableur"),
        ("31 Octember 2020", "n'est pas une date"),
        ("31/10/20", "n'est pas une date"),
    ],
)
def test_a_date_that_is_none_is_refused(cell, told):
    with pytest.raises(Unfit, match=told):
        values.day(cell)


@given(st.dates())
def test_a_date_is_read_back(day):
    assert values.day(day.isoformat()) == day


def test_yes_and_no_are_known_in_both_languages():
    assert [values.yes_or_no(cell) for cell in ("yes", "Oui", "no", "NON")] == [True, True, False, False]
    with pytest.raises(Unfit, match="Oui ou non"):
        values.yes_or_no("peut-être")


def test_a_point_on_the_edge_of_the_envelope_is_inside():
    points.check(points.WEST, points.SOUTH)
    points.check(points.EAST, points.NORTH)


@pytest.mark.parametrize(
    ("longitude", "latitude", "told"),
    [
        (14.6, -3.1, "échangées"),
        (9.1, 14.6, "signe moins"),
        (0, 0, "0, 0"),
        (-343000, 1554000, "pas des degrés"),
        (2.35, 48.85, "hors du Mali"),
    ],
)
def test_a_point_elsewhere_is_refused_with_its_likely_cause(longitude, latitude, told):
    with pytest.raises(Unfit, match=told):
        points.check(longitude, latitude)
