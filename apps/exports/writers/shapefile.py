"""
Shapefile, its parts in one archive: what the format cannot hold is told beside it.

Names of fields have ten letters, texts 254 bytes (cut between letters), unknown numbers are empty.
"""

import csv
import struct
from datetime import date
from io import StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from apps.exports.about import about
from apps.exports.writers.arrow import Rows
from apps.exports.writers.gdal import write_table
from apps.exports.writers.readme import NAME, readme
from layers.declaration import Words

MOST_LETTERS = 10
MOST_BYTES = 254
BOX_AT, BOX = 36, struct.Struct("<4d")
"""Where .shp and .shx say what surface they cover."""

BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets need it to read accents."""
FIRST_DAY = date(1980, 1, 1)
"""The first that an archive can tell of: that of rows which never changed."""

FIELD_NAMES = Words("noms_de_champs.csv", "field_names.csv")
COLUMNS = (
    Words("dans_le_shapefile", "in_the_shapefile"),
    Words("nom", "name"),
    Words("libellé", "label"),
    Words("unité", "unit"),
    Words("type", "type"),
)
LONG_FIELDS = Words("Noms de champs raccourcis : %s.", "Names of fields cut short: %s.")


def write(selection, path, *, step):
    """Write an archive (.shp.zip), which GDAL and QGIS open as it is."""
    told = about(selection)
    names = short_names([each.name for each in selection.fields])
    folder = path.with_name(f"{told.layer}.parts")
    folder.mkdir()
    changed = max(date.fromisoformat(told.changed_at[:10]), FIRST_DAY) if told.changed_at else FIRST_DAY
    rows = Rows(selection, step=step, names=names, prepared=cut)
    write_table(
        rows,
        folder / f"{told.layer}.shp",
        layer=told.layer,
        driver="ESRI Shapefile",
        encoding="UTF-8",
        layer_options={"DBF_DATE_LAST_UPDATE": changed.isoformat()},
    )
    _tell_box(folder, rows.box)
    _write_text(folder / NAME.in_language(told.language), readme(told, loses=_losses(selection, names)))
    _write_text(folder / FIELD_NAMES.in_language(told.language), _table_of_names(selection, names))
    archive(folder, path, changed)


def short_names(names):
    """
    Return {name: name of at most ten letters}, each other than the rest, whatever the case of letters.

    Of two that begin alike the first keeps its beginning, the next have a number at their end.
    """
    short, taken = {}, set()
    for name in names:
        candidates = [
            name[:MOST_LETTERS],
            *(f"{name[: MOST_LETTERS - 2]}_{number}" for number in range(1, 10)),
        ]
        short[name] = next(each for each in candidates if each.lower() not in taken)
        taken.add(short[name].lower())
    return short


def cut(value):
    """Return a text of at most 254 bytes, cut between two letters; any other value as it is."""
    if not isinstance(value, str):
        return value
    return value.encode()[:MOST_BYTES].decode(errors="ignore")


def archive(folder, path, changed):
    """Put the files of a folder into an archive, with the day of the rows: the same rows, the same bytes."""
    with ZipFile(path, "w") as packed:
        for file in sorted(folder.iterdir()):
            entry = ZipInfo(file.name, (changed.year, changed.month, changed.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with file.open("rb") as read, packed.open(entry, "w", force_zip64=False) as written:
                while piece := read.read(1 << 20):
                    written.write(piece)
            file.unlink()
    folder.rmdir()


def _tell_box(folder, box):
    """Tell what surface is covered: where the first row has no place, GDAL counts the point 0, 0 to it."""
    if not box:
        return
    for path in (*folder.glob("*.shp"), *folder.glob("*.shx")):
        with path.open("r+b") as file:
            file.seek(BOX_AT)
            file.write(BOX.pack(*box))


def _losses(selection, names):
    loses = [selection.format.loses.in_language(selection.language)] if selection.format.loses else []
    cut_short = [f"{name} → {short}" for name, short in names.items() if name != short]
    told = LONG_FIELDS.in_language(selection.language) % ", ".join(cut_short)
    return [*loses, *([told] if cut_short else [])]


def _table_of_names(selection, names):
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(each.in_language(selection.language) for each in COLUMNS)
    for field in selection.fields:
        unit = field.unit.in_language(selection.language) if field.unit else ""
        label = field.label.in_language(selection.language)
        writer.writerow([names[field.name], field.name, label, unit, field.type.value])
    return text.getvalue()


def _write_text(path, text):
    path.write_text(BYTE_ORDER_MARK + text, encoding="utf-8", newline="")
