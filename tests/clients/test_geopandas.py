"""geopandas reads the addresses that pages show: whole layers, and pages of features that a filter chose."""

from urllib.parse import quote

import geopandas
import pytest

from apps.catalogue.rows import ROWS

pytestmark = pytest.mark.django_db


def test_it_reads_a_page_of_features_that_a_filter_chose(site):
    condition = quote("S_INTERSECTS(geometry, BBOX(-5, 13, -3, 15)) AND area_km2 > 1000")
    read = geopandas.read_file(f"{site.url}/ogc/collections/cercles/items?limit=1000&filter={condition}")
    assert read.crs == "EPSG:4326"
    assert len(read) > 0
    assert (read["area_km2"] > 1000).all()
    assert read.intersects(
        geopandas.GeoSeries.from_wkt(["POLYGON((-5 13,-3 13,-3 15,-5 15,-5 13))"])[0]
    ).all()


def test_it_reads_a_whole_layer_and_finds_the_area_that_is_told(site):
    read = geopandas.read_file(f"{site.url}/api/layers/cercles.geojson?detail=full")
    assert len(read) == ROWS["cercles"].all().count()
    km2 = read.to_crs("EPSG:8857").area / 1e6
    assert ((km2 - read["area_km2"]).abs() <= 0.01 * read["area_km2"]).all()
