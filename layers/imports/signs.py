"""
What whole columns tell that single cells cannot: decimal mark, order of day and month, points exchanged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from layers.imports import numbers
from layers.imports.cell_values import degrees, told_in
from layers.imports.cells import SheetRows
from layers.imports.kinds.declaring import ImportKind, ValueType
from layers.imports.safety import refusal
from layers.readers import points
from layers.readers.values import Unfit
from layers.readers.wording import did_you_mean, quoted

Options = Mapping[str, Any]


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
    places = places_of(table, mapping, told)
    chosen = {header: places[header] for header in told.get("values", ())}
    numeric = {at for name, at in _typed(kind, mapping, places, ValueType.WHOLE, ValueType.DECIMAL)} | {
        *chosen.values()
    }
    dated = {at for name, at in _typed(kind, mapping, places, ValueType.DATE)}
    tally = _Tally(numeric, dated, set(chosen.values()), point_places(mapping, places))
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
            place = degrees(longitude), degrees(latitude)
        except Unfit:
            return
        self.points += 1
        self.swapped += not points.in_envelope(*place) and points.in_envelope(*reversed(place))


def _may_be_number(cell: str) -> bool:
    told = told_in(cell)
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


def point_places(mapping: Mapping[str, str], places: Mapping[str, int]) -> tuple[int, int] | None:
    """Return where longitude and latitude are; None when the mapping lacks one of them."""
    if not (mapping.get("longitude") and mapping.get("latitude")):
        return None
    return places[mapping["longitude"]], places[mapping["latitude"]]


def places_of(table: SheetRows, mapping: Mapping[str, str], options: Options) -> dict[str, int]:
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
