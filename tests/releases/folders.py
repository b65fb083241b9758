"""Releases made by hand, a few small files each, for what is asked of a folder and not of rows."""

import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from apps.releases import manifest as manifests
from apps.releases import signing

NAME = "2026-11-23"
FILES = {
    "layers/cercles.csv": "pcode,name\nML0101,Bafoulabé\n",
    "layers/cercles.geojson": '{"type":"FeatureCollection","features":[]}\n',
    "README.md": "Lisez-moi\n",
}


def a_key(seed=1):
    """Return a private key, the same for the same seed."""
    return Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


def print_of(key):
    return signing.fingerprint(key.public_key())


def signed(place, *, key=None, name=NAME, files=FILES):
    """Write a release into `place/name`, sign it, return its folder."""
    key = key or a_key()
    folder = place / name
    for path, text in (files | {manifests.PUBLIC_KEY: signing.public_pem(key)}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    head = {"format": manifests.FORMAT, "name": name, "key": print_of(key), "layers": {}}
    sign(folder, head | {"files": manifests.listed(folder)}, key=key)
    return folder


def sign(folder, told, *, key):
    """Write a manifest and its signature."""
    text = told if isinstance(told, bytes) else manifests.written(told)
    (folder / manifests.MANIFEST).write_bytes(text)
    (folder / manifests.SIGNATURE).write_bytes(signing.signature(key, text))


def manifest_of(folder):
    return json.loads((folder / manifests.MANIFEST).read_bytes())
