"""Written files are looked through for rows of sources that are not public."""

import json
import sqlite3
import struct
from contextlib import closing

import pytest

from apps.releases.scanning import Closed, leak, place

CLOSED = Closed(frozenset({"MLI4711"}), frozenset({(*place(-4.19876, 14.49123), "2020-10-15")}))
HERE = (-4.19876, 14.49123)


def feature(name="Mopti", at=HERE, **values):
    shape = {"type": "Point", "coordinates": list(at)}
    told = {"type": "Feature", "id": 1, "geometry": shape, "properties": {"name": name, **values}}
    return json.dumps(told, separators=(",", ":"))


def found_in(folder, name, text):
    (folder / name).write_text(text)
    return leak(folder, [name], CLOSED)


@pytest.mark.parametrize("text", ["MLI4711", "selon MLI4711, deux morts", "(MLI4711)", "MLI4711;MLI1"])
@pytest.mark.parametrize("name", ["a.geojson", "a.csv", "a.md"])
def test_an_identifier_is_found_in_any_text(tmp_path, name, text):
    line = {"a.geojson": feature(text), "a.csv": f'name,note\nMopti,"{text}"\n', "a.md": f"# {text}\n"}[name]
    assert found_in(tmp_path, name, line) == (name, "MLI4711")


def test_in_what_a_file_says_of_itself_too(tmp_path):
    head = '{"type":"FeatureCollection","about":{"note":"MLI4711"},"features":[\n'
    assert found_in(tmp_path, "a.geojson", head) == ("a.geojson", "MLI4711")


@pytest.mark.parametrize("text", ["MLI47110", "XMLI4711", "MLI471"])
def test_another_identifier_is_no_trace(tmp_path, text):
    assert found_in(tmp_path, "a.geojson", feature(text)) is None


def test_a_place_with_its_day_is_found(tmp_path):
    assert found_in(tmp_path, "a.geojson", feature(occurred_on="2020-10-15"))
    line = "day,longitude,latitude\n2020-10-15,-4.19876,14.49123\n"
    assert found_in(tmp_path, "a.csv", line) == ("a.csv", "14.49123, -4.19876, 2020-10-15")


def test_a_place_alone_or_a_day_alone_is_no_trace(tmp_path):
    assert found_in(tmp_path, "a.geojson", feature(occurred_on="2020-10-16")) is None
    assert found_in(tmp_path, "b.geojson", feature(at=(-4.2, 14.5), occurred_on="2020-10-15")) is None


def geopackage(path, *, envelope, name="Mopti", day="2020-10-15"):
    """Write a table with a point as a GeoPackage has it, with or without an envelope before it."""
    box = struct.pack("<4d", HERE[0], HERE[0], HERE[1], HERE[1]) if envelope else b""
    head = b"GP\x00" + bytes([1 | (2 if envelope else 0)]) + struct.pack("<i", 4326)
    shape = head + box + struct.pack("<BI2d", 1, 1, *HERE)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute('CREATE TABLE "événements" (fid INTEGER, geom BLOB, name TEXT, day DATE)')
        file.execute('INSERT INTO "événements" VALUES (1, ?, ?, ?)', [shape, name, day])


@pytest.mark.parametrize("envelope", [True, False])
def test_a_place_with_its_day_is_found_in_a_geopackage(tmp_path, envelope):
    geopackage(tmp_path / "a.gpkg", envelope=envelope)
    assert leak(tmp_path, ["a.gpkg"], CLOSED) == ("a.gpkg", "14.49123, -4.19876, 2020-10-15")


def test_an_identifier_is_found_in_a_geopackage(tmp_path):
    geopackage(tmp_path / "a.gpkg", envelope=False, name="d’après MLI4711", day="2021-01-01")
    assert leak(tmp_path, ["a.gpkg"], CLOSED) == ("a.gpkg", "MLI4711")


def test_without_closed_rows_nothing_is_read(tmp_path):
    assert leak(tmp_path, ["not there.csv"], Closed(frozenset(), frozenset())) is None
