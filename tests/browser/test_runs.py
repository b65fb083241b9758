"""A planner reads a run: finds it, asks why, sets two cercles side by side, by keyboard and on a phone."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.running_site import manage

pytestmark = pytest.mark.browser

QUESTION = {
    "zones": [
        {
            "key": "all",
            "criteria": [
                {"key": "violence", "indicator": "violent_per_100k", "weight": 50},
                {"key": "people", "indicator": "people", "weight": 30},
                {"key": "border", "indicator": "border_km", "weight": 20},
            ],
        }
    ],
    "rules": {"number": 5},
    "robustness": {"draws": 200},
}


@pytest.fixture
def run(site, tmp_path):
    path = tmp_path / "cinq cercles.json"
    path.write_text(json.dumps(QUESTION))
    manage(["run_targeting", str(path)], site.environment)


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


def test_a_planner_reads_why_and_compares_two(reader, phone, run):
    reader.sign_in("planner")
    page = reader.open("/ciblage/executions/")
    assert_accessible(page)
    press_enter(page, "tbody a")
    assert "5 cercles sur" in page.inner_text(".run-lede")
    assert_accessible(page)

    page.focus(".run-why summary >> nth=0")
    page.keyboard.press("Enter")
    assert "entre par son rang" in page.inner_text(".run-why details[open]")
    assert_accessible(page)

    page.select_option("select[name=one]", index=1)
    page.select_option("select[name=other]", index=2)
    press_enter(page, "form[action='#compare'] button")
    assert page.locator(".run-pair p").count() > 0
    parts = page.locator("section[aria-labelledby=compare] tbody tr").count()
    assert parts == len(QUESTION["zones"][0]["criteria"])

    page.goto(f"{page.url.partition('?')[0]}?lang=en")
    assert "5 cercles of" in page.inner_text(".run-lede")
    assert_accessible(page)

    phone.sign_in("planner")
    small = phone.open(page.url.removeprefix(phone.site.url))
    assert small.evaluate("document.documentElement.scrollWidth") == 360
    small.tap(".run-why summary >> nth=0")
    told = small.locator(".run-why__told").first.bounding_box()
    assert told["x"] >= 0
    assert told["x"] + told["width"] <= 360
    assert_accessible(small)
