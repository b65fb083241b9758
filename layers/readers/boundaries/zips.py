"""Zips unpacked with care: they come from anywhere."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from layers.readers.boundaries.formats import AGAIN, LARGEST_BYTES, MOST_MEMBERS, SUFFIXES, too_large
from layers.readers.problems import UnreadableFile
from layers.readers.wording import quoted


def unpacked(path: Path, folder: Path) -> list[str]:
    """
    Unpack the zip at `path` into `folder`; return the names of the members that hold layers.

    Raises UnreadableFile for a zip that is damaged, locked, too large, without layers, or that has a member
    whose name leads outside `folder`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _refuse_unsafe(path.name, members)
            archive.extractall(folder, members)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, zlib.error) as error:
        raise UnreadableFile(f"{path.name}\u00a0: le zip est coupé ou abîmé ({error}). {AGAIN}") from error
    names = [member.filename for member in members if _holds_layers(PurePosixPath(member.filename))]
    if not names:
        raise UnreadableFile(
            f"{path.name}\u00a0: le zip ne contient ni .shp, ni .geojson, ni .gpkg. "
            "Donnez le zip des limites."
        )
    return sorted(names)


def _refuse_unsafe(label: str, members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        name = member.filename
        if name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts:
            raise UnreadableFile(
                f"{label}\u00a0: {quoted(name)} veut s'écrire hors de son dossier. "
                "Ne vous fiez pas à ce zip\u202f; reprenez-le chez son éditeur."
            )
        if member.flag_bits & 1:
            raise UnreadableFile(f"{label}\u00a0: le zip est protégé par un mot de passe. Ôtez-le.")
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_BYTES:
        raise too_large(label)


def _holds_layers(name: PurePosixPath) -> bool:
    hidden = name.name.startswith(".") or "__MACOSX" in name.parts
    return name.suffix.lower() in SUFFIXES[:-1] and not hidden
