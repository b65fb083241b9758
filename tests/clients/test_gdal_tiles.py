"""GDAL's driver of vector tiles reads what the site serves, alone and as a whole zoom."""

import json
from urllib.request import urlopen

import pyogrio
import pyproj
import pytest

from apps.catalogue.rows import ROWS
from geo.vocabulary import SettlementClass

pytestmark = pytest.mark.django_db

WEST, SOUTH, EAST, NORTH = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:3857").transform_bounds(
    -9, 10, 0, 17
)
ZOOM_5_CELL_M = 2 * 20037508.342789244 / 2**5 / 4096
"""The unit of a tile of zoom 5: what is read lies within one of it."""


def tiles(site, layer):
    return pyogrio.read_dataframe(
        f"MVT:{site.url}/tiles/{layer}/5", bbox=(WEST, SOUTH, EAST, NORTH), TILE_EXTENSION="mvt", CLIP="NO"
    )


def test_the_tiles_of_a_zoom_hold_every_cercle_of_the_box(site):
    read = tiles(site, "cercles")
    known = dict(ROWS["cercles"].all().values_list("pcode", "name"))
    assert set(zip(read["pcode"], read["name"], strict=True)) <= set(known.items())
    assert len(set(read["pcode"])) > len(known) / 2


def test_the_seats_of_cercles_are_read_where_they_lie(site):
    read = tiles(site, "settlements")
    seats = ROWS["settlements"].all().filter(settlement_class__lte=SettlementClass.CERCLE_SEAT)
    placed = {seat.pk: seat.location.transform(3857, clone=True).coords for seat in seats}
    found = read[read["mvt_id"].isin(placed)]
    assert len(found) > 10
    for seat in found.itertuples():
        x, y = placed[seat.mvt_id]
        assert abs(seat.geometry.x - x) <= ZOOM_5_CELL_M
        assert abs(seat.geometry.y - y) <= ZOOM_5_CELL_M


def test_what_tells_of_the_tiles_leads_to_them(site):
    """The address in TileJSON is the one that GDAL opens, its place filled in."""
    with urlopen(f"{site.url}/tiles/cercles.json") as answer:
        told = json.load(answer)
    address = told["tiles"][0].format(z=0, x=0, y=0)
    assert address.startswith(site.url)
    info = pyogrio.read_info(f"MVT:{address}")
    fields = set(told["vector_layers"][0]["fields"])
    assert info["layer_name"] == told["vector_layers"][0]["id"] == "cercles"
    assert set(info["fields"]) - {"mvt_id"} <= fields


def test_tiles_of_closed_rows_are_refused(site, closed_events):
    with pytest.raises(pyogrio.errors.DataSourceError):
        pyogrio.read_info(f"MVT:{site.url}/tiles/events/0/0/0.mvt")
