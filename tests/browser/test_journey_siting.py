"""Nine commissariats: those of the programme against nine chosen at the same cost, to a printed memo."""

import io
import re

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.running_site import worker

pytestmark = pytest.mark.browser

PATIENCE = 120_000
"""Milliseconds: the worker starts, reads libraries that take seconds, and solves."""

READY = "Neuf commissariats"


def assert_accessible(page):
    found = Axe().run(page)
    assert [
        (each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]
    ] == []


def press(page, selector):
    with page.expect_navigation(timeout=PATIENCE):
        page.focus(selector)
        page.keyboard.press("Enter")


def test_nine_commissariats_planned_and_chosen_are_read_and_printed(reader, phone):
    reader.sign_in("planner")
    with worker(reader.site.environment, "runs"):
        page = reader.open("/couverture/implantations/")
        assert_accessible(page)
        press(page, f"button:has-text('{READY}')")
        expect(page.locator("#plans")).to_be_visible(timeout=PATIENCE)
        run = page.url
        plans = page.locator("section[aria-labelledby=plans] tbody tr")
        for plan in ("Programme", "Choix exact"):
            row = plans.filter(has=page.locator("th", has_text=plan))
            assert row.locator("td").first.inner_text() == "9"
            assert re.search(r"\d", row.locator("td").nth(2).inner_text())
        assert "plancher" in page.inner_text(".doubt")
        assert page.locator("section[aria-labelledby=sites] tbody tr").count() == 9
        assert_accessible(page)

        press(page, "a:has-text('Note de décision')")
        press(page, "button[name=file] >> nth=0")
        ready = page.locator("a[download][href$='note_fr.pdf']")
        expect(ready).to_be_visible(timeout=PATIENCE)
        with page.expect_download() as downloading:
            ready.click()
    with pypdfium2.PdfDocument(io.BytesIO(downloading.value.path().read_bytes())) as memo:
        assert len(memo) == 2

    phone.sign_in("planner")
    for address in ("/couverture/implantations/", "/couverture/implantations/question/", run):
        page = phone.open(address.removeprefix(phone.site.url))
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
