"""Do the areas of an edition fit together? Codes, parents, names, shapes without gap or overlap."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import shapely

from geo.names import fold
from geo.shapes import Piece, area_km2, gaps, outside, overlaps
from geo.vocabulary import Level
from layers.readers.boundaries.area import WORDS, AreaRecord
from layers.readers.problems import Problem
from layers.readers.wording import did_you_mean

FAULTY_SHARE = 0.01
"""
A misfit beyond this share of the area concerned refuses the edition: lines drawn twice differ by less, an
area in the wrong place or under the wrong parent by more. Smaller ones, above `geo.shapes.SLIVER_KM2`,
are remarks. Chosen by Maillage.
"""

Edition = dict[Level, list[AreaRecord]]

GEOMETRY = "géométrie"
PARENT = "P-code du parent"


def check(areas: Sequence[AreaRecord]) -> list[Problem]:
    """
    Return what does not fit among the areas of one edition, of one level or several.

    P-codes given once; parents that exist; levels without a hole between them; parents that have children;
    names unlike their siblings'; children within their parent; no overlap within a level; no gap within a
    parent, or within the whole of a level when its parents were not given.
    """
    edition: Edition = {
        level: found for level in Level if (found := [area for area in areas if area.level is level])
    }
    return [
        *_repeated_pcodes(areas),
        *_missing_levels(edition),
        *_unknown_parents(edition),
        *_childless(edition),
        *_repeated_names(areas),
        *_beyond_parents(edition),
        *_overlapping(edition),
        *_uncovered(edition),
    ]


# Codes and names


def _repeated_pcodes(areas: Sequence[AreaRecord]) -> Iterator[Problem]:
    first: dict[str, AreaRecord] = {}
    for area in areas:
        other = first.setdefault(area.pcode, area)
        if other is not area:
            yield _problem(
                area,
                "P-code",
                area.pcode,
                f"Ce code est déjà celui de {other.name} ({other.file}, entité {other.row}).",
                "Donnez à chacun son propre code.",
            )


def _missing_levels(edition: Edition) -> Iterator[Problem]:
    """A level without the one above: refused below another level, a remark when it is the highest given."""
    for level, areas in edition.items():
        if level > Level.REGION and Level(level - 1) not in edition:
            above = WORDS[Level(level - 1)].plural
            yield Problem(
                where=areas[0].file,
                row=None,
                field=PARENT,
                value="",
                reason=f"Les parents des {WORDS[level].plural} n'ont pas pu être vérifiés, faute de {above}.",
                remedy=f"Donnez aussi le fichier des {above}.",
                is_fatal=level is not min(edition),
            )


def _unknown_parents(edition: Edition) -> Iterator[Problem]:
    for level, parents, children in _generations(edition):
        pcodes = [parent.pcode for parent in parents]
        for child in children:
            if child.parent_pcode not in pcodes:
                yield _problem(
                    child,
                    PARENT,
                    child.parent_pcode,
                    f"Ce code n'est celui d'{WORDS[level].no} des fichiers donnés.",
                    f"Corrigez-le, ou ajoutez ce qui manque.{did_you_mean(child.parent_pcode, pcodes)}",
                )


def _childless(edition: Edition) -> Iterator[Problem]:
    for level, parents, children in _generations(edition):
        told = {child.parent_pcode for child in children}
        plural = WORDS[Level(level + 1)].plural
        for parent in parents:
            if parent.pcode not in told:
                yield _problem(
                    parent,
                    "P-code",
                    parent.pcode,
                    f"{parent.name} n'a pas de {plural}.",
                    f"Ajoutez-les à {children[0].file}, ou corrigez leur P-code de parent.",
                )


def _repeated_names(areas: Sequence[AreaRecord]) -> Iterator[Problem]:
    first: dict[tuple[str, str], AreaRecord] = {}
    for area in areas:
        other = first.setdefault((area.parent_pcode, fold(area.name)), area)
        if other is not area:
            yield _problem(
                area,
                "nom",
                area.name,
                f"{other.pcode} porte le même nom sous le même parent, {area.parent_pcode}.",
                "Vérifiez que ce sont bien deux aires différentes.",
                is_fatal=False,
            )


# Shapes


def _beyond_parents(edition: Edition) -> Iterator[Problem]:
    for _, parents, children in _generations(edition):
        by_pcode = {parent.pcode: parent for parent in parents}
        for child in children:
            parent = by_pcode.get(child.parent_pcode)
            if parent and (pieces := outside(child.boundary, parent.boundary)):
                host = _host(pieces[0], parents)
                yield _misfit(
                    child,
                    pieces,
                    f"dépasse de {parent.name} ({parent.pcode})" + (f" dans {host}" if host else ""),
                    whole_km2=area_km2(child.boundary),
                )


def _host(piece: Piece, parents: list[AreaRecord]) -> str:
    point = shapely.Point(piece.longitude, piece.latitude)
    holders = (parent for parent in parents if parent.boundary.covers(point))
    return next((f"{holder.name} ({holder.pcode})" for holder in holders), "")


def _overlapping(edition: Edition) -> Iterator[Problem]:
    for areas in edition.values():
        pieces_of: dict[tuple[int, ...], list[Piece]] = defaultdict(list)
        for piece in overlaps([area.boundary for area in areas]):
            pieces_of[piece.indexes].append(piece)
        for (one, other), pieces in pieces_of.items():
            first, second = areas[one], areas[other]
            smaller_km2 = min(area_km2(first.boundary), area_km2(second.boundary))
            said = f"recouvre {first.name} ({first.pcode})"
            yield _misfit(second, pieces, said, whole_km2=smaller_km2)


def _uncovered(edition: Edition) -> Iterator[Problem]:
    """Gaps within each parent that has children; within the whole of the highest level, the holes."""
    highest = edition.get(min(edition)) if edition else None
    if highest:
        yield from _holes(highest)
    for level, parents, children in _generations(edition):
        for parent in parents:
            own = [child.boundary for child in children if child.parent_pcode == parent.pcode]
            if own and (pieces := gaps(own, within=parent.boundary)):
                said = f"a une partie hors de ses {WORDS[Level(level + 1)].plural}"
                yield _misfit(parent, pieces, said, whole_km2=area_km2(parent.boundary))


def _holes(areas: list[AreaRecord]) -> Iterator[Problem]:
    boundaries = [area.boundary for area in areas]
    for piece in gaps(boundaries):
        beside = areas[piece.indexes[0]]
        yield _misfit(beside, [piece], "laisse un trou à côté", whole_km2=area_km2(beside.boundary))


def _generations(edition: Edition) -> Iterator[tuple[Level, list[AreaRecord], list[AreaRecord]]]:
    """Yield each level that was given with the one below it: level, parents, children."""
    for level, parents in edition.items():
        if level < Level.COMMUNE and (children := edition.get(Level(level + 1))):
            yield level, parents, children


# Words


def _misfit(area: AreaRecord, pieces: list[Piece], said: str, *, whole_km2: float) -> Problem:
    """A fault of shape: how large in all, and where the largest piece of it is."""
    size_km2 = sum(piece.size_km2 for piece in pieces)
    spot = f"{pieces[0].longitude:.4f}, {pieces[0].latitude:.4f}"
    return _problem(
        area,
        GEOMETRY,
        "",
        f"{area.name} {said}\u00a0: {_km2(size_km2)}, près de ({spot}).",
        "Corrigez le tracé ou le P-code du parent.",
        is_fatal=size_km2 > FAULTY_SHARE * whole_km2,
    )


def _km2(size_km2: float) -> str:
    return f"{size_km2:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0km²"


def _problem(
    area: AreaRecord, column: str, value: str, reason: str, remedy: str, *, is_fatal: bool = True
) -> Problem:
    return Problem(
        where=area.where,
        row=area.row,
        field=column,
        value=value,
        reason=reason,
        remedy=remedy,
        is_fatal=is_fatal,
    )
