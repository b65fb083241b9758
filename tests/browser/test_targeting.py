"""Choosing cercles in a real browser: sliders, map, table, the programme, saving, files; by keyboard too."""

import csv
import io
import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.names_on_map import name_on_map

pytestmark = pytest.mark.browser

ADDRESS = "/ciblage/"


def faults(page):
    found = Axe().run(page)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]]


def row(page, pcode):
    return page.locator(f'#ranking tr[data-pcode="{pcode}"]')


def order(page):
    return page.locator("#ranking tbody tr").evaluate_all("rows => rows.map((row) => row.dataset.pcode)")


def chosen(page):
    return set(
        page.locator("#ranking tr[data-chosen]").evaluate_all("rows => rows.map((row) => row.dataset.pcode)")
    )


def count(page):
    return page.locator('[data-say="count"]').inner_text()


# --- The whole journey ------------------------------------------------------------------------------------


def test_a_planner_weighs_chooses_compares_saves_and_downloads(reader):
    reader.sign_in("planner")
    page = reader.open_map(ADDRESS)

    before = order(page)
    page.locator("#w_people").fill("100")
    page.locator("#w_violent_per_100k").fill("0")
    page.locator("#w_fatalities_per_100k").fill("0")
    assert order(page) != before
    assert order(page)[0] == "ML0901"  # Bamako has the most people
    expect(page.locator("#lede [data-say=sentence]")).to_contain_text("population (100")

    row(page, "ML0506").locator(".rank").click()
    _name, x, y = name_on_map(page)
    page.mouse.click(x, y)
    expect(page.locator("[data-say=count]")).to_have_text("2 cercles choisis sur 53")
    assert "ML0506" in chosen(page)

    page.check("#programme")
    expect(page.locator("#agreement")).to_contain_text("Concorder n’est pas avoir raison")
    assert page.locator("#ranking td.ranking__programme:has-text('oui')").count() == 21

    page.fill("#choice-name", "Essai du navigateur")
    page.click("#save-form button")
    expect(page.locator("#choice-told")).to_contain_text(
        "Choix enregistré\u00a0: «\u00a0Essai du navigateur\u00a0»"
    )

    with page.expect_download() as download:
        page.click("[data-download=csv]")
    table = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert {line["pcode"] for line in table} == chosen(page)
    with page.expect_download() as download:
        page.click("[data-download=geojson]")
    collection = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert {feature["id"] for feature in collection["features"]} == chosen(page)

    page.click("#choice-told a")
    expect(page.locator("h1")).to_have_text("Essai du navigateur")
    assert page.locator(".small-map__chosen").count() == 2


# --- Choosing -----------------------------------------------------------------------------------------------


def test_a_click_chooses_and_a_second_one_lets_go(reader):
    page = reader.open_map(ADDRESS)
    _name, x, y = name_on_map(page)
    page.mouse.click(x, y)
    expect(page.locator("[data-say=count]")).to_have_text("1 cercle choisi sur 53")
    assert page.locator(".check-mark").count() == 1
    page.mouse.click(x, y)
    expect(page.locator("[data-say=count]")).to_contain_text("Aucun cercle choisi sur 53")
    assert page.locator(".check-mark").count() == 0


def test_ctrl_click_adds_and_a_double_click_only_zooms(reader):
    page = reader.open_map(ADDRESS)
    page.mouse.click(*name_on_map(page, 0)[1:])
    page.keyboard.down("Control")
    page.mouse.click(*name_on_map(page, 1)[1:])
    page.keyboard.up("Control")
    expect(page.locator("[data-say=count]")).to_have_text("2 cercles choisis sur 53")
    page.mouse.dblclick(*name_on_map(page, 3)[1:])
    page.wait_for_timeout(600)
    assert count(page) == "2 cercles choisis sur 53"


def test_the_chosen_have_a_thick_accent_border_and_a_check_mark_not_colour_alone(reader):
    page = reader.open_map(ADDRESS + "?cercles=ML0506")
    drawn = page.locator('.leaflet-areas-pane path[stroke="#2f4b7c"]')
    assert drawn.count() == 1
    assert drawn.get_attribute("stroke-width") == "3"
    assert page.locator(".check-mark").count() == 1
    assert row(page, "ML0506").locator("input").is_checked()


def test_shift_click_chooses_a_stretch_of_the_ranking(reader):
    page = reader.open_map(ADDRESS)
    ranked = order(page)
    row(page, ranked[2]).locator(".rank").click()
    row(page, ranked[6]).locator(".rank").click(modifiers=["Shift"])
    assert chosen(page) == set(ranked[2:7])


def test_the_first_ones_at_once_and_clearing_can_be_undone(reader):
    page = reader.open_map(ADDRESS)
    page.fill("#first-number", "5")
    page.click("#choose-first")
    assert chosen(page) == set(order(page)[:5])
    page.click("#clear-choice")
    assert chosen(page) == set()
    page.click("#choice-told button")
    assert len(chosen(page)) == 5


def test_keyboard_alone_completes_the_task(reader):
    reader.sign_in("planner")
    page = reader.open_map(ADDRESS)
    page.focus("#w_people")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.locator("output[for=w_people]").inner_text() == "23"
    boxes = page.locator("#ranking tbody input")
    boxes.first.focus()
    first, second = order(page)[:2]
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert chosen(page) == {first, second}
    assert row(page, second).get_attribute("data-current") == ""
    page.focus("#choice-name")
    page.keyboard.type("Au clavier")
    page.keyboard.press("Enter")
    expect(page.locator("#choice-told")).to_contain_text("Choix enregistré")


# --- Period and address -----------------------------------------------------------------------------------


def test_another_period_brings_other_figures_and_another_ranking(reader):
    page = reader.open_map(ADDRESS)
    before = row(page, "ML0506").locator('[data-criterion="violent_per_100k"]').inner_text()
    page.click("text=toute la période")
    expect(page.locator("#lede [data-say=sentence]")).to_contain_text("de janv. 2018")
    assert row(page, "ML0506").locator('[data-criterion="violent_per_100k"]').inner_text() != before


def test_months_outside_the_data_are_refused_with_the_months_there_are(reader):
    page = reader.open_map(ADDRESS)
    page.fill("#since", "2031-01")
    page.locator("#since").dispatch_event("change")
    expect(page.locator("#period-error")).to_contain_text("Choisissez des mois entre janv. 2018 et")
    page.fill("#since", "2020-09")
    page.fill("#until", "2020-02")
    page.locator("#until").dispatch_event("change")
    expect(page.locator("#period-error")).to_contain_text("échangez les deux mois")


def test_the_address_holds_weights_period_choice_and_overlay(reader):
    page = reader.open_map(ADDRESS)
    page.locator("#w_people").fill("61")
    row(page, "ML0506").locator(".rank").click()
    page.check("#programme")
    page.wait_for_url(re.compile("w_people=61.*cercles=ML0506.*programme=1"))
    kept = page.url
    table = order(page)
    reader.open_map("/")
    page.goto(kept)
    page.wait_for_selector(".leaflet-areas-pane path", state="attached")
    assert order(page) == table
    assert chosen(page) == {"ML0506"}
    assert page.locator("#w_people").input_value() == "61"
    assert page.locator("#programme").is_checked()
    assert "w_people=61" in page.locator("[data-language]").get_attribute("href")


def test_all_weights_at_zero_rank_nothing_and_say_what_to_do(reader):
    page = reader.open_map(ADDRESS)
    for criterion in ("violent_per_100k", "fatalities_per_100k", "people"):
        page.locator(f"#w_{criterion}").fill("0")
    expect(page.locator("#lede [data-say=sentence]")).to_contain_text("Montez-en au moins un")
    expect(page.locator(".choice-bar__downloads")).to_be_hidden()
    assert order(page) == sorted(order(page))


def test_a_server_that_fails_leaves_the_choice_intact(reader):
    page = reader.open_map(ADDRESS + "?cercles=ML0506")
    page.route("**/api/targeting/figures/**", lambda route: route.abort())
    page.click("text=toute la période")
    expect(page.locator("#map-status")).to_contain_text("Votre choix est intact")
    assert chosen(page) == {"ML0506"}
    page.unroute("**/api/targeting/figures/**")
    page.click("#map-status button")
    expect(page.locator("#lede [data-say=sentence]")).to_contain_text("de janv. 2018")
    reader.faults.clear()


def test_an_anonymous_reader_is_invited_to_sign_in_and_comes_back_to_the_choice(reader):
    page = reader.open_map(ADDRESS)
    row(page, "ML0506").locator(".rank").click()
    page.wait_for_url("**cercles=ML0506**")
    page.click("[data-sign-in]")
    page.fill("input[name=username]", reader.site.username("planner"))
    page.fill("input[name=password]", reader.site.password)
    page.click("main button")
    page.wait_for_url("**/ciblage/**cercles=ML0506**")
    assert chosen(page) == {"ML0506"}
    assert page.locator("#save-form").is_visible()


# --- A whole question ---------------------------------------------------------------------------------------


def test_a_planner_composes_a_question_and_launches_it(reader):
    """By keyboard where it writes; what the server drew first is what the browser ranks."""
    reader.sign_in("planner")
    page = reader.open_map(ADDRESS)
    page.click("#more > summary")
    with page.expect_navigation():
        page.click("[data-compose]")
    page.wait_for_selector(".leaflet-areas-pane path", state="attached")
    three = order(page)

    page.locator(".criterion details summary").first.click()
    page.focus("[name='zones.0.criteria.0.direction']")
    page.keyboard.type("le mieux")
    page.keyboard.press("Tab")
    page.keyboard.type("20")
    expect(page.locator("[data-error-for='zones.0.criteria.0.band.1']")).to_have_text("À remplir.")
    assert order(page) == three
    page.keyboard.press("Tab")
    page.keyboard.type("60")
    expect(page.locator("[data-error-for='zones.0.criteria.0.band.1']")).to_be_hidden()
    page.wait_for_function(
        "before => document.querySelector('#ranking tbody tr').dataset.pcode !== before", arg=three[0]
    )

    page.fill("[name='rules.number']", "5")
    expect(page.locator("[data-say=picked]")).to_have_text("Ces règles retiennent 5 cercles.")
    first = order(page)[0]
    page.click("#targeting-form .more summary:has-text('Imposer')")
    page.select_option("[name='cases.0.pcode']", first)
    page.select_option("[name='cases.0.rule']", "must_not")
    expect(page.locator("[data-error-for='cases.0.reason']")).to_have_text("À remplir.")
    page.fill("[name='cases.0.reason']", "déjà couvert")
    expect(page.locator("[data-error-for='cases.0.reason']")).to_be_hidden()
    expect(page.locator("[data-say=picked]")).to_have_text("Ces règles retiennent 5 cercles.")
    page.click("#choose-picked")
    expect(page.locator("[data-say=count]")).to_have_text("5 cercles choisis sur 53")
    assert first not in chosen(page)
    page.wait_for_url(re.compile("q=.*cercles="))
    assert faults(page) == []

    scores = "rows => rows.map((row) => [row.dataset.pcode, row.querySelector('.score').textContent])"
    of_browser = page.locator("#ranking tbody tr").evaluate_all(scores)
    with page.context.browser.new_context(java_script_enabled=False) as bare:
        of_server = bare.new_page()
        of_server.goto(page.url)
        assert of_server.locator("#ranking tbody tr").evaluate_all(scores) == of_browser

    page.focus("#run-name")
    page.keyboard.type("Bande et motif")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert re.search(r"/ciblage/executions/[0-9a-f-]{36}/", page.url)
    expect(page.locator("h1")).to_contain_text("Bande et motif")


def test_cercles_are_drawn_around_and_their_neighbours_added(reader):
    page = reader.open_map(ADDRESS)
    box = page.locator("#map").bounding_box()
    page.click("#lasso")
    page.wait_for_selector(".lasso-sheet")
    corners = [(0.02, 0.2), (0.98, 0.2), (0.98, 0.85), (0.02, 0.85)]
    for at, (right, down) in enumerate(corners):
        page.mouse.move(box["x"] + right * box["width"], box["y"] + down * box["height"], steps=4)
        if at == 0:
            page.mouse.down()
    page.mouse.up()
    expect(page.locator("#choice-told")).to_contain_text("entourés.")
    assert len(chosen(page)) > 20
    expect(page.locator("#lasso")).to_have_attribute("aria-pressed", "false")
    page.click("#clear-choice")
    row(page, "ML0901").locator("input").focus()
    page.keyboard.press("Space")
    page.focus("#add-neighbours")
    page.keyboard.press("Enter")
    assert "ML0901" in chosen(page)
    expect(page.locator("#choice-told")).to_contain_text("ajouté")
    page.click("#inside summary")
    expect(page.locator("#inside-list")).to_contain_text("Événements de")


# --- For everybody ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing(reader, language):
    reader.sign_in("planner")
    page = reader.open_map(f"{ADDRESS}?cercles=ML0506,ML0501&programme=1&lang={language}")
    assert faults(page) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_whole_question_has_no_fault_on_a_phone(phone, language):
    page = phone.open_map(f"{ADDRESS}?outils=programme&cercles=ML0506")
    page.goto(f"{page.url}&lang={language}")
    page.tap("[data-tab-button=panel]")
    page.tap("[data-sheet-grip]")
    for summary in page.locator("#targeting-form .more .reading summary").all():
        summary.tap()
    assert page.locator("[name='rules.number']").is_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("tab", ["panel", "table", "choice"])
def test_on_a_phone(phone, tab):
    page = phone.open_map(f"{ADDRESS}?cercles=ML0506")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.tap(f"[data-tab-button={tab}]")
    page.tap("[data-sheet-grip]")
    shown = {"panel": "#w_people", "table": "#ranking", "choice": "[data-say=count]"}[tab]
    assert page.locator(shown).is_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_scripts_the_form_ranks(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(site.url + ADDRESS)
    page.check('input[name=cercles][value="ML0506"]')
    with page.expect_navigation():
        page.click("noscript button, button:has-text('Classer')")
    assert "cercles=ML0506" in page.url
    assert page.locator("[data-say=count]").inner_text() == "1 cercle choisi sur 53"
    assert page.locator("#ranking tbody tr").count() == 53
    context.close()


def test_it_prints_the_map_then_the_choice_and_the_ranking(reader):
    page = reader.open_map(f"{ADDRESS}?cercles=ML0506")
    pdf = page.pdf(prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 3
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for selector in (".printed-head__title", "#legend-body", "#map", ".map-foot", "#choice", "#ranking"):
        assert page.locator(selector).is_visible(), selector
    for selector in (".bar", "#panel", "#save-form", ".leaflet-control-zoom"):
        assert not page.locator(selector).first.is_visible(), selector


def test_the_first_view_is_light(reader):
    sizes = []
    reader.page.on("response", lambda response: sizes.append(int(response.headers.get("content-length", 0))))
    reader.open_map(ADDRESS)
    assert sum(sizes) < 300_000
    assert len(reader.asked) <= 20
