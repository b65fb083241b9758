"""How long the sums of a raster of 100 m over all communes take: by rasterstats, by exactextract, by ours."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import rasterio
import shapely
from exactextract import exact_extract
from rasterio.features import rasterize
from rasterio.windows import Window, transform
from rasterstats import zonal_stats
from shapely.geometry import mapping

from apps.coverage.rasters.queries import lowest_areas
from tests.bench.say import say, timed, told

COLUMNS, ROWS = 20_000, 18_000
NO_DATA = -99999
MARGIN_DEGREES = 0.05
TILE = 512

PART = 20
"""Of how many communes rasterstats does one; its time is scaled to all. It reads a box at a time."""


ALONE = """
import json, resource, sys, time
from pathlib import Path
import shapely
from layers.readers import density
raster, drawn = map(Path, sys.argv[1:])
boundaries = shapely.from_wkt(drawn.read_text().splitlines())
start = time.perf_counter()
sums = density.read(raster, per_cell=True, polygons=boundaries).sums
milliseconds = 1000 * (time.perf_counter() - start)
print(json.dumps([sums, milliseconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def sums_over_a_fine_raster(geodata):
    """20 000 x 18 000 cells, tiled and compressed as WorldPop's are, over the communes of an edition."""
    _ids, boundaries, inside = lowest_areas()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people_100m.tif"
        draw(path, boundaries, inside)
        told(f"raster of {COLUMNS} x {ROWS}", f"{path.stat().st_size / 1e6:.0f} MB compressed")
        sums, ours_ms, megabytes = alone(path, boundaries)
        some = boundaries[::PART]
        naive_ms, _ = timed(lambda: zonal_stats(some, str(path), stats="sum", nodata=NO_DATA), 1)
        say(
            f"sums over {len(boundaries)} areas, 100 m",
            naive_ms * len(boundaries) / len(some),
            ours_ms,
            f"rasterstats scaled from {len(some)} areas; ours at most {megabytes:.0f} MB",
        )
        exact_ms, exact = timed(lambda: by_exactextract(path, boundaries), 1)
        off = np.nanmax(np.abs(np.array(sums) / exact - 1))
        say("  by exactextract, area by area", exact_ms, ours_ms, f"sums differ by {off:.0e} at most")


def draw(path, boundaries, inside):
    """Write people by cell at random, as many as on the ground, no data outside the country."""
    west, south, east, north = inside
    cell_width = (east - west + 2 * MARGIN_DEGREES) / COLUMNS
    cell_height = (north - south + 2 * MARGIN_DEGREES) / ROWS
    grid = rasterio.Affine(cell_width, 0, west - MARGIN_DEGREES, 0, -cell_height, north + MARGIN_DEGREES)
    random = np.random.default_rng(20201031)
    country = [shapely.union_all(boundaries)]
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=COLUMNS,
        height=ROWS,
        count=1,
        dtype="float32",
        nodata=NO_DATA,
        crs="EPSG:4326",
        transform=grid,
        tiled=True,
        blockxsize=TILE,
        blockysize=TILE,
        compress="LZW",
        num_threads=2,
    ) as file:
        for first in range(0, ROWS, TILE):
            window = Window(0, first, COLUMNS, min(TILE, ROWS - first))
            shape = (window.height, COLUMNS)
            here = rasterize(country, out_shape=shape, transform=transform(window, grid), dtype="uint8")
            people = 0.12 * random.random(shape, dtype="float32")
            file.write(np.where(here, people, np.float32(NO_DATA)), 1, window=window)


def alone(path, boundaries):
    """Return the sums by ours, milliseconds and most memory in MB, of a process that does nothing else."""
    drawn = path.with_suffix(".wkt")
    drawn.write_text("\n".join(shapely.to_wkt(each, rounding_precision=-1) for each in boundaries))
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(path), str(drawn)], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def by_exactextract(path, boundaries):
    features = [{"type": "Feature", "properties": {}, "geometry": mapping(each)} for each in boundaries]
    return [each["properties"]["sum"] for each in exact_extract(str(path), features, ["sum"])]
