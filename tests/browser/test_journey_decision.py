"""From a question to a printed decision, by keyboard: choose, weigh, compare, adopt, print."""

import re

import pytest
from playwright.sync_api import expect

from tests.running_site import worker

pytestmark = pytest.mark.browser

PATIENCE = 90_000
"""Milliseconds: the worker starts, and reads libraries that take seconds."""


def press(page, selector, key="Enter"):
    page.focus(selector)
    page.keyboard.press(key)


def follow(page, selector):
    with page.expect_navigation(timeout=PATIENCE):
        press(page, selector)


def ask(reader, name, number):
    """Compose a question from the three sliders, choose so many, launch it; return the page of its run."""
    page = reader.open_map("/ciblage/")
    press(page, "#more > summary")
    follow(page, "[data-compose]")
    page.wait_for_selector(".leaflet-areas-pane path", state="attached")
    page.focus("[name='zones.0.criteria.0.weight']")
    page.keyboard.press("End")
    page.fill("[name='rules.number']", str(number))
    expect(page.locator("[data-say=picked]")).to_have_text(f"Ces règles retiennent {number} cercles.")
    page.focus("#run-name")
    page.keyboard.type(name)
    with page.expect_navigation(timeout=PATIENCE):
        page.keyboard.press("Enter")
    expect(page.locator("#robustness")).to_be_visible(timeout=PATIENCE)
    return page


def test_a_planner_chooses_weighs_compares_adopts_and_prints(reader):
    reader.sign_in("planner")
    with worker(reader.site.environment, "runs"):
        page = ask(reader, "Sept pour la réunion", 7)
        assert "7 cercles sur 53" in page.inner_text(".run-lede")
        page = ask(reader, "Neuf pour la réunion", 9)

        page = reader.open("/ciblage/executions/")
        for name in ("Sept pour la réunion", "Neuf pour la réunion"):
            press(page, f"tr:has-text('{name}') input[name=run]", "Space")
        follow(page, "text=Comparer celles qui sont cochées")
        assert page.locator("h1", has_text="côte à côte").count() == 1
        assert page.locator("section, main").get_by_text("Sortent").count() > 0

        page = reader.open("/ciblage/executions/")
        follow(page, "a:text-is('Neuf pour la réunion')")
        run = page.url
        press(page, "summary:has-text('Adopter ce choix')")
        page.fill("#adoption_body", "Comité de l’essai")
        page.fill("#adoption_reasons", "Les neuf premiers.")
        # Events of the stand-in are simulated: nothing but an exercise can adopt their run.
        expect(page.locator("#adoption_is_exercise")).to_be_checked()
        follow(page, "button:has-text('Enregistrer l’adoption')")
        assert "Comité de l’essai" in page.inner_text("main")

        page.goto(run)
        follow(page, "a:has-text('Note de décision')")
        follow(page, "button[name=file] >> nth=0")
        ready = page.locator("a[download][href*='/notes/']").first
        expect(ready).to_be_visible(timeout=PATIENCE)
        with page.expect_download() as downloading:
            ready.focus()
            page.keyboard.press("Enter")
    memo = downloading.value.path().read_bytes()
    assert memo.startswith(b"%PDF")
    assert re.search(r"\.pdf$", downloading.value.suggested_filename)
