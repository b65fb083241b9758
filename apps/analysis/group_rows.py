"""The rows of groups, made of what the statement told: every area, pairs of imprecise events, rates."""

from dataclasses import dataclass

from apps.analysis.grouping import PER, columns_of
from apps.analysis.pairs import Pairs
from apps.analysis.questions import AREA as SURFACE
from apps.analysis.questions import COUNT, DISTINCT, MEAN, PEOPLE, RATE, SHARE, SUM
from geo.vocabulary import Level

NOTHING_THERE = {
    COUNT: [0],
    SUM: [0],
    RATE: [0],
    DISTINCT: [0],
    SURFACE: [0],
    PEOPLE: [0, 0],
    MEAN: [None],
    SHARE: [None, None],
}
"""What a group without any feature measures, while the layer is loaded."""


@dataclass(frozen=True)
class Place:
    """An area as the statement told it."""

    pk: int
    level: int
    pcode: str
    name: str
    people: int | None
    region: int
    cercle: int | None
    is_asked: bool

    def at(self, level):
        """Return the identifier of the area of a level that it is or lies in."""
        return {Level.REGION: self.region, Level.CERCLE: self.cercle, Level.COMMUNE: self.pk}[level]


class GroupRows:
    """Rows, identifiers and columns of a question that groups or measures."""

    def __init__(self, groups, told, asked):
        """`told` is {part: rows of the statement}; `asked` the events asked, None where none count."""
        self.groups, self.asked = groups, asked
        self.places = {row[0]: Place(*row) for row in told.get("area", ())}
        self.alike = told.get("alike", [])
        self.width = len(groups.dimensions)
        self.found = {tuple(row[: self.width]): row[self.width :] for row in told.get("group", ())}
        self.levels = [each.level for each in groups.dimensions]
        self.without_area = self._drop_those_without_area()
        self._fill()
        self.pairs = self._pairs() if groups.has_pair else {}

    @property
    def imprecise(self):
        """Return how many events are counted in no group, or only perhaps."""
        return sum(row[-1] for row in self.alike)

    def _drop_those_without_area(self):
        asked = {self._up(each) for each in self._asked_places()}
        dropped = 0
        for key in list(self.found):
            area = next((key[n] for n, level in enumerate(self.levels) if level), None)
            if any(self.levels) and area not in asked:
                dropped += 1
                del self.found[key]
        return dropped

    def _asked_places(self):
        """Return the areas of the finest level that are asked."""
        level = self.groups.asked_level
        return [each for each in self.places.values() if each.level == level and each.is_asked]

    def _up(self, place):
        """Return the identifier of the area of the level of the groups that an area lies in."""
        return place.at(self.groups.group_level) if self.groups.group_level else None

    def _fill(self):
        """List every area asked, those without any feature too."""
        empty = NOTHING_THERE[self.groups.measure["kind"]]
        if not self.width and not self.found:
            self.found[()] = empty
        if self.levels == [self.groups.group_level] and self.levels[0]:
            for place in self._asked_places():
                self.found.setdefault((self._up(place),), empty)
        if self.groups.side.is_event and (self.asked is None or self.asked.span is None):
            self.found = {key: [None] * len(values) for key, values in self.found.items()}

    def _pairs(self):
        """Return {group: (what may be added at least, at most)}."""
        measure = self.groups.counted_measure
        others = [n for n, level in enumerate(self.levels) if level is None]
        by_other = {}
        for row in self.alike:
            by_other.setdefault(tuple(row[: len(others)]), []).append(tuple(row[len(others) :]))
        if not any(self.levels):
            for other in by_other:
                self.found.setdefault(other, list(NOTHING_THERE[self.groups.measure["kind"]]))
        if self.groups.asked_level is None:
            return {other: (0, _amount(rows, measure)) for other, rows in by_other.items()}
        members = {}
        for place in self._asked_places():
            members.setdefault(self._up(place), []).append(place.pcode)
        pairs = Pairs(
            self.groups.asked_level,
            self.asked,
            by_distance=self.groups.side.by_distance,
        )
        found = {}
        for other, rows in by_other.items():
            told = {area: pcodes for area, pcodes in members.items() if self._key(other, area) in self.found}
            for area, added in pairs.of(rows, told, measure).items():
                found[self._key(other, area)] = added
        return found

    def _key(self, other, area):
        """Return the group of these values of the other dimensions and this area."""
        values = iter(other)
        return tuple(area if level else next(values) for level in self.levels)

    # --- rows --------------------------------------------------------------------------------------

    def rows(self):
        """Return [(identifier, row)] in the order they are told."""
        told = [(key, self._measured(key, values)) for key, values in self.found.items()]
        told.sort(key=lambda each: [self._order(key, n) for key in (each[0],) for n in range(self.width)])
        kept = self._kept(told, self.groups.question["keep"])
        return [(self._identifier(key), [*self._named(key), *values]) for key, values in kept]

    def columns(self):
        return columns_of(self.groups)

    def _order(self, key, n):
        value = self.places[key[n]].pcode if self.levels[n] else key[n]
        return (
            value is None,
            str(value) if not isinstance(value, int | float) else "",
            value if isinstance(value, int | float) else 0,
        )

    def _identifier(self, key):
        return next((self.places[key[n]].pcode for n, level in enumerate(self.levels) if level), None)

    def _named(self, key):
        for n, level in enumerate(self.levels):
            if level:
                yield from (self.places[key[n]].pcode, self.places[key[n]].name)
            else:
                yield key[n]

    def _measured(self, key, values):
        kind = self.groups.measure["kind"]
        if kind == SHARE:
            part, whole = values
            return [part / whole if whole and part is not None else None]
        counts = [values[0]]
        if self.groups.has_pair:
            low, high = self.pairs.get(key, (0, 0))
            counts += [None if values[0] is None else values[0] + more for more in (low, high)]
        if kind == RATE:
            people = self._people(key)
            return [*(None if not people or n is None else PER * n / people for n in counts), people]
        return [*counts, *values[1:]]

    def _people(self, key):
        return next((self.places[key[n]].people for n, level in enumerate(self.levels) if level), None)

    @staticmethod
    def _kept(told, keep):
        """Return those that `keep` keeps, the greatest first: equals of the last one too."""
        if not keep:
            return told
        known = [each for each in told if each[1][0] is not None]
        known.sort(key=lambda each: -each[1][0])
        if "at_least" in keep:
            return [each for each in known if each[1][0] >= keep["at_least"]]
        least = known[: keep["first"]][-1][1][0] if known else 0
        return [each for each in known if each[1][0] >= least]


def _amount(rows, measure):
    return sum(row[-1] * (row[-2] if measure == "fatalities" else 1) for row in rows)
