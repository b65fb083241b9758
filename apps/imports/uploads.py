"""The bytes of files on their way in: each in a folder of its own, whole or not there at all."""

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from layers.imports.formats import LARGEST_BYTES

LONGEST_NAME = 120
CHUNK_BYTES = 1024 * 1024
_UNSAFE = re.compile(r"[^\w .()+-]")


class TooLarge(Exception):
    """More bytes than LARGEST_BYTES."""


@dataclass(frozen=True)
class Kept:
    path: Path
    sha256: str
    size: int


def keep(chunks, import_id, file_name):
    """Write the chunks under a safe form of their name; return where, and their fingerprint."""
    path = folder_of(import_id) / safe_name(file_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST_BYTES:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        forget(import_id)
        raise
    return Kept(path, digest.hexdigest(), size)


def chunks_of(path):
    """Yield the bytes of a file of this machine."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def folder_of(import_id):
    return settings.UPLOADS_DIR / str(import_id)


def path_of(import_):
    """Return where the bytes of an import lie; the file may be gone."""
    return folder_of(import_.pk) / safe_name(import_.file_name)


def safe_name(name):
    """Return a name that leads nowhere else, short, its ending kept."""
    plain = _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(". ") or "fichier"
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending)]}{dot}{ending}" if dot else plain[:LONGEST_NAME]


def refusals_folder(import_id):
    """Return where the rows that stayed out lie, as a file to mend."""
    return folder_of(import_id) / "refus"


def refusals_of(import_id):
    """Return the file of the rows that stayed out, None when there is none."""
    return next(refusals_folder(import_id).glob("*"), None)


def forget_refusals(import_id):
    """Delete the rows given back before."""
    shutil.rmtree(refusals_folder(import_id), ignore_errors=True)


def forget(import_id):
    """Delete the bytes of an import."""
    shutil.rmtree(folder_of(import_id), ignore_errors=True)
