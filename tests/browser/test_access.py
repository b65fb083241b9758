"""What axe finds on every state of the pages: nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser


def faults(page):
    found = Axe().run(page)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_map_with_its_layers_and_table(reader, language):
    page = reader.open_map(f"/?layers=events,target_cercles&lang={language}")
    page.wait_for_selector(".cluster--events")
    assert faults(page) == []
    page.click("[data-drawer-toggle]")
    assert faults(page) == []


@pytest.mark.parametrize("tab", ["panel", "table"])
def test_the_map_on_a_phone(phone, tab):
    page = phone.open_map()
    page.tap(f"[data-tab-button={tab}]")
    page.tap("[data-sheet-grip]")
    assert faults(page) == []


@pytest.mark.parametrize("address", ["/recherche/?q=tenenku", "/recherche/", "/connexion/", "/?period=7m"])
def test_the_other_pages(page, site, address):
    page.goto(site.url + address)
    assert faults(page) == []


def test_candidates_of_the_search(reader):
    page = reader.open_map()
    page.fill("#search-box", "gao")
    page.wait_for_selector("#search-results [role=option]")
    assert faults(page) == []
