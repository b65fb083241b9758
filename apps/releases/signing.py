"""Ed25519 keys of releases: made, kept in a private file, named by a fingerprint. Not for a web process."""

import base64
import binascii
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

SIGNATURE_BYTES = 64


class NoKey(Exception):
    """There is no key where one is expected, or it is none of ours; the message says the way out."""


def ensure_key(path):
    """Return the private key kept at a path, and whether it was made now, readable by its owner alone."""
    path = Path(path)
    if path.exists():
        return private_key(path), False
    path.parent.mkdir(parents=True, exist_ok=True)
    made = Ed25519PrivateKey.generate()
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            file.flush()
            os.fsync(file.fileno())
        # A link, not a rename: it fails where another process was first, and never replaces a key.
        os.link(beside, path)
    except FileExistsError:
        return private_key(path), False
    finally:
        beside.unlink(missing_ok=True)
    return made, True


def private_key(path):
    """Return the private key kept at a path. Raises NoKey."""
    try:
        mode, text = path.stat().st_mode, path.read_bytes()
    except OSError as error:
        raise NoKey(f"{path}: {error.strerror}; make it with manage.py ensure_release_key") from None
    if mode & 0o077:
        raise NoKey(f"{path} can be read by others: chmod 600 {path}, and consider the key as known to them")
    try:
        key = load_pem_private_key(text, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise NoKey(f"{path} holds no private key: {error}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(
            f"{path} holds a key that is not of Ed25519: make another with manage.py ensure_release_key"
        )
    return key


def public_key(pem):
    """Return the public key that a PEM text (bytes) holds. Raises NoKey."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NoKey(f"holds no public key: {error}") from None
    if not isinstance(key, Ed25519PublicKey):
        raise NoKey("holds a key that is not of Ed25519")
    return key


def public_pem(key):
    """Return the public half of a private key as a PEM text."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def fingerprint(key):
    """Return the SHA-256 of the 32 bytes of a public key, in hexadecimal."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()


def signature(key, text):
    """Return the signature of some bytes, in base64, as it is kept in a file."""
    return base64.b64encode(key.sign(text)) + b"\n"


def is_signed(key, text, kept):
    """Return whether `kept`, read from a file, is the signature of some bytes by a public key."""
    try:
        raw = base64.b64decode(kept.strip(), validate=True)
        key.verify(raw, text)
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    # One signature has one way to be written: what differs by a bit that base64 ignores is refused.
    return len(raw) == SIGNATURE_BYTES and kept == base64.b64encode(raw) + b"\n"
