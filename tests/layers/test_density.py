"""A raster of population density, read by hand and refused by name."""

import numpy as np
import pytest
import rasterio
import shapely
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource
from shapely.geometry import mapping

from geo.zonal import Grid, row_areas_km2
from layers.readers import density
from layers.readers.problems import UnreadableFile


def raster(tmp_path, values, *, crs="EPSG:4326", transform=None, bands=1, nodata=-9999):
    path = tmp_path / "densite.tif"
    values = np.array(values, dtype="float32")
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        height=values.shape[0],
        width=values.shape[1],
        count=bands,
        dtype="float32",
        nodata=nodata,
        crs=crs,
        transform=transform or rasterio.Affine(1, 0, -4, 0, -1, 1),
    ) as file:
        for band in range(1, bands + 1):
            file.write(values, band)
    return path


def test_a_cell_of_a_square_degree_holds_its_density_times_its_area(tmp_path):
    reading = density.read(raster(tmp_path, [[2.0, -9999], [0.0, 1.0]]))
    # A square degree at the equator is 12 309 km2.
    assert [(cell.west, cell.north, round(cell.people)) for cell in reading.records] == [
        (-4, 1, 24618),
        (-4, 0, 0),
        (-3, 0, 12309),
    ]
    assert reading.left_out == {"cellules sans donnée": 1}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"values": [[1.0]], "crs": "EPSG:32630"}, "doit être en EPSG:4326"),
        ({"values": [[1.0]], "bands": 2}, "2 bandes"),
        ({"values": [[-1.0]]}, "négative"),
        ({"values": [[1.0]], "transform": rasterio.Affine(1, 0.1, -4, 0, -1, 1)}, "tourné"),
        ({"values": [[1.0]], "crs": None}, "ne dit pas son système de coordonnées"),
        ({"values": [[1.0]], "nodata": None}, r"bande 1.*aucune valeur .*sans donnée"),
        ({"values": [[-9999.0]]}, "aucune cellule n’a de donnée"),
        ({"values": [[np.inf]]}, "infinie"),
    ],
)
def test_a_raster_that_cannot_serve_is_refused_with_the_way_out(tmp_path, options, told):
    with pytest.raises(UnreadableFile, match=told):
        density.read(raster(tmp_path, **options))


def test_a_raster_of_another_country_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="ne touche pas le pays"):
        density.read(raster(tmp_path, [[1.0]]), inside=(-12, 10, -4.1, 25))


def test_a_file_that_was_cut_short_names_the_rows_it_lacks(tmp_path):
    path = raster(tmp_path, np.random.default_rng(1).random((2000, 300)))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size * 2 // 3)
    with pytest.raises(UnreadableFile, match=r"densite.tif, bande 1, rangées .* coupé"):
        density.read(path)


FINE = rasterio.Affine(0.01, 0, -4, 0, -0.01, 1)


def test_a_fine_raster_is_kept_in_blocks_and_summed_over_polygons(tmp_path):
    # 400 x 300 cells: blocks of two cells a side, the people of four cells in each.
    values = np.full((300, 400), 2.0)
    values[:2, :2] = [[1, 2], [3, -9999]]
    values[-2:, -2:] = -9999
    path = raster(tmp_path, values, transform=FINE)
    said = []
    reading = density.read(
        path,
        per_cell=True,
        polygons=[
            shapely.box(-4, 0.99, -3.985, 1),
            shapely.box(-0.02, -2, 0, -1.98),
            shapely.box(5, 0, 6, 1),
        ],
        say=said.append,
    )
    assert reading.is_fine
    assert len(reading.records) == 150 * 200 - 1
    first = reading.records[0]
    assert (first.people, round(first.east, 9), round(first.south, 9)) == (6, -3.98, 0.98)
    assert sum(cell.people for cell in reading.records) == 2 * (120_000 - 8) + 6
    # One cell and a half of the first row; a block without data, and outside the raster: not told.
    np.testing.assert_allclose(reading.sums, [2, np.nan, np.nan])
    assert reading.left_out == {"cellules sans donnée": 5}
    assert said == ["densite.tif\u00a0: 300 rangées lues sur 300"]


def test_a_fine_density_counts_by_the_area_of_its_cells_as_exactextract_weighs_them(tmp_path):
    random = np.random.default_rng(20)
    values = random.random((400, 300))
    path = raster(tmp_path, values, transform=FINE)
    ring = shapely.Point(-2.5, -1).buffer(1.2, quad_segs=5) - shapely.Point(-2.4, -1.1).buffer(0.3)
    polygons = [
        ring,
        shapely.MultiPolygon([shapely.box(-4.3, 0.5, -3.9, 1.2), shapely.box(-1, -3, -0.9, -2)]),
    ]
    grid = Grid(-4, 1, 0.01, 0.01, 300, 400)
    people = values.astype("float32") * row_areas_km2(grid)[:, None]
    exact = exact_extract(
        NumPyRasterSource(people, xmin=-4, ymin=-3, xmax=-1, ymax=1),
        [{"type": "Feature", "properties": {}, "geometry": mapping(each)} for each in polygons],
        ["sum"],
    )
    expected = [each["properties"]["sum"] for each in exact]
    np.testing.assert_allclose(density.read(path, polygons=polygons).sums, expected, rtol=1e-6)


def test_what_is_no_raster_is_refused(tmp_path):
    path = tmp_path / "densite.tif"
    path.write_text("rien")
    with pytest.raises(UnreadableFile, match="pas un raster lisible"):
        density.read(path)


@pytest.mark.geodata
def test_worldpop_2020_sums_to_about_19_million(geodata):
    cells = density.read(geodata / "raster" / "mli_afripop2020_20km.tif").records
    assert sum(cell.people for cell in cells) == pytest.approx(19.4e6, rel=0.02)
