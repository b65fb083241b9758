"""A spreadsheet small enough to trust: it works out the formulas of a workbook from its values alone."""

import io
import math
import re
import statistics
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*")|(?P<ref>(?:'[^']+'!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)|(?P<name>[A-Z]+)"""
    r"""|(?P<number>\d+\.?\d*(?:e[+-]?\d+)?)|(?P<sign><=|>=|<>|[-+*/&=<>(),]))"""
)


class Workbook:
    """The cells of a workbook: written numbers and words, formulas, and what was kept as their value."""

    def __init__(self, body):
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            words = ElementTree.fromstring(file.read("xl/sharedStrings.xml"))
            self.words = ["".join(word.itertext()) for word in words]
            book = ElementTree.fromstring(file.read("xl/workbook.xml"))
            self.names = [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")]
            self.cells, self.formulas, self.kept = {}, {}, {}
            for place, name in enumerate(self.names, start=1):
                self._read(name, ElementTree.fromstring(file.read(f"xl/worksheets/sheet{place}.xml")))

    def _read(self, name, sheet):
        for cell in sheet.iter(f"{MAIN}c"):
            key, formula, value = (name, cell.get("r")), cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
            if formula is not None:
                self.formulas[key] = formula.text
                self.kept[key] = self._value(cell, value)
            elif value is not None:
                self.cells[key] = self._value(cell, value)

    def _value(self, cell, value):
        if value is None or not value.text:
            return ""
        match cell.get("t"):
            case "s":
                return self.words[int(value.text)]
            case "str":
                return value.text
        return float(value.text)

    def titles(self, name):
        """Return the title of each column of a sheet, by its letters."""
        return {
            ref[:-1]: told for (sheet, ref), told in self.cells.items() if sheet == name and ref[1:] == "1"
        }

    def value(self, name, ref):
        """Return what a cell holds, its formula worked out anew; "" for an empty one."""
        key = name, ref.replace("$", "")
        if key in self.formulas and key not in self.cells:
            self.cells[key] = Formula(self, name, self.formulas[key]).result()
        return self.cells.get(key, "")

    def values(self, name, ref):
        """Return what the cells of a range hold, which lies in one column or in one row."""
        (one, first), (other, last) = (
            re.fullmatch(r"([A-Z]+)(\d+)", end).groups() for end in ref.replace("$", "").split(":")
        )
        if one == other:
            return [self.value(name, f"{one}{row}") for row in range(int(first), int(last) + 1)]
        return [self.value(name, f"{chr(at)}{first}") for at in range(ord(one), ord(other) + 1)]


class Formula:
    """Reads a formula from left to right, as a spreadsheet does; what IF does not take is not worked out."""

    def __init__(self, book, sheet, text):
        self.book, self.sheet, self.at = book, sheet, 0
        self.tokens = [(each.lastgroup, each[each.lastgroup]) for each in TOKEN.finditer(text)]

    def result(self):
        found = self._compared()()
        assert self.at == len(self.tokens), self.tokens[self.at :]
        return found

    def _take(self, *signs):
        if self.at < len(self.tokens) and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def _chain(self, below, signs):
        left = below()
        while sign := self._take(*signs):
            left = self._two(sign, left, below())
        return left

    @staticmethod
    def _two(sign, left, right):
        return lambda: SIGNS[sign](left(), right())

    def _compared(self):
        return self._chain(self._joined, ("=", "<", ">", "<=", ">=", "<>"))

    def _joined(self):
        return self._chain(self._sum, ("&",))

    def _sum(self):
        return self._chain(self._product, ("+", "-"))

    def _product(self):
        return self._chain(self._one, ("*", "/"))

    def _one(self):
        if self._take("-"):
            negated = self._one()
            return lambda: -negated()
        if self._take("("):
            inside = self._compared()
            assert self._take(")")
            return inside
        kind, text = self.tokens[self.at]
        self.at += 1
        match kind:
            case "text":
                return lambda: text[1:-1]
            case "number":
                return lambda: float(text)
            case "ref":
                return self._cells(text)
        return self._called(text)

    def _cells(self, text):
        sheet, _mark, ref = text.rpartition("!")
        name = sheet.strip("'") or self.sheet
        return lambda: (self.book.values if ":" in ref else self.book.value)(name, ref)

    def _called(self, name):
        assert self._take("(")
        given = [self._compared()]
        while self._take(","):
            given.append(self._compared())
        assert self._take(")")
        if name == "IF":
            return lambda: (given[1] if given[0]() else given[2])()
        return lambda: FUNCTIONS[name](*(each() for each in given))


SIGNS = {
    "=": lambda a, b: a == b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "&": lambda a, b: f"{a}{b!r}" if isinstance(b, float) else f"{a}{b}",
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


def numbers(*given):
    flat = [each for one in given for each in (one if isinstance(one, list) else [one])]
    return [each for each in flat if each != ""]


def count_if(cells, wanted):
    if isinstance(wanted, str):
        return sum(each < float(wanted.removeprefix("<")) for each in numbers(cells))
    return sum(each == wanted for each in numbers(cells))


FUNCTIONS = {
    "SUM": lambda *given: sum(numbers(*given)),
    "MIN": lambda *given: min(numbers(*given)),
    "MAX": lambda *given: max(numbers(*given)),
    "COUNT": lambda *given: float(len(numbers(*given))),
    "COUNTIF": count_if,
    "AVERAGE": lambda *given: statistics.fmean(numbers(*given)),
    "STDEVP": lambda *given: statistics.pstdev(numbers(*given)),
    "LN": math.log,
    "EXP": math.exp,
    "ROUND": lambda value, decimals: round(value, int(decimals)),
    "RANK": lambda value, cells: 1 + sum(each > value for each in numbers(cells)),
}
