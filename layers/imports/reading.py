"""
Rows of any file as typed values of a kind; everything wrong in a row is told, not only the first thing.

What single cells cannot tell (decimal mark, order of day and month, swapped coordinates) is first asked of
the whole columns: `signs_of`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

import shapely
from shapely.errors import ShapelyError

from geo.names import closest, fold
from layers.imports import numbers
from layers.imports.cells import SheetRows, StoredNumber
from layers.imports.columns import missing
from layers.imports.kinds import ImportField, ImportKind, ValueType
from layers.imports.safety import refusal
from layers.readers import points, values
from layers.readers.population import ROUNDING_PEOPLE
from layers.readers.problems import Problem
from layers.readers.values import Unfit
from layers.readers.wording import did_you_mean, quoted
from layers.spreadsheets import FORMULA_STARTS

Options = Mapping[str, Any]

_NO_VALUE = values.NOT_A_VALUE | frozenset(
    ("", "-", "–", "—", "...", "…", "n/a", "N/A", "n.a.", "n.d.", "N.D.", "nd", "ND", "NaN", "nan")
)
_COUNTRY = "mali"
_MISSING = Unfit("La valeur manque.", "Complétez la case, ou ôtez la ligne.")


@dataclass(frozen=True)
class ReadRow:
    """
    One row. `values` has every field of the kind (None: not told), and is None when a problem is fatal.

    Columns chosen as values of a table are in `values["values"]`, by header.
    """

    line: int
    values: dict[str, Any] | None
    problems: list[Problem]
    cells: list[str]


@dataclass(frozen=True, kw_only=True)
class Signs:
    """
    What whole columns tell, by header: the decimal mark of numbers, whether dates write the day first.

    `points` counts the rows with two coordinates, `swapped` those that lie in Mali only when exchanged;
    `numbers` the headers whose every cell is a number or empty.
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    day_first: Mapping[str, bool] = field(default_factory=dict)
    points: int = 0
    swapped: int = 0
    numbers: frozenset[str] = frozenset()

    @property
    def are_swapped(self) -> bool:
        """Return whether most points lie in Mali only with longitude and latitude exchanged."""
        return self.swapped * 2 > self.points


def signs_of(
    table: SheetRows, kind: ImportKind, mapping: Mapping[str, str], options: Options | None = None
) -> Signs:
    """
    Return what the columns of `mapping` tell together, in one reading of the file.

    `options` may say what the file does not: "decimal" ("," or "."), "day_first", and "values", the headers
    chosen as values.
    """
    told = options or {}
    places = _places(table, mapping, told)
    chosen = {header: places[header] for header in told.get("values", ())}
    numeric = {at for name, at in _typed(kind, mapping, places, ValueType.WHOLE, ValueType.DECIMAL)} | {
        *chosen.values()
    }
    dated = {at for name, at in _typed(kind, mapping, places, ValueType.DATE)}
    tally = _Tally(numeric, dated, set(chosen.values()), _point_places(mapping, places))
    for _, cells in table.rows():
        tally.see(cells)
    names = {at: header for header, at in places.items()}
    return Signs(
        marks={names[at]: told.get("decimal") or _only(marks, "") for at, marks in tally.marks.items()},
        day_first={
            names[at]: order
            for at, orders in tally.orders.items()
            if (order := _order(orders, told)) is not None
        },
        points=tally.points,
        swapped=tally.swapped,
        numbers=frozenset(names[at] for at in tally.numbers),
    )


def read_rows(
    table: SheetRows,
    kind: ImportKind,
    mapping: Mapping[str, str],
    options: Options | None = None,
    signs: Signs | None = None,
) -> Iterator[ReadRow]:
    """
    Yield the rows of a file as values of `kind`; `mapping` gives the header of each field.

    `options`: "swap" exchanges longitude and latitude; "country", when not Mali, lets points lie anywhere;
    "values" are headers chosen as values, "texts" those of them that are words; "decimal" and "day_first"
    as in `signs_of`, whose answer `signs` is asked for when not given. Raises UnreadableFile when a column
    that is needed is not matched, or not in the file.
    """
    told = options or {}
    _require(table, kind, mapping)
    reader = _Reader(table, kind, mapping, told, signs or signs_of(table, kind, mapping, told))
    for line, cells in table.rows():
        yield reader.row(line, cells)


# What the columns tell


class _Tally:
    """Counts over the rows of what single cells cannot tell."""

    def __init__(
        self, numeric: set[int], dated: set[int], chosen: set[int], point: tuple[int, int] | None
    ) -> None:
        self.marks: dict[int, set[str]] = {at: set() for at in numeric}
        self.orders: dict[int, set[bool]] = {at: set() for at in dated}
        self.numbers = set(chosen)
        self.points = self.swapped = 0
        self._point = point

    def see(self, cells: Sequence[str]) -> None:
        """Look at one row."""
        for at, marks in self.marks.items():
            if at < len(cells) and (mark := numbers.mark_of(cells[at])):
                marks.add(mark)
        for at, orders in self.orders.items():
            if at < len(cells) and (order := numbers.order_of(cells[at])) is not None:
                orders.add(order)
        self.numbers = {at for at in self.numbers if at >= len(cells) or _may_be_number(cells[at])}
        if self._point and max(self._point) < len(cells):
            self._see_point(cells[self._point[0]], cells[self._point[1]])

    def _see_point(self, longitude: str, latitude: str) -> None:
        try:
            place = _degrees(longitude), _degrees(latitude)
        except Unfit:
            return
        self.points += 1
        self.swapped += not points.in_envelope(*place) and points.in_envelope(*reversed(place))


def _may_be_number(cell: str) -> bool:
    told = _told(cell)
    try:
        numbers.decimal(told, mark=".")
    except Unfit:
        return not told
    return True


def _only(found: set[str], otherwise: str) -> str:
    return next(iter(found)) if len(found) == 1 else otherwise


def _order(found: set[bool], options: Options) -> bool | None:
    if options.get("day_first") is not None:
        return bool(options["day_first"])
    return next(iter(found)) if len(found) == 1 else None


def _typed(
    kind: ImportKind, mapping: Mapping[str, str], places: Mapping[str, int], *types: ValueType
) -> list[tuple[str, int]]:
    return [
        (each.name, places[mapping[each.name]])
        for each in kind.fields
        if each.type in types and mapping.get(each.name)
    ]


def _point_places(mapping: Mapping[str, str], places: Mapping[str, int]) -> tuple[int, int] | None:
    if not (mapping.get("longitude") and mapping.get("latitude")):
        return None
    return places[mapping["longitude"]], places[mapping["latitude"]]


def _places(table: SheetRows, mapping: Mapping[str, str], options: Options) -> dict[str, int]:
    """Return where each header asked for is. Raises UnreadableFile when the file has none of that name."""
    places = {header: at for at, header in reversed(list(enumerate(table.headers))) if header}
    for header in (*filter(None, mapping.values()), *options.get("values", ())):
        if header not in places:
            raise refusal(
                table.file_name,
                f"il n'a plus de colonne {quoted(header)}",
                f"Choisissez une autre colonne.{did_you_mean(header, places)} "
                f"Colonnes trouvées\u00a0: {', '.join(places)}.",
            )
    return places


def _require(table: SheetRows, kind: ImportKind, mapping: Mapping[str, str]) -> None:
    absent = missing(kind, mapping)
    if not absent:
        return
    labels = [quoted(kind.field(name).label.fr) for name in absent]
    one_of = {group[0] for group in kind.one_of} & set(absent)
    links = " ou " if one_of and len(absent) == len(one_of) else ", "
    raise refusal(
        table.file_name,
        f"aucune colonne ne donne {links.join(labels)}",
        f"Choisissez-la parmi celles du fichier\u00a0: {', '.join(filter(None, table.headers))}.",
    )


# One row


class _Reader:
    """Turns cells into values, and remembers the keys met."""

    def __init__(
        self, table: SheetRows, kind: ImportKind, mapping: Mapping[str, str], options: Options, signs: Signs
    ) -> None:
        self._table, self._kind, self._options = table, kind, options
        self._mapping = _exchanged(mapping) if options.get("swap") else dict(mapping)
        self._width = len(table.headers)
        places = _places(table, mapping, options)
        self._readers = [
            (
                each,
                self._mapping[each.name],
                places[self._mapping[each.name]],
                _reader_of(each, self._mapping, signs),
            )
            for each in kind.fields
            if self._mapping.get(each.name)
        ]
        self._values = [
            (header, places[header], self._value_reader(header, signs))
            for header in options.get("values", ())
        ]
        self._absent = {each.name: None for each in kind.fields if not self._mapping.get(each.name)}
        self._groups = [group for group in kind.one_of if all(map(self._mapping.get, group))]
        self._has_points = _point_places(self._mapping, places) is not None
        self._codes = {each.name for each in kind.fields if each.type is ValueType.CODE}
        self._is_anywhere = fold(options.get("country") or _COUNTRY) != _COUNTRY
        self._keys: dict[int, int] = {}

    def row(self, line: int, cells: list[str]) -> ReadRow:
        """Return the values of a row and all that is wrong with it."""
        problems: list[Problem] = []
        fault = self._table.line_faults.get(line) or self._wrong_width(cells)
        if fault:
            problems.append(self._problem(line, self._table.unit, "", fault))
            return ReadRow(line, None, problems, cells)
        found = self._found(line, cells, problems)
        # A value that could not be read is missing too, and told already.
        checks = [self._wrong_together] if problems else [self._wrong_together, self._told_nothing]
        problems += [self._problem(line, *wrong) for check in checks for wrong in check(found)]
        if not problems:
            problems += [self._problem(line, *wrong) for wrong in self._repeated(line, found)]
        return ReadRow(line, None if problems else found, problems, cells)

    def _found(self, line: int, cells: Sequence[str], problems: list[Problem]) -> dict[str, Any]:
        found: dict[str, Any] = dict(self._absent)
        for each, header, at, read in self._readers:
            found[each.name] = self._read(line, header, cells[at], read, each.is_required, problems)
        if self._kind.takes_values:
            found["values"] = {
                header: self._read(line, header, cells[at], read, False, problems)
                for header, at, read in self._values
            }
        return found

    def _read(
        self,
        line: int,
        header: str,
        cell: str,
        read: Callable[[str], Any],
        is_required: bool,
        problems: list[Problem],
    ) -> Any:
        told = _told(cell)
        try:
            if told:
                return read(told)
            if is_required:
                raise _MISSING
        except Unfit as unfit:
            shown = "" if header == self._mapping.get("geometry") else told
            problems.append(self._problem(line, header, shown, unfit))
        return None

    def _value_reader(self, header: str, signs: Signs) -> Callable[[str], Any]:
        if header in self._options.get("texts", ()) or header not in signs.numbers:
            return _text
        return partial(numbers.decimal, mark=signs.marks.get(header, ""))

    def _wrong_width(self, cells: list[str]) -> Unfit | None:
        while len(cells) > self._width and not cells[-1].strip():
            del cells[-1]
        if len(cells) == self._width:
            return None
        many = "s" if len(cells) > 1 else ""
        return Unfit(
            f"Cette ligne a {len(cells)} valeur{many} pour {self._width} colonnes.",
            "Mettez entre guillemets les valeurs qui contiennent le séparateur.",
        )

    def _wrong_together(self, found: Mapping[str, Any]) -> Iterator[tuple[str, str, Unfit]]:
        """Yield what several values of a row say wrong together: header, value, why."""
        longitude, latitude = found.get("longitude"), found.get("latitude")
        if longitude is not None and latitude is not None:
            yield from self._wrong_point(longitude, latitude)
        for name, shown, unfit in _CHECKS.get(self._kind.name, _no_check)(found):
            yield self._mapping.get(name) or name, shown, unfit

    def _wrong_point(self, longitude: float, latitude: float) -> Iterator[tuple[str, str, Unfit]]:
        try:
            if not self._is_anywhere:
                points.check(longitude, latitude)
            elif abs(longitude) > 180 or abs(latitude) > 90:
                raise Unfit(
                    "Ces coordonnées ne sont pas des degrés.", "Donnez longitude et latitude (WGS 84)."
                )
        except Unfit as unfit:
            headers = f"{self._mapping['longitude']}, {self._mapping['latitude']}"
            yield headers, f"{longitude}, {latitude}", _with_offer(unfit, longitude, latitude)

    def _told_nothing(self, found: Mapping[str, Any]) -> Iterator[tuple[str, str, Unfit]]:
        """Yield half a point, and the fields of which a row fills no whole group."""
        longitude, latitude = found.get("longitude"), found.get("latitude")
        if self._has_points and (longitude is None) != (latitude is None):
            yield self._mapping["longitude" if longitude is None else "latitude"], "", _MISSING
            return
        groups = self._groups
        if not groups or any(all(found[name] is not None for name in group) for group in groups):
            return
        headers = [", ".join(self._mapping[name] for name in group) for group in groups]
        one_of = f"Remplissez l'une de ces colonnes\u00a0: {' ou '.join(headers)}."
        remedy = one_of if len(headers) > 1 else "Complétez la case, ou ôtez la ligne."
        yield (
            headers[0],
            "",
            Unfit("La ligne ne dit pas ce qu'il faut pour la placer ou la reconnaître.", remedy),
        )

    def _repeated(self, line: int, found: Mapping[str, Any]) -> Iterator[tuple[str, str, Unfit]]:
        for key in (self._kind.key, self._kind.other_key):
            if key and found.get(key[0]) is not None:
                told = [found.get(name) for name in key]
                # A hash, not the words: a million rows fit in memory.
                first = self._keys.setdefault(hash((key[0], *map(self._key_part, key, told))), line)
                if first != line:
                    shown = ", ".join(str(each) for each in told if each is not None)
                    unfit = Unfit(f"C'est déjà dit à la {self._table.unit} {first}.", "Ôtez l'une des deux.")
                    if self._table.unit != "ligne":
                        unfit = Unfit(
                            f"C'est déjà dit à l'{self._table.unit} {first}.", "Ôtez l'une des deux."
                        )
                    yield self._mapping.get(key[0]) or key[0], shown, unfit
                return

    def _key_part(self, name: str, value: Any) -> Any:
        """Return what a value is known by: codes letter for letter, words without accents and case."""
        return fold(value) if isinstance(value, str) and name not in self._codes else value

    def _problem(self, line: int, header: str, value: str, unfit: Unfit) -> Problem:
        return Problem(
            where=self._table.where(line),
            row=line,
            field=header,
            value=value if len(value) <= 200 else f"{value[:199]}…",
            reason=unfit.reason,
            remedy=unfit.remedy,
            is_fatal=True,
        )


def _exchanged(mapping: Mapping[str, str]) -> dict[str, str]:
    return {
        **mapping,
        "longitude": mapping.get("latitude", ""),
        "latitude": mapping.get("longitude", ""),
    }


def _with_offer(unfit: Unfit, longitude: float, latitude: float) -> Unfit:
    if not points.in_envelope(latitude, longitude):
        return unfit
    return Unfit(unfit.reason, "Échangez les deux valeurs, ou demandez l'échange pour tout le fichier.")


# One cell


def _told(cell: str) -> str:
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


def _reader_of(each: ImportField, mapping: Mapping[str, str], signs: Signs) -> Callable[[str], Any]:
    header = mapping[each.name]
    mark = signs.marks.get(header, "")
    readers: dict[ValueType, Callable[[str], Any]] = {
        ValueType.TEXT: partial(_text, most=each.most_letters),
        ValueType.NAME: partial(_name, most=each.most_letters),
        ValueType.CODE: partial(_text, most=each.most_letters),
        ValueType.WHOLE: partial(_bounded, partial(numbers.whole, mark=mark), each),
        ValueType.DECIMAL: partial(_bounded, partial(numbers.decimal, mark=mark), each),
        ValueType.DATE: _kept(partial(numbers.day, day_first=signs.day_first.get(header))),
        ValueType.YES_NO: values.yes_or_no,
        ValueType.CHOICE: _kept(partial(_choice, each)),
        ValueType.SHAPE: _shape,
    }
    if each.name in ("longitude", "latitude"):
        return _degrees
    return readers[each.type]


def _kept(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a reader that remembers what it read last: the same dates and words come again and again."""
    return lru_cache(maxsize=4_096)(read)


def _degrees(cell: str) -> float:
    """Return a coordinate: three decimals are no thousands, whatever the column does."""
    told = _told(cell)
    if not told:
        raise _MISSING
    return numbers.decimal(told, mark="," if "," in told else ".")


def _bounded(read: Callable[[str], float], each: ImportField, cell: str) -> float:
    number = read(cell)
    if each.least is not None and number < each.least:
        raise Unfit(f"Un nombre d'au moins {each.least:g} est attendu.", "Corrigez le nombre.")
    if each.most is not None and number > each.most:
        raise Unfit(f"Un nombre d'au plus {each.most:g} est attendu.", "Corrigez le nombre.")
    return number


def _text(cell: str, *, most: int | None = None) -> str:
    if is_formula(cell):
        raise Unfit(
            f"Ce texte commence par {quoted(cell[0])}\u00a0: un tableur l'exécuterait comme une formule.",
            "Mettez la valeur à la place de la formule.",
        )
    if most is not None and len(cell) > most:
        raise Unfit(f"Ce texte a {len(cell)} lettres, la limite est de {most}.", "Raccourcissez-le.")
    return str(cell)


def _name(cell: str, *, most: int | None = None) -> str:
    return " ".join(_text(cell, most=most).split())


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
    near = closest(cell, each.choices)
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


# One kind


def _no_check(found: Mapping[str, Any]) -> Iterator[tuple[str, str, Unfit]]:
    return iter(())


def _check_sexes(found: Mapping[str, Any]) -> Iterator[tuple[str, str, Unfit]]:
    people, men, women = (found.get(name) for name in ("people", "men", "women"))
    if people is None or men is None or women is None:
        return
    if abs(men + women - people) > ROUNDING_PEOPLE:
        yield (
            "people",
            str(people),
            Unfit(
                f"Hommes et femmes font {men + women}, pas le total de cette ligne.",
                "Corrigez celui des trois nombres qui est faux.",
            ),
        )


def _check_project(found: Mapping[str, Any]) -> Iterator[tuple[str, str, Unfit]]:
    start, end = found.get("start_year"), found.get("end_year")
    if start and end and end < start:
        yield (
            "end_year",
            str(end),
            Unfit("La dernière année est avant la première.", "Corrigez l'une des deux."),
        )
    if found.get("amount") is not None and not found.get("currency"):
        yield (
            "currency",
            "",
            Unfit("Un montant sans monnaie ne dit rien.", "Donnez la monnaie, comme XOF ou USD."),
        )


_CHECKS: dict[str, Callable[[Mapping[str, Any]], Iterator[tuple[str, str, Unfit]]]] = {
    "population": _check_sexes,
    "projects": _check_project,
}
