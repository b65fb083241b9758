"""The page of choices held against the real one, in a real browser: laptop, phone, both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.running_site import manage

pytestmark = pytest.mark.browser


def faults(page):
    found = Axe().run(page)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]]


def test_a_reader_opens_the_ready_back_tests(reader, phone, site):
    manage(["run_backtest", "--examples"], site.environment)
    for language in ("en", "fr"):
        page = reader.open(f"/ciblage/epreuve/?lang={language}")
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The stand-in's events are simulated: that is said before anything is read from it.
    assert page.locator("text=ne veut rien dire").count() == 1
    with page.expect_navigation():
        page.click("text=Centre-Nord, jusqu’en décembre 2019")
    assert page.locator(".backtest__cercles tbody tr").count() > 16
    assert page.locator("path.fate--recovered, path.fate--missed").count() == 16
    on_phone = phone.open("/ciblage/epreuve/")
    assert on_phone.evaluate("document.documentElement.scrollWidth") == 360
    assert faults(on_phone) == []
