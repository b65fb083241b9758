"""
Values as people and programs write them in tables: numbers with thin spaces, decimal commas, dates in words.

Every function refuses what can be read two ways rather than guess.
"""

import re
from datetime import date

from geo.names import fold
from layers.readers.wording import quoted

NOT_A_VALUE = frozenset(
    ("<Null>", "<null>", "<NULL>", "NULL", "null", "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NOM?", "#VALEUR!")
)
"""What programs write in a cell that has no value."""
_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_GROUPED_OR_DECIMAL = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})(?:er)?[-/. ]+([^\W\d_]+)\.?[-/, ]+(\d{4})")
_MONTHS = {
    fold(name): number
    for number, names in enumerate(
        (
            "janvier january janv jan",
            "février february févr fév feb",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "août august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "décembre december déc dec",
        ),
        start=1,
    )
    for name in names.split()
}


class Unfit(ValueError):
    """A value that cannot be used: `reason` says why, `remedy` what to do, both in plain French."""

    def __init__(self, reason: str, remedy: str) -> None:
        """Keep both sentences."""
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy


def cleaned(cells: list[str]) -> list[str]:
    """
    Return the cells without spaces around them, "" for those that only say that there is no value.

    >>> cleaned([" Koro ", "<Null>", "0"])
    ['Koro', '', '0']
    """
    stripped = list(map(str.strip, cells))
    if NOT_A_VALUE.isdisjoint(stripped):
        return stripped
    return ["" if cell in NOT_A_VALUE else cell for cell in stripped]


def decimal(cell: str) -> float:
    """
    Return a number written with a point or a decimal comma. Raises Unfit.

    >>> decimal("14,5"), decimal("-3.25")
    (14.5, -3.25)
    """
    number = cell
    if not _DECIMAL.fullmatch(number):
        number = cell.translate(_SPACES).replace("\u2212", "-").replace(",", ".", 1)
    if not _DECIMAL.fullmatch(number):
        raise Unfit("Ce n'est pas un nombre.", "Écrivez un nombre comme 14.5 ou 14,5.")
    return float(number)


def whole(cell: str, *, least: int = 0) -> int:
    """
    Return a whole number of at least `least`. Raises Unfit: "1,234" may be 1234 or a little over one.

    >>> whole("17 907 114"), whole("12.0")
    (17907114, 12)
    """
    if _GROUPED_OR_DECIMAL.fullmatch(cell):
        raise Unfit(
            "Ce nombre peut se lire de deux façons\u00a0: en milliers ou avec décimales.",
            "Écrivez-le sans point ni virgule.",
        )
    number = decimal(cell)
    if number != int(number):
        raise Unfit("Un nombre entier est attendu.", "Ôtez la partie décimale, ou corrigez le nombre.")
    if number < least:
        raise Unfit(f"Un nombre d'au moins {least} est attendu.", "Corrigez le nombre.")
    return int(number)


def yes_or_no(cell: str) -> bool:
    """
    Return what a cell answers: yes, oui, true, 1; no, non, false, 0. Raises Unfit.

    >>> yes_or_no("Oui"), yes_or_no("no")
    (True, False)
    """
    answer = fold(cell)
    if answer in ("yes", "oui", "true", "vrai", "1"):
        return True
    if answer in ("no", "non", "false", "faux", "0"):
        return False
    raise Unfit("Oui ou non est attendu.", "Écrivez oui ou non, ou laissez la case vide si c'est inconnu.")


def day(cell: str) -> date:
    """
    Return a date: 2020-10-31, 31/10/2020, 31 October 2020, 31 octobre 2020. Raises Unfit.

    >>> day("1er août 2020")
    datetime.date(2020, 8, 1)
    >>> day("03/04/2020")
    Traceback (most recent call last):
    ...
    layers.readers.values.Unfit: Le jour et le mois peuvent être échangés. Écrivez la date comme 2020-10-31.
    """
    try:
        return date.fromisoformat(cell)
    except ValueError:
        year, month, number = _year_month_day(cell)
    try:
        return date(year, month, number)
    except ValueError:
        raise Unfit("Ce jour n'existe pas.", "Corrigez la date, par exemple 2020-10-31.") from None


def _year_month_day(cell: str) -> tuple[int, int, int]:
    if found := _YEAR_FIRST.fullmatch(cell):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMBERS.fullmatch(cell):
        return _day_first(int(found[1]), int(found[2]), int(found[3]))
    if (found := _IN_WORDS.fullmatch(cell)) and (month_in_words := _MONTHS.get(fold(found[2]))):
        return int(found[3]), month_in_words, int(found[1])
    if cell.isdecimal():
        raise Unfit("Un tableur a changé cette date en nombre.", "Écrivez la date comme 2020-10-31.")
    raise Unfit(f"{quoted(cell)} n'est pas une date.", "Écrivez la date comme 2020-10-31.")


def _day_first(first: int, second: int, year: int) -> tuple[int, int, int]:
    if first != second and max(first, second) <= 12:
        raise Unfit("Le jour et le mois peuvent être échangés.", "Écrivez la date comme 2020-10-31.")
    return (year, first, second) if second > 12 else (year, second, first)
