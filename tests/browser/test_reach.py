"""A planner asks a study of reach by keyboard, reads it, thinks an institution elsewhere, swipes answers."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.running_site import worker

pytestmark = pytest.mark.browser


@pytest.fixture
def answering(site):
    """What answers runs is at work."""
    with worker(site.environment, "runs"):
        yield


def assert_accessible(page):
    found = Axe().run(page)
    assert [
        (each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]
    ] == []


def press_enter(page, selector):
    """Follow a link or send a form without a mouse."""
    page.focus(selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def open_by_keyboard(page, summary):
    page.focus(summary)
    page.keyboard.press("Enter")


def test_from_a_question_to_a_moved_institution_and_two_answers(reader, phone, answering):
    reader.sign_in("planner")
    page = reader.open_map("/couverture/?limit_km=25")
    press_enter(page, "#study-door a >> nth=0")
    assert page.input_value("input[name=limit]") == "25"
    assert_accessible(page)
    page.fill("input[name=name]", "Portée au clavier")
    press_enter(page, ".reach-form .button--primary")

    page.wait_for_selector(".run-lede", timeout=120_000)
    assert "vivent à plus de 25" in page.inner_text(".run-lede")
    assert "Le registre est un plancher" in page.inner_text("main")
    page.wait_for_selector(".leaflet-areas-pane path", state="attached")
    assert_accessible(page)
    press_enter(page, ".reach-table thead a >> nth=0")
    assert page.get_attribute(".reach-table thead th >> nth=0", "aria-sort") == "ascending"

    phone.sign_in("planner")
    small = phone.open(page.url.removeprefix(phone.site.url).partition("#")[0])
    assert small.evaluate("document.documentElement.scrollWidth") == 360

    page = reader.open_map("/couverture/?limit_km=25")
    page.wait_for_selector(".institution", state="attached")
    open_by_keyboard(page, "#moving summary")
    page.select_option("#moving-institution", index=1)
    start = page.input_value("input[name=lon]")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".moved__sentence")
    assert page.input_value("input[name=lon]") != start
    assert "Rien n’est enregistré" in page.inner_text("#moved-part")
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.wait_for_selector(".moved-marker", state="detached")
    assert page.locator(".moved__sentence").count() == 0

    open_by_keyboard(page, "#comparing summary")
    page.focus("#comparing-form .button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#swipe-handle:focus")
    before = page.get_attribute("#swipe-handle", "aria-valuetext")
    page.keyboard.press("ArrowLeft")
    assert page.get_attribute("#swipe-handle", "aria-valuetext") != before
    cut = page.evaluate("getComputedStyle(document.querySelector('.leaflet-areas-pane')).clipPath")
    assert cut.startswith("polygon")
    assert "À gauche" in page.inner_text("#legend-body")
    assert_accessible(page)
