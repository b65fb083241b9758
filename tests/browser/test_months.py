"""Month by month, by type, hot spots, six years: what a reader does with events in time, on the stand-in."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from geo.classes import class_limits

pytestmark = pytest.mark.browser

AREAS = ".leaflet-areas-pane path"
LEGEND = "#legend .legend__block >> nth=0"


def fills(page):
    return page.locator(AREAS).evaluate_all("paths => paths.map((path) => path.getAttribute('fill'))")


def labels(page):
    """Return the classes of the legend as written."""
    return page.locator(f"{LEGEND} >> .legend__label").all_text_contents()


def violations(page):
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in Axe().run(page).response["violations"]]


def test_the_keyboard_moves_through_the_months_and_asks_the_network_nothing(reader):
    page = reader.open_map()
    page.locator("[data-drawer-toggle]").click()
    page.locator("#months-open").focus()
    page.keyboard.press("Enter")
    slider = page.locator("#months-range")
    expect(slider).to_be_focused()
    expect(page).to_have_url(re.compile("month="))
    last, classes, before = slider.get_attribute("aria-valuetext"), labels(page), fills(page)
    assert [url for url in reader.asked if "/indicators/" in url] == [
        url for url in reader.asked if "/indicators/monthly/" in url
    ]
    asked = len(reader.asked)

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("PageDown")
    month = slider.get_attribute("aria-valuetext")
    assert month != last
    expect(page.locator("#months-told")).to_contain_text(month)
    expect(page.locator("#panel-when")).to_have_text(re.compile(f"^{month}"))
    assert month in page.locator("#legend .legend__unit").first.text_content()
    assert month in page.locator("#areas-table caption").text_content()
    assert month in page.title()
    expect(page).to_have_url(re.compile(r"month=\d{4}-\d\d"))
    assert fills(page) != before
    assert set(labels(page)) - {"0, aucun signalé"} == set(classes) - {"0, aucun signalé"}, "one scale"
    page.keyboard.press("Home")
    expect(page.locator("[data-months=previous]")).to_be_disabled()
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == last
    assert len(reader.asked) == asked, reader.asked[asked:]
    assert violations(page) == []

    page.locator("[data-months=leave]").click()
    expect(page.locator("#months")).to_be_hidden()
    expect(page.locator("#panel-when")).to_contain_text("du 1er")
    expect(page.locator("#areas-table caption")).to_contain_text("du 1er")
    assert "month=" not in page.url


def test_the_slider_adds_up_what_the_server_counts_over_the_same_months(reader):
    page = reader.open_map("/?indicator=violent_per_100k&sort=name")
    counts = "(row) => [...row.querySelectorAll('td.number')].slice(3, 6).map((cell) => cell.dataset.value)"
    cells = f"rows => rows.map({counts})"
    of_server = page.locator("#areas-table tbody tr").evaluate_all(cells)
    page.locator("#months-open").click()
    expect(page.locator("#months")).to_be_visible()
    page.locator("#months input[value='12']").check(force=True)
    expect(page.locator("#panel-when")).to_contain_text("12 mois")
    assert page.locator("#areas-table tbody tr").evaluate_all(cells) == of_server
    figures = page.evaluate(
        "JSON.parse(document.getElementById('figures').textContent).areas.map((area) => area.people)"
    )
    module = next(url for url in reader.asked if "/month_counts" in url)
    limits = page.evaluate(
        "([address, values]) => import(address).then((m) => m.classLimits(values))", [module, figures]
    )
    assert limits == class_limits(figures), "as geo/classes.py makes them"


def test_a_type_of_events_is_counted_alone_and_the_address_restores_it(reader):
    page = reader.open_map("/?indicator=events_per_100k")
    before = labels(page)
    page.locator(".types summary").click()
    for box in page.locator("input[name=type]").all()[1:]:
        box.uncheck()
    expect(page.locator("#panel-when")).to_contain_text("types\u00a0: Combats")
    expect(page.locator("#types-told")).to_have_text("1 sur 6")
    assert "Combats" in page.locator("#legend .legend__unit").first.text_content()
    assert labels(page) != before
    assert "types=battles" in page.url
    fewer = fills(page)
    reader.open_map(page.url.partition(reader.site.url)[2] + "&layers=events")
    expect(page.locator("#panel-when")).to_contain_text("Combats")
    assert fills(page) == fewer
    page.wait_for_selector(".cluster--events")
    expect(page.locator("#legend .legend__block").nth(1)).to_contain_text("types\u00a0: Combats")


def test_nothing_plays_for_those_who_asked_for_stillness(browser, site):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(site.url + "/?month=2020-03")
    expect(page.locator("#months-now")).to_have_text("mars 2020")
    expect(page.locator("[data-months=play]")).to_be_hidden()
    context.close()


def test_hot_spots_are_hatched_and_said_in_words(reader):
    page = reader.open_map("/?layers=hot_spots")
    expect(page.locator("#legend")).to_contain_text("9\u202f999 permutations")
    hatched = page.locator(
        ".leaflet-overlay-pane path[fill^='url(#hot'], .leaflet-overlay-pane path[fill^='url(#cold']"
    )
    said = page.locator("#areas-table td[data-hot-spot]").all_text_contents()
    assert len(said) == 53
    assert hatched.count() == sum(text.startswith(("chaud", "froid")) for text in said)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_years_are_maps_side_by_side_with_one_legend(reader, language):
    page = reader.open(f"/evenements/annees/?lang={language}")
    expect(page.locator(".year__drawing")).to_have_count(3)  # the years that the stand-in has events of
    expect(page.locator(".years__legend")).to_have_count(1)
    assert page.locator("#years-table tbody tr").count() == 53
    assert violations(page) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_on_a_phone_nothing_of_the_bar_is_cut(phone, language):
    page = phone.open_map(f"/?month=2020-03&lang={language}")
    page.wait_for_selector(".months__leave")
    ends = page.eval_on_selector_all(
        ".months, .months *", "all => all.map(each => each.getBoundingClientRect().right)"
    )
    assert max(ends) <= page.viewport_size["width"]
