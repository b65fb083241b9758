"""The boundary files that an operator has put into a folder, sorted by edition and level."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.vocabulary import Level
from layers.readers.boundaries.features import day
from layers.readers.boundaries.files import Layer, opened
from layers.readers.boundaries.formats import SUFFIXES
from layers.readers.values import Unfit

PLACES = (".", "boundaries", "admin_boundaries")
"""Where files may lie in the folder that the operator names: in it, or in one of these folders of it."""

STANDIN_PREFIX = "standin_"
"""What the names of the bundled stand-in begin with: it is nobody's edition."""

_DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_]?([01]\d)[-_]?([0-3]\d)(?!\d)")
_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, kw_only=True)
class Edition:
    """
    Files of one edition, one for each level found; a file may serve several levels.

    `name` is the date the areas are valid on, else what the file names tell (a date, a year, their stem).
    `valid_from` is None when neither gives a day: the operator must then say it.
    """

    name: str
    valid_from: date | None
    files: dict[Level, Path]


def newest_edition(folder: Path) -> Edition | None:
    """
    Return the newest edition in `folder` that has regions and cercles; None when it holds no boundaries.

    Files are known by their columns, not by their names: any GeoJSON, GeoPackage, Shapefile or zip of these
    in `folder`, `folder/boundaries` or `folder/admin_boundaries`. If no edition has both, the newest.
    Raises UnreadableFile for a file of these kinds that is damaged.
    """
    found = [_edition(told, files) for told, files in _by_edition(folder).items()]
    return max(found, key=_rank, default=None)


def find(folder: Path) -> dict[Level, Path]:
    """Return the file of each level of the newest edition in `folder`; {} when it holds no boundaries."""
    edition = newest_edition(folder)
    return edition.files if edition else {}


def _rank(edition: Edition) -> tuple[bool, str]:
    """Complete first, then newest: names that are dates sort as dates, and before any word."""
    is_usable = {Level.REGION, Level.CERCLE} <= edition.files.keys()
    name = edition.name if edition.name[:1].isdigit() else ""
    return is_usable, name


def _by_edition(folder: Path) -> dict[str, dict[Level, Path]]:
    editions: dict[str, dict[Level, Path]] = defaultdict(dict)
    for path in _files(folder):
        for told, level in _levels(path):
            editions[told].setdefault(level, path)
    return editions


def _files(folder: Path) -> list[Path]:
    """Return the files that may hold boundaries, those of the preferred formats first."""
    files = [
        path
        for place in PLACES
        if (folder / place).is_dir()
        for path in (folder / place).iterdir()
        if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith(STANDIN_PREFIX)
    ]
    return sorted(files, key=lambda path: (SUFFIXES.index(path.suffix.lower()), path.name))


def _levels(path: Path) -> Iterator[tuple[str, Level]]:
    """Yield the edition and level of each layer of areas; the newest layer tells the edition of its file."""
    with opened(path) as layers:
        known = [(layer, layer.columns.level) for layer in layers if layer.columns]
        told = max((_valid_on(layer) for layer, _ in known), default="") or _told_by_name(path)
    for _, level in known:
        yield told, level


def _valid_on(layer: Layer) -> str:
    """Return the date its first area is valid on, as 2021-12-20; "" when it says none."""
    if not (layer.columns and layer.columns.valid_on and layer.count):
        return ""
    try:
        valid_on = day(layer.frame(first_only=True)[layer.columns.valid_on].iloc[0])
    except Unfit:
        return ""
    return valid_on.isoformat() if valid_on else ""


def _told_by_name(path: Path) -> str:
    if found := _DAY_IN_NAME.search(path.name):
        return "-".join(found.groups())
    year = _YEAR_IN_NAME.search(path.name)
    return year[1] if year else re.sub(r"(?<=adm)(in)?\d", "", path.stem)


def _edition(told: str, files: dict[Level, Path]) -> Edition:
    try:
        valid_from = date.fromisoformat(told)
    except ValueError:
        valid_from = None
    return Edition(name=told, valid_from=valid_from, files=dict(sorted(files.items())))
