"""
Which column of a file holds which field: by what was saved, by hashtag (HXL), by known header, by likeness.

Light: pages import it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from geo.names import fold
from layers.imports.kinds.declaring import ImportField, ImportKind, ValueType

LIKE_ENOUGH = 86.0
"""Least likeness (0 to 100) of a header to a known one: "Populaton" passes, "Comment" for "Commune" not."""
TELLS_APART = 4.0
"""A header this close to another is as good: neither is taken, both are told. Both chosen by Maillage."""
_SHORTEST = 4
_PLAIN = frozenset(("fr", "en", "text"))
"""Attributes that change nothing of what a hashtag means: #sector+fr is #sector, #date+start is not #date."""


class How(StrEnum):
    """By what a column was matched, the surest first."""

    SAVED = "saved"
    HXL = "hxl"
    KNOWN = "known"
    FUZZY = "fuzzy"


@dataclass(frozen=True)
class Match:
    """The header that holds a field, by what it was matched, and how alike (0 to 100)."""

    header: str
    how: How
    likeness: float = 100.0


def match_columns(
    headers: Sequence[str],
    hxl: Sequence[str] | None,
    kind: ImportKind,
    saved: Mapping[str, str] | None = None,
) -> dict[str, Match]:
    """
    Return the match of each field that has one; a header serves once.

    What was `saved` for the publisher goes first, then hashtags, then known headers, then likeness. Where two
    headers are alike to a field, or one to two fields, none is taken: see `ambiguities`.
    """
    matches = _saved(headers, kind, saved or {})
    for found, how in ((_by_hxl(headers, hxl, kind), How.HXL), (_by_known(headers, kind), How.KNOWN)):
        for name, header in found:
            if name not in matches and header not in _used(matches):
                matches[name] = Match(header, how)
    alike = _alike(headers, kind, matches)
    told = [header for near in alike.values() for header, _ in near]
    for name, near in alike.items():
        header, likeness = near[0]
        if len(near) == 1 and told.count(header) == 1:
            matches[name] = Match(header, How.FUZZY, likeness)
    return matches


def ambiguities(
    headers: Sequence[str],
    hxl: Sequence[str] | None,
    kind: ImportKind,
    saved: Mapping[str, str] | None = None,
) -> dict[str, tuple[str, ...]]:
    """Return the headers that are as alike to a field that was not matched: a keeper must choose."""
    matches = match_columns(headers, hxl, kind, saved)
    left = {name: match for name, match in matches.items() if match.how is not How.FUZZY}
    return {
        name: tuple(header for header, _ in alike)
        for name, alike in _alike(headers, kind, left).items()
        if name not in matches
    }


def missing(kind: ImportKind, mapping: Mapping[str, str]) -> list[str]:
    """
    Return the fields that must still be matched; where one of several is enough, the first of each group.

    `mapping` gives the header of each field.
    """
    absent = [name for name in kind.required if not mapping.get(name)]
    if kind.one_of and not any(all(mapping.get(name) for name in group) for group in kind.one_of):
        absent += [name for name in dict.fromkeys(group[0] for group in kind.one_of) if name not in absent]
    return absent


def _used(matches: Mapping[str, Match]) -> set[str]:
    return {match.header for match in matches.values()}


def _saved(headers: Sequence[str], kind: ImportKind, saved: Mapping[str, str]) -> dict[str, Match]:
    by_fold = {fold(header): header for header in headers if header}
    matches: dict[str, Match] = {}
    for field in kind.fields:
        header = by_fold.get(fold(saved.get(field.name) or ""))
        if header and header not in _used(matches):
            matches[field.name] = Match(header, How.SAVED)
    return matches


def _by_hxl(headers: Sequence[str], hxl: Sequence[str] | None, kind: ImportKind) -> Iterable[tuple[str, str]]:
    """Yield field and header, field by field: by its most telling tag, then by the one it prefers."""
    tagged = [
        (header, *_tag(told))
        for header, told in zip(headers, hxl or (), strict=False)
        if header and told.strip()
    ]
    found = []
    for at, field in enumerate(kind.fields):
        for wanted_at, wanted in enumerate(field.hxl):
            tag, attributes = _tag(wanted)
            for header, told, told_attributes in tagged:
                if (
                    told == tag
                    and attributes <= told_attributes
                    and (attributes or told_attributes <= _PLAIN)
                ):
                    spare = len(told_attributes - attributes)
                    found.append((at, wanted_at, spare, field.name, header))
    for *_, name, header in sorted(found):
        yield name, header


def _tag(told: str) -> tuple[str, frozenset[str]]:
    """
    Return the hashtag and its attributes.

    >>> tag, attributes = _tag("#adm2 +name+fr")
    >>> tag, sorted(attributes)
    ('adm2', ['fr', 'name'])
    """
    tag, *attributes = (part.strip() for part in told.lower().lstrip("# ").split("+"))
    return tag, frozenset(attributes)


def _by_known(headers: Sequence[str], kind: ImportKind) -> Iterable[tuple[str, str]]:
    """Yield field and header; what a field prefers goes before what is only one of its words."""
    by_fold: dict[str, str] = {}
    for header in headers:
        if key := fold(header):
            by_fold.setdefault(key, header)
    found = [
        (preference, at, field.name, by_fold[key])
        for at, field in enumerate(kind.fields)
        for preference, key in enumerate(map(fold, field.known_headers))
        if key in by_fold
    ]
    # Field by field: an early field does not lose its best header to a later one's first choice.
    for _, _, name, header in sorted(found, key=lambda each: (each[1], each[0])):
        yield name, header


def _alike(
    headers: Sequence[str], kind: ImportKind, matches: Mapping[str, Match]
) -> dict[str, list[tuple[str, float]]]:
    """Return the headers that are likest to each field that has none; several when they are as alike."""
    free = [header for header in headers if header not in _used(matches) and len(fold(header)) >= _SHORTEST]
    # No header looks like a shape, and a guess there would cost a whole file.
    open_fields = [
        each for each in kind.fields if each.name not in matches and each.type is not ValueType.SHAPE
    ]
    scores = {(field.name, header): _likeness(field, header) for field in open_fields for header in free}
    found: dict[str, list[tuple[str, float]]] = {}
    for field in open_fields:
        near = [
            (header, scores[field.name, header])
            for header in free
            if scores[field.name, header] >= LIKE_ENOUGH
        ]
        best = max((score for _, score in near), default=0.0)
        kept = [
            (header, score)
            for header, score in near
            if score > best - TELLS_APART and _is_theirs(field.name, header, scores)
        ]
        if kept:
            found[field.name] = kept
    return found


def _likeness(field: ImportField, header: str) -> float:
    told = fold(header)
    known = (key for each in field.known_headers if len(key := fold(each)) >= _SHORTEST)
    return max((fuzz.ratio(told, key) for key in known), default=0.0)


def _is_theirs(name: str, header: str, scores: Mapping[tuple[str, str], float]) -> bool:
    """Return whether no other field is clearly liker to this header."""
    own = scores[name, header]
    return all(score < own + TELLS_APART for (_, other), score in scores.items() if other == header)
