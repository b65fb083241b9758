"""
A last look at written files: does any hold a row of a source that is not public?

Layers are chosen by the access class of their source, which is the rule. This looks at the bytes themselves,
so that a fault anywhere before it ends in a release that is not made. No Django.
"""

import csv
import json
import math
import re
import sqlite3
import struct
from contextlib import closing
from dataclasses import dataclass

WORD = re.compile(r"[^\s,;:\"'<>()\[\]{}|`]+")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DECIMALS = 5
"""Of degrees, as places are compared: a metre."""
ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
"""Bytes of the envelope of a shape of a GeoPackage, by its code."""
POINT = 1


@dataclass(frozen=True)
class Closed:
    """
    What gives rows of sources that are not public away: their identifiers at their source, and (longitude,
    latitude, day) of each. Those that public rows share are left out by who makes it.
    """

    identifiers: frozenset
    places: frozenset

    def found_in(self, words, places, days):
        """Return what of it a row tells: an identifier, or a place with a day; None of nothing."""
        for word in words:
            if word in self.identifiers:
                return word
        for longitude, latitude in places:
            for day in days:
                if (longitude, latitude, day) in self.places:
                    return f"{latitude}, {longitude}, {day}"
        return None


def place(longitude, latitude):
    """Return a place as it is compared."""
    return round(longitude, DECIMALS), round(latitude, DECIMALS)


def leak(folder, paths, closed):
    """Return (path, what it gives away) of the first file that holds a closed row; None of none."""
    if not closed.identifiers and not closed.places:
        return None
    # What repeats a row comes after the row: the culprit is named by the layer that holds it.
    for path in sorted(paths, key=lambda path: (not path.startswith("layers/"), path)):
        for words, places, days in _read(folder / path):
            if told := closed.found_in(words, places, days):
                return path, told
    return None


def _read(path):
    reader = {".geojson": _features, ".csv": _lines, ".gpkg": _tables}.get(path.suffix, _text)
    return reader(path)


def told_by(values):
    """Return the words and days that values tell: each whole, and each of its words."""
    texts = [value if isinstance(value, str) else str(value) for value in values if value is not None]
    words, days = set(texts), set()
    for text in texts:
        words.update(WORD.findall(text))
        days.update(DAY.findall(text))
    return words, days


def _features(path):
    with path.open(encoding="utf-8") as file:
        for line in file:
            text = line.rstrip(",\r\n")
            if not text.startswith('{"type":"Feature",'):
                words, days = told_by([text])
                yield words, (), days
                continue
            told = json.loads(text)
            words, days = told_by([told.get("id"), *_flat(told["properties"])])
            shape = told["geometry"] or {}
            is_point = shape.get("type") == "Point"
            yield words, [place(*shape["coordinates"][:2])] if is_point else [], days


def _flat(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [each for one in value for each in _flat(one)]
    return [value]


def _lines(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            # Extra cells, of a line longer than the first, come under None.
            words, days = told_by(_flat(list(row.values())))
            yield words, _place_of(row), days


def _place_of(row):
    try:
        return [place(float(row["longitude"]), float(row["latitude"]))]
    except (KeyError, TypeError, ValueError):
        return []


def _tables(path):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            if table.startswith("rtree_"):
                continue
            quoted = table.replace('"', '""')
            for row in file.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608  a name that the file itself tells
                words, days = told_by(value for value in row if not isinstance(value, bytes))
                points = [_point(value) for value in row if isinstance(value, bytes)]
                yield words, [each for each in points if each], days


def _point(blob):
    """Return the place that a shape of a GeoPackage is; None of what is no point."""
    if len(blob) < 8 or blob[:2] != b"GP":
        return None
    start = 8 + ENVELOPES.get((blob[3] >> 1) & 7, 0)
    order = "<" if blob[start : start + 1] == b"\x01" else ">"
    if len(blob) < start + 21 or struct.unpack_from(f"{order}I", blob, start + 1)[0] % 1000 != POINT:
        return None
    longitude, latitude = struct.unpack_from(f"{order}2d", blob, start + 5)
    return None if math.isnan(longitude) else place(longitude, latitude)


def _text(path):
    with path.open(encoding="utf-8") as file:
        for line in file:
            words, days = told_by([line])
            yield words, (), days
