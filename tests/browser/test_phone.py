"""The map on a phone: map first, one sheet from below."""

import pytest

from tests.browser.names_on_map import name_on_map

pytestmark = pytest.mark.browser

SMALLEST_TARGET_PX = 44


def height(phone, selector):
    return phone.page.locator(selector).bounding_box()["height"]


def test_the_map_comes_first_and_nothing_runs_over_the_edge(phone):
    page = phone.open_map()
    assert height(phone, "#map-canvas") > 0.55 * 740
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator("#legend").get_attribute("open") is None
    assert "pour 100\u202f000 habitants" in page.locator("#legend-folded").inner_text()


def test_the_sheet_has_three_heights(phone):
    page = phone.open_map()
    low = height(phone, ".sheet")
    page.tap("[data-tab-button=table]")
    half = height(phone, ".sheet")
    page.tap("[data-sheet-grip]")
    full = height(phone, ".sheet")
    assert low < 80 < half < full
    assert page.locator("#areas-table").is_visible()
    page.tap("[data-tab-button=panel]")
    assert page.locator("#areas-form").is_visible()
    assert not page.locator("#areas-table").is_visible()
    page.tap("[data-sheet-grip]")
    assert height(phone, ".sheet") == low


def test_a_tap_shows_the_card_with_a_way_to_the_sheet(phone):
    page = phone.open_map()
    _name, x, y = name_on_map(page)
    page.touchscreen.tap(x, y)
    page.wait_for_selector(".leaflet-popup.card a.button")
    assert "/cercles/ML" in page.locator(".leaflet-popup.card a.button").get_attribute("href")


def test_the_menu_holds_pages_language_and_account(phone):
    page = phone.open_map()
    assert not page.locator("#menu").is_visible()
    page.tap("[data-menu-toggle]")
    for told in ("Carte", "English", "Se connecter"):
        assert page.locator("#menu").get_by_text(told).is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#menu").is_visible()


@pytest.mark.parametrize("tab", ["panel", "table"])
def test_what_can_be_touched_is_large_enough(phone, tab):
    page = phone.open_map()
    page.tap("[data-menu-toggle]")
    targets = small_targets(
        page, "#menu a, .bar__toggle, .search__box, .leaflet-control-zoom a, #legend summary, .sheet__tab"
    )
    page.keyboard.press("Escape")
    page.tap(f"[data-tab-button={tab}]")
    targets += small_targets(
        page, ".sheet .button, .choice label, .layer__head, .sheet select, .drawer__downloads a"
    )
    assert targets == []


def small_targets(page, selector):
    """Return the visible elements that are lower than a finger."""
    return page.locator(selector).evaluate_all(
        """(elements, least) => elements
            .filter((element) => element.offsetParent)
            .map((each) => [each.textContent.trim().slice(0, 30), each.getBoundingClientRect().height])
            .filter(([, height]) => height < least)""",
        SMALLEST_TARGET_PX,
    )
