"""Which column of a boundary file holds what: COD-AB has named them in several ways over the years."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geo.vocabulary import Level

# After the level digit, without punctuation: adm2_pcode, ADM2_PCODE, admin2Pcode, admin2Pcod (cut by .dbf).
_PCODE_ENDINGS = ("pcode", "pcod")
# The French name first: adm2_name_fr, ADM2_FR, admin2Name_fr; then adm2_name, admin2Name; then English.
_NAME_ENDINGS = ("namefr", "fr", "name", "nameen", "en")
_VALID_ON = ("validon",)
_LEVELLED = re.compile(r"adm(?:in)?([0-3])([a-z]+)")


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of a layer of areas of one level, under the names they have in the file; "" when absent."""

    level: Level
    pcode: str
    name: str
    parent_pcode: str
    valid_on: str

    @property
    def present(self) -> list[str]:
        """Return the columns to read."""
        return [column for column in (self.pcode, self.name, self.parent_pcode, self.valid_on) if column]


def recognised(columns: Iterable[str]) -> Columns | None:
    """
    Return the columns of the deepest level that has P-codes; None when no level from 1 to 3 has.

    >>> recognised(["ADM1_PCODE", "ADM2_EN", "ADM2_FR", "ADM2_PCODE", "validOn"]).present
    ['ADM2_PCODE', 'ADM2_FR', 'ADM1_PCODE', 'validOn']
    """
    by_key = {_key(column): column for column in reversed(list(columns))}
    levels = [level for level in Level if _levelled(by_key, level, _PCODE_ENDINGS)]
    if not levels:
        return None
    level = max(levels)
    return Columns(
        level=level,
        pcode=_levelled(by_key, level, _PCODE_ENDINGS),
        name=_levelled(by_key, level, _NAME_ENDINGS),
        parent_pcode=_levelled(by_key, level - 1, _PCODE_ENDINGS),
        valid_on=next((by_key[key] for key in _VALID_ON if key in by_key), ""),
    )


def usual(level: int, kind: str) -> str:
    """Return the name that COD-AB gives today to the column of a level: adm2_pcode, adm2_name."""
    return f"adm{level}_{kind}"


def _key(column: str) -> str:
    """Return the column's name without case and punctuation, with one spelling of the level: adm2pcode."""
    plain = re.sub(r"[^a-z0-9]", "", column.lower())
    found = _LEVELLED.fullmatch(plain)
    return f"adm{found[1]}{found[2]}" if found else plain


def _levelled(by_key: dict[str, str], level: int, endings: tuple[str, ...]) -> str:
    keys = (f"adm{level}{ending}" for ending in endings)
    return next((by_key[key] for key in keys if key in by_key), "")
