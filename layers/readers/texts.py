"""The text of a file in whatever encoding a spreadsheet gave it."""

import codecs
import os
import re
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from layers.readers.problems import Problem, UnreadableFile

_ENCODED_TWICE = re.compile("Ã[©¨ª«®¯´§]")
"""What é, è, ê, ë, î, ï, ô, ç become when UTF-8 is taken for Windows-1252 and encoded again."""


_ENCODED_TWICE_BYTES = re.compile(b"\xc3\x83\xc2[\xa9\xa8\xaa\xab\xae\xaf\xb4\xa7]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BLOCK = 1 << 20
_BEGINNING = 1 << 16
_LONGEST_CODE = 5
"""Bytes that are looked at again with the next block: no sign that is sought is longer."""


@dataclass(frozen=True, kw_only=True)
class Examined:
    """
    A text file looked at once from end to end, without holding it: its encoding, and what to remark on it.

    `beginning` is the text of its first bytes; `is_cut` says that it does not end with a line's end.
    """

    path: Path
    encoding: str
    problems: tuple[Problem, ...]
    beginning: str
    is_cut: bool
    size: int

    def opened(self) -> TextIOWrapper:
        """Return the file, open to be read as text, with the ends of lines as they are."""
        # What is no UTF-16 becomes a sign of replacement, as in `read`; the other encodings were tried.
        errors = "replace" if self.encoding == "utf-16" else "strict"
        return self.path.open(encoding=self.encoding, errors=errors, newline="")

    @staticmethod
    def position(file: TextIOWrapper) -> int:
        """Return how many bytes of the open file were read."""
        return os.lseek(file.fileno(), 0, os.SEEK_CUR)


def examined(path: Path) -> Examined:
    """
    Return what `read` finds out about the text of `path`, for files that are too large to be held.

    Raises UnreadableFile for what is no text.
    """
    _refuse_absent(path)
    with path.open("rb") as file:
        first = file.read(_BEGINNING)
    _refuse_no_text(path, first, is_whole=path.stat().st_size <= len(first))
    is_utf_16 = first.startswith(_UTF_16)
    encodings = ("utf-16",) if is_utf_16 else ("utf-8-sig", "cp1252", "latin-1")
    encoding = next(each for each in encodings if each == encodings[-1] or _is_in(path, each))
    problems = []
    if encoding in ("cp1252", "latin-1"):
        problems.append(_remark(path, *_OLD_ENCODING))
    elif not is_utf_16 and _holds(path, _ENCODED_TWICE_BYTES):
        problems.append(_remark(path, *_DAMAGED_ACCENTS))
    if not is_utf_16 and _holds(path, re.compile(b"\x00")):
        raise _no_text(path)
    beginning = first.decode(encoding, errors="ignore")
    return Examined(
        path=path,
        encoding=encoding,
        problems=tuple(problems),
        beginning=beginning,
        is_cut=not _last_bytes(path).rstrip(b"\x00").endswith((b"\n", b"\r")),
        size=path.stat().st_size,
    )


def _is_in(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _holds(path: Path, sign: re.Pattern[bytes]) -> bool:
    """Return whether the bytes of a file hold this sign, also across two blocks."""
    before = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if sign.search(before + block):
                return True
            before = block[-_LONGEST_CODE:]
    return False


def _last_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-min(2, path.stat().st_size), 2)
        return file.read()


def read(path: Path) -> tuple[str, list[Problem]]:
    """
    Return the text of `path` and remarks on its encoding.

    UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252 or Latin-1. Raises
    UnreadableFile for what is no text: an absent or empty file, a workbook, a web page.
    """
    content = _content(path)
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace"), []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _in_old_encoding(content), [_remark(path, *_OLD_ENCODING)]
    return text, [_remark(path, *_DAMAGED_ACCENTS)] if _ENCODED_TWICE.search(text) else []


_OLD_ENCODING = (
    "Ce fichier n'est pas en UTF-8\u202f; il a été lu comme un fichier Windows (Windows-1252).",
    "Vérifiez les accents, ou enregistrez-le de nouveau en «\u00a0CSV UTF-8\u00a0».",
)
_DAMAGED_ACCENTS = (
    "Des accents semblent abîmés («\u00a0Ã©\u00a0» au lieu de «\u00a0é\u00a0»).",
    "Reprenez le fichier d'origine et enregistrez-le une seule fois en «\u00a0CSV UTF-8\u00a0».",
)


def _content(path: Path) -> bytes:
    _refuse_absent(path)
    content = path.read_bytes()
    _refuse_no_text(path, content, is_whole=True)
    if b"\x00" in content and not content.startswith(_UTF_16):
        raise _no_text(path)
    return content


def _refuse_absent(path: Path) -> None:
    if not path.is_file():
        raise UnreadableFile(f"{path}\u00a0: ce fichier est absent. Vérifiez son nom et son dossier.")


def _refuse_no_text(path: Path, content: bytes, *, is_whole: bool) -> None:
    """Raise UnreadableFile when these first bytes are those of an empty file, a workbook or a web page."""
    if is_whole and not content.strip():
        raise UnreadableFile(f"{path}\u00a0: ce fichier est vide. Téléchargez-le de nouveau.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFile(
            f"{path}\u00a0: c'est un classeur ou une archive. Enregistrez la feuille en CSV."
        )
    if content.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise UnreadableFile(
            f"{path}\u00a0: c'est une page web, pas des données. Téléchargez le fichier lui-même."
        )


def _no_text(path: Path) -> UnreadableFile:
    return UnreadableFile(f"{path}\u00a0: ce n'est pas du texte. Enregistrez le fichier en CSV UTF-8.")


def _in_old_encoding(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _remark(path: Path, reason: str, remedy: str) -> Problem:
    return Problem(
        where=path.name, row=None, field="encodage", value="", reason=reason, remedy=remedy, is_fatal=False
    )
