"""Numbers and dates, as a reader in Bamako and one in London write them."""

from datetime import date

import pytest
from django.utils import translation

from apps.maps import formats
from apps.maps.templatetags.maillage import number as shown
from apps.maps.templatetags.maillage import plain


@pytest.mark.parametrize(
    ("language", "value", "decimals", "written"),
    [
        ("fr", 1234567, 0, "1\u202f234\u202f567"),
        ("en", 1234567, 0, "1,234,567"),
        ("fr", 12.44, 1, "12,4"),
        ("en", 12.44, 1, "12.4"),
        ("fr", 12.45, 1, "12,4"),
        ("fr", 0, 1, "0,0"),
        ("fr", -3, 0, "-3"),
    ],
)
def test_a_number_has_the_separators_of_the_language(language, value, decimals, written):
    with translation.override(language):
        assert formats.number(value, decimals) == written


@pytest.mark.parametrize(("language", "written"), [("fr", "12,4\u00a0%"), ("en", "12.4%")])
def test_a_share_becomes_a_percentage(language, written):
    with translation.override(language):
        assert formats.percent(0.124, 1) == written


@pytest.mark.parametrize(
    ("language", "day", "written"),
    [
        ("fr", date(2020, 10, 31), "31 oct. 2020"),
        ("fr", date(2019, 11, 1), "1er nov. 2019"),
        ("fr", date(2019, 5, 11), "11 mai 2019"),
        ("en", date(2019, 11, 1), "1 Nov 2019"),
    ],
)
def test_a_day_is_short_and_the_first_is_premier(language, day, written):
    with translation.override(language):
        assert formats.day(day) == written


def test_a_month():
    with translation.override("fr"):
        assert formats.month(date(2020, 10, 1)) == "oct. 2020"


@pytest.mark.parametrize("write", [formats.number, formats.percent, formats.day, formats.month])
def test_missing_stays_missing(write):
    assert write(None) is None


def test_missing_is_not_zero_on_a_page():
    with translation.override("fr"):
        assert shown(0) == "0"
        assert "pas de donnée" in shown(None)
        assert plain(None) == ""
        assert plain(0) == "0"
