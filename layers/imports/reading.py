"""Rows of any file as typed values of a kind; everything wrong in a row is told, not only the first thing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from geo.names import fold
from layers.imports import numbers
from layers.imports.cell_values import MISSING, reader_of, text, told_in
from layers.imports.cells import SheetRows
from layers.imports.columns import missing
from layers.imports.kinds.declaring import ImportKind, ValueType
from layers.imports.row_checks import wrong_together
from layers.imports.safety import refusal
from layers.imports.signs import Options, Signs, places_of, point_places, signs_of
from layers.readers import points
from layers.readers.problems import Problem
from layers.readers.values import Unfit
from layers.readers.wording import quoted

_COUNTRY = "mali"


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


class _Reader:
    """Turns cells into values, and remembers the keys met."""

    def __init__(
        self, table: SheetRows, kind: ImportKind, mapping: Mapping[str, str], options: Options, signs: Signs
    ) -> None:
        self._table, self._kind, self._options = table, kind, options
        self._mapping = _exchanged(mapping) if options.get("swap") else dict(mapping)
        self._width = len(table.headers)
        places = places_of(table, mapping, options)
        self._readers = [
            (
                each,
                header,
                places[header],
                reader_of(each, mark=signs.marks.get(header, ""), day_first=signs.day_first.get(header)),
            )
            for each in kind.fields
            if (header := self._mapping.get(each.name))
        ]
        self._values = [
            (header, places[header], self._value_reader(header, signs))
            for header in options.get("values", ())
        ]
        self._absent = {each.name: None for each in kind.fields if not self._mapping.get(each.name)}
        self._groups = [group for group in kind.one_of if all(map(self._mapping.get, group))]
        self._has_points = point_places(self._mapping, places) is not None
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
        told = told_in(cell)
        try:
            if told:
                return read(told)
            if is_required:
                raise MISSING
        except Unfit as unfit:
            shown = "" if header == self._mapping.get("geometry") else told
            problems.append(self._problem(line, header, shown, unfit))
        return None

    def _value_reader(self, header: str, signs: Signs) -> Callable[[str], Any]:
        if header in self._options.get("texts", ()) or header not in signs.numbers:
            return text
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
        for name, shown, unfit in wrong_together(self._kind, found):
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
            yield self._mapping["longitude" if longitude is None else "latitude"], "", MISSING
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
