"""An analyst composes a question, keeps its answer, shares it, opens it in geopandas by the lines shown."""

import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser


def assert_accessible(page):
    found = Axe().run(page)
    assert [
        (each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]
    ] == []


def choose(page, name, value, *, brings):
    """Choose in the form; the server writes the form anew, and what was chosen keeps the focus."""
    page.select_option(f"[name='{name}']", value)
    page.wait_for_selector(f"[name='{brings}']", state="attached")


def test_from_a_question_to_geopandas(reader, phone):
    reader.sign_in("planner")
    page = reader.open("/analyse/")
    assert page.locator(".card-question").count() == 20
    assert_accessible(page)
    with page.expect_navigation():
        page.click("main .button--primary")

    choose(page, "s1.what", "settlements", brings="s1.what.where.0.field")
    choose(page, "s1.what.where.0.field", "settlement_class", brings="s1.what.where.0.op")
    choose(page, "s1.what.where.0.op", "<=", brings="s1.what.where.0.value")
    page.select_option("[name='s1.what.where.0.value']", "3")
    choose(page, "s1.relation", "beyond_km", brings="s1.km")
    page.fill("[name='s1.km']", "30")
    choose(page, "s1.of", "institutions", brings="s1.of.where.0.field")
    assert page.evaluate("document.activeElement.name") == "s1.of"
    page.select_option("[name=by1]", "region")
    assert_accessible(page)
    with page.expect_navigation():
        page.click(".asking__doors .button--primary")

    assert "q=%7B" in page.url
    sentence = page.inner_text(".answer__sentence")
    assert "30" in sentence
    assert "km" in sentence
    page.wait_for_selector(".leaflet-areas-pane path", state="attached")
    page.wait_for_selector("#legend-body .legend__row", state="attached")
    counts = page.eval_on_selector_all(
        "td.number", "cells => cells.map((cell) => Number(cell.dataset.value))"
    )
    page.click("th.number .table__sort")
    assert page.get_attribute("th.number", "aria-sort") == "descending"
    assert_accessible(page)

    page.fill("form.save [name=name]", "Chefs-lieux loin de tout")
    with page.expect_navigation():
        page.click("form.save button")
    assert page.inner_text("h1").startswith("Chefs-lieux loin de tout")
    with page.expect_navigation():
        page.click(".run-publish button")
    link = page.input_value(".link-field input")
    lines = page.inner_text("[data-reuse=python]")
    assert_accessible(page)

    opened = phone.open(link.removeprefix(phone.site.url))
    assert sentence in opened.inner_text(".answer__sentence")
    assert opened.evaluate("document.documentElement.scrollWidth") == 360

    told = subprocess.run(
        [sys.executable, "-c", f"{lines}\nprint(sorted(answer['count']))"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    assert told.splitlines()[-1] == str(sorted(counts))
