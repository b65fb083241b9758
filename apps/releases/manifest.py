"""What a release is: a folder of files, and a manifest that names each of them. No Django."""

import hashlib
import json
import os
import re
import stat
from datetime import date

from apps.runs.canonical import canonical

FORMAT = "maillage-release/1"
MANIFEST, SIGNATURE, PUBLIC_KEY = "manifest.json", "manifest.json.sig", "public_key.pem"
SUMS = "SHA256SUMS"
UNLISTED = frozenset({MANIFEST, SIGNATURE})
"""Files that no manifest can name: itself, and what is made from it."""

MOST_MANIFEST_BYTES = 32 << 20
MOST_FILES = 10_000
MOST_FILE_BYTES = 1 << 40
CHUNK = 1 << 20

NAME = re.compile(r"\d{4}-\d{2}-\d{2}(\.[1-9]\d?)?", re.ASCII)
PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*", re.ASCII)
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class NotAManifest(Exception):
    """The bytes are no manifest of ours; the message says where they are not."""


def is_name(text):
    """Return whether a release may be called so: a day, and a number from the second of a day on."""
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return bool(NAME.fullmatch(text))


def free_name(day, taken):
    """Return the name of a release of this day: 2026-11-23, then 2026-11-23.2, where others are taken."""
    numbers = ("", *(f".{n}" for n in range(2, 100)))
    for number in numbers:
        if f"{day.isoformat()}{number}" not in taken:
            return f"{day.isoformat()}{number}"
    raise ValueError(f"{day}: 99 releases were made on this day; make the next one tomorrow")


def written(told):
    """Return the exact bytes of a manifest: those that are signed."""
    return canonical(told).encode()


def read(text):
    """Return a manifest (a dict) from its bytes, its form checked. Raises NotAManifest."""
    try:
        told = json.loads(text, object_pairs_hook=_each_name_once)
    except (ValueError, RecursionError) as error:
        raise NotAManifest(f"is not JSON: {error}") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NotAManifest(f"is not of the form {FORMAT}")
    if not isinstance(told.get("name"), str) or not is_name(told["name"]):
        raise NotAManifest(f"has the name {told.get('name')!r}, expected a day such as 2026-11-23")
    if not isinstance(told.get("files"), dict) or not 0 < len(told["files"]) <= MOST_FILES:
        raise NotAManifest(f"names no files, or more than {MOST_FILES}")
    return told


def _each_name_once(pairs):
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name is given twice")
    return told


def listed(folder):
    """Return size and SHA-256 of every file of a folder but those that no manifest names, by path."""
    return {path: sealed(folder / path) for path in sorted(paths_of(folder) - UNLISTED)}


def paths_of(folder):
    """Return the paths of all that lies in a folder, links included, folders not; links are not followed."""
    found = set()
    for base, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(base, name))]
        found |= {os.path.relpath(os.path.join(base, name), folder) for name in (*files, *links)}
    return {path.replace(os.sep, "/") for path in found}


def sealed(path):
    """Return size and SHA-256 of a file."""
    size, digest = hashed(path, most=MOST_FILE_BYTES)
    return {"bytes": size, "sha256": digest}


def hashed(path, *, most):
    """Return size and SHA-256 of a file; no more than `most` bytes and one are read. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    # No link is followed: a file of a release lies in it.
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path} is no regular file")
        while size <= most and (chunk := file.read(min(CHUNK, most + 1 - size))):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()
