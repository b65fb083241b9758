"""CSV files of any delimiter and encoding, read as a stream."""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from layers.imports import headers
from layers.imports.cells import Rows, SheetRows
from layers.imports.formats import MOST_COLUMNS, Format
from layers.imports.safety import is_utf16, refusal
from layers.readers.values import Unfit
from layers.readers.wording import quoted

DELIMITERS = ",;\t|"
_CHUNK_BYTES = 1 << 20
_QUOTED = re.compile(r'"[^"]*"')
_ENCODED_TWICE = tuple("Ã" + mark for mark in "©¨ª«®¯´§")
"""What é, è, ê, ë, î, ï, ô, ç become when UTF-8 is taken for Windows-1252 and encoded again."""

BROKEN_QUOTES = Unfit(
    "Les guillemets de cette ligne ne se ferment pas\u202f; le fichier est peut-être coupé.",
    "Téléchargez-le de nouveau, ou corrigez les guillemets.",
)
CUT_HERE = Unfit("Le fichier est coupé ici.", "Téléchargez-le de nouveau, en entier.")


@dataclass(frozen=True, kw_only=True)
class Bytes:
    """What one pass over the bytes of a file tells: encoding, lines, whether its end is cut."""

    encoding: str
    lines: int
    is_cut: bool
    has_damaged_accents: bool


def open_table(path: Path, file_name: str) -> SheetRows:
    """Return the table of a CSV. Raises UnreadableFile when it holds no more than a header, or no text."""
    seen = look(path, file_name)
    delimiter = _delimiter(path, seen.encoding)
    lines = [
        cells for _, cells in islice(_records(path, seen.encoding, delimiter, {}), headers.SEARCHED_LINES)
    ]
    header = headers.found(lines)
    if len(header.names) > MOST_COLUMNS:
        raise refusal(
            file_name, f"il a {len(header.names)} colonnes, la limite est de {MOST_COLUMNS}", "Ôtez-en."
        )
    if len(lines) <= header.height:
        raise refusal(
            file_name,
            "il n'a qu'un en-tête, et aucune ligne de données",
            "Complétez-le, ou exportez-le de nouveau.",
        )
    table = SheetRows(
        path=path,
        file_name=file_name,
        format=Format.CSV,
        name="",
        headers=_trimmed(header.names),
        hxl=header.hxl,
        unit="ligne",
        reading=_Below(header.height, is_cut=seen.is_cut),
        rows_estimate=max(seen.lines - header.height, 1),
        header_line=header.first + 1,
        encoding=seen.encoding,
        delimiter=delimiter,
    )
    _remark(table, header, seen)
    return table


def look(path: Path, file_name: str) -> Bytes:
    """Return what the bytes of a text tell, in one pass. Raises UnreadableFile when they are no text."""
    lines, last, damaged = 0, b"", False
    utf8 = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        start = file.read(4096)
        file.seek(0)
        encoding = (
            "utf-16" if is_utf16(start) else "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
        )
        while chunk := file.read(_CHUNK_BYTES):
            if encoding == "utf-8" or encoding == "utf-8-sig":
                if b"\x00" in chunk:
                    raise refusal(file_name, "ce n'est pas du texte", "Enregistrez-le en CSV UTF-8.")
                try:
                    text = utf8.decode(chunk)
                except UnicodeDecodeError:
                    encoding = "cp1252"
                else:
                    damaged = damaged or ("Ã" in text and any(mark in text for mark in _ENCODED_TWICE))
            lines += chunk.count(b"\n") or chunk.count(b"\r")
            last = chunk[-4:]
    if encoding == "utf-16":
        encoding = _which_utf16(start)
    if encoding == "cp1252":
        encoding = _which_old(path)
    is_cut = not last.rstrip(b"\x00").endswith((b"\n", b"\r"))
    return Bytes(
        encoding=encoding,
        lines=lines + is_cut,
        is_cut=is_cut,
        has_damaged_accents=damaged and encoding.startswith("utf-8"),
    )


def _which_utf16(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def _which_old(path: Path) -> str:
    """Return cp1252, or latin-1 when the bytes hold some that Windows does not know."""
    decoder = codecs.getincrementaldecoder("cp1252")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK_BYTES):
                decoder.decode(chunk)
        except UnicodeDecodeError:
            return "latin-1"
    return "cp1252"


def _delimiter(path: Path, encoding: str) -> str:
    """Return the delimiter that cuts the first lines into most cells, most alike from line to line."""
    with path.open(encoding=encoding, newline="", errors="replace") as text:
        sample = [line for line in islice(_bounded_lines(text), headers.SEARCHED_LINES) if line.strip()]

    bare = [_QUOTED.sub("", line) for line in sample]

    def likeness(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in bare]
        usual = max(set(counts), key=counts.count, default=0)
        return (sum(1 for count in counts if count == usual) if usual else 0, usual)

    # A title line above the header has other commas: the number of alike lines decides, then the cells.
    return max(DELIMITERS, key=likeness) if sample else ","


def _bounded_lines(text: Iterable[str]) -> Iterator[str]:
    for line in text:
        yield line[:100_000]


def _records(path: Path, encoding: str, delimiter: str, faults: dict[int, Unfit]) -> Rows:
    """Yield the number of the first line of each record, from 1, and its cells; none when it is broken."""
    with path.open(encoding=encoding, newline="", errors="replace") as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        line = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                faults[line] = BROKEN_QUOTES
                cells = []
            yield line, cells
            line = reader.line_num + 1


@dataclass(frozen=True)
class _Below:
    """The rows below the header of a CSV; blank lines are left out."""

    height: int
    is_cut: bool

    def __call__(self, table: SheetRows) -> Rows:
        """Yield each row, holding one back: only the last can be cut."""
        held: tuple[int, list[str]] | None = None
        records = islice(
            _records(table.path, table.encoding, table.delimiter, table.line_faults), self.height, None
        )
        for line, cells in records:
            if any(cells) or line in table.line_faults:
                if held:
                    yield held
                held = line, cells
        if held:
            line, cells = held
            if self.is_cut and len(cells) < len(table.headers) and line not in table.line_faults:
                table.line_faults[line] = CUT_HERE
            yield line, cells


def _trimmed(names: list[str]) -> list[str]:
    while names and not names[-1]:
        names = names[:-1]
    return names


def _remark(table: SheetRows, header: headers.Header, seen: Bytes) -> None:
    for sentence in header.remarks:
        table.remark("en-tête", sentence, "Vérifiez les colonnes.")
    if seen.encoding in ("cp1252", "latin-1"):
        name = "Windows-1252" if seen.encoding == "cp1252" else "Latin-1"
        table.remark(
            "encodage",
            f"Ce fichier n'est pas en UTF-8\u202f; il a été lu comme un fichier {name}.",
            f"Vérifiez les accents, ou enregistrez-le de nouveau en {quoted('CSV UTF-8')}.",
        )
    if seen.has_damaged_accents:
        table.remark(
            "encodage",
            f"Des accents semblent abîmés ({quoted('Ã©')} au lieu de {quoted('é')}).",
            f"Reprenez le fichier d'origine et enregistrez-le une seule fois en {quoted('CSV UTF-8')}.",
        )
    if seen.is_cut:
        table.remark(
            "ligne",
            "Le fichier ne finit pas par un retour à la ligne\u202f; sa dernière valeur est peut-être "
            "coupée.",
            "Comparez la dernière ligne avec celle de l'éditeur.",
        )
