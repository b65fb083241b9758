"""One-degree squares along the 14th parallel: small files of every format, and areas without a file."""

from datetime import date

import geopandas
import pytest
import shapely

from geo.vocabulary import Level
from layers.readers.boundaries import AreaRecord


def square(west, *, south=14, wide=1):
    return shapely.box(west, south, west + wide, south + 1)


@pytest.fixture
def cercles():
    """Two cercles of Kayes side by side, in the columns that COD-AB uses today."""
    return geopandas.GeoDataFrame(
        {
            "adm1_pcode": ["ML01", "ML01"],
            "adm1_name": ["Kayes", "Kayes"],
            "adm2_pcode": ["ML0101", "ML0102"],
            "adm2_name": ["Bafoulabé", "Diéma"],
            "valid_on": ["2021-12-20", "2021-12-20"],
        },
        geometry=[square(-10), square(-9)],
        crs="EPSG:4326",
    )


@pytest.fixture
def area():
    """Make an area: its P-code tells its level, and its parent unless told otherwise."""

    def make(pcode, west, *, name=None, parent=None, wide=1, row=1, boundary=None):
        level = Level((len(pcode) - 2) // 2)
        return AreaRecord(
            level=level,
            pcode=pcode,
            name=name or f"Aire {pcode}",
            parent_pcode=parent or pcode[:-2],
            boundary=shapely.MultiPolygon([boundary or square(west, wide=wide)]),
            valid_on=date(2021, 12, 20),
            repaired=False,
            file=f"adm{level}.geojson",
            row=row,
        )

    return make
