from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.imports import numbers
from layers.imports.cells import StoredDate, StoredNumber
from layers.readers.values import Unfit

NB, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", 12),
        ("-12", -12),
        ("\u221212", -12),
        ("+3", 3),
        ("14,5", 14.5),
        ("14.5", 14.5),
        (".5", 0.5),
        ("5.", 5),
        ("0,125", 0.125),
        ("1234,567", 1234.567),
        (f"1{NB}234,5", 1234.5),
        (f"17{THIN}907{THIN}114", 17_907_114),
        ("1 234.567", 1234.567),
        ("1,234,567", 1_234_567),
        ("1.234.567,8", 1_234_567.8),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1e3", 1000),
        ("1,5E-3", 0.0015),
        (StoredNumber("1.234"), 1.234),
    ],
)
def test_a_number_is_read_as_it_was_meant(cell, number):
    assert numbers.decimal(cell) == number


@pytest.mark.parametrize(
    "cell", ["", "douze", "1 23", "12 %", "1,2,3", "1.2.3", "1,23,456", "-", ",", "1..2", "0x1f"]
)
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(Unfit, match="pas un nombre"):
        numbers.decimal(cell)


def test_a_number_that_reads_two_ways_is_refused_with_both():
    with pytest.raises(Unfit, match=r"de deux façons\u00a0: 1234, ou 1\.234"):
        numbers.decimal("1,234")
    with pytest.raises(Unfit, match=r"de deux façons\u00a0: -12345, ou -12\.345"):
        numbers.decimal("-12.345")


def test_the_mark_of_its_column_settles_it():
    assert numbers.decimal("1,234", mark=",") == 1.234
    assert numbers.decimal("1,234", mark=".") == 1234
    assert numbers.decimal("1.234", mark=",") == 1234
    assert numbers.decimal("1.234", mark=".") == 1.234


MARKS = {
    "fr": (NB, ","),
    "fr thin": (THIN, ","),
    "fr plain": ("", ","),
    "en": (",", "."),
    "en plain": ("", "."),
}


def as_written(number, decimals, groups, mark):
    return f"{number:,.{decimals}f}".replace(",", "@").replace(".", mark).replace("@", groups)


@given(
    st.floats(-1e9, 1e9).map(lambda number: round(number, 2)),
    st.sampled_from(sorted(MARKS)),
    st.integers(1, 4),
)
def test_numbers_in_french_and_english_read_back_equal(number, writing, decimals):
    groups, mark = MARKS[writing]
    cell = as_written(number, max(decimals, 2), groups, mark)
    assert numbers.decimal(cell, mark=mark) == number
    assert numbers.mark_of(cell) in ("", mark)


@given(st.integers(-(10**12), 10**12), st.sampled_from(["", " ", NB, THIN, ","]))
def test_whole_numbers_read_back_equal(number, groups):
    assert numbers.whole(f"{number:,}".replace(",", groups), mark=".") == number


def test_a_date_that_reads_two_ways_is_refused_with_both_unless_its_column_tells():
    with pytest.raises(Unfit, match="le 3 du mois 4, ou le 4 du mois 3"):
        numbers.day("03/04/2020")
    assert numbers.day("03/04/2020", day_first=True) == date(2020, 4, 3)
    assert numbers.day("03/04/2020", day_first=False) == date(2020, 3, 4)
    assert numbers.day("04/04/2020") == date(2020, 4, 4)
    assert numbers.day("04/13/2020", day_first=True) == date(2020, 4, 13)


@pytest.mark.parametrize(
    "cell",
    [
        "2020-10-31",
        "31/10/2020",
        "31.10.2020",
        "31 octobre 2020",
        "31 October 2020",
        StoredDate("2020-10-31 08:00:00"),
    ],
)
def test_a_date_is_read_in_several_writings(cell):
    assert numbers.day(cell) == date(2020, 10, 31)


@pytest.mark.parametrize("cell", ["2021", "43831", "31/02/2020", "hier"])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(Unfit):
        numbers.day(cell)


@given(st.dates(date(1960, 1, 1), date(2050, 12, 31)), st.booleans())
def test_dates_read_back_equal(day, day_first):
    cell = day.strftime("%d/%m/%Y" if day_first else "%m/%d/%Y")
    assert numbers.day(cell, day_first=day_first) == day
