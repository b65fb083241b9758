"""People by commune on a page, by the API and as files: estimates, intervals, a raster alone."""

import csv
import io
import math

import pytest

from apps.boundaries.services import save_density
from apps.maps.people.page import shade_of
from apps.sources.models import Load
from layers.readers.density import DensityCell
from layers.sources_toml import Contents
from tests import small_country
from tests.coverage.inhabited import live

pytestmark = pytest.mark.django_db

ADDRESS = "/couverture/population/"


@pytest.fixture(autouse=True, scope="module")
def two_communes_of_alpha(lasting):
    """As in tests/coverage/test_communes.py: 700 people in the south of Alpha, 300 in its north."""
    with lasting():
        small_country.make()
        live((-4.9, 13.2, 3), (-4.7, 13.2), (-4.9, 13.7), (-2.5, 13.2))
        cells = [DensityCell(-5, 13, -4.5, 13.5, 420), DensityCell(-5, 13.5, -4.5, 14, 180)]
        load = small_country.recorded(
            Load.Kind.DENSITY, Contents.RASTER, "essai.tif", rows=2, edition="2020", licence="CC BY 4.0"
        )
        save_density(cells, load)
        small_country.people(Alpha=1000)


def test_the_page_tells_estimate_interval_and_raster_of_each_commune(client):
    page = client.get(ADDRESS).text
    assert "1\u202f000 personnes (2020)" in page
    assert "Le raster seul (2020) y compte 600 personnes, 40,0\u00a0% de moins." in page
    south = next(row for row in page.split("<tr>") if "Alpha Sud" in row and 'scope="row"' in row)
    assert ">700<" in south
    assert ">700 à 955<" in south
    assert ">420<" in south
    assert ">-280<" in south
    gamma = next(row for row in page.split("<tr>") if "Gamma Sud" in row and 'scope="row"' in row)
    assert gamma.count("n. d.") == 4  # no figure of its cercle, no raster: unknown, and not 0
    assert "CC BY 4.0" in page


def test_a_region_is_asked_for_and_an_unknown_one_is_refused(client):
    page = client.get(ADDRESS, {"region": "ML92"}).text
    assert 'scope="row">Gamma Nord<' in page
    assert 'scope="row">Alpha Sud<' not in page
    assert "/api/people.csv?region=ML92" in page
    assert client.get(ADDRESS, {"region": "ML77"}).status_code == 400
    assert client.get("/api/people/", {"region": "ML77"}).status_code == 400


def test_json_csv_and_geojson_say_the_same(client):
    told = client.get("/api/people/").json()
    assert (told["people"], told["raster"], told["raster_edition"]) == (1000, 600, "2020")
    south = next(row for row in told["communes"] if row["pcode"] == "ML910101")
    assert (south["people"], south["low"], south["high"]) == (700, 700, 955)
    assert (south["raster"], south["difference"], south["ratio"]) == (420, -280, 0.6)
    lines = csv.DictReader(io.StringIO(client.get("/api/people.csv").content.decode("utf-8-sig")))
    line = next(line for line in lines if line["pcode"] == "ML910101")
    assert (line["people"], line["raster"], line["licence"]) == ("700", "420.0", told["licence"])
    features = client.get("/api/people.geojson").json()["features"]
    assert {each["id"]: each["properties"]["people"] for each in features}["ML910102"] == 300
    assert {each["geometry"]["type"] for each in features} == {"MultiPolygon"}


def test_it_is_read_from_what_is_kept(client, django_assert_max_num_queries):
    client.get(ADDRESS)
    with django_assert_max_num_queries(14):
        client.get(ADDRESS)


@pytest.mark.parametrize(
    ("ratio", "shade"),
    [
        (0.4, "much-less"),
        (0.5, "less"),
        (0.8, "alike"),
        (1, "alike"),
        (1.25, "alike"),
        (2, "more"),
        (2.1, "much-more"),
        (math.inf, "much-more"),
        (None, "none"),
    ],
)
def test_classes_of_the_map_are_as_wide_on_each_side_of_1(ratio, shade):
    assert shade_of(ratio) == shade


@pytest.mark.parametrize(
    "address", ["/api/people/", "/api/people.csv", "/api/people.geojson", "/couverture/population/"]
)
def test_a_region_that_no_database_can_hold_is_unknown_like_any_other(client, address):
    answers = {client.get(address, {"region": region}).status_code for region in ("ML\0", "ML99")}
    assert answers in ({400}, {404})
