"""
Where a data file comes from. A `sources.toml` beside data files says it, one table a file:

    ["cercles.geojson"]
    what = "boundaries"
    publisher = "OCHA"
    url = "https://data.humdata.org/dataset/cod-ab-mli"
    licence = "CC BY-IGO"
    licence_url = "https://creativecommons.org/licenses/by/3.0/igo/"
    attribution = "OCHA, COD-AB Mali"
    retrieved = 2026-11-22
    sha256 = "..."
    crs = "EPSG:4326"
    edition = "2021-12-20"
    unit = ""
    access = "public"
    simulated = false
    approximate = false
    note = ""

`what`, `publisher`, `licence` and `sha256` are required. `unit` tells a raster of people in each cell
("people_per_cell") from one of people per km2 ("people_per_km2", unless told). Without `access` a file is
public, but for ACLED's events, which their terms keep from the public.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from geo.vocabulary import AccessClass
from layers.readers.problems import UnreadableFile
from layers.readers.wording import did_you_mean, quoted

FILE_NAME = "sources.toml"


class RasterUnit(StrEnum):
    """What the number in a cell of a raster of population means."""

    PEOPLE_PER_KM2 = "people_per_km2"
    PEOPLE_PER_CELL = "people_per_cell"


class Contents(StrEnum):
    """What a data file holds, as far as a loader must know it."""

    BOUNDARIES = "boundaries"
    POPULATION = "population"
    SETTLEMENTS = "settlements"
    COMMUNE_SEATS = "commune_seats"
    ALIASES = "aliases"
    HDX_COUNTS = "hdx_counts"
    HAPI_COUNTS = "hapi_counts"
    CODES = "codes"
    ACLED_EVENTS = "acled_events"
    UCDP_EVENTS = "ucdp_events"
    SIMULATED_EVENTS = "simulated_events"
    INSTITUTIONS = "institutions"
    PROGRAMME = "programme"
    RASTER = "raster"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """
    A data file and what is known of its source. `edition` is "" and `retrieved` None when nobody said.

    `access` says who may read its rows; `simulated`, that they never happened; `approximate`, that the
    shapes are a stand-in.
    """

    path: Path
    what: Contents
    publisher: str
    licence: str
    sha256: str
    url: str = ""
    licence_url: str = ""
    attribution: str = ""
    retrieved: date | None = None
    crs: str = ""
    edition: str = ""
    unit: str = ""
    access: AccessClass = AccessClass.PUBLIC
    simulated: bool = False
    approximate: bool = False
    note: str = ""


_TEXTS = (
    *("what", "publisher", "licence", "sha256", "url", "licence_url", "attribution"),
    *("crs", "edition", "unit", "access", "note"),
)
_TYPES: dict[str, type] = {
    **dict.fromkeys(_TEXTS, str),
    "retrieved": date,
    "simulated": bool,
    "approximate": bool,
}
_EXPECTED = {str: "un texte entre guillemets", date: "une date comme 2026-11-22", bool: "true ou false"}
_REQUIRED = ("what", "publisher", "licence", "sha256")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read(folder: Path) -> list[SourceFile]:
    """
    Return what `sources.toml` in `folder` says of the files beside it; [] when there is no such file.

    Raises UnreadableFile naming the file, the key and the way out: when a key is missing, unknown or
    wrong, when a file is absent, or when its bytes are not those whose sha256 was written down.
    """
    listing = folder / FILE_NAME
    if not listing.is_file():
        return []
    return [_source_file(listing, name, entry) for name, entry in _tables(listing).items()]


def write(folder: Path, files: Iterable[SourceFile]) -> Path:
    """Write what is known of `files`, all in `folder`, into its `sources.toml`; return the path of that."""
    listing = folder / FILE_NAME
    listing.write_text("\n".join(_table(file) for file in files), encoding="utf-8", newline="\n")
    return listing


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the bytes of `path`, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def usual_access(what: Contents) -> AccessClass:
    """Return who may read the rows of such a file when nobody says."""
    return AccessClass.SIGNED_IN if what in _ACLED_TERMS else AccessClass.PUBLIC


_ACLED_TERMS = (Contents.ACLED_EVENTS, Contents.HDX_COUNTS, Contents.HAPI_COUNTS)
"""ACLED's terms hold for its counts too; the layer that serves them is public because it only counts."""


def _table(file: SourceFile) -> str:
    known = {key: value for key, value in asdict(file).items() if key != "path" and value not in ("", None)}
    lines = [f"{key} = {_as_toml(value)}" for key, value in known.items()]
    return "\n".join([f"[{json.dumps(file.path.name)}]", *lines, ""])


def _as_toml(value: str | bool | date) -> str:
    # A JSON string is a TOML string; so are its booleans.
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _tables(listing: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(listing.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"{listing}\u00a0: ce n'est pas du TOML valable ({error}). Corrigez cette ligne."
        ) from error


def _source_file(listing: Path, name: str, entry: Any) -> SourceFile:
    where = f'{listing}, ["{name}"]'
    _check_keys(where, entry)
    path = listing.parent / name
    if not path.resolve().is_relative_to(listing.parent.resolve()):
        raise UnreadableFile(
            f"{where}\u00a0: ce fichier est hors du dossier. Nommez un fichier du même dossier."
        )
    if not path.is_file():
        raise UnreadableFile(
            f"{where}\u00a0: ce fichier est absent. Remettez-le à sa place, ou ôtez sa table de {FILE_NAME}."
        )
    _check_sha256(where, path, entry["sha256"])
    what = _one_of(where, "what", entry["what"], Contents)
    if "unit" in entry:
        _one_of(where, "unit", entry["unit"], RasterUnit)
    told = {
        **entry,
        "what": what,
        "access": _access(where, what, entry),
        "simulated": _simulated(where, what, entry),
    }
    return SourceFile(path=path, **told)


def _access(where: str, what: Contents, entry: dict[str, Any]) -> AccessClass:
    if "access" not in entry:
        return usual_access(what)
    access = _one_of(where, "access", entry["access"], AccessClass)
    if what is Contents.ACLED_EVENTS and access is AccessClass.PUBLIC:
        raise UnreadableFile(
            f"{where}\u00a0: les conditions d'ACLED interdisent de publier ses lignes. "
            f'Écrivez access = "{AccessClass.SIGNED_IN}".'
        )
    return AccessClass(access)


def _simulated(where: str, what: Contents, entry: dict[str, Any]) -> bool:
    is_simulated = what is Contents.SIMULATED_EVENTS
    if entry.get("simulated", is_simulated) != is_simulated:
        raise UnreadableFile(
            f"{where}\u00a0: what et simulated se contredisent. Des événements simulés portent les deux."
        )
    return is_simulated


def _check_keys(where: str, entry: Any) -> None:
    if not isinstance(entry, dict):
        raise UnreadableFile(f"{where}\u00a0: une table est attendue, qui dit d'où vient ce fichier.")
    for key, value in entry.items():
        if key not in _TYPES:
            raise UnreadableFile(
                f"{where}\u00a0: la clé {quoted(key)} est inconnue.{did_you_mean(key, _TYPES)}"
            )
        # bool is an int and datetime a date, but neither is what its parent stands for here.
        if type(value) is not _TYPES[key]:
            raise UnreadableFile(
                f"{where}\u00a0: {quoted(key)} vaut {value!r}\u202f; {_EXPECTED[_TYPES[key]]} est attendu."
            )
    for key in _REQUIRED:
        if not entry.get(key):
            raise UnreadableFile(f'{where}\u00a0: la clé {quoted(key)} manque. Ajoutez {key} = "...".')


def _check_sha256(where: str, path: Path, expected: str) -> None:
    if not _SHA256.fullmatch(expected):
        raise UnreadableFile(
            f"{where}\u00a0: sha256 doit avoir 64 chiffres hexadécimaux, ceux que donne "
            f"la commande sha256sum {path.name}."
        )
    found = sha256_of(path)
    if found != expected:
        raise UnreadableFile(
            f"{where}\u00a0: le fichier a changé (sha256 {found}, {expected} était noté). "
            f"Reprenez le fichier d'origine, ou, si le changement est voulu, notez sa nouvelle empreinte."
        )


def _one_of(where: str, key: str, value: str, words: type[StrEnum]) -> Any:
    try:
        return words(value)
    except ValueError:
        raise UnreadableFile(
            f'{where}\u00a0: {key} = "{value}" est inconnu.{did_you_mean(value, words)} '
            f"Valeurs possibles\u00a0: {', '.join(words)}."
        ) from None
