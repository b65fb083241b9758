"""
What a file is by its content, and whether it is safe to open: decided before anything in it is believed.

Nothing here opens a file with the library that will read it.
"""

import re
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from layers.imports.formats import (
    ACCEPTED,
    LARGEST_BYTES,
    LARGEST_UNPACKED_BYTES,
    MOST_CELLS,
    MOST_MEMBERS,
    MOST_RATIO,
    RATIO_FROM_BYTES,
    Format,
)
from layers.readers.problems import UnreadableFile
from layers.readers.wording import quoted

AGAIN = "Téléchargez-le ou exportez-le de nouveau, en entier."
_SAVE_AS = "Ouvrez-le dans un tableur et enregistrez-le en .xlsx ou en CSV."
_CHUNK_BYTES = 1 << 20
_START_BYTES = 4096

# What begins a file that is no table, whatever its name says.
_OTHER_THINGS = (
    (b"%PDF", "c'est un PDF", "Demandez le tableau d'origine à son éditeur, ou recopiez-le dans un tableur."),
    (b"\x89PNG", "c'est une image PNG", "Donnez les données, pas leur image."),
    (b"\xff\xd8\xff", "c'est une image JPEG", "Donnez les données, pas leur image."),
    (b"GIF8", "c'est une image GIF", "Donnez les données, pas leur image."),
    (b"II*\x00", "c'est une image TIFF", "Donnez les données, pas leur image."),
    (b"MZ", "c'est un programme Windows", "Ne l'ouvrez pas\u202f; demandez le fichier à son éditeur."),
    (b"\x7fELF", "c'est un programme", "Ne l'ouvrez pas\u202f; demandez le fichier à son éditeur."),
    (b"\x1f\x8b", "c'est une archive gzip", "Décompressez-la, et donnez le fichier qu'elle contient."),
    (b"7z\xbc\xaf", "c'est une archive 7-Zip", "Décompressez-la, et donnez le fichier qu'elle contient."),
    (b"Rar!", "c'est une archive RAR", "Décompressez-la, et donnez le fichier qu'elle contient."),
    (b"BZh", "c'est une archive bzip2", "Décompressez-la, et donnez le fichier qu'elle contient."),
    (b"PAR1", "c'est un fichier Parquet", "Exportez-le en CSV."),
    (b"{\\rtf", "c'est un texte RTF", "Recopiez le tableau dans un tableur."),
)
_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".jar")
_SHAPEFILE_PARTS = {
    ".shx": "l'index des entités",
    ".dbf": "les attributs",
    ".prj": "le système de coordonnées",
}
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    KeyError,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    struct.error,
)


def recognised(path: Path, file_name: str) -> Format:
    """
    Return what `path` is by its content. `file_name` is what its keeper calls it.

    Raises UnreadableFile, naming the file, the reason and the way out, for what is absent, empty, too
    large, cut short, locked, of a type that is not read, or made to harm.
    """
    start = _start(path, file_name)
    for magic, what, remedy in _OTHER_THINGS:
        if start.startswith(magic):
            raise refusal(file_name, f"{what}, pas un tableau", remedy)
    if start.startswith(b"PK"):
        return _of_zip(path, file_name)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _of_compound(path, file_name)
    if start.startswith(b"SQLite format 3\x00"):
        return _of_sqlite(path, file_name, start)
    return _of_text(path, file_name, start)


def refusal(file_name: str, reason: str, remedy: str) -> UnreadableFile:
    """Return the refusal of a whole file, in one sentence and its remedy."""
    return UnreadableFile(f"{file_name}\u00a0: {reason}. {remedy}")


def _start(path: Path, file_name: str) -> bytes:
    if not path.is_file():
        raise refusal(file_name, "ce fichier est absent", "Envoyez-le de nouveau.")
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        raise refusal(
            file_name,
            f"il fait {size / 1e6:.0f} Mo, la limite est de {LARGEST_BYTES // 1_000_000} Mo",
            "Ne gardez que le Mali ou que les années utiles, ou coupez-le en plusieurs fichiers.",
        )
    with path.open("rb") as file:
        start = file.read(_START_BYTES)
    if not start.strip(b" \t\r\n\xef\xbb\xbf\x00"):
        raise refusal(file_name, "ce fichier est vide", AGAIN)
    return start


# Zips: workbooks and shapefiles


def _of_zip(path: Path, file_name: str) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _refuse_unsafe(file_name, path, members)
            found = _kind_of_zip(file_name, archive, members)
            _read_through(archive, members, file_name, found)
    except _ZIP_FAULTS as fault:
        raise refusal(file_name, f"le fichier est coupé ou abîmé ({fault})", AGAIN) from fault
    return found


def _refuse_unsafe(file_name: str, path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise refusal(
            file_name,
            f"il contient {len(members)} fichiers, la limite est de {MOST_MEMBERS}",
            "Ne gardez que ceux des données.",
        )
    for member in members:
        _refuse_trick(file_name, member)
        if member.flag_bits & 1:
            raise refusal(file_name, "il est protégé par un mot de passe", "Ôtez le mot de passe.")
        if (
            member.file_size > RATIO_FROM_BYTES
            and member.file_size > max(member.compress_size, 1) * MOST_RATIO
        ):
            raise _bomb(file_name, member.file_size, path.stat().st_size)
    total = sum(member.file_size for member in members)
    if total > LARGEST_UNPACKED_BYTES:
        raise _bomb(file_name, total, path.stat().st_size)


def _refuse_trick(file_name: str, member: zipfile.ZipInfo) -> None:
    # zipfile has turned backslashes of Windows into slashes already: the name as written is asked too.
    for name in (member.filename, member.orig_filename):
        if name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts:
            raise refusal(
                file_name,
                f"{quoted(name)} veut s'écrire hors de son dossier",
                "Ne vous fiez pas à ce fichier\u202f; reprenez-le chez son éditeur.",
            )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise refusal(
            file_name,
            f"{quoted(member.filename)} est un lien vers un autre fichier",
            "Refaites le zip avec les fichiers eux-mêmes.",
        )


def _bomb(file_name: str, unpacked: int, packed: int) -> UnreadableFile:
    return refusal(
        file_name,
        f"déplié, il ferait {unpacked / 1e6:.0f} Mo pour {packed / 1e6:.1f} Mo reçus, ce qui est trop",
        "Reprenez-le chez son éditeur, ou donnez un CSV.",
    )


def _kind_of_zip(file_name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Format:
    names = {member.filename for member in members}
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "xl/workbook.bin" in names:
        raise refusal(file_name, "c'est un classeur binaire (.xlsb)", _SAVE_AS)
    if "mimetype" in names:
        return _of_open_document(file_name, archive)
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise refusal(
            file_name, "c'est un document Word ou PowerPoint", "Recopiez le tableau dans un tableur."
        )
    return _of_shapefile(file_name, names)


def _of_open_document(file_name: str, archive: zipfile.ZipFile) -> Format:
    mimetype = archive.read("mimetype")[:200]
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        if b"encryption-data" in archive.read("META-INF/manifest.xml")[:_CHUNK_BYTES]:
            raise refusal(file_name, "il est protégé par un mot de passe", "Ôtez le mot de passe.")
        return Format.ODS
    raise refusal(file_name, "ce document n'est pas un classeur", _SAVE_AS)


def _of_shapefile(file_name: str, names: set[str]) -> Format:
    kept = {name for name in names if not is_hidden(name)}
    nested = sorted(name for name in kept if PurePosixPath(name).suffix.lower() in _ARCHIVES)
    shapes = sorted(name for name in kept if PurePosixPath(name).suffix.lower() == ".shp")
    if nested and not shapes:
        raise refusal(
            file_name, f"il contient une autre archive, {quoted(nested[0])}", "Donnez celle-ci, dépliée."
        )
    if not shapes:
        held = ", ".join(sorted(kept)[:3]) or "rien"
        raise refusal(
            file_name,
            f"ce zip ne contient ni classeur ni Shapefile, mais {held}",
            "Dépliez-le, et donnez le fichier des données.",
        )
    for shape in shapes:
        _refuse_missing_parts(file_name, shape, kept)
    return Format.SHAPEFILE


def is_hidden(name: str) -> bool:
    """Return whether a member of a zip is what a computer adds for itself."""
    return "__MACOSX" in name or PurePosixPath(name).name.startswith(".")


def _refuse_missing_parts(file_name: str, shape: str, names: set[str]) -> None:
    stem = str(PurePosixPath(shape).with_suffix("")).lower()
    suffixes = {
        PurePosixPath(name).suffix.lower()
        for name in names
        if str(PurePosixPath(name).with_suffix("")).lower() == stem
    }
    missing = [f"{suffix} ({what})" for suffix, what in _SHAPEFILE_PARTS.items() if suffix not in suffixes]
    if missing:
        raise refusal(
            file_name,
            f"à côté de {quoted(shape)} il manque {', '.join(missing)}",
            "Un Shapefile va par quatre (.shp, .shx, .dbf, .prj)\u00a0: remettez-les tous dans le zip.",
        )


def _read_through(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], file_name: str, found: Format
) -> None:
    """Unpack every part to nowhere: its size and checksum are as told, and its sheets are no trap."""
    for member in members:
        extent = _extent_of(member.filename, found)
        with archive.open(member) as part:
            while chunk := part.read(_CHUNK_BYTES):
                extent.see(chunk)
        if extent.cells > MOST_CELLS:
            raise refusal(
                file_name,
                f"une feuille s'étend sur {extent.rows} lignes et {extent.columns} colonnes, ce qui est trop",
                "Effacez les cases perdues loin du tableau, ou donnez un CSV.",
            )


class _Extent:
    """How far the parts of a zip that are no sheet reach: nowhere."""

    rows = 0
    columns = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def see(self, chunk: bytes) -> None:
        """Look at the next bytes."""


class _XlsxExtent(_Extent):
    """The rectangle from A1 to the farthest cell of a sheet: the reader keeps all of it in memory."""

    _REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
    _LONGEST_REFERENCE = 16

    def __init__(self) -> None:
        self._columns = {b"A"}
        self._rest = b""

    def see(self, chunk: bytes) -> None:
        """Remember the farthest row and column."""
        chunk = self._rest + chunk
        found = self._REFERENCE.findall(chunk)
        self._rest = chunk[-self._LONGEST_REFERENCE :]
        if found:
            self.rows = max(self.rows, max(int(row) for _, row in found))
            self._columns.update(column for column, _ in found)
            self.columns = max(map(_column_number, self._columns))


class _OdsExtent(_Extent):
    """The rectangle to the farthest filled cell of any sheet, once the repetitions it asks for are made."""

    _ELEMENT = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(\s[^>]*)?>")
    _REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')

    def __init__(self) -> None:
        self._rest = b""
        self._row = self._column = self._row_times = 0

    def see(self, chunk: bytes) -> None:
        """Walk over the next rows and cells."""
        whole, mark, rest = (self._rest + chunk).rpartition(b"<")
        for element, attributes in self._ELEMENT.findall(whole):
            self._step(element, attributes, self._times(attributes))
        self._rest = mark + rest

    def _times(self, attributes: bytes) -> int:
        found = self._REPEATED.search(attributes)
        return int(found[1]) if found else 1

    def _step(self, element: bytes, attributes: bytes, times: int) -> None:
        if element == b"table":
            self._row = self._column = self._row_times = 0
        elif element == b"table-row":
            self._row, self._column, self._row_times = self._row + self._row_times, 0, times
        else:
            self._column += times
            # The blank end of a sheet is repeated to the last row there may be, and costs nothing.
            if b"value-type" in attributes:
                self.rows = max(self.rows, self._row + self._row_times)
                self.columns = max(self.columns, self._column)


def _extent_of(name: str, found: Format) -> _Extent:
    if found is Format.XLSX and name.startswith("xl/worksheets/"):
        return _XlsxExtent()
    return _OdsExtent() if found is Format.ODS and name == "content.xml" else _Extent()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


# Old workbooks, databases


def _of_compound(path: Path, file_name: str) -> Format:
    names = ("EncryptedPackage", "Workbook", "Book")
    encrypted, workbook, book = (_holds(path, name.encode("utf-16-le")) for name in names)
    if encrypted:
        raise refusal(file_name, "ce classeur est protégé par un mot de passe", "Ôtez le mot de passe.")
    if not (workbook or book):
        raise refusal(file_name, "c'est un document Office, mais pas un classeur", _SAVE_AS)
    return Format.XLS


def _holds(path: Path, words: bytes) -> bool:
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            if words in rest + chunk:
                return True
            rest = chunk[-len(words) :]
    return False


def _of_sqlite(path: Path, file_name: str, start: bytes) -> Format:
    if start[68:72] not in (b"GPKG", b"GP10", b"GP11") and not _holds(path, b"gpkg_contents"):
        raise refusal(
            file_name, "c'est une base SQLite, pas un GeoPackage", "Exportez la table en GeoPackage."
        )
    # Bytes 16 and 28 of the header: size of a page, number of pages (SQLite file format).
    page = int.from_bytes(start[16:18], "big")
    pages = int.from_bytes(start[28:32], "big")
    if pages * (65536 if page == 1 else page) > path.stat().st_size:
        raise refusal(file_name, "le GeoPackage est coupé, il en manque la fin", AGAIN)
    return Format.GEOPACKAGE


# Texts


def _of_text(path: Path, file_name: str, start: bytes) -> Format:
    plain = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    lower = plain[:300].lower()
    if lower.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        if file_name.lower().endswith((".xls", ".xlsx")):
            raise refusal(file_name, "c'est une page web enregistrée comme un classeur", _SAVE_AS)
        raise refusal(file_name, "c'est une page web, pas des données", "Téléchargez le fichier lui-même.")
    if lower.startswith((b"<?xml", b"<")):
        raise refusal(file_name, "c'est du XML, qui n'est pas lu", f"Donnez un fichier {ACCEPTED}.")
    if plain.startswith((b"{", b"[", b"\x1e")):
        return _of_json(file_name, plain)
    if b"\x00" in start and not is_utf16(start):
        raise refusal(
            file_name, "ce n'est ni du texte ni un classeur connu", f"Donnez un fichier {ACCEPTED}."
        )
    return Format.CSV


def is_utf16(start: bytes) -> bool:
    """Return whether a text begins as UTF-16, with or without its mark."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    nothing = start.count(b"\x00")
    odd, even = start[1::2].count(b"\x00"), start[::2].count(b"\x00")
    return nothing > len(start) * 0.3 and min(odd, even) < nothing * 0.05


def _of_json(file_name: str, start: bytes) -> Format:
    if start.startswith(b"\x1e") or re.match(rb'\{\s*"type"\s*:\s*"Feature"\s*,', start):
        return Format.GEOJSON_LINES
    if start.startswith(b"["):
        raise refusal(file_name, "c'est une liste JSON, pas du GeoJSON", "Exportez-la en GeoJSON ou en CSV.")
    if re.search(rb'"type"\s*:\s*"Topology"', start):
        raise refusal(file_name, "c'est du TopoJSON, pas du GeoJSON", "Exportez-le en GeoJSON.")
    return Format.GEOJSON
