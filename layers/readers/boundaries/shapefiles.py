"""Shapefiles: four files that must go together, whole, and texts whose encoding is often told wrongly."""

import codecs
import re
import struct
from contextlib import suppress
from pathlib import Path

from layers.readers.boundaries.formats import AGAIN
from layers.readers.problems import UnreadableFile
from layers.readers.wording import quoted


def encoding(path: Path, label: str) -> tuple[str, tuple[str, ...]]:
    """
    Return the encoding of the texts of the shapefile at `path`, and remarks on it.

    What the .cpg says, unless the bytes of the .dbf say otherwise; without .cpg, UTF-8 or Windows-1252 by the
    bytes. Raises UnreadableFile, `label` naming the file, when one of its files is missing, cut or other.
    """
    parts = {part.suffix.lower(): part for part in path.parent.glob(f"{_literal(path.stem)}.*")}
    for suffix in (".dbf", ".shx"):
        if suffix not in parts:
            raise UnreadableFile(
                f"{label}\u00a0: le fichier {path.stem}{suffix} manque à côté. Un Shapefile va par quatre "
                "(.shp, .shx, .dbf, .prj)\u00a0: remettez-les ensemble."
            )
    _refuse_cut(label, path, parts[".dbf"])
    return _dbf_encoding(parts[".dbf"], parts.get(".cpg"))


def _literal(stem: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", stem)


def _refuse_cut(label: str, shp: Path, dbf: Path) -> None:
    """Compare the sizes that the two headers promise (Esri 1998; dBASE III) with those found."""
    with shp.open("rb") as shp_file, dbf.open("rb") as dbf_file:
        head, dbf_head = shp_file.read(100), dbf_file.read(12)
    if len(head) < 100 or head[:4] != b"\x00\x00\x27\x0a":
        raise UnreadableFile(f"{label}\u00a0: ce n'est pas un Shapefile. {AGAIN}")
    (words,) = struct.unpack(">i", head[24:28])
    records, header, width = struct.unpack("<IHH", dbf_head[4:].ljust(8, b"\0"))
    if shp.stat().st_size < words * 2 or dbf.stat().st_size < header + records * width:
        raise UnreadableFile(f"{label}\u00a0: le fichier est coupé, il en manque la fin. {AGAIN}")


def _dbf_encoding(dbf: Path, cpg: Path | None) -> tuple[str, tuple[str, ...]]:
    told = cpg.read_text(encoding="ascii", errors="ignore").strip() if cpg else ""
    codec, seen = _codec(told), _seen(dbf.read_bytes())
    likely = seen or "utf-8"
    if told and not codec:
        said = f"Le .cpg annonce {quoted(told)}, qui est inconnu\u202f; les textes ont été lus en {likely}."
        return likely, (said,)
    if codec and seen and (codec == "utf-8") != (seen == "utf-8"):
        said = f"Le .cpg annonce {quoted(told)}, mais les textes sont en {seen} et ont été lus ainsi."
        return seen, (said,)
    return codec or likely, ()


def _seen(dbf: bytes) -> str:
    """Return utf-8 or cp1252, as the bytes of a .dbf show by their accents; "" when it has none."""
    # The header's first bytes are numbers, not text.
    (header,) = struct.unpack("<H", dbf[8:10].ljust(2, b"\0"))
    texts = dbf[header:]
    if texts.isascii():
        return ""
    try:
        texts.decode()
    except UnicodeDecodeError:
        # An accent in Windows-1252 is next to never valid UTF-8.
        return "cp1252"
    return "utf-8"


def _codec(told: str) -> str:
    """
    Return Python's name of an encoding written in a .cpg; "" for an unknown one.

    >>> [_codec(told) for told in ("UTF-8", "1252", "ANSI 1252", "88591", "ISO 8859-1", "klingon")]
    ['utf-8', 'cp1252', 'cp1252', 'iso8859-1', 'iso8859-1', '']
    """
    digits = re.sub(r"\D", "", told)
    for name in (told, digits.replace("8859", "iso8859-", 1), f"cp{digits}"):
        # A name with a NUL in it is a ValueError.
        with suppress(LookupError, ValueError):
            return codecs.lookup(name).name
    return ""
