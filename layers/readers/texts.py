"""The text of a file in whatever encoding a spreadsheet gave it."""

import re
from pathlib import Path

from layers.readers.problems import Problem, UnreadableFile

_ENCODED_TWICE = re.compile("Ã[©¨ª«®¯´§]")
"""What é, è, ê, ë, î, ï, ô, ç become when UTF-8 is taken for Windows-1252 and encoded again."""


def read(path: Path) -> tuple[str, list[Problem]]:
    """
    Return the text of `path` and remarks on its encoding.

    UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252 or Latin-1. Raises
    UnreadableFile for what is no text: an absent or empty file, a workbook, a web page.
    """
    content = _content(path)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
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
    if not path.is_file():
        raise UnreadableFile(f"{path}\u00a0: ce fichier est absent. Vérifiez son nom et son dossier.")
    content = path.read_bytes()
    if not content.strip():
        raise UnreadableFile(f"{path}\u00a0: ce fichier est vide. Téléchargez-le de nouveau.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFile(
            f"{path}\u00a0: c'est un classeur ou une archive. Enregistrez la feuille en CSV."
        )
    if content.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise UnreadableFile(
            f"{path}\u00a0: c'est une page web, pas des données. Téléchargez le fichier lui-même."
        )
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(f"{path}\u00a0: ce n'est pas du texte. Enregistrez le fichier en CSV UTF-8.")
    return content


def _in_old_encoding(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _remark(path: Path, reason: str, remedy: str) -> Problem:
    return Problem(
        where=path.name, row=None, field="encodage", value="", reason=reason, remedy=remedy, is_fatal=False
    )
