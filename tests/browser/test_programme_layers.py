"""Planned works, mechanisms of peace and projects over the map, in a real browser on the stand-in."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MODULES = ("planned_works", "peace_mechanisms", "results", "projects", "seats")


def seat(page, name):
    """Return the first sign whose spoken name begins with this place."""
    return page.locator(".seat-marker").filter(has_text=name).first


def show(reader, layers, more=""):
    page = reader.open_map(f"/?layers={layers}{more}")
    page.wait_for_selector(".seat-marker")
    return page


def block(page, title):
    return page.locator(".legend__block").filter(has=page.locator("h3", has_text=title))


# --- On demand ------------------------------------------------------------------------------------------


def test_nothing_of_these_layers_is_asked_before_they_are_shown(reader):
    page = reader.open_map()
    assert not any(f"/{name}." in url for url in reader.asked for name in MODULES)
    page.check("input[value=planned_works]")
    page.wait_for_selector(".seat-marker")
    assert "layers=planned_works" in page.url
    page.uncheck("input[value=planned_works]")
    expect(page.locator(".seat-marker")).to_have_count(0)
    expect(page.locator("th[data-key=works]")).to_have_count(0)


# --- Works ----------------------------------------------------------------------------------------------


def test_works_of_one_seat_are_one_sign_whose_card_lists_them(reader):
    page = show(reader, "planned_works")
    koro = seat(page, "Koro")
    assert koro.inner_text().startswith("3")
    assert koro.locator(".seat--ring").count() == 1, "told of the cercle, drawn at its seat"
    koro.click()
    card = page.locator(".leaflet-popup.card")
    assert "Koro, au siège du cercle" in card.inner_text()
    assert card.locator(".card__rows li").count() == 3
    first = card.locator(".card__rows li").first.inner_text()
    for told in (
        "construire, équiper",
        "2021\u00a0: 317\u202f709",
        "rapprochement moyen",
        "PROSMED 2021-2025",
    ):
        assert told in first
    assert "Same figure as the Djenné commissariat" in card.locator("[lang=en]").first.inner_text()
    assert "aucun montant" in card.locator(".card__rows li").last.inner_text()
    assert "/cercles/ML" in card.locator("a.button").get_attribute("href")


def test_the_legend_counts_works_drawn_and_those_that_cannot_be(reader):
    """27 of the 34 rows tell a cercle, a region or a town; the others only the target zones."""
    page = show(reader, "planned_works")
    legend = block(page, "Ouvrages prévus")
    drawn = legend.locator(".legend__row:not(:nth-last-child(-n+2)) .legend__count").all_inner_texts()
    told = legend.inner_text()
    missing = next(line for line in told.splitlines() if "sans lieu dit" in line)
    assert sum(map(int, drawn)) + int(missing.split()[0]) == 34
    assert "PROSMED 2021-2025" in told
    assert "édition" in told


def test_the_table_follows_the_layer(reader):
    page = reader.open_map()
    page.click("[data-drawer-toggle]")
    assert page.locator("th[data-key=works]").count() == 0
    page.check("input[value=planned_works]")
    page.wait_for_selector("th[data-key=works]")
    row = page.locator("#areas-table tbody tr", has_text="Koro")
    assert row.locator("td[data-value='384746']").count() == 1
    page.click("th[data-key=works_usd] a")
    assert "Yorosso" in page.locator("#areas-table tbody tr").first.inner_text()
    assert "sort=-works_usd" in page.url
    assert "layers=planned_works" in page.locator("#drawer-downloads a").first.get_attribute("href")


def test_the_keyboard_opens_a_card_reads_it_and_comes_back(reader):
    page = show(reader, "planned_works")
    koro = seat(page, "Koro")
    koro.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaflet-popup")
    assert page.locator(".leaflet-popup-content").evaluate("each => each === document.activeElement")
    page.keyboard.press("Tab")
    assert page.locator(".leaflet-popup a.button").evaluate("each => each === document.activeElement")
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    assert koro.evaluate("each => each === document.activeElement")


def test_each_sign_has_a_name_to_be_read_aloud(reader):
    page = show(reader, "planned_works,peace_mechanisms,projects")
    signs = page.locator(".seat-marker")
    assert signs.count() > 30
    assert all(len(text.strip()) > 5 for text in signs.all_text_contents())
    assert set(
        signs.evaluate_all("all => all.map((each) => `${each.getAttribute('role')} ${each.tabIndex}`)")
    ) == {"button 0"}


# --- Mechanisms and projects ----------------------------------------------------------------------------


def test_a_count_of_a_region_stands_at_its_seat_and_says_so(reader):
    page = show(reader, "peace_mechanisms")
    mopti = seat(page, "Mopti")
    mopti.click()
    card = page.locator(".leaflet-popup.card").inner_text()
    assert "au siège de la région" in card
    assert "OSC relais de la CNDH" in card
    assert "en place\u00a0: 8" in card
    assert "en place\u00a0: 18" in card, "two documents, two counts, both told"
    legend = block(page, "Mécanismes de paix").inner_text()
    assert "sans lieu dans cette édition" in legend
    assert "inconnu, pas aucun" in legend


def test_a_value_common_to_several_places_says_so_at_each(reader):
    page = show(reader, "results_2020_2021")
    seat(page, "Koro").click()
    card = page.locator(".leaflet-popup.card").inner_text()
    assert "1 résultat de 2020 ou 2021" in card
    assert "valeur commune à" in card
    legend = block(page, "Résultats de 2020 et 2021").inner_text()
    assert "ne s’additionne pas" in legend
    assert "pas dessinés" in legend


def test_projects_are_told_by_area_and_elsewhere_presence_is_unknown(reader):
    page = show(reader, "projects")
    legend = block(page, "Projets").inner_text()
    assert "Présence ailleurs\u00a0: inconnue." in legend
    assert "ne disent aucun lieu" in legend
    assert "régions entières" in legend
    hatched = page.locator(".leaflet-overlay-pane path[fill^='url(#projects-']")
    rows = page.locator("#areas-table tbody tr:has(td[data-value]:not([data-value='']))")
    assert 0 < hatched.count() < rows.count()
    seat(page, "Koro").click()
    card = page.locator(".leaflet-popup.card")
    assert "présence jamais confirmée" in card.inner_text()
    assert "/projets/" in card.locator(".card__row a").first.get_attribute("href")


def test_regions_hold_what_is_told_of_them_and_of_their_cercles(reader):
    page = show(reader, "projects", "&level=regions")
    assert "régions entières" not in block(page, "Projets").inner_text()
    page.check("input[name=level][value=cercles]", force=True)
    expect(block(page, "Projets")).to_contain_text("régions entières")


def test_english_says_the_same(reader):
    page = show(reader, "planned_works,projects", "&lang=en")
    assert "Presence elsewhere: unknown." in block(page, "Projects").inner_text()
    seat(page, "Koro, at the seat of the cercle").click()
    card = page.locator(".leaflet-popup.card").inner_text()
    assert "build, equip" in card
    assert "USD 317,709" in card


# --- Phone and paper ------------------------------------------------------------------------------------


def test_a_card_fits_a_phone(phone):
    page = show(phone, "planned_works", "&at=14.1,-3.1,9")
    seat(page, "Koro").tap()
    page.wait_for_selector(".leaflet-popup.card")
    page.wait_for_timeout(400)
    box = page.locator(".leaflet-popup.card").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_scripts_the_boxes_bring_the_columns(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    page.check("input[value=planned_works]")
    page.check("input[value=projects]")
    with page.expect_navigation():
        page.click("#areas-form button[type=submit]")
    assert page.locator("th[data-key=works]").count() == 1
    assert page.locator("th[data-key=projects_known]").count() == 1
    assert page.locator("input[value=projects]").is_checked()
    context.close()
