"""
Which area of the active edition a file means by a name, a code and a parent: certainly, or perhaps.

Certain is a code whose name agrees, or a name that one area bears within the parent told, written as
ours but for accents, case, hyphens and the word of its kind. What only sounds or looks alike is proposed
to a data keeper, never taken. The rules and what they were measured to find are in docs/methods.md.
"""

from collections import defaultdict
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process

from apps.boundaries import place_wording as say
from apps.boundaries.codes import KnownEditions, known_codes
from apps.boundaries.matching import aliases
from apps.boundaries.models import Area, PlaceAlias
from geo.names import bare, key_of, sound
from geo.vocabulary import Level, Pcode

MOST_CANDIDATES = 8

ALIKE = 75.0
"""Least similarity (0 to 100) of a name offered from the whole country; ours, as `geo.names.CLOSE_ENOUGH`."""

ALIKE_WITHIN = 60.0
"""The same within the parent told, where few names compete. Our choice."""

AGREES = 80.0
"""Least similarity of a name with that of its code, when no other area bears the name. Our choice."""

SAME_SOUND = 95.0
"""Similarity of names of one sound, whatever letters differ: before all that only look alike. Our choice."""

MOST_WORDS = 6
"""A longer name is not looked at for its parent's."""


class How(StrEnum):
    """What a place was found by."""

    CODE = "code"
    CODE_AND_NAME = "code_and_name"
    EXACT = "exact"
    FOLDED = "folded"
    ALIAS = "alias"
    SOUND = "sound"
    SPELLING = "spelling"


class PlaceMatch(NamedTuple):
    """
    What a place told is: `area` where it is certain, else None and the candidates, the likeliest first.

    A candidate is a dict of pcode, name, parents, likeness (0 to 1), how, longitude and latitude.
    `why` says in French what keeps it from being certain, or the doubt that remains; else "".
    """

    area: Area | None
    is_certain: bool
    how: str
    candidates: list
    why: str

    @property
    def is_question(self):
        """Return whether a data keeper can decide it: a place is told, and is not certain."""
        return not self.is_certain and self.why != say.NOTHING_TOLD


class _Told(NamedTuple):
    level: Level
    name: str
    code: str
    parent: str


class _Parent(NamedTuple):
    """The areas that a parent told may be: surely one of `known`, perhaps of `near`."""

    told: str
    known: frozenset
    near: frozenset

    def holds(self, area):
        return not self.told or _lies_in(area, self.known)


class PlaceMatcher:
    """
    The names and codes of the areas, read once for a file.

    `edition` names the boundary edition whose P-codes the file uses (its name, its day or its year);
    None or "": not said. Raises UnknownEdition when none is called so.
    """

    def __init__(self, edition=None):
        self._areas = {area.pk: area for area in Area.objects.active().defer("boundary").order_by("pcode")}
        for area in self._areas.values():
            area.parent = self._areas.get(area.parent_id)
        self._other_names = defaultdict(list)
        for name, area in aliases():
            self._other_names[area.pk].append(name)
        self._decisions = self._read_decisions()
        self._names = {level: _Names(self._names_at(level)) for level in Level}
        editions = KnownEditions()
        self._codes = known_codes(self._areas, editions)
        self.edition = editions.meant(edition) if edition else None
        self._active = editions.active
        is_of_another = self.edition not in (None, self._active)
        self._former_names = self._names_of(self.edition) if is_of_another else {}
        self._parents = {}
        self._matches = {}

    def match(self, level, *, name="", code="", parent=""):
        """Return the `PlaceMatch` of a place told by its name, its code or both, and its parent's."""
        told = _Told(Level(level), _plain(name), _plain(code).upper(), _plain(parent))
        if told not in self._matches:
            self._matches[told] = self._match(told)
        return self._matches[told]

    def refusal(self, level, *, name="", code="", parent=""):
        """Return the reason and the remedy, in French, of a place that is not certain."""
        found = self.match(level, name=name, code=code, parent=parent)
        return found.why, say.remedy(Level(level), found.candidates)

    def candidate(self, area, likeness, how):
        """Return an area as a candidate: what a data keeper sees of it."""
        point = self._points[area.pk]
        return {
            "pcode": area.pcode,
            "name": area.name,
            "parents": ", ".join(each.name for each in _parents_of(area)),
            "likeness": round(likeness / 100, 2),
            "how": str(how),
            "longitude": round(point.x, 4),
            "latitude": round(point.y, 4),
        }

    # What is known

    def _read_decisions(self):
        """Return what was decided of words told; a name decided alone is one of the area's names too."""
        decisions = {}
        for alias in PlaceAlias.objects.filter(area__in=self._areas):
            area = self._areas[alias.area_id]
            decisions[alias.level, alias.folded, alias.parent_folded, alias.code_told] = area
            if not alias.parent_folded and not alias.code_told:
                self._other_names[area.pk].append(alias.name)
        return decisions

    def _names_at(self, level):
        for area in self._areas.values():
            if area.level == level:
                yield area.name, area
                yield from ((name, area) for name in self._other_names[area.pk])

    def _names_of(self, edition):
        """Return what the names of another edition mean: (level, key) -> meanings."""
        names = defaultdict(list)
        for (level, _), meanings in self._codes.items():
            if edition in meanings:
                names[level, key_of(meanings[edition].name)].append(meanings[edition])
        return names

    @cached_property
    def _points(self):
        return dict(Area.objects.active().with_point_inside().values_list("pk", "point_inside"))

    # Deciding

    def _match(self, told):
        if not told.code and not key_of(told.name):
            return PlaceMatch(None, False, "", [], say.NOTHING_TOLD)
        decided = self._decisions.get((told.level, key_of(told.name), key_of(told.parent), told.code))
        if decided:
            return _certain(decided, How.ALIAS)
        if not told.code:
            return self._by_name(told)
        if is_pcode(told.code):
            return self._by_code(told)
        found = self._by_name(told._replace(code="")) if told.name else PlaceMatch(None, False, "", [], "")
        return found._replace(why=f"{found.why} {say.no_pcode(told.code)}".strip())

    def _by_code(self, told):
        meanings = self._codes.get((told.level, told.code), {})
        if not meanings or (self.edition and self.edition not in meanings):
            why = say.unknown_code(told.level, told.code, self.edition, meanings)
            return self._code_question(told, meanings, why)
        meant = [meanings[self.edition]] if self.edition else list(meanings.values())
        fitting = [each for each in meant if not told.name or self._agrees(told, each)]
        if not fitting:
            return self._code_question(told, meanings, say.another_name(told, self.edition, meanings))
        areas = _once(area for each in fitting for area in each.areas)
        if len(areas) != 1:
            return self._code_question(told, meanings, say.several(told, self.edition, fitting))
        if told.parent and not self._confirms(told, areas[0]):
            return self._code_question(told, meanings, say.elsewhere(areas[0], told.parent))
        how = How.CODE_AND_NAME if told.name else How.CODE
        return _certain(
            areas[0], how, "" if self.edition else say.doubt_of_code(told.code, fitting, self._active)
        )

    def _agrees(self, told, meaning):
        """Return whether a name is that of its code: as one of its names, or alike and nobody else's."""
        key = key_of(told.name)
        keys = {key_of(meaning.name), *(key_of(area.name) for area in meaning.areas)}
        bearers = self._names[told.level].bearing(key)
        if key in keys or any(area in meaning.areas for area in bearers):
            return True
        return not bearers and max(_similarity(told.name, each) for each in keys) >= AGREES

    def _code_question(self, told, meanings, why):
        coded = _once(area for meaning in meanings.values() for area in meaning.areas)
        if not told.name:
            share = 100 / max(len(coded), 1)
            return self._question([(area, share, How.CODE) for area in coded], why)
        rated = self._rated(told, self._parent(told))
        known = {area.pk for area, _, _ in rated}
        more = [(a, _similarity(told.name, a.name), How.CODE) for a in coded if a.pk not in known]
        return self._question(sorted([*rated, *more], key=lambda each: -each[1]), why)

    def _by_name(self, told):
        former = self._former(told)
        if len(former) > 1:
            why = say.divided(told.level, told.name, self.edition, former)
            return self._question([(area, 100 / len(former), How.CODE) for area in former], why)
        found = former or self._names[told.level].bearing(key_of(told.name))
        parent = self._parent(told)
        within = [area for area in found if parent.holds(area)]
        if len(within) == 1:
            return _certain(within[0], self._how(told, within[0]))
        if len(found) == 1 and self._confirms(told, found[0]):
            return _certain(found[0], self._how(told, found[0]), say.parent_read_as(told, found[0]))
        together = None if found else self._together(told)
        if together:
            return together
        return self._question(self._rated(told, parent), self._why(told, found, within, parent))

    def _together(self, told):
        """Return the match of a name told in one with its parent's: Benkadi (Dioïla), Bamako Commune I."""
        for name, parent in _parts(told.name):
            apart = told._replace(name=name, parent=parent)
            if self._parent(apart).known:
                bearers = self._names[told.level].bearing(key_of(name))
                found = [each for each in bearers if self._parent(apart).holds(each)]
                if len(found) == 1 and self._confirms(told, found[0]):
                    return _certain(found[0], How.FOLDED, say.name_read_as(found[0].name, parent))
        return None

    def _former(self, told):
        """Return the areas that a name of the stated edition has become, within the parent told."""
        parent = self._parent(told)
        meanings = self._former_names.get((told.level, key_of(told.name)), [])
        within = [each for each in meanings if any(parent.holds(area) for area in each.areas)]
        return (
            _once(area for each in within or meanings for area in each.areas)
            if len(within or meanings) == 1
            else []
        )

    def _why(self, told, found, within, parent):
        if parent.told and not parent.known:
            return say.unknown_parent(told, found)
        if within or (found and not parent.told):
            return say.several_bear(told, len(within or found))
        if found:
            return say.elsewhere(found[0], told.parent) if len(found) == 1 else say.not_within(told)
        other = next((level for level in Level if self._names[level].bearing(key_of(told.name))), None)
        return say.no_such(told, other)

    def _how(self, told, area):
        if told.name == area.name:
            return How.EXACT
        return How.FOLDED if key_of(told.name) == key_of(area.name) else How.ALIAS

    # Parents

    def _parent(self, told):
        asked = told.level, told.parent
        if asked not in self._parents:
            self._parents[asked] = self._read_parent(*asked)
        return self._parents[asked]

    def _read_parent(self, level, parent):
        above = [each for each in Level if each < level]
        if not parent or not above:
            return _Parent("", frozenset(), frozenset())
        if is_pcode(parent.upper()):
            meanings = [self._codes.get((each, parent.upper()), {}) for each in above]
            known = [m for each in meanings for edition, m in each.items() if self.edition in (None, edition)]
            return _Parent(parent, frozenset(area.pk for m in known for area in m.areas), frozenset())
        key = key_of(parent)
        former = [area for each in above for m in self._former_names.get((each, key), []) for area in m.areas]
        known = former or [area for each in above for area in self._names[each].bearing(key)]
        known += [decided for each in above if (decided := self._decisions.get((each, key, "", "")))]
        near = [area for each in above for area, score, _ in self._names[each].like(parent, ALIKE)]
        return _Parent(parent, frozenset(a.pk for a in known), frozenset(a.pk for a in near))

    def _confirms(self, told, area):
        """Return whether the parent told is an area's, perhaps spelled otherwise."""
        parent = self._parent(told)
        return parent.holds(area) or (not parent.known and _lies_in(area, parent.near))

    # Candidates

    def _rated(self, told, parent):
        """Return (area, similarity, how) of those meant perhaps, those in the parent told first."""
        pks = parent.known or parent.near
        bearers = self._names[told.level].bearing(key_of(told.name))
        rated = [(area, 100.0, self._how(told, area)) for area in bearers]
        rated += [
            (area, score, how)
            for area, score, how in self._names[told.level].like(told.name, ALIKE_WITHIN)
            if area not in bearers and (score >= ALIKE or _lies_in(area, pks))
        ]
        return sorted(rated, key=lambda each: (bool(pks) and not _lies_in(each[0], pks), -each[1]))

    def _question(self, rated, why):
        candidates = [self.candidate(*each) for each in rated[:MOST_CANDIDATES]]
        return PlaceMatch(None, False, "", candidates, why)


class _Names:
    """The names of the areas of one level."""

    def __init__(self, names):
        self._bearing = defaultdict(list)
        self._keys, self._sounds, self._areas = [], [], []
        for name, area in names:
            if area not in self._bearing[key_of(name)]:
                self._bearing[key_of(name)].append(area)
            self._keys.append(key_of(name))
            self._sounds.append(sound(bare(name)))
            self._areas.append(area)

    def bearing(self, key):
        """Return the areas of which this is a name."""
        return self._bearing.get(key, [])

    def like(self, name, least):
        """Return (area, similarity, how) of areas whose names sound or look alike, the likest first."""
        best = {}
        sounding = sound(bare(name))
        for _, score, at in process.extract(
            key_of(name), self._keys, scorer=fuzz.ratio, score_cutoff=least, limit=None
        ):
            best[at] = (score, How.SPELLING)
        for at, each in enumerate(self._sounds):
            if each == sounding:
                best[at] = (max(SAME_SOUND, best.get(at, (0,))[0]), How.SOUND)
        by_area = {}
        for at, (score, how) in sorted(best.items(), key=lambda each: (-each[1][0], each[0])):
            by_area.setdefault(self._areas[at].pk, (self._areas[at], score, how))
        return list(by_area.values())


def _parts(name):
    """Yield each way to part a name in two, as (name, parent): the parent told after it, or before."""
    words = name.replace("(", " ").replace(")", " ").replace(",", " ").split()
    words = [word for word in words if word.lower() not in ("-", "–", "/", "de", "du", "d’")]
    for cut in range(1, len(words) if len(words) <= MOST_WORDS else 1):
        first, last = " ".join(words[:cut]), " ".join(words[cut:])
        yield first, last
        yield last, first


def is_pcode(text):
    """Return whether `text` has the form of a P-code."""
    try:
        Pcode(text)
    except ValueError:
        return False
    return True


def _certain(area, how, doubt=""):
    return PlaceMatch(area, True, str(how), [], doubt)


def _similarity(name, other):
    if sound(bare(name)) == sound(bare(other)):
        return SAME_SOUND
    return fuzz.ratio(key_of(name), key_of(other))


def _parents_of(area):
    while area.parent:
        area = area.parent
        yield area


def _lies_in(area, pks):
    return any(each.pk in pks for each in _parents_of(area))


def _once(areas):
    return list({area.pk: area for area in areas}.values())


def _plain(words):
    return " ".join(str(words or "").split())
