"""Whether a folder is the release that was signed: all reasons why not, each with its file. No Django."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from apps.releases import manifest as manifests
from apps.releases.manifest import MANIFEST, PUBLIC_KEY, SIGNATURE, UNLISTED
from apps.releases.signing import NoKey, fingerprint, is_signed, public_key

MOST_KEY_BYTES = 4096


class Cause(StrEnum):
    """Why a folder is refused."""

    MISSING = "missing"
    EXTRA = "extra"
    SIZE = "size"
    CHANGED = "changed"
    LINK = "link"
    ESCAPES = "escapes"
    ABSURD = "absurd"
    FORM = "form"
    SIGNATURE = "signature"
    OTHER_KEY = "other-key"
    OTHER_NAME = "other-name"


@dataclass(frozen=True)
class Reason:
    """One reason: the file, its cause, and the same in words."""

    path: str
    cause: Cause
    told: str

    def __str__(self):
        return f"{self.path}: {self.told} [{self.cause}]"


class Refused(Exception):
    """The folder is not what was signed, or not by whom it should be; `reasons` tells all that was found."""

    def __init__(self, *reasons):
        super().__init__("; ".join(map(str, reasons)))
        self.reasons = reasons


@dataclass(frozen=True)
class Verified:
    """A release that is whole: its manifest, the SHA-256 of that, and whose key signed it."""

    manifest: dict
    manifest_sha256: str
    fingerprint: str


def verify(folder, *, trusted=None, name=None):
    """
    Return what is verified of the release in a folder. Raises Refused.

    `trusted` are the fingerprints of keys by one of which it must be signed; None asks only that it is whole.
    `name` is what it should be called: as its folder, unless told. Nothing of a manifest is believed before
    its signature holds, and no file is read beyond the size that it is said to have.
    """
    folder = Path(folder).resolve()
    if not folder.is_dir():
        raise _refused(folder.name, Cause.MISSING, "there is no such folder")
    signed, by = _signed(folder, trusted)
    try:
        told = manifests.read(signed)
    except manifests.NotAManifest as error:
        raise _refused(MANIFEST, Cause.FORM, str(error)) from None
    reasons = [*_of_name(told, name or folder.name), *_of_key(told, by), *_of_files(folder, told["files"])]
    if reasons:
        raise Refused(*reasons)
    return Verified(told, manifests.hashed(folder / MANIFEST, most=len(signed))[1], by)


def _refused(path, cause, told):
    return Refused(Reason(path, cause, told))


def _signed(folder, trusted):
    """Return the bytes of the manifest and the fingerprint of the key that signed them."""
    signed = _read(folder, MANIFEST, manifests.MOST_MANIFEST_BYTES)
    kept = _read(folder, SIGNATURE, MOST_KEY_BYTES)
    try:
        key = public_key(_read(folder, PUBLIC_KEY, MOST_KEY_BYTES))
    except NoKey as error:
        raise _refused(PUBLIC_KEY, Cause.FORM, str(error)) from None
    by = fingerprint(key)
    if trusted is not None and by not in trusted:
        expected = " or ".join(sorted(trusted)) or "any that is known"
        raise _refused(PUBLIC_KEY, Cause.OTHER_KEY, f"is the key {by}, expected {expected}")
    if not is_signed(key, signed, kept):
        raise _refused(
            MANIFEST, Cause.SIGNATURE, f"is not what was signed: {SIGNATURE} and the key {by} do not fit it"
        )
    return signed, by


def _read(folder, path, most):
    """Return the bytes of a file that must be there and small."""
    place = folder / path
    if place.is_symlink():
        raise _refused(path, Cause.LINK, "is a link; a release holds files only")
    if not place.is_file():
        raise _refused(path, Cause.MISSING, "is missing")
    if place.stat().st_size > most:
        raise _refused(path, Cause.ABSURD, f"is larger than {most} bytes")
    return place.read_bytes()


def _of_name(told, expected):
    if told["name"] != expected:
        yield Reason(MANIFEST, Cause.OTHER_NAME, f"is of the release {told['name']}, expected {expected}")


def _of_key(told, by):
    if told.get("key") != by:
        yield Reason(
            MANIFEST, Cause.OTHER_KEY, f"says that its key is {told.get('key')}, it was signed by {by}"
        )


def _of_files(folder, files):
    found = manifests.paths_of(folder)
    for path in sorted(found - set(files) - UNLISTED):
        is_link = (folder / path).is_symlink()
        yield Reason(
            path, Cause.LINK if is_link else Cause.EXTRA, "is not in the manifest: take it out of the folder"
        )
    for path, seal in sorted(files.items()):
        if reason := _of_file(folder, path, seal, found):
            yield reason


def _of_file(folder, path, seal, found):
    """Return why a file that the manifest names is refused; None of one that is as it was signed."""
    if path in UNLISTED or not manifests.PATH.fullmatch(path):
        return Reason(path, Cause.ESCAPES, "is no path inside of a release")
    if not _is_seal(seal):
        return Reason(path, Cause.ABSURD, f"has no possible size and hash in the manifest: {seal!r:.100}")
    if path not in found:
        return Reason(path, _why_not_found(folder, path), "is missing, or lies behind a link")
    if (folder / path).is_symlink():
        return Reason(path, Cause.LINK, "is a link; a release holds files only")
    return _compared(folder, path, seal)


def _compared(folder, path, seal):
    try:
        size, digest = manifests.hashed(folder / path, most=seal["bytes"])
    except OSError as error:
        return Reason(path, Cause.CHANGED, f"cannot be read: {error}")
    if size != seal["bytes"]:
        actual = os.stat(folder / path).st_size
        return Reason(path, Cause.SIZE, f"has {actual} bytes, {seal['bytes']} were signed")
    if digest != seal["sha256"]:
        return Reason(path, Cause.CHANGED, f"has the SHA-256 {digest}, {seal['sha256']} was signed")
    return None


def _why_not_found(folder, path):
    parents = list(Path(path).parents)[:-1]
    return Cause.LINK if any((folder / each).is_symlink() for each in parents) else Cause.MISSING


def _is_seal(seal):
    return (
        isinstance(seal, dict)
        and type(seal.get("bytes")) is int
        and 0 <= seal["bytes"] <= manifests.MOST_FILE_BYTES
        and isinstance(seal.get("sha256"), str)
        and bool(manifests.DIGEST.fullmatch(seal["sha256"]))
    )
