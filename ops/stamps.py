"""
A stamp records what a step was done with, so that the next run can leave it out.

It is written after the step, in one move: an interrupted step leaves none.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from ops.places import ROOT

# Folders that hold no source: caches of tools.
LEFT_OUT = {"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


def is_current(stamp: Path, key: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == key


def record(stamp: Path, key: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    fresh = stamp.with_name(stamp.name + ".new")
    fresh.write_text(key, encoding="utf-8")
    fresh.replace(stamp)


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """Return a hash of the names and contents of files and folders, and of words. A missing path counts."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(_files(path)):
            name = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
            digest.update(f"{name}\0".encode())
            digest.update(file.read_bytes() if file.is_file() else b"missing")
            digest.update(b"\0")
    for word in words:
        digest.update(f"{word}\0".encode())
    return digest.hexdigest()


def _files(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path]
    return [file for file in path.rglob("*") if file.is_file() and not LEFT_OUT.intersection(file.parts)]
