"""The map in a real browser, on the stand-in."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.names_on_map import name_on_map
from tests.browser.weighing import traffic

pytestmark = pytest.mark.browser

AREAS = ".leaflet-areas-pane path"


def fills(page):
    return page.locator(AREAS).evaluate_all("paths => paths.map((path) => path.getAttribute('fill'))")


def query(page):
    return page.url.partition("?")[2]


# --- First view -----------------------------------------------------------------------------------------


def test_the_first_view_draws_every_cercle_in_its_class(reader):
    page = reader.open_map()
    assert page.locator(AREAS).count() == 53
    counts = [int(text) for text in page.locator(".legend__count").all_inner_texts()]
    assert sum(counts) == 53
    assert page.locator("h1").inner_text() == "Événements violents pour 100\u202f000 habitants, par cercle"
    assert query(page) == ""


def test_the_legend_tells_unit_period_source_and_edition(reader):
    text = reader.open_map().locator("#legend").inner_text()
    for each in (
        "pour 100\u202f000 habitants",
        "du 1er",
        "données simulées",
        "Population",
        "Limites",
        "cercles",
    ):
        assert each in text


def test_scale_north_source_and_the_line_on_recognition_are_on_the_map(reader):
    page = reader.open_map()
    assert page.locator(".leaflet-control-scale-line").inner_text().endswith("km")
    assert page.locator(".north").is_visible()
    assert "n’impliquent pas reconnaissance officielle" in page.locator(".map-foot").inner_text()


def test_the_first_view_is_light(page, site):
    """At most 300 KB compressed and 12 requests, as the network carries them."""
    sizes, asked = traffic(page)
    page.goto(site.url)
    page.wait_for_selector(AREAS)
    page.wait_for_load_state("networkidle")
    asked = [url for url in asked if url.startswith("http")]
    print(f"first view: {len(asked)} requests, {sum(sizes) / 1000:.0f} KB")
    assert len(asked) <= 12, asked
    assert sum(sizes) <= 300_000


# --- Areas ----------------------------------------------------------------------------------------------


def test_a_hover_names_the_cercle_and_its_figure(reader):
    page = reader.open_map()
    name, x, y = name_on_map(page)
    page.mouse.move(x, y)
    card = page.locator(".leaflet-tooltip.card")
    assert name in card.inner_text()
    assert re.search(r"[\d,]+ pour 100\u202f000 habitants|pas de donnée", card.inner_text())
    assert page.locator("#areas-table tr[data-current]").count() == 1


def test_a_click_opens_the_sheet(reader):
    page = reader.open_map()
    _, x, y = name_on_map(page)
    with page.expect_navigation(url=re.compile(r"/cercles/ML\d{4}/$"), wait_until="commit"):
        page.mouse.click(x, y)


def test_a_double_click_zooms_and_opens_nothing(reader):
    page = reader.open_map()
    _, x, y = name_on_map(page)
    page.mouse.dblclick(x, y)
    page.wait_for_url(re.compile("at="))
    page.wait_for_timeout(400)
    assert "/cercles/" not in page.url


def test_another_indicator_changes_colours_legend_title_and_column(reader):
    page = reader.open_map()
    before = fills(page)
    requests = len(reader.asked)
    page.select_option("select[name=indicator]", "people")
    assert page.locator("h1").inner_text() == "Population, par cercle"
    assert page.locator(".legend__title").first.inner_text() == "Population"
    assert page.locator("#areas-table th.is-shown").get_attribute("data-key") == "people"
    assert fills(page) != before
    assert len(reader.asked) == requests, "the figures were there already"
    assert not page.locator("[data-of-period]").first.is_visible(), "people are not simulated"


def test_regions_over_the_whole_period(reader):
    page = reader.open_map()
    page.check("input[name=level][value=regions]", force=True)
    page.select_option("select[name=period]", "all")
    expect(page.locator(AREAS)).to_have_count(10)
    expect(page.locator("#areas-table tbody tr")).to_have_count(10)
    assert "level=regions" in query(page)
    assert "period=all" in query(page)
    assert "par région" in page.locator("h1").inner_text()


def test_areas_without_data_are_hatched_and_say_so(reader):
    """The census has one figure for all of Ménaka: its four cercles have none of their own."""
    page = reader.open_map()
    without = page.locator("#areas-table td.is-shown[data-value='']").count()
    assert without == 4
    expect(page.locator(".leaflet-areas-pane path[fill='url(#no-data)']")).to_have_count(without)
    row = page.locator(".legend__row", has_text="Pas de donnée")
    assert row.locator(".legend__count").inner_text() == "4"
    assert "n. d." in page.locator("#areas-table tbody tr").last.inner_text(), "missing figures stand last"


# --- Layers ---------------------------------------------------------------------------------------------


def show_events(page):
    page.check("input[value=events]")
    page.wait_for_selector(".cluster--events")
    return page


def drawn_events(page):
    return int(re.sub(r"\D", "", page.locator("#events-told").inner_text().partition("év")[0]))


def test_events_come_when_asked_clustered_and_marked_as_simulated(reader):
    page = reader.open_map()
    assert not any("markercluster" in url or "/events.geojson" in url for url in reader.asked)
    show_events(page)
    assert query(page) == "layers=events"
    legend = page.locator(".legend__block").nth(1).inner_text()
    assert "Événements" in legend
    assert "données simulées" in legend
    assert drawn_events(page) > 0


def test_the_date_range_draws_fewer_events(reader):
    page = show_events(reader.open_map())
    many, told = drawn_events(page), page.locator("#events-told").inner_text()
    page.fill("#events-since", "2020-10-01")
    expect(page.locator("#events-told")).not_to_have_text(told)
    assert 0 < drawn_events(page) < many
    assert "since=2020-10-01" in query(page)


def test_dates_the_wrong_way_round_are_told(reader):
    page = show_events(reader.open_map())
    page.fill("#events-since", "2020-10-01")
    page.fill("#events-until", "2020-09-01")
    expect(page.locator("#events-told")).to_contain_text("échangez-les")


def test_an_event_says_what_when_how_many_and_that_it_is_simulated(reader):
    page = show_events(reader.open_map("/?at=15.5,-3,8"))
    page.locator(".leaflet-overlay-pane path.leaflet-interactive").first.dispatch_event("click")
    card = page.locator(".leaflet-popup.card").inner_text()
    assert "Événement simulé" in card
    assert re.search(r"\d{4}", card)
    assert "mort" in card


def test_the_targets_of_the_programme_are_outlined(reader):
    page = reader.open_map()
    page.check("input[value=target_cercles]")
    page.wait_for_selector(".leaflet-overlay-pane path, .leaflet-pane.leaflet-overlay-pane path")
    assert "21 cercles cibles" in page.locator("#legend").inner_text()
    page.uncheck("input[value=target_cercles]")
    assert "21 cercles cibles" not in page.locator("#legend").inner_text()


def test_settlements_come_from_close_by(reader):
    page = reader.open_map()
    page.check("input[value=settlements]")
    expect(page.locator("#legend")).to_contain_text("Agrandissez")
    assert not any("settlements.geojson" in url for url in reader.asked)
    reader.open_map("/?layers=settlements&at=14.5,-4.2,9")
    page.wait_for_selector(".settlement-name span")
    assert "bbox=" in next(url for url in reader.asked if "settlements.geojson" in url)


def test_institutions_show_kind_and_status_and_that_absence_is_unknown(reader):
    reader.sign_in("data_keeper")
    page = reader.open_map()
    token = page.evaluate("document.cookie.match(/csrftoken=(\\w+)/)?.[1] ?? ''")
    made = page.request.post(
        reader.site.url + "/api/institutions/",
        data={
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-4.2, 14.5]},
            "properties": {"name": "Brigade de Mopti", "kind": "brigade", "status": "closed"},
        },
        headers={"X-CSRFToken": token, "Referer": reader.site.url + "/"},
    )
    assert made.status == 201, made.text()
    reader.open_map("/?layers=institutions&at=14.5,-4.2,13")
    page.wait_for_selector(".institution")
    legend = page.locator(".legend__block").nth(1).inner_text()
    assert "gendarmerie" in legend
    assert "fermé" in legend
    assert "une absence veut dire inconnu" in legend
    page.locator(".institution", has_text="Brigade de Mopti").click()
    assert "Brigade de Mopti" in page.locator(".leaflet-popup.card").inner_text()


# --- Address, language, search, table ---------------------------------------------------------------------


def test_the_address_restores_the_view(reader):
    page = reader.open_map("/?level=regions&indicator=fatalities&layers=events&at=14.5,-4.2,7.5&sort=name")
    page.wait_for_selector(".cluster--events")
    assert page.locator(AREAS).count() == 10
    assert page.locator("input[value=events]").is_checked()
    assert "at=14.5,-4.2,7.5" in query(page)
    assert page.locator("#areas-table th[aria-sort]").get_attribute("data-key") == "name"


def test_moving_the_map_writes_the_address_and_leaves_no_trail(reader):
    page = reader.open_map()
    length = page.evaluate("history.length")
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_url(re.compile(r"at=[\d.,-]+"))
    assert page.evaluate("history.length") == length


def test_english_keeps_the_view_and_says_the_same(reader):
    page = reader.open_map()
    page.select_option("select[name=indicator]", "fatalities_per_100k")
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_url(re.compile("at="))
    with page.expect_navigation():
        page.click("a[data-language]")
    page.wait_for_selector(AREAS)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "Reported deaths per 100,000 people, by cercle"
    assert "indicator=fatalities_per_100k" in query(page)
    assert "at=" in query(page)
    assert "simulated data" in page.locator("#legend").inner_text()


def test_slash_searches_and_the_map_goes_there(reader):
    page = reader.open_map()
    page.keyboard.press("/")
    page.keyboard.type("tenenku")
    page.wait_for_selector("#search-results [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.locator("#search-box").get_attribute("aria-activedescendant") == "search-result-0"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("at="))
    assert "Ténenkou" in page.locator(".leaflet-tooltip.card, .found-place").first.inner_text()


def test_a_vain_search_says_what_to_try(reader):
    page = reader.open_map()
    page.fill("#search-box", "zzzzzz")
    page.wait_for_selector(".search__note")
    assert "autre orthographe" in page.locator(".search__note").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#search-results").is_hidden()


def test_the_keyboard_alone_reads_the_table_and_the_map_follows(reader):
    page = reader.open_map()
    page.locator("[data-drawer-toggle]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#areas-table[data-is-wired]")
    first = page.locator("#areas-table tbody a").first
    first.focus()
    page.keyboard.press("ArrowDown")
    second = page.locator("#areas-table tbody tr").nth(1)
    assert second.locator("a").evaluate("a => a === document.activeElement")
    page.wait_for_selector(".leaflet-tooltip.card")
    assert second.locator("a").inner_text() in page.locator(".leaflet-tooltip.card").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".stage").get_attribute("data-height") == "peek"


def test_a_column_sorts_and_turns_round(reader):
    page = reader.open_map()
    page.click("[data-drawer-toggle]")
    page.wait_for_selector("#areas-table[data-is-wired]")
    page.click("th[data-key=people] a")
    people = [
        int(text)
        for text in page.locator("td:nth-child(9)").evaluate_all(
            "cells => cells.map(c => c.dataset.value || '-1')"
        )
    ]
    assert people == sorted(people, reverse=True)
    assert "sort=-people" in query(page)
    page.click("th[data-key=name] a")
    names = page.locator("#areas-table tbody th a").all_inner_texts()
    assert names.index("Ségou") < names.index("Sikasso")
    assert names[0].startswith("A")


# --- When things go wrong -----------------------------------------------------------------------------------


def test_a_failed_load_says_so_and_can_be_tried_again(page, site):
    page.route("**/api/layers/cercles.geojson*", lambda route: route.abort())
    page.goto(site.url)
    page.wait_for_selector("#map-status:not([hidden])")
    assert "Rien n’est perdu" in page.locator("#map-status").inner_text()
    page.unroute("**/api/layers/cercles.geojson*")
    page.click("#map-status button")
    page.wait_for_selector(AREAS)
    assert page.locator("#map-status").is_hidden()


def test_a_long_wait_is_told_and_can_be_cancelled(reader):
    page = reader.open_map()
    page.route("**/events.geojson*", lambda route: None)
    page.check("input[value=events]")
    page.wait_for_selector("#map-status button")
    assert "Événements" in page.locator("#map-status").inner_text()
    page.click("#map-status button")
    expect(page.locator("#map-status")).to_contain_text("annulé")


def test_without_scripts_the_numbers_are_there(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    assert page.locator("#areas-table tbody tr").count() == 53
    assert page.locator("#areas-table td.number").first.is_visible()
    page.check("input[value=regions]", force=True)
    page.select_option("select[name=indicator]", "people")
    with page.expect_navigation():
        page.click("#areas-form button[type=submit]")
    assert page.locator("#areas-table tbody tr").count() == 10
    assert page.locator("#areas-table tbody tr").first.locator("a").inner_text() == "Sikasso"
    context.close()


def test_nothing_glides_for_those_who_asked_for_stillness(browser, site):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(site.url)
    page.wait_for_selector(AREAS)
    assert page.locator(".leaflet-zoom-anim").count() == 0
    context.close()
