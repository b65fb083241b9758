"""
Numbers and dates as French and English spreadsheets write them, read in one way or refused with both.

What one cell cannot tell (is 1,234 more than a thousand, or a little over one?) the other cells of its
column often do: the caller gives the decimal mark, or the order of day and month, that they show.
"""

import re
from collections.abc import Iterable
from datetime import date

from layers.imports.cells import StoredDate, StoredNumber
from layers.readers import values
from layers.readers.values import Unfit
from layers.readers.wording import quoted

_SPACE = " \u00a0\u202f\u2009"
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+", re.ASCII)
_SPACED = re.compile(rf"[+-]?\d{{1,3}}(?:[{_SPACE}]\d{{3}})+(?:[.,]\d+)?", re.ASCII)
_ONE_MARK = re.compile(r"[+-]?(\d*)([.,])(\d*)", re.ASCII)
# Groups of three: at least two, or one and decimals after the other mark.
_GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d*)?|,\d{3}\.\d*)", re.ASCII),
    ",": re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d*)?|\.\d{3},\d*)", re.ASCII),
}
_OTHER_MARK = {",": ".", ".": ","}
_DAY_MONTH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


def mark_of(cell: str) -> str:
    """
    Return the decimal mark that a number certainly uses, "," or "."; "" when it shows none.

    >>> [mark_of(cell) for cell in ("14,5", "1.5", "1 234,567", "1,234,567", "1.234,5", "1,234", "12")]
    [',', '.', ',', '.', ',', '', '']
    """
    if isinstance(cell, StoredNumber):
        return ""
    told = _plain(cell)
    if one := _ONE_MARK.fullmatch(told):
        return one[2] if (one[1] or one[3]) and not _is_double(one) else ""
    if told.isdecimal():
        return ""
    if _SPACED.fullmatch(told):
        return next((mark for mark in ",." if mark in told), "")
    return next((mark for mark, grouped in _GROUPED.items() if grouped.fullmatch(told)), "")


def decimal(cell: str, *, mark: str = "") -> float:
    """
    Return a number. `mark` is the decimal mark of its column, "" when nothing tells it. Raises Unfit.

    >>> decimal("1 234,5"), decimal("1,234.5"), decimal("-3.25"), decimal("1,234", mark="."), decimal("0,125")
    (1234.5, 1234.5, -3.25, 1234.0, 0.125)
    """
    if isinstance(cell, StoredNumber):
        return float(cell)
    told = _plain(cell)
    if one := _ONE_MARK.fullmatch(told):
        return _with_one_mark(told, one, mark)
    if _WHOLE.fullmatch(told):
        return float(told)
    if _SPACED.fullmatch(told):
        return float(re.sub(f"[{_SPACE}]", "", told).replace(",", "."))
    if _SCIENTIFIC.fullmatch(told):
        return float(told.replace(",", "."))
    for decimal_mark, grouped in _GROUPED.items():
        if grouped.fullmatch(told):
            return float(told.replace(_OTHER_MARK[decimal_mark], "").replace(decimal_mark, "."))
    raise _not_a_number()


def whole(cell: str, *, mark: str = "") -> int:
    """
    Return a whole number, otherwise as `decimal`.

    >>> whole("17 907 114"), whole("12.0"), whole("1,234,567")
    (17907114, 12, 1234567)
    """
    number = decimal(cell, mark=mark)
    if number != int(number):
        raise Unfit("Un nombre entier est attendu.", "Ôtez la partie décimale, ou corrigez le nombre.")
    return int(number)


def _not_a_number() -> Unfit:
    return Unfit("Ce n'est pas un nombre.", "Écrivez un nombre comme 14.5 ou 14,5.")


def _plain(cell: str) -> str:
    return cell.strip().replace("\u2212", "-")


def _is_double(one: re.Match[str]) -> bool:
    """Return whether one mark before three digits may part thousands or decimals."""
    return len(one[3]) == 3 and 1 <= len(one[1]) <= 3 and not one[1].startswith("0")


def _with_one_mark(told: str, one: re.Match[str], mark: str) -> float:
    if not (one[1] or one[3]):
        raise _not_a_number()
    as_decimal, as_thousands = told.replace(",", "."), told.replace(one[2], "")
    if not _is_double(one) or mark == one[2]:
        return float(as_decimal)
    if mark:
        return float(as_thousands)
    raise Unfit(
        f"Ce nombre se lit de deux façons\u00a0: {as_thousands}, ou {as_decimal}.",
        "Écrivez-le sans séparateur de milliers, ou dites la marque décimale du fichier.",
    )


def is_day_first(cells: Iterable[str]) -> bool | None:
    """
    Return whether dates of a column write the day before the month; None when none, or some of each, tells.

    >>> is_day_first(["03/04/2020", "13/04/2020"]), is_day_first(["04/13/2020"]), is_day_first(["03/04/2020"])
    (True, False, None)
    """
    orders = {order for cell in cells if (order := order_of(cell)) is not None}
    return orders.pop() if len(orders) == 1 else None


def order_of(cell: str) -> bool | None:
    """Return whether a date certainly writes the day first; None when it does not tell."""
    found = _DAY_MONTH.fullmatch(cell.strip())
    if not found or (int(found[1]) > 12) == (int(found[2]) > 12):
        return None
    return int(found[1]) > 12


def day(cell: str, *, day_first: bool | None = None) -> date:
    """
    Return a date; `day_first` is the order that its column shows, None when nothing tells. Raises Unfit.

    >>> day("03/04/2020", day_first=True), day("2020-10-31 00:00:00"), day("1er août 2020")
    (datetime.date(2020, 4, 3), datetime.date(2020, 10, 31), datetime.date(2020, 8, 1))
    """
    told = cell.strip()
    if isinstance(cell, StoredDate):
        return date.fromisoformat(told[:10])
    if _YEAR.fullmatch(told):
        raise Unfit("Seule l'année est dite.", f"Écrivez un jour, par exemple {told}-01-01.")
    if found := _DAY_MONTH.fullmatch(told):
        return _ordered(told, int(found[1]), int(found[2]), int(found[3]), day_first)
    return values.day(told)


def _ordered(told: str, first: int, second: int, year: int, day_first: bool | None) -> date:
    if first == second or first > 12 or second > 12 or day_first is None:
        day_first = True if first == second or first > 12 else False if second > 12 else day_first
    if day_first is None:
        raise Unfit(
            f"{quoted(told)} se lit de deux façons\u00a0: le {first} du mois {second}, "
            f"ou le {second} du mois {first}.",
            "Écrivez la date comme 2020-10-31, ou dites l'ordre du jour et du mois du fichier.",
        )
    month, number = (second, first) if day_first else (first, second)
    try:
        return date(year, month, number)
    except ValueError:
        raise Unfit("Ce jour n'existe pas.", "Corrigez la date, par exemple 2020-10-31.") from None
