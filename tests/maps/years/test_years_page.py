"""Six years side by side: one set of classes, a partial year that says so, table and file as the maps."""

import csv
import html
import io
import re

import pytest

from apps.events.asked import newest
from apps.maps.years.figures import classes_of_all, last_years
from apps.maps.years.page import shade
from geo.vocabulary import Level
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db

IN_ALPHA, IN_GAMMA = (-4.5, 13.2), (-2.5, 13.2)


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.people(Alpha=100_000, Gamma=50_000)
        small_country.happened(
            event(*IN_ALPHA, "2019-01-15"),
            event(*IN_ALPHA, "2019-12-31", fatalities=4),
            event(*IN_GAMMA, "2020-01-01"),
            event(*IN_GAMMA, "2020-10-31", geo_precision=5),
        )


def page(client, query=""):
    response = client.get(f"/evenements/annees/{query}")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def shades(text):
    """Return {year: {cercle: shade}} of the maps of a page."""
    maps = re.findall(r'year__name">(\d+)<(.*?)</svg>', text, re.S)
    drawn = r'shade--(\w+)" href="#y-(\w+)"'
    return {year: {pcode: shade for shade, pcode in re.findall(drawn, each)} for year, each in maps}


def cells(text):
    """Return {name: cells} of the table of a page."""
    rows = re.findall(r'<th scope="row"><a[^>]*>(.*?)</a>(.*?)</tr>', text, re.S)
    return {name: re.findall(r'<td class="number">(.*?)</td>', told) for name, told in rows}


def test_a_year_counts_its_first_and_last_day_and_no_other():
    years = {year.year: year for year in last_years(Level.CERCLE, newest())}
    counts = {number: {a["name"]: a["events"] for a in year.areas} for number, year in years.items()}
    assert counts == {
        2019: {"Alpha": 2, "Bêta": 0, "Gamma": 0},
        2020: {"Alpha": 0, "Bêta": 0, "Gamma": 1},
    }
    assert years[2020].total("events_imprecise") == 1, "known to the region only: in no cercle"


def test_only_a_year_that_is_not_whole_says_how_many_months_it_has():
    whole, partial = last_years(Level.CERCLE, newest())
    assert (whole.is_partial, whole.months) == (False, 12)
    assert (partial.is_partial, partial.months, str(partial.until)) == (True, 10, "2020-10-31")


def test_every_year_has_the_same_classes():
    years = last_years(Level.CERCLE, newest())
    assert classes_of_all(years, "events")["limits"] == [1.0, 2.0]
    assert classes_of_all(years, "violent_per_100k")["limits"] == [2.0], "2 of 100 000, and 1 of 50 000"


def test_a_map_shades_what_the_table_tells(client):
    text = page(client, "?indicator=events")
    assert shades(text) == {
        "2019": {"ML9101": "5", "ML9201": "zero", "ML9202": "zero"},
        "2020": {"ML9101": "zero", "ML9201": "zero", "ML9202": "1"},
    }
    assert cells(text) == {"Gamma": ["0", "1"], "Alpha": ["2", "0"], "Bêta": ["0", "0"]}


def test_people_not_known_is_no_data_not_zero(client):
    text = page(client)
    assert shades(text)["2020"]["ML9201"] == "none"
    assert "n. d." in cells(text)["Bêta"][0]
    assert list(cells(text))[-1] == "Bêta", "areas without the figure stand last"


def test_the_page_says_which_year_is_partial_its_unit_source_and_edition(client):
    text = page(client)
    for told in ("10 mois\u00a0: janv. – oct.", "pour 100\u202f000 habitants", "«\u00a0Petit pays\u00a0»"):
        assert told in text
    assert text.count('class="year"') == 2
    assert text.count('class="years__legend"') == 1


def test_by_region_the_event_known_to_the_region_counts(client):
    assert cells(page(client, "?level=regions&indicator=events"))["Est"] == ["0", "2"]


@pytest.mark.parametrize(
    ("order", "first"), [("name", "Alpha"), ("-name", "Gamma"), ("-2019", "Alpha"), ("-2020", "Gamma")]
)
def test_the_table_is_in_the_order_asked(client, order, first):
    assert next(iter(cells(page(client, f"?indicator=events&sort={order}")))) == first


def test_the_file_has_a_line_for_each_cercle_and_year(client):
    text = client.get("/evenements/annees.csv").content.decode("utf-8-sig")
    rows = {(row["name"], row["year"]): row for row in csv.DictReader(io.StringIO(text))}
    assert len(rows) == 6
    assert (rows["Alpha", "2019"]["events"], rows["Alpha", "2019"]["violent_per_100k"]) == ("2", "2.0")
    assert (rows["Gamma", "2020"]["months"], rows["Gamma", "2020"]["source_events"]) == ("10", "Essai")
    assert rows["Bêta", "2020"]["violent_per_100k"] == ""


@pytest.mark.parametrize("query", ["?indicator=people", "?level=communes", "?source=rumour"])
def test_what_means_nothing_is_named(client, query):
    response = client.get(f"/evenements/annees/{query}")
    assert response.status_code == 400
    assert query.partition("=")[2] in response.content.decode()


def test_without_events_the_page_says_what_to_do(client):
    small_country.happened()
    assert "manage.py load_events" in page(client)


def test_fewer_classes_than_shades_spread_over_the_ramp():
    assert [shade(place, 1) for place in (None, 0, 1)] == ["none", "zero", 3]
    assert [shade(place, 2) for place in (1, 2)] == [1, 5]
    assert [shade(place, 5) for place in range(1, 6)] == [1, 2, 3, 4, 5]


def test_the_page_asks_the_database_as_much_for_six_years_as_for_two(client, django_assert_max_num_queries):
    page(client)
    with django_assert_max_num_queries(14):
        page(client)
