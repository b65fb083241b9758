"""
The body of an answer, compressed: whole layers from memory, else from the database, else made now.

A key is a hash of the question, the revision of the rows and the code that renders them: a body is
never out of date, at worst it is made again.
"""

import gzip
import hashlib
import json
from collections import OrderedDict
from threading import Lock

import brotli

from apps.api.models import LayerBody

RENDERING_VERSION = 3
"""Raise it when the same rows are written differently: kept bodies are then made again."""

MOST_BYTES_IN_MEMORY = 24 * 1024 * 1024
"""Of compressed bodies in one web process, which has 150 MB in all."""


class Body:
    """One body in the two encodings that browsers ask for."""

    def __init__(self, brotli_body, gzip_body):
        self.encoded = {"br": brotli_body, "gzip": gzip_body}

    def size(self):
        return sum(map(len, self.encoded.values()))

    def plain(self):
        return gzip.decompress(self.encoded["gzip"])

    def in_encoding(self, name):
        return self.encoded[name]


EMPTY = Body(b"", b"")
"""Nothing, in any encoding."""


class OnceBody:
    """A body that is not kept: compressed quickly, and only as its one reader asks."""

    def __init__(self, plain):
        self._plain = plain

    def plain(self):
        return self._plain

    def in_encoding(self, name):
        return (
            brotli.compress(self._plain, quality=1)
            if name == "br"
            else gzip.compress(self._plain, 1, mtime=0)
        )


class _Memory:
    """The bodies used last, up to a number of bytes."""

    def __init__(self, most_bytes):
        self.most_bytes, self.bytes = most_bytes, 0
        self.bodies = OrderedDict()
        self.lock = Lock()

    def get(self, key):
        with self.lock:
            if key in self.bodies:
                self.bodies.move_to_end(key)
            return self.bodies.get(key)

    def keep(self, key, body):
        with self.lock:
            if key not in self.bodies:
                self.bodies[key] = body
                self.bytes += body.size()
            while self.bytes > self.most_bytes and len(self.bodies) > 1:
                _, oldest = self.bodies.popitem(last=False)
                self.bytes -= oldest.size()


_memory = _Memory(MOST_BYTES_IN_MEMORY)


def key_of(*parts):
    """Return the key of what is asked (parameters, revision of the rows, language ...)."""
    text = json.dumps([RENDERING_VERSION, *parts], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def kept(layer, key, render):
    """Return the body of this key; `render` makes its plain bytes when no process has made it before."""
    body = _memory.get(key)
    if body is None:
        stored = LayerBody.objects.filter(key=key).first()
        body = _read(stored) if stored else _made(layer, key, render)
        _memory.keep(key, body)
    return body


def _read(stored):
    return Body(bytes(stored.brotli_body), bytes(stored.gzip_body))


def _made(layer, key, render):
    plain = render()
    # A body is made once and sent often: it may take its time to become small.
    body = Body(brotli.compress(plain, quality=9), gzip.compress(plain, 9, mtime=0))
    LayerBody.objects.update_or_create(
        key=key,
        defaults={
            "layer": layer,
            "plain_bytes": len(plain),
            "brotli_body": body.encoded["br"],
            "gzip_body": body.encoded["gzip"],
        },
    )
    return body


def remembered(key, render):
    """Return the body of this key from the memory of this process, else made by `render`: tiles are many."""
    body = _memory.get(key)
    if body is None:
        plain = render()
        body = _quickly(plain) if plain else EMPTY
        _memory.keep(key, body)
    return body


def _quickly(plain):
    return Body(brotli.compress(plain, quality=4), gzip.compress(plain, 4, mtime=0))


def forget_outdated(keys_in_use):
    """Delete kept bodies of other keys; return how many."""
    deleted, _ = LayerBody.objects.exclude(key__in=keys_in_use).delete()
    return deleted
