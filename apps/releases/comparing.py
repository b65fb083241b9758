"""
What changed between two releases, row by row, read from their GeoJSON files. No Django.

A line of such a file is a row. The rows of the older file are kept as a hash and a place each, those of the
newer one are read once: memory holds some hundred bytes a row.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b

KEYS = {
    "settlements": ("source_id",),
    "events": ("events_source", "source_event_id"),
    "ucdp_events": ("events_source", "source_event_id"),
    "event_counts": ("events_source", "cercle", "month", "event_type", "simulated"),
    "commune_counts": ("events_source", "commune", "month", "event_type", "simulated"),
    "published_counts": ("series", "category", "month", "cercle", "pcode_told", "name_told", "region_told"),
    "planned_works": ("infra_id", "place", "name_in_source"),
    "workplan_activities": ("activity_id",),
    "indicators": ("indicator_id",),
    "results_2020_2021": ("result_id", "place"),
    "bulletin_2017": ("row_id", "place"),
    "acronyms": ("acronym",),
    "context_statistics": ("stat_id", "place"),
    "places": ("place", "level", "parent_told"),
    "projects": ("register", "code"),
    "area_values": ("table", "pcode_told", "name_told"),
}
"""What a row is known by, where its number is another after each load; else its number, or its P-code."""

NUMBER = "id"
"""The field that repeats a number which is another after each load."""

GEOMETRY = "geometry"
FEATURE = b'{"type":"Feature"'
"""How a line begins that is a row; the others are what the file says of itself."""
CERCLE, REGION = re.compile(r"ML\d{4}", re.ASCII), re.compile(r"ML\d{2}", re.ASCII)
MOST_NAMED = 2_000
"""Rows of a layer that are named one by one, of each sort; beyond, they are only counted."""
SORTS = ("added", "changed", "removed")


@dataclass
class Difference:
    """
    How the rows of a layer differ. `named` are their identifiers by sort, at most MOST_NAMED of each;
    `by_area` counts by P-code of a cercle, of a region where no cercle is known, "" where neither is.
    """

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    named: dict = field(default_factory=lambda: {sort: [] for sort in SORTS})
    changed_fields: Counter = field(default_factory=Counter)
    by_area: dict = field(default_factory=dict)
    new_fields: list = field(default_factory=list)
    dropped_fields: list = field(default_factory=list)

    def count(self, sort, key, areas):
        """Count a row as added, changed or removed, in each area that it tells."""
        setattr(self, sort, getattr(self, sort) + 1)
        if len(self.named[sort]) < MOST_NAMED:
            self.named[sort].append(key)
        for pcode in areas:
            self.by_area.setdefault(pcode, dict.fromkeys(SORTS, 0))[sort] += 1

    def as_dict(self):
        counts = {sort: getattr(self, sort) for sort in (*SORTS, "unchanged")}
        return counts | {
            "changed_fields": dict(sorted(self.changed_fields.items())),
            "new_fields": self.new_fields,
            "dropped_fields": self.dropped_fields,
            "by_area": dict(sorted(self.by_area.items())),
            "named": self.named,
        }


@dataclass(frozen=True)
class Row:
    """A row of a GeoJSON file: what it is known by, its values and shape, the areas that it tells."""

    key: str
    values: dict
    areas: tuple

    @property
    def digest(self):
        return blake2b(json.dumps(self.values, sort_keys=True).encode(), digest_size=16).digest()


def rows_of(path, layer):
    """Yield (place in the file, row) of each row of a GeoJSON file, its shape among its values."""
    seen = Counter()
    with open(path, "rb") as file:
        place = 0
        for line in file:
            text = line.rstrip(b",\r\n")
            if text.startswith(FEATURE):
                row = _row(json.loads(text), layer)
                seen[row.key] += 1
                # Documents tell some things twice: the second of a name is another row.
                again = f" #{seen[row.key]}" if seen[row.key] > 1 else ""
                yield place, Row(row.key + again, row.values, row.areas)
            place += len(line)


def _row(told, layer):
    values, names = dict(told["properties"]), KEYS.get(layer)
    if names:
        values.pop(NUMBER, None)
        key = " · ".join(_said(values.get(name)) for name in names)
    else:
        key = _said(told.get("id"))
    areas = areas_of(told.get("id"), values)
    return Row(key, values | {GEOMETRY: told["geometry"]}, areas)


def _said(value):
    return "" if value is None else str(value)


def areas_of(identifier, values):
    """Return the P-codes of the cercles that a row tells; of regions where none; "" alone where neither."""
    areas = values.get("areas") or ()
    told = [values.get("cercle"), values.get("pcode"), identifier, values.get("region")]
    told += areas.split("; ") if isinstance(areas, str) else areas
    codes = [each for each in told if isinstance(each, str)]
    for level in (CERCLE, REGION):
        if found := [code for code in codes if level.fullmatch(code)]:
            return tuple(dict.fromkeys(found))
    return ("",)


def difference(layer, old, new):
    """Return how the rows of a layer differ between two GeoJSON files; None is a file that is not there."""
    found = Difference()
    before = {row.key: (place, row.digest) for place, row in rows_of(old, layer)} if old else {}
    old_fields, new_fields = _fields(old, layer), _fields(new, layer)
    if old_fields and new_fields:
        found.new_fields = [name for name in new_fields if name not in old_fields]
        found.dropped_fields = [name for name in old_fields if name not in new_fields]
    fresh = _compared(found, layer, before, old, new)
    _settle(found, layer, before, old, fresh)
    return found


def _fields(path, layer):
    first = next(rows_of(path, layer), None) if path else None
    return list(first[1].values) if first else []


def _compared(found, layer, before, old, new):
    """Count the rows that both files know by one name; return those that only the newer one has."""
    fresh = []
    if not new:
        return fresh
    for _, row in rows_of(new, layer):
        known = before.pop(row.key, None)
        if known is None:
            fresh.append((row.key, row.digest, row.areas))
        elif known[1] == row.digest:
            found.unchanged += 1
        else:
            was = _read(old, known[0], layer)
            found.count("changed", row.key, row.areas)
            found.changed_fields.update(_differing(was.values, row.values))
    return fresh


def _settle(found, layer, before, old, fresh):
    """Count what is left on either side: rows that differ in nothing but their number are unchanged."""
    alike = {}
    for key, (_, digest) in before.items():
        alike.setdefault(digest, []).append(key)
    for key, digest, areas in fresh:
        if renumbered := alike.get(digest):
            before.pop(renumbered.pop())
            found.unchanged += 1
        else:
            found.count("added", key, areas)
    for key, (place, _) in before.items():
        found.count("removed", key, _read(old, place, layer).areas)


def _read(path, place, layer):
    with open(path, "rb") as file:
        file.seek(place)
        return _row(json.loads(file.readline().rstrip(b",\r\n")), layer)


def _differing(before, after):
    return [name for name in {*before, *after} if before.get(name) != after.get(name)]
