"""The browser and the server write the same number and the same date in the same way."""

from datetime import date

import pytest
from django.utils import translation

from apps.maps import formats

pytestmark = pytest.mark.browser

NUMBERS = [
    (0, 0),
    (7, 1),
    (12.44, 1),
    (12.45, 1),
    (999, 0),
    (1000, 0),
    (1234567, 0),
    (98765.4321, 2),
    (-3, 0),
]
DAYS = [date(2019, 11, 1), date(2020, 10, 31), date(2020, 9, 3), date(2020, 5, 21), date(2012, 3, 22)]

IN_BROWSER = """async ({ numbers, days }) => {
    const address = document.querySelector('link[rel=modulepreload][href*="format"]').href;
    const format = await import(address);
    return {
        numbers: numbers.map(([value, decimals]) => format.number(value, decimals)),
        shares: numbers.map(([value, decimals]) => format.percent(value / 100, decimals)),
        days: days.map((each) => format.day(each)),
        months: days.map((each) => format.month(each)),
    };
}"""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_both_write_the_same(reader, language):
    page = reader.open_map(f"/?lang={language}")
    written = page.evaluate(IN_BROWSER, {"numbers": NUMBERS, "days": [day.isoformat() for day in DAYS]})
    with translation.override(language):
        assert written == {
            "numbers": [formats.number(value, decimals) for value, decimals in NUMBERS],
            "shares": [formats.percent(value / 100, decimals) for value, decimals in NUMBERS],
            "days": [formats.day(day) for day in DAYS],
            "months": [formats.month(day) for day in DAYS],
        }
