"""Where the header of a table is, below its titles, and the words of headers that take several lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

Cells = Sequence[str]
Range = tuple[tuple[int, int], tuple[int, int]]

SEARCHED_LINES = 40
"""A header lower than this is not found: the first line is taken for it. Chosen by Maillage."""
_DEEPEST = 3
_NUMBER = re.compile(r"[+-]?[\d  \u00a0\u202f\u2009.,]*\d[%]?")


@dataclass(frozen=True, kw_only=True)
class Header:
    """
    The header of a table: its words by column, and the first and last of its lines, from 0.

    `remarks` tell what was left out, joined or renamed.
    """

    names: list[str]
    first: int
    last: int
    hxl: list[str] | None = None
    remarks: list[str] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Return how many lines come before the first row."""
        return self.last + 1 + (self.hxl is not None)


def found(lines: Sequence[Cells], merged: Sequence[Range] = ()) -> Header:
    """
    Return the header of a table whose first `lines` are given; `merged` are the merged cells, from 0.

    The header is the first line that fills at least half of the columns with words; lines of group words
    above it, and of finer words below it, belong to it when cells are merged or left blank for them.

    >>> found([["Population 2020", "", ""], ["Cercle", "Hommes", "Femmes"], ["Koro", "1", "2"]]).names
    ['Cercle', 'Hommes', 'Femmes']
    >>> found([["Cercle", "Population", ""], ["", "Hommes", "Femmes"], ["Koro", "1", "2"]]).names
    ['Cercle', 'Population Hommes', 'Population Femmes']
    """
    width = max(map(len, lines), default=0)
    padded = [[cell.strip() for cell in line] + [""] * (width - len(line)) for line in lines]
    base = _base(padded, width)
    first, last = _top(padded, base, merged), _bottom(padded, base, merged)
    names = [_joined(padded, column, first, last, merged) for column in range(width)]
    hxl = padded[last + 1] if last + 1 < len(padded) and is_hxl(padded[last + 1]) else None
    remarks = _titles(first) + _several(first, last)
    return Header(names=_once_each(names, remarks), first=first, last=last, hxl=hxl, remarks=remarks)


def is_hxl(cells: Cells) -> bool:
    """Return whether this is the row of hashtags (HXL) that humanitarian files carry under their header."""
    told = [cell for cell in cells if cell.strip()]
    return bool(told) and all(cell.strip().startswith("#") for cell in told)


def _base(lines: list[list[str]], width: int) -> int:
    """Return the first line that may name the columns: half full, and mostly words."""
    filled = [_filled(line) for line in lines]
    usual = max(filled, default=0)
    for at, line in enumerate(lines):
        if filled[at] >= max(2, usual / 2) and 2 * _words(line) >= filled[at] and not is_hxl(line):
            return at
    return next((at for at, count in enumerate(filled) if count), 0)


def _filled(line: Cells) -> int:
    return sum(1 for cell in line if cell)


def _words(line: Cells) -> int:
    return sum(1 for cell in line if cell and not _NUMBER.fullmatch(cell))


def _top(lines: list[list[str]], base: int, merged: Sequence[Range]) -> int:
    """Return the highest line of group words right above the base: they begin past the first column."""
    top = base
    while top > 0 and base - top < _DEEPEST - 1:
        above = lines[top - 1]
        told = [column for column, cell in enumerate(above) if cell]
        wide = any(a[0] == top - 1 and b[1] > a[1] and a[1] > 0 for a, b in merged)
        if not told or not (wide or (told[0] > 0 and len(told) > 1)):
            break
        top -= 1
    return top


def _bottom(lines: list[list[str]], base: int, merged: Sequence[Range]) -> int:
    """Return the lowest line that tells finer words under a blank or merged cell of the one above."""
    bottom = base
    while bottom + 1 < len(lines) and bottom - base < _DEEPEST - 1:
        above, below = lines[bottom], lines[bottom + 1]
        if is_hxl(below) or not _is_finer(above, below, bottom, merged):
            break
        bottom += 1
    return bottom


def _is_finer(above: Cells, below: Cells, at: int, merged: Sequence[Range]) -> bool:
    if _words(below) < max(1, _filled(below)):
        return False
    wide = [(a[1], b[1]) for a, b in merged if a[0] == at and b[1] > a[1]]
    if wide:
        return all(below[column] for start, end in wide for column in range(start, end + 1))
    # Not merged: the first column is told above only, and finer words fill every blank.
    blanks = [column for column in range(_last_told(below) + 1) if not above[column]]
    return bool(above[0]) and not below[0] and bool(blanks) and all(below[column] for column in blanks)


def _last_told(line: Cells) -> int:
    return max((column for column, cell in enumerate(line) if cell), default=-1)


def _joined(lines: list[list[str]], column: int, first: int, last: int, merged: Sequence[Range]) -> str:
    """Return the words over a column, the group first, each once."""
    parts: list[str] = []
    for at in range(first, last + 1):
        word = " ".join(_over(lines, at, column, last, merged).split())
        if word and word not in parts:
            parts.append(word)
    return " ".join(parts)


def _over(lines: list[list[str]], at: int, column: int, last: int, merged: Sequence[Range]) -> str:
    """Return the cell, or the one at its left that spans it: merged with it, or followed by blanks."""
    cell = lines[at][column]
    if cell or at == last:
        return cell
    for (top, left), (bottom, right) in merged:
        if top <= at <= bottom and left <= column <= right:
            return lines[top][left]
    if merged:
        return ""
    # Without merged cells, a blank above a finer word belongs to the group told at its left.
    if not lines[last][column] or not any(lines[at][:column]):
        return ""
    return next(word for word in reversed(lines[at][:column]) if word)


def _titles(first: int) -> list[str]:
    if not first:
        return []
    above = "La ligne 1, au-dessus, est laissée" if first == 1 else f"Les lignes 1 à {first} sont laissées"
    return [f"L'en-tête est à la ligne {first + 1}. {above}."]


def _several(first: int, last: int) -> list[str]:
    if first == last:
        return []
    return [f"L'en-tête tient sur les lignes {first + 1} à {last + 1}, jointes."]


def _once_each(names: list[str], remarks: list[str]) -> list[str]:
    """Return the names, a repeated one with its count, so that each column can be told from the others."""
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        if name and seen[name] > 1:
            remarks.append(f"La colonne «\u00a0{name}\u00a0» apparaît plusieurs fois.")
            name = f"{name} ({seen[name]})"
        unique.append(name)
    return unique
