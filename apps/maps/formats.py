"""
Numbers and dates as a reader of the current language writes them.

`static/js/format.js` gives the same results.
"""

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
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
    return format_decimal(value, format=_pattern(decimals), locale=locale())


def percent(share, decimals=0):
    """Return a share from 0 to 1 as a percentage: 12,4 %."""
    if share is None:
        return None
    pattern = _pattern(decimals) + ("\u00a0%" if locale() == "fr" else "%")
    return format_percent(share, format=pattern, locale=locale())


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
