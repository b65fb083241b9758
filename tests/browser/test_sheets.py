"""Sheets, data and saved choices in a real browser: readable by all, on paper and on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = [
    "/cercles/ML0506/",
    "/regions/ML05/",
    "/cercles/ML1001/",
    "/donnees/chargements/",
    "/donnees/chargements/1/",
]


def faults(page):
    found = Axe().run(page)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(reader, address, language):
    page = reader.open(f"{address}?lang={language}")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("address", PAGES)
def test_on_a_phone(phone, address):
    page = phone.open(address)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert faults(page) == []


def test_a_code_that_does_not_exist(page, site):
    page.goto(f"{site.url}/cercles/mopty/")
    assert faults(page) == []
    with page.expect_navigation():
        page.click("main ul a")
    assert "/ML05" in page.url


def test_a_neighbour_on_the_small_map_opens_its_sheet(reader):
    page = reader.open("/cercles/ML0506/")
    page.click(".small-map a:has-text('Djenné')")
    page.wait_for_url("**/cercles/ML0503/")


def test_the_chart_has_bars_of_its_colours(reader):
    page = reader.open("/cercles/ML0506/")
    violent, others = (page.locator(f"path.chart__{name}") for name in ("violent", "others"))
    assert violent.bounding_box()["height"] > 20
    fills = [each.evaluate("path => getComputedStyle(path).fill") for each in (violent, others)]
    assert fills[0] != fills[1]


@pytest.mark.parametrize("address", ["/cercles/ML0506/", "/regions/ML05/"])
def test_a_sheet_prints_on_a_few_upright_pages(reader, address):
    pdf = reader.open(address).pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 3
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    assert width < height


def test_a_load_is_found_by_its_anchor(reader):
    """Also by the address of before, when all loads stood in the catalogue."""
    page = reader.open("/donnees/#chargement-1")
    page.wait_for_url("**/donnees/chargements/#chargement-1")
    box = page.locator("#chargement-1").bounding_box()
    assert -1 <= box["y"] < 768, "a browser scrolls to whole pixels"


def test_saved_choices(reader):
    reader.sign_in("planner")
    page = reader.open("/ciblage/choix/")
    assert faults(page) == []
