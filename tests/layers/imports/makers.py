"""Files that a test cannot keep as text: workbooks, zips, databases, made anew each time."""

import io
import struct
import zipfile

import xlsxwriter

OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
WGS84_PRJ = 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],' + (
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)


def workbook(path, rows, *, merged=(), sheet="Feuille", formats=None):
    """Write an XLSX of these rows; `merged` are cells joined, from 0: (row, column, row, column, words)."""
    with xlsxwriter.Workbook(path) as book:
        dates = book.add_format({"num_format": "dd/mm/yyyy"})
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(at, column, cell)
                elif isinstance(cell, int | float):
                    page.write_number(at, column, cell)
                elif cell is not None:
                    page.write_datetime(at, column, cell, dates)
        for first_row, first_column, last_row, last_column, words in merged:
            page.merge_range(first_row, first_column, last_row, last_column, words)
    return path


def open_document(path, rows, *, after="", manifest=""):
    """Write an ODS of these texts and numbers."""
    cells = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Feuille">{cells}{after}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    told = manifest or (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
        f'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{OPEN_DOCUMENT}"/>'
        "</manifest:manifest>"
    )
    zipped(path, {"mimetype": OPEN_DOCUMENT, "content.xml": content, "META-INF/manifest.xml": told})
    return path


def _ods_cell(cell):
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'


def zipped(path, members, *, deflate=True):
    """Write a zip of these members: text or bytes by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def with_member(path, name, content):
    """Add a member to a zip."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def link(name, target):
    """Return the entry of a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o120777 << 16
    return entry, target


def compound(*streams):
    """Return the bytes of an old Office document whose directory names these streams."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names


def sqlite_of(*, application=b"\0\0\0\0", pages=1):
    """Return the first page of a database that says how many it has."""
    head = b"SQLite format 3\x00" + struct.pack(">H", 4096) + bytes(10) + struct.pack(">I", pages)
    return (head.ljust(68, b"\0") + application).ljust(4096, b"\0")


def zip_bytes(members):
    """Return a zip of these members as bytes."""
    held = io.BytesIO()
    zipped(held, members)
    return held.getvalue()
