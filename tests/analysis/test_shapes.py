"""Shapes that somebody drew or brought: read, bounded, repaired and said so, or refused in words."""

import io
import json
import select
import socket
import sqlite3
import zipfile
from pathlib import Path

import geopandas
import pytest
import shapely
from django.contrib.auth.models import AnonymousUser
from rest_framework.exceptions import ValidationError

from apps.analysis import shapes
from apps.analysis.answering import answer

UPLOADS = Path(__file__).parent / "uploads"
GOLDEN = json.loads((UPLOADS / "told.json").read_text(encoding="utf-8"))
FILES = sorted(path.name for path in UPLOADS.iterdir() if path.name != "told.json")

SQUARE = shapely.box(-4, 13, -3, 14)


def told_of(name, content):
    """Return what is told of a file: its shape and what was done to it, or why it is refused."""
    try:
        found = shapes.from_upload(name, content)
    except ValidationError as error:
        return {"refused": str(error.detail["shape"])}
    geometry = shapely.geometry.shape(found.geometry)
    return {
        "type": geometry.geom_type,
        "bounds": [round(each, 4) for each in geometry.bounds],
        "area": round(geometry.area, 4),
        "said": [each["fr"] for each in found.said],
    }


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_told_as_its_golden_answer(name):
    assert told_of(name, (UPLOADS / name).read_bytes()) == GOLDEN[name]


def written(folder, suffix, frame):
    """Return the bytes of a frame of shapes as a GeoPackage or a zipped Shapefile."""
    if suffix == "gpkg":
        frame.to_file(folder / "a.gpkg")
        return (folder / "a.gpkg").read_bytes()
    frame.to_file(folder / "a.shp")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in folder.glob("a.*"):
            archive.write(part, f"dossier/{part.name}")
    return packed.getvalue()


@pytest.fixture(scope="module")
def in_utm():
    return geopandas.GeoDataFrame({"a": [1]}, geometry=[SQUARE], crs=4326).to_crs(32630)


@pytest.mark.parametrize("suffix", ["gpkg", "zip"])
def test_a_file_of_another_system_is_put_in_degrees_and_says_so(tmp_path, in_utm, suffix):
    found = shapes.from_upload(f"a.{suffix}", written(tmp_path, suffix, in_utm))
    assert shapely.geometry.shape(found.geometry).equals_exact(SQUARE, 1e-6, normalize=True)
    [said] = found.said
    assert "converti en degrés" in said["fr"]
    assert "32630" in said["en"] or "UTM" in said["en"]


def test_a_shapefile_without_its_system_is_taken_for_degrees_only_where_it_can_be(tmp_path, in_utm):
    def without_prj(frame):
        packed = io.BytesIO(written(tmp_path, "zip", frame))
        kept = io.BytesIO()
        with zipfile.ZipFile(packed) as source, zipfile.ZipFile(kept, "w") as archive:
            for name in source.namelist():
                if not name.endswith(".prj"):
                    archive.writestr(name, source.read(name))
        return kept.getvalue()

    assert "ne dit pas son système" in told_of("a.zip", without_prj(in_utm))["refused"]
    assert told_of("a.zip", without_prj(in_utm.to_crs(4326)))["area"] == 1


def zipped(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"a.shp": b"", "b.shp": b""}, "2 Shapefile"),
        ({"a.txt": b""}, "0 Shapefile"),
        ({"a.shp": b"\0" * 30_000_000}, "trop grand"),
        ({"a.shp": b"no shapes", "a.shx": b"", "a.dbf": b""}, "abîmé"),
        ({"../../a.shp": b"no shapes"}, "abîmé"),
    ],
)
def test_zips_that_are_no_shapefile_or_made_to_harm_are_refused(members, why):
    assert why in told_of("a.zip", zipped(**members))["refused"]


def test_a_geopackage_with_a_query_of_its_own_is_refused(tmp_path, in_utm):
    written(tmp_path, "gpkg", in_utm)
    with sqlite3.connect(tmp_path / "a.gpkg") as database:
        database.execute("CREATE VIEW other AS SELECT * FROM a")
    assert "vues" in told_of("a.gpkg", (tmp_path / "a.gpkg").read_bytes())["refused"]


def test_a_file_has_no_other_host_asked():
    with socket.create_server(("127.0.0.1", 0)) as server:
        link = f"http://127.0.0.1:{server.getsockname()[1]}/a.kml"
        content = (UPLOADS / "elsewhere.kml").read_text().replace("http://127.0.0.1:9/a.kml", link)
        assert "refused" in told_of("a.kml", content.encode())
        # A call waits here to be answered.
        assert select.select([server], [], [], 0)[0] == []


def test_a_file_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(shapes, "SECONDS", 0.01)
    content = (UPLOADS / "square.kml").read_bytes()
    assert "limites de temps" in told_of("square.kml", content)["refused"]


def circle(vertices, *, west=-4.0):
    ring = shapely.Point(west, 14).buffer(1, quad_segs=vertices // 4)
    return shapely.geometry.mapping(ring)


def test_vertices_and_parts_are_counted_at_the_limit_and_past_it():
    assert shapes.from_geojson(circle(9_996)).said == []
    with pytest.raises(ValidationError, match="10001 sommets, la limite est de 10000"):
        shapes.from_geojson(circle(10_000))
    points = [[-4 + n / 100, 14] for n in range(51)]
    assert shapes.from_geojson({"type": "MultiPoint", "coordinates": points[:50]}).geometry
    with pytest.raises(ValidationError, match="51 parties"):
        shapes.from_geojson({"type": "MultiPoint", "coordinates": points})


def test_files_past_a_megabyte_or_of_another_kind_are_refused():
    assert "1 Mo" in told_of("a.geojson", b" " * 1_000_001)["refused"]
    assert "GeoJSON" in told_of("a.exe", b"MZ")["refused"]


def test_a_shape_that_was_repaired_is_said_each_time_and_a_good_one_is_left_as_it_is():
    crossing = json.loads((UPLOADS / "self_crossing.geojson").read_text())
    assert shapes.checked(crossing) == crossing
    once = shapes.from_geojson(crossing)
    assert shapes.from_geojson(crossing) == once
    assert shapes.from_geojson(once.geometry).said == []


def test_several_features_become_one_geometry():
    told = json.loads((UPLOADS / "two_squares.geojson").read_text())
    assert shapes.checked(told)["type"] == "MultiPolygon"


@pytest.mark.parametrize("depth", [200, 5_000])
def test_geometries_nested_without_end_are_refused(depth):
    told = {"type": "Point", "coordinates": [-4, 13]}
    for _ in range(depth):
        told = {"type": "GeometryCollection", "geometries": [told]}
    if depth == 200:
        assert shapes.from_geojson(told).geometry["type"] == "Point"
        return
    with pytest.raises(ValidationError, match="mal formé"):
        shapes.from_geojson(told)


@pytest.mark.django_db
def test_an_answer_says_each_time_what_was_done_to_its_shape():
    crossing = json.loads((UPLOADS / "self_crossing.geojson").read_text())
    of = {"shape": {"type": "Feature", "properties": {}, "geometry": crossing}, "name": "Zone"}
    step = {"what": {"layer": "settlements"}, "relation": {"kind": "within"}, "of": of}
    first = answer({"steps": [step], "measure": {"kind": "count"}}, AnonymousUser())
    assert first.question["steps"][0]["of"]["shape"]["type"] == "Polygon"
    again = answer(first.question, AnonymousUser())
    assert any("réparé" in note["fr"] for note in first.notes)
    assert again.kept() == first.kept()


@pytest.mark.django_db
def test_a_question_about_a_shape_that_is_none_is_refused_in_words():
    for told in ({"type": "Circle"}, {"a": 1}, {"type": "Polygon", "coordinates": "far"}):
        step = {"what": {"layer": "settlements"}, "relation": {"kind": "within"}, "of": {"shape": told}}
        with pytest.raises(ValidationError, match="mal formé"):
            answer({"steps": [step], "measure": {"kind": "count"}}, AnonymousUser())
