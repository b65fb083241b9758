"""
Numbers and dates as a reader of the current language writes them.

`static/js/format.js` gives the same results.
"""

from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent, get_group_symbol
from django.utils.translation import get_language

# Dates of the English pages are British, as everywhere in the United Nations.
BABEL_LOCALE = {"fr": "fr", "en": "en_GB"}


def locale():
    """Return the Babel locale of the page being written."""
    return BABEL_LOCALE[get_language()]


def number(value, decimals=0):
    """Return `value` with exactly this many decimals: 1 234 567 or 12,4. None stays None."""
    if value is None:
        return None
    if decimals == 0 and isinstance(value, int):
        return f"{value:,}".replace(",", _group_symbol(locale()))
    return format_decimal(value, format=_pattern(decimals), locale=locale())


# A table of communes writes thousands of whole numbers and percentages: Babel takes 40 µs for each.
_group_symbol = lru_cache(get_group_symbol)


def percent(share, decimals=0):
    """Return a share from 0 to 1 as a percentage: 12,4 %."""
    if share is None:
        return None
    rounded = Decimal(str(share)).quantize(Decimal(1).scaleb(-2 - decimals), ROUND_HALF_EVEN)
    return _percent(rounded, decimals, locale())


@lru_cache(maxsize=2048)
def _percent(share, decimals, locale_):
    pattern = _pattern(decimals) + ("\u00a0%" if locale_ == "fr" else "%")
    return format_percent(share, format=pattern, locale=locale_)


def day(date):
    """Return 31 oct. 2020, and in French 1er nov. 2020."""
    if date is None:
        return None
    text = format_date(date, "d MMM y", locale=locale())
    return f"1er{text[1:]}" if date.day == 1 and locale() == "fr" else text


def month(date):
    """Return oct. 2020."""
    return None if date is None else format_date(date, "MMM y", locale=locale())


def _pattern(decimals):
    return "#,##0." + "0" * decimals if decimals else "#,##0"
