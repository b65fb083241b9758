"""
Place names as people write them: with or without accents, in French, in the spelling of the national
languages, in English, hyphenated or not.

Two keys are made from a name. `fold` forgets what a keyboard forgets; `sound` also forgets what
French and national spellings write differently. Neither knows that Timbuktu is Tombouctou: other
names of a place are listed in data/places/aliases.csv.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

Place = TypeVar("Place", bound=Hashable)

CLOSE_ENOUGH = 75.0
"""Least similarity (0 to 100) worth asking about; ours: at 71 Kangaba would be offered for Banamba."""

_LETTERS_WITHOUT_ACCENT = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ɛ": "e", "ɔ": "o", "ɲ": "ny", "ŋ": "ng", "ɓ": "b", "ɗ": "d", "ƴ": "y"}
)

# Ours, drawn from the variants found in COD-AB, ACLED, GeoNames, OSM and the census of Mali. Order matters.
_SPELLINGS = [
    (re.compile(pattern), sounds_as)
    for pattern, sounds_as in (
        (r"ou|oo|w", "u"),  # Segou, Segu; Ouenia, Wenia
        (r"y", "i"),  # Yelimane, Ielimane
        (r"dj|dz|di(?=[aeou])", "j"),  # Djenne, Jenne, Dienne; Diema, Djema
        (r"gn(?=[aeiou])", "ni"),  # Gnamana, Niamana
        (r"ph", "f"),
        (r"t?ch|sh", "x"),
        (r"(?<=[bdgklmnrstz])h|h$", ""),  # Rharous, Raroous; Sarah, Sara
        (r"c(?=[ei])", "s"),  # Macina, Massina
        (r"ck|qu(?=[aei])|[cq]", "k"),  # Tombouctou, Tomboukto; Quinian, Kinian
        (r"gu(?=[ei])", "g"),  # Guire, Gire
        (r"m(?=[bp])", "n"),  # Anderamboukane, Anderanboukane
        (r"([^i])\1+|(i)i+(?=[^i])", r"\1\2"),  # Djenne, Djene; but the numeral of Commune II stays
        (r"(?<=[aeiou]n)e$", ""),  # Anderamboukane, Anderamboukan
    )
]


def fold(name: str) -> str:
    """
    Return `name` without accents, case, hyphens, apostrophes, spaces: equal for one spelling typed two ways.

    >>> fold("Gourma-Rharous") == fold("GOURMA RHAROUS")
    True
    >>> fold("Ti-n-Essako")
    'tinessako'
    """
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS_WITHOUT_ACCENT)
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if letter.isalnum())


def sound(name: str) -> str:
    """
    Return a key equal for the old, French and national spellings of one name. Different names may share it.

    >>> sound("Ténenkou") == sound("Tenenku")
    True
    >>> sound("Djenné") == sound("Jenne")
    True
    >>> sound("Kati") == sound("Kita")
    False
    """
    key = fold(name)
    for spelling, sounds_as in _SPELLINGS:
        key = spelling.sub(sounds_as, key)
    return key


_KIND = r"(?:région|region|cercle|commune(?: rurale| urbaine)?|district|c\.? ?[ru]\.?)"
_BEFORE = re.compile(_KIND + r" (?:de la |de l['’]|de |du |des |d['’])?(?![ivx\d]+\b)(?=\S)", re.IGNORECASE)
_AFTER = re.compile(r"(.*?[^\s,(])\s*(?:[,(]\s*|\s)" + _KIND + r"\s*\)?", re.IGNORECASE)
_NUMERALS = {
    "1": "I",
    "2": "II",
    "3": "III",
    "4": "IV",
    "5": "V",
    "6": "VI",
    "7": "VII",
    "8": "VIII",
    "9": "IX",
}


def bare(name: str) -> str:
    """
    Return the name of an area without the word of its kind, its numeral as the official names write it.

    The kind is taken off where it is only that: the word Commune of the communes of Bamako is their name.

    >>> bare("Cercle de Ténenkou"), bare("COMMUNE RURALE DE KONNA"), bare("Koro (cercle)")
    ('Ténenkou', 'KONNA', 'Koro')
    >>> bare("Commune 1"), bare("Commune II"), bare("Cercle")
    ('Commune I', 'Commune II', 'Cercle')
    """
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    before = _BEFORE.match(plain)
    plain = plain[before.end() :] if before else plain
    after = _AFTER.fullmatch(plain)
    plain = after[1] if after else plain
    return re.sub(r"(?<=\s)[1-9]$", lambda digit: _NUMERALS[digit[0]], plain)


def key_of(name: str) -> str:
    """
    Return what is equal for one area told two ways: `fold` of its `bare` name.

    >>> key_of("Cercle de TENENKOU") == key_of("Ténenkou")
    True
    """
    return fold(bare(name))


def closest(name: str, candidates: Iterable[str], *, least: float = CLOSE_ENOUGH) -> str | None:
    """
    Return the candidate spelled most like `name`, for "vouliez-vous ... ?"; None when none is near.

    `least` is how alike they must be, of 100 (the share of signs that need no change).

    >>> closest("Tomboucto", ["Tombouctou", "Koro"])
    'Tombouctou'
    >>> closest("Paris", ["Tombouctou", "Koro"]) is None
    True
    """
    candidates = list(candidates)
    same_sound = [candidate for candidate in candidates if sound(candidate) == sound(name)]
    if same_sound:
        return same_sound[0]
    found = process.extractOne(name, candidates, scorer=fuzz.ratio, processor=fold, score_cutoff=least)
    return found[0] if found else None


class NameIndex(Generic[Place]):
    """
    Which places a name may mean. A place may be given under several names: its own and its aliases.

    >>> cercles = NameIndex([("Tombouctou", "ML0605"), ("Timbuktu", "ML0605"), ("Koro", "ML0505")])
    >>> cercles.find("TOMBOUKTOU")
    ['ML0605']
    >>> cercles.find("Paris")
    []
    """

    def __init__(self, names: Iterable[tuple[str, Place]]) -> None:
        self._names: list[str] = []
        self._by_fold: dict[str, list[Place]] = {}
        self._by_sound: dict[str, list[Place]] = {}
        for name, place in names:
            self._names.append(name)
            _add(self._by_fold, fold(name), place)
            _add(self._by_sound, sound(name), place)

    def find(self, name: str) -> list[Place]:
        """Return the places spelled like `name`, or else those that sound like it, in the order given."""
        return list(self._by_fold.get(fold(name)) or self._by_sound.get(sound(name), []))

    def closest(self, name: str) -> str | None:
        """Return the name given whose spelling is nearest to `name`; None when none is near."""
        return closest(name, self._names)


def _add(places: dict[str, list[Place]], key: str, place: Place) -> None:
    known = places.setdefault(key, [])
    if place not in known:
        known.append(place)
