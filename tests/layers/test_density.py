"""A raster of population density, read by hand and refused by name."""

import numpy as np
import pytest
import rasterio

from layers.readers import density
from layers.readers.problems import UnreadableFile


def raster(tmp_path, values, *, crs="EPSG:4326", transform=None, bands=1):
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
        nodata=-9999,
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
        ({"values": [[0.0] * 400] * 300}, "400 x 300 cellules, trop fin"),
    ],
)
def test_a_raster_that_cannot_serve_is_refused_with_the_way_out(tmp_path, options, told):
    with pytest.raises(UnreadableFile, match=told):
        density.read(raster(tmp_path, **options))


def test_what_is_no_raster_is_refused(tmp_path):
    path = tmp_path / "densite.tif"
    path.write_text("rien")
    with pytest.raises(UnreadableFile, match="pas un raster lisible"):
        density.read(path)


@pytest.mark.geodata
def test_worldpop_2020_sums_to_about_19_million(geodata):
    cells = density.read(geodata / "raster" / "mli_afripop2020_20km.tif").records
    assert sum(cell.people for cell in cells) == pytest.approx(19.4e6, rel=0.02)
