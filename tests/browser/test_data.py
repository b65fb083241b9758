"""The catalogue and the page of a layer in a real browser; and a partner who takes one away on a phone."""

import sqlite3

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.weighing import traffic
from tests.running_site import worker

pytestmark = pytest.mark.browser

PAGES = ["/donnees/?", "/donnees/institutions/?apercu=1&", "/donnees/acronyms/?"]
LIGHTEST = 100_000
"""Bytes, compressed, that the first view of the catalogue may take with all that it needs."""


def faults(page):
    found = Axe().run(page)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]]


def test_the_catalogue_is_light_and_draws_no_map(page, site):
    sizes, asked = traffic(page)
    page.goto(f"{site.url}/donnees/")
    page.wait_for_load_state("networkidle")
    assert page.locator("#couche-cercles").is_visible()
    print(f"catalogue: {len(asked)} requests, {sum(sizes) / 1000:.0f} KB")
    assert sum(sizes) < LIGHTEST
    assert not any("leaflet" in url for url in asked)


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(reader, phone, address):
    for who, language in ((reader, "en"), (phone, "fr")):
        page = who.open(f"{address}lang={language}")
        assert faults(page) == [], language
        # Of a phone the width asked is that of its screen: it would show a wider page smaller.
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_preview_draws_the_layer_with_legend_and_scale(reader):
    page = reader.open("/donnees/cercles/?apercu=1")
    page.wait_for_selector(".leaflet-areas-pane path", state="attached")
    assert page.locator(".leaflet-areas-pane path").count() == 53
    legend = page.inner_text("#legend-body")
    assert "Cercles" in legend
    assert "limites approximatives" in legend
    assert page.locator(".leaflet-control-scale-line").inner_text().endswith("km")


@pytest.fixture
def at_work(site):
    with worker(site.environment, "exports"):
        yield


def test_a_partner_finds_filters_takes_away_and_cites_a_layer(phone, at_work, tmp_path):
    page = phone.open("/donnees/")
    page.fill("input[name=q]:not(#search-box)", "limites cercles")
    with page.expect_navigation():
        page.tap("main form button")
    assert "couche" in page.inner_text(".found")
    with page.expect_navigation():
        page.tap("#couche-cercles h3 a")

    page.select_option("select[name=region]", label="Mopti")
    page.check("input[name=f][value=gpkg]")
    with page.expect_navigation():
        page.tap(".take button")
    # A GeoPackage is made by the worker: its page waits for it, and then offers it.
    page.wait_for_selector("text=Le fichier est prêt", timeout=60_000)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    with page.expect_download() as fetched:
        page.tap("main a[download]")
    path = tmp_path / "cercles.gpkg"
    fetched.value.save_as(path)
    assert fetched.value.suggested_filename.startswith("maillage_cercles_ml05_")
    with sqlite3.connect(path) as file:
        [[table]] = file.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")
        found = dict(file.execute(f'SELECT name, region FROM "{table}"'))
    assert set(found.values()) == {"ML05"}
    assert "Djenné" in found

    phone.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=phone.site.url)
    page = phone.open("/donnees/cercles/")
    page.tap("[data-copy=citation-fr]")
    page.wait_for_selector("[data-copied]:has-text('Copié')", state="attached")
    cited = page.evaluate("navigator.clipboard.readText()")
    assert "Cercles" in cited
    assert "/donnees/cercles/, consulté le" in cited
    assert "Limites approximatives" in cited
