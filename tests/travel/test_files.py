"""Files of travel: read onto the grid, refused by name, written and read back."""

import json

import numpy as np
import pytest
import rasterio
from rasterio import Affine

from apps.travel.geotiff import UNREACHABLE, surface_as_geotiff
from geo.grid import MALI
from layers.readers import travel_rasters, travel_vectors
from layers.readers.problems import UnreadableFile
from layers.readers.travel import NOTHING_TOLD
from layers.travel import TravelKind
from tests.travel.lying import COL, ROW, place

TOLD = {"layers": [{"publisher": "Éditeur", "file": "r.gpkg", "licence": "ODbL"}], "walking_only": False}


def line(*coordinates, **properties):
    geometry = {"type": "LineString", "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def drawn(folder, *features, name="roads.geojson"):
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def raster(folder, numbers, *, crs="EPSG:4326", nodata=None, name="r.tif", west=-4.6, north=13.6, **about):
    path = folder / name
    numbers = np.atleast_2d(numbers)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=numbers.shape[1],
        height=numbers.shape[0],
        count=about.get("count", 1),
        dtype=numbers.dtype,
        crs=crs,
        transform=Affine(0.1, 0, west, 0, -0.1, north),
        nodata=nodata,
    ) as file:
        file.write(numbers, 1)
    return path


class TestLines:
    def test_a_line_leaves_no_gap_that_one_could_slip_through(self, tmp_path):
        read = travel_vectors.read(drawn(tmp_path, line(place(), place(north=4, east=4))), class_field=None)
        for step in range(4):
            corner = read.cells[ROW - step - 1 : ROW - step + 1, COL + step : COL + step + 2]
            assert np.count_nonzero(corner) >= 3
        assert (read.classes, read.features) == (("*",), 1)

    def test_each_class_has_its_bit_and_a_cell_keeps_all_that_pass(self, tmp_path):
        path = drawn(
            tmp_path,
            line(place(), place(east=2), highway="track"),
            line(place(), place(north=2), highway="primary"),
            line(place(east=5), place(east=6), highway=None),
        )
        read = travel_vectors.read(path, class_field="highway", piece=2)
        bits = {name: 1 << number for number, name in enumerate(read.classes)}
        assert read.cells[ROW, COL] == bits["track"] | bits["primary"]
        assert read.cells[ROW, COL + 2] == bits["track"]
        assert read.cells[ROW, COL + 6] == bits["*"]
        assert read.features_of == {"track": 1, "primary": 1, "*": 1}

    def test_a_point_among_roads_is_refused_by_its_number(self, tmp_path):
        point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": place()}}
        empty = {"type": "Feature", "properties": {}, "geometry": None}
        read = travel_vectors.read(
            drawn(tmp_path, line(place(), place(east=1)), point, empty), class_field=None
        )
        assert [problem.row for problem in read.problems] == [2, 3]
        assert "entité 2" in str(read.problems[0])

    @pytest.mark.parametrize(
        ("features", "class_field", "told"),
        [
            ([line((2.3, 48.8), (2.4, 48.9))], None, "rien n'y touche le Mali"),
            ([line(place(), place(east=1), highway="track")], "type", "l'une de\u00a0: highway"),
            ([line(place(), place(east=1), k=str(n)) for n in range(33)], "k", "plus de 32 classes"),
        ],
    )
    def test_a_file_that_does_not_fit_is_refused_with_the_way_out(
        self, tmp_path, features, class_field, told
    ):
        with pytest.raises(UnreadableFile, match=told) as refusal:
            travel_vectors.read(drawn(tmp_path, *features), class_field=class_field)
        assert "roads.geojson" in str(refusal.value)

    def test_what_is_no_file_of_lines_is_refused(self, tmp_path):
        path = tmp_path / "roads.geojson"
        path.write_text("pas du JSON", encoding="utf-8")
        with pytest.raises(UnreadableFile, match="GeoPackage"):
            travel_vectors.read(path, class_field=None)


class TestRasters:
    def test_land_cover_keeps_its_codes_and_what_is_not_told(self, tmp_path):
        path = raster(tmp_path, np.array([[40, 40], [0, 60]], np.uint8), nodata=0)
        read = travel_rasters.read(path, kind=TravelKind.LAND_COVER)
        assert read.classes == ("40", "60")
        assert read.cells[ROW, COL] in (40, 60)
        assert read.cells[0, 0] == NOTHING_TOLD

    @pytest.mark.parametrize(("unit", "number"), [(None, 45), ("percent", 100), ("ratio", 1)])
    def test_a_slope_comes_in_degrees_in_percent_or_as_a_ratio(self, tmp_path, unit, number):
        path = raster(tmp_path, np.full((3, 3), number, np.float32))
        read = travel_rasters.read(path, kind=TravelKind.SLOPE, unit=unit)
        assert read.cells[ROW, COL] == pytest.approx(1)
        assert np.isnan(read.cells[0, 0])

    def test_a_friction_comes_in_minutes_per_metre_or_per_kilometre(self, tmp_path):
        path = raster(tmp_path, np.full((3, 3), 12, np.float32))
        read = travel_rasters.read(path, kind=TravelKind.FRICTION, unit="minutes_per_km")
        assert read.cells[ROW, COL] == pytest.approx(0.012)
        with pytest.raises(UnreadableFile, match="--unit"):
            travel_rasters.read(path, kind=TravelKind.FRICTION)

    @pytest.mark.parametrize(
        ("numbers", "about", "kind", "told"),
        [
            (np.ones((2, 2), np.float32), {"crs": None}, "slope", "système de coordonnées"),
            (np.ones((2, 2), np.float32), {"count": 2}, "slope", "2 bandes"),
            (np.ones((2, 2), np.float32), {"west": 20}, "slope", "rien n'y touche le Mali"),
            (np.full((2, 2), -9999, np.float32), {}, "friction", "sans donnée"),
            (np.full((2, 2), 89.9, np.float32), {}, "slope", "n'existe pas"),
            (np.ones((2, 2), np.float32), {}, "land_cover", "codes entiers"),
        ],
    )
    def test_a_raster_that_does_not_fit_is_refused_with_the_way_out(
        self, tmp_path, numbers, about, kind, told
    ):
        with pytest.raises(UnreadableFile, match=told) as refusal:
            travel_rasters.read(raster(tmp_path, numbers, **about), kind=TravelKind(kind))
        assert "r.tif" in str(refusal.value)

    def test_what_is_no_raster_is_refused(self, tmp_path):
        path = tmp_path / "r.tif"
        path.write_bytes(b"II*\x00")
        with pytest.raises(UnreadableFile, match="GeoTIFF entier"):
            travel_rasters.read(path, kind=TravelKind.SLOPE)


class TestMinutes:
    def test_a_surface_written_reads_back_to_the_same_numbers(self, tmp_path):
        surface = np.full(MALI.shape, np.inf, np.float32)
        surface[ROW, COL : COL + 3] = [0, 12, 16.970562]
        path = tmp_path / "s.tif"
        path.write_bytes(surface_as_geotiff(surface, TOLD))
        assert np.array_equal(travel_rasters.read_minutes(path), surface)
        with rasterio.open(path) as file:
            assert (file.units, file.nodata) == (("minutes",), UNREACHABLE)
            assert file.transform == Affine(*MALI.affine)
            assert file.tags()["SOURCES"] == "Éditeur (ODbL)"
            assert json.loads(file.tags()["MAILLAGE"]) == TOLD

    def test_hours_of_another_tool_become_minutes(self, tmp_path):
        path = raster(tmp_path, np.full((3, 3), 2, np.float32))
        assert travel_rasters.read_minutes(path, unit="hours")[ROW, COL] == 120

    def test_a_time_below_nothing_is_refused(self, tmp_path):
        with pytest.raises(UnreadableFile, match="sous zéro"):
            travel_rasters.read_minutes(raster(tmp_path, np.full((3, 3), -1, np.float32)))
