"""A planner puts two runs side by side, comments on one and has it adopted as an exercise."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.running_site import manage

pytestmark = pytest.mark.browser


def faults(page):
    found = Axe().run(page)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]]


@pytest.fixture
def two_runs(site, tmp_path):
    """The stand-in's cercles by violence, and by people."""
    for name, indicator in (("Par violence", "violent_per_100k"), ("Par population", "people")):
        path = tmp_path / f"{indicator}.json"
        criteria = [{"key": "one", "indicator": indicator, "weight": 1}]
        asked = {"zones": [{"key": "all", "criteria": criteria}], "rules": {"number": 5}}
        path.write_text(json.dumps(asked | {"robustness": {"draws": 200}}), encoding="utf-8")
        manage(["run_targeting", str(path), "--name", name], site.environment)


def test_two_runs_side_by_side_then_a_decision(reader, phone, two_runs):
    reader.sign_in("planner")
    page = reader.open("/ciblage/executions/")
    for name in ("Par violence", "Par population"):
        page.check(f"tr:has-text('{name}') input[name=run]")
    with page.expect_navigation():
        page.click("text=Comparer celles qui sont cochées")
    address = page.url.removeprefix(reader.site.url)
    assert faults(page) == []
    # Of the latest run, which is first; what is pointed at in the table is marked on all maps.
    pcode = page.locator(".scenario-table tbody tr").first.get_attribute("data-pcode")
    page.locator(".scenario-table tbody tr a").first.focus()
    assert page.locator(f"use[data-pcode={pcode}][data-current]").count() == 3
    page = reader.open(f"{address}&lang=en")
    assert faults(page) == []
    assert page.locator("text=Who enters and who leaves").count() == 1

    page = reader.open("/ciblage/executions/?lang=fr")
    with page.expect_navigation():
        page.click("a:text-is('Par violence')")
    page.fill("#comment_text", "Et la saison des pluies ?")
    with page.expect_navigation():
        page.click("button:text-is('Commenter')")
    assert page.locator(".comment__text", has_text="Et la saison des pluies").count() == 1
    page.click("summary:has-text('Adopter ce choix')")
    page.fill("#adoption_body", "Atelier")
    page.fill("#adoption_reasons", "Pour apprendre.")
    page.check("#adoption_is_exercise")
    assert faults(page) == []
    with page.expect_navigation():
        page.click("text=Enregistrer l’adoption")
    assert page.url.endswith("/ciblage/decisions/")
    # The site is shared with other journeys, which adopt too: the one adopted here is told by who adopted it.
    adopted = page.locator(".adoption", has_text="Atelier")
    assert adopted.locator(".badge").inner_text() == "exercice"
    assert faults(page) == []

    phone.sign_in("planner")
    for each in (address, "/ciblage/comparer/", "/ciblage/decisions/?lang=en"):
        page = phone.open(each)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert faults(page) == []
