"""Who is beyond reach, in a real browser: choose, compute, open an area; by keyboard, phone and on paper."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ADDRESS = "/couverture/"


def faults(page):
    found = Axe().run(page)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]]


def sentence(page):
    return page.locator("#coverage-sentence")


def row(page, pcode):
    return page.locator(f'#coverage-table tr[data-pcode="{pcode}"]')


def order(page):
    return page.locator("#coverage-table tbody tr").evaluate_all(
        "rows => rows.map((row) => row.dataset.pcode)"
    )


def fills(page):
    """Return how many areas have each colour."""
    return page.locator(".leaflet-areas-pane path").evaluate_all(
        "paths => paths.map((path) => path.getAttribute('fill'))"
    )


def open_table(page):
    page.click("[data-drawer-toggle]")
    return page.locator("#coverage-table")


# --- The journey --------------------------------------------------------------------------------------------


def test_a_planner_chooses_computes_counts_works_and_opens_an_area(reader):
    page = reader.open_map(ADDRESS)
    expect(sentence(page)).to_contain_text("à plus de 30\u00a0km d’une police ou gendarmerie au registre")
    page.click("[data-km='60']")
    expect(sentence(page)).to_contain_text("à plus de 60\u00a0km")
    page.wait_for_url("**limit_km=60**")

    page.check("input[name=works]")
    expect(sentence(page)).to_contain_text("ouvrages prévus compris")
    page.click("[data-view-button=works]")
    expect(page.locator("#works-part")).to_contain_text("Le registre d’aujourd’hui est un plancher")
    expect(page.locator("#coverage-table")).to_be_hidden()

    page.click("[data-view-button=areas]")
    row(page, "ML0506").locator("td").first.click()
    expect(page.locator("#area-told")).to_contain_text("Fiche de")
    expect(page.locator(".check-mark")).to_have_count(1)
    page.wait_for_url("**area=ML0506**")
    page.click("#area-told button")
    expect(page.locator("#area-told")).to_be_hidden()


def test_another_level_draws_other_areas_and_another_table(reader):
    page = reader.open_map(ADDRESS)
    page.check("input[name=level][value=region]", force=True)
    expect(page.locator("#drawer-count")).to_have_text(re.compile(r"^\d+ régions$"))
    expect(page.locator("#region-field")).to_be_hidden()
    regions = page.locator("#coverage-table tbody tr").count()
    expect(page.locator(".leaflet-areas-pane path")).to_have_count(regions)


def test_an_unknown_register_is_hatched_over_its_colour_and_counted_in_the_legend(reader):
    page = reader.open_map(ADDRESS)
    assert all(fill.startswith("url(#") for fill in fills(page))
    assert any(fill.startswith("url(#register-unknown-") for fill in fills(page))
    expect(page.locator("#legend-body")).to_contain_text("Registre inconnu53")


def test_the_lower_bound_is_a_switch_that_asks_nothing_of_the_server(reader):
    page = reader.open_map(ADDRESS)
    before, asked = fills(page), len(reader.asked)
    page.check("input[name=bound][value=low]", force=True)
    expect(page.locator("#legend-body")).to_contain_text("borne basse")
    assert fills(page) != before
    page.wait_for_url("**bound=low**")
    assert len(reader.asked) == asked


def test_functional_asks_for_a_day(reader):
    page = reader.open_map(ADDRESS)
    expect(page.locator("input[name=day][type=date]")).to_be_hidden()
    page.check("input[name=sense][value=functional]", force=True)
    expect(page.locator("input[name=day][type=date]")).to_be_visible()
    expect(sentence(page)).to_contain_text("qui travaille le")


def test_a_form_without_a_kind_says_so_and_asks_nothing(reader):
    page = reader.open_map(f"{ADDRESS}?kinds=ti")
    before, asked = sentence(page).inner_text(), len(reader.asked)
    page.uncheck("input[name=kinds][value=ti]")
    expect(page.locator("#kinds-error")).to_be_visible()
    page.click("#coverage-form button.button--primary")
    assert (sentence(page).inner_text(), len(reader.asked)) == (before, asked)


def test_rows_are_sorted_filtered_and_counted(reader):
    page = reader.open_map(ADDRESS)
    open_table(page)
    page.click('#coverage-table th[data-key="name"] a')
    names = page.locator("#coverage-table tbody th a").all_inner_texts()
    assert names == sorted(names, key=lambda name: name.casefold().translate(str.maketrans("éèô", "eeo")))
    page.select_option("#region", label="Mopti")
    expect(page.locator("#drawer-count")).to_have_text(re.compile(r"cercles sur 53$"))
    left = page.locator("#coverage-table tbody tr:visible").count()
    assert 0 < left < 53
    page.wait_for_url("**region=**")


def test_the_address_holds_the_question(reader):
    page = reader.open_map(ADDRESS)
    page.click("[data-km='10']")
    expect(sentence(page)).to_contain_text("à plus de 10\u00a0km")
    page.check("input[name=bound][value=low]", force=True)
    page.wait_for_url("**bound=low**")
    told, kept = sentence(page).inner_text(), page.url
    reader.open("/")
    page.goto(kept)
    page.wait_for_selector(".leaflet-areas-pane path", state="attached")
    assert sentence(page).inner_text() == told
    assert page.locator("input[name=bound][value=low]").is_checked()
    assert "limit_km=10" in page.locator("[data-language]").get_attribute("href")


def test_a_server_that_fails_leaves_the_answer_and_offers_again(reader):
    page = reader.open_map(ADDRESS)
    before = sentence(page).inner_text()
    page.route("**/couverture/?*", lambda route: route.abort())
    page.click("[data-km='60']")
    expect(page.locator("#map-status")).to_contain_text("Rien n’est perdu")
    assert sentence(page).inner_text() == before
    page.unroute("**/couverture/?*")
    page.click("#map-status button")
    expect(sentence(page)).to_contain_text("à plus de 60\u00a0km")
    reader.faults.clear()


# --- For everybody ------------------------------------------------------------------------------------------


def test_keyboard_alone_completes_the_task(reader):
    page = reader.open_map(ADDRESS)
    page.focus("input[name=limit_km]")
    page.keyboard.press("Control+A")
    page.keyboard.type("12.5")
    page.keyboard.press("Enter")
    expect(sentence(page)).to_contain_text("à plus de 12,5\u00a0km")
    page.focus("[data-drawer-toggle]")
    page.keyboard.press("Enter")
    first, second = order(page)[:2]
    row(page, first).locator("a").focus()
    page.keyboard.press("ArrowDown")
    assert row(page, second).get_attribute("data-current") == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing(reader, language):
    page = reader.open_map(f"{ADDRESS}?works=true&area=ML0506&lang={language}")
    open_table(page)
    assert faults(page) == []
    page.click("[data-view-button=works]")
    assert faults(page) == []


@pytest.mark.parametrize("tab", ["panel", "table"])
def test_on_a_phone(phone, tab):
    page = phone.open_map(ADDRESS)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.tap(f"[data-tab-button={tab}]")
    page.tap("[data-sheet-grip]")
    assert page.locator({"panel": "#coverage-sentence", "table": "#coverage-table"}[tab]).is_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_scripts_the_form_computes(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(site.url + ADDRESS)
    page.fill("input[name=limit_km]", "45")
    with page.expect_navigation():
        page.click("button:has-text('Calculer')")
    assert "limit_km=45" in page.url
    assert "à plus de 45\u00a0km" in sentence(page).inner_text()
    assert page.locator("#coverage-table tbody tr").count() == 53
    assert page.locator("#works-part").is_visible()
    context.close()


def test_it_prints_one_page_with_sentence_map_legend_and_the_ten_largest(reader):
    page = reader.open_map(ADDRESS)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for selector in (".printed-head__title", "#legend-body", "#map", "#largest", ".map-foot"):
        assert page.locator(selector).is_visible(), selector
    for selector in (".bar", "#panel", "#coverage-table", ".leaflet-control-zoom"):
        assert not page.locator(selector).first.is_visible(), selector
    assert page.locator("#largest tbody tr").count() == 10


def test_the_first_view_is_light(reader):
    sizes = []
    reader.page.on("response", lambda response: sizes.append(int(response.headers.get("content-length", 0))))
    reader.open_map(ADDRESS)
    assert sum(sizes) < 300_000
    assert len(reader.asked) <= 26


def test_the_map_has_a_door_to_it(reader):
    page = reader.open_map("/")
    page.click("text=Voir qui n’est pas couvert")
    expect(page.locator("h1")).to_have_text("Qui est hors de portée")
