"""load_travel and check_travel: what they write, refuse and take away."""

import io

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from apps.sources.models import Load
from apps.travel.geotiff import surface_as_geotiff
from apps.travel.models import TravelLayer
from apps.travel.surfaces import Travelling
from tests import small_country
from tests.coverage import inhabited
from tests.travel.lying import place
from tests.travel.test_files import drawn, line, raster

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def country(lasting):
    with lasting():
        small_country.make()
        inhabited.live(place(), place(east=5), place(east=20))


def run(*arguments, **options):
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=out, **options)
    return out.getvalue()


def roads(folder):
    return drawn(folder, line(place(), place(east=3), highway="track"))


def test_roads_are_written_with_their_source(tmp_path):
    said = run("load_travel", "roads", roads(tmp_path), "--class-field", "highway", "--publisher", "OSM",
               "--licence", "ODbL 1.0", "--as-of", "2026-01-31", "--simulated")  # fmt: skip
    layer = TravelLayer.objects.select_related("load").get()
    assert said.startswith(f"Wrote {layer.cells_told} cells of the grid from 1 features or pixels (track 1)")
    assert (layer.load.publisher, layer.load.licence, layer.load.is_simulated) == ("OSM", "ODbL 1.0", True)
    assert layer.load.as_of.isoformat() == "2026-01-31"
    assert Travelling.now().told()["layers"][0]["read_by"] == {"class_field": "highway"}


def test_the_same_file_again_is_only_checked_and_another_takes_its_place(tmp_path):
    run("load_travel", "roads", roads(tmp_path))
    assert "unchanged since load" in run("load_travel", "roads", roads(tmp_path))
    run("load_travel", "roads", roads(tmp_path), "--class-field", "highway")
    assert TravelLayer.objects.get().classes == ["track"]
    assert Load.objects.in_use().of_kind(Load.Kind.TRAVEL_ROADS).count() == 1


def test_a_dry_run_writes_nothing(tmp_path):
    assert "Nothing written" in run("load_travel", "roads", roads(tmp_path), "--dry-run")
    assert not TravelLayer.objects.exists()


def test_a_refused_file_leaves_the_former_layer(tmp_path):
    run("load_travel", "roads", roads(tmp_path))
    with pytest.raises(CommandError, match="pas de colonne"):
        run("load_travel", "roads", drawn(tmp_path, line(place(), place(north=1)), name="b.json"),
            "--class-field", "highway")  # fmt: skip
    assert TravelLayer.objects.get().load.file_name == "roads.geojson"


def test_a_layer_is_taken_away(tmp_path):
    run("load_travel", "roads", roads(tmp_path))
    assert "roads.geojson" in run("load_travel", "--remove", "roads")
    assert not Load.objects.in_use().of_kind(Load.Kind.TRAVEL_ROADS).exists()
    with pytest.raises(CommandError, match="nothing to remove"):
        run("load_travel", "--remove", "roads")


def test_a_raster_is_written(tmp_path):
    path = raster(tmp_path, np.full((3, 3), 40, np.uint8))
    assert "(40)" in run("load_travel", "land_cover", path)
    assert [each["class"] for each in Travelling.now().told()["speeds"]] == ["*", "40"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("roads",), "a kind and a file"),
        (("roads", "nowhere.gpkg"), "no such file"),
        (("slope", __file__, "--class-field", "x"), "--class-field is for"),
        (("land_cover", __file__, "--unit", "x"), "--unit is for"),
    ],
)
def test_what_is_asked_wrong_is_told(arguments, told):
    with pytest.raises(CommandError, match=told):
        run("load_travel", *arguments)


def test_a_surface_is_checked_at_the_settlements_and_against_another(tmp_path):
    travelling = Travelling.now()
    for name, limit in (("all.tif", None), ("near.tif", 60)):
        minutes = travelling.surface([place()], limit)
        (tmp_path / name).write_bytes(surface_as_geotiff(minutes, travelling.told()))
    said = run("check_travel", tmp_path / "all.tif", "--against", tmp_path / "near.tif")
    assert "all.tif: 3 settlements on the grid, 2 within 1 h, 2 within 2 h, 3 within 4 h" in said
    assert "near.tif: 3 settlements on the grid, 2 within 1 h" in said
    assert "Difference at 2 settlements both reach: 0.0 minutes" in said
    assert "1 are reached by one of them only" in said
