"""One cell as the value of a field; what cannot be one says why."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import shapely
from shapely.errors import ShapelyError

from geo.names import closest, fold
from layers.imports import numbers
from layers.imports.cells import StoredNumber
from layers.imports.kinds.declaring import ImportField, ValueType
from layers.readers import points, values
from layers.readers.values import Unfit
from layers.readers.wording import quoted
from layers.spreadsheets import FORMULA_STARTS

_NO_VALUE = values.NOT_A_VALUE | frozenset(
    ("", "-", "–", "—", "...", "…", "n/a", "N/A", "n.a.", "n.d.", "N.D.", "nd", "ND", "NaN", "nan")
)
SURELY_MEANT = 85
"""How alike, of 100, a word and a choice must be to be offered: « fire_station » is no « police_station »."""
MISSING = Unfit("La valeur manque.", "Complétez la case, ou ôtez la ligne.")


def told_in(cell: str) -> str:
    """
    Return what a cell tells, "" for the words that only say that there is no value.

    An apostrophe before a formula is that of our own exports: it is taken off.
    """
    if isinstance(cell, StoredNumber):
        return cell
    told = cell if type(cell) is not str else cell.strip()
    if told[:1] == "'" and told[1:].startswith(FORMULA_STARTS):
        told = told[1:]
    return "" if told in _NO_VALUE else told


def reader_of(each: ImportField, *, mark: str, day_first: bool | None) -> Callable[[str], Any]:
    """
    Return what turns a cell of this field into its value, or raises Unfit.

    `mark` is the decimal mark of the column, "" when it does not tell; `day_first` the order of its dates.
    """
    readers: dict[ValueType, Callable[[str], Any]] = {
        ValueType.TEXT: partial(text, most=each.most_letters),
        ValueType.NAME: partial(_name, most=each.most_letters),
        ValueType.CODE: partial(text, most=each.most_letters),
        ValueType.WHOLE: partial(_bounded, partial(numbers.whole, mark=mark), each),
        ValueType.DECIMAL: partial(_bounded, partial(numbers.decimal, mark=mark), each),
        ValueType.DATE: _kept(partial(numbers.day, day_first=day_first)),
        ValueType.YES_NO: values.yes_or_no,
        ValueType.CHOICE: _kept(partial(_choice, each)),
        ValueType.SHAPE: _shape,
    }
    if each.name in ("longitude", "latitude"):
        return degrees
    return readers[each.type]


def _kept(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a reader that remembers what it read last: the same dates and words come again and again."""
    return lru_cache(maxsize=4_096)(read)


def degrees(cell: str) -> float:
    """Return a coordinate: three decimals are no thousands, whatever the column does."""
    told = told_in(cell)
    if not told:
        raise MISSING
    return numbers.decimal(told, mark="," if "," in told else ".")


def _bounded(read: Callable[[str], float], each: ImportField, cell: str) -> float:
    number = read(cell)
    if each.least is not None and number < each.least:
        raise Unfit(f"Un nombre d'au moins {each.least:g} est attendu.", "Corrigez le nombre.")
    if each.most is not None and number > each.most:
        raise Unfit(f"Un nombre d'au plus {each.most:g} est attendu.", "Corrigez le nombre.")
    return number


def text(cell: str, *, most: int | None = None) -> str:
    """Return a text of at most so many letters. Raises Unfit for a longer one and for a formula."""
    if is_formula(cell):
        raise Unfit(
            f"Ce texte commence par {quoted(cell[0])}\u00a0: un tableur l'exécuterait comme une formule.",
            "Mettez la valeur à la place de la formule.",
        )
    if most is not None and len(cell) > most:
        raise Unfit(f"Ce texte a {len(cell)} lettres, la limite est de {most}.", "Raccourcissez-le.")
    return str(cell)


def _name(cell: str, *, most: int | None = None) -> str:
    return " ".join(text(cell, most=most).split())


def is_formula(cell: str) -> bool:
    """
    Return whether a spreadsheet would run this text. A number, a dash before words and a telephone are none.

    >>> [is_formula(cell) for cell in ("=1+1", "-A1", "@SUM(1)", "-3,25", "- Koro", "+223 70 00 00")]
    [True, True, True, False, False, False]
    """
    if isinstance(cell, StoredNumber) or not cell.startswith(FORMULA_STARTS):
        return False
    rest = cell[1:]
    if cell[0] in "+-":
        return bool(rest) and not rest[0].isspace() and rest.translate(_OF_NUMBERS) != ""
    return True


_OF_NUMBERS = str.maketrans("", "", "0123456789.,eE/() \u00a0\u202f\u2009")


def _choice(each: ImportField, cell: str) -> str:
    value = each.choices.get(fold(cell))
    if value is None:
        raise Unfit(f"{quoted(cell)} n'est pas une valeur connue.", _what_may_be(each, cell))
    return value


def _what_may_be(each: ImportField, cell: str) -> str:
    """Return the value whose words, in either language, are nearest to a cell, as a question; else all."""
    near = closest(cell, each.choices, least=SURELY_MEANT)
    if near:
        return f"Vouliez-vous {quoted(each.choice_labels[each.choices[near]].fr)}\u202f?"
    words = "\u202f; ".join(label.fr for label in each.choice_labels.values())
    return f"Valeurs possibles\u00a0: {words}."


def _shape(cell: str) -> str:
    try:
        found = shapely.from_wkb(cell)
    except ShapelyError:
        raise Unfit("Le tracé est illisible.", "Exportez l'entité de nouveau.") from None
    if found.geom_type not in ("Polygon", "MultiPolygon"):
        raise Unfit(f"Ce tracé ({found.geom_type}) n'a pas de surface.", "Donnez-lui un polygone.")
    west, south, east, north = found.bounds
    points.check(west, south)
    points.check(east, north)
    return cell
