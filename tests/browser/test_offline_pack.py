"""A pack of the whole country, opened from a disk with the network off."""

from io import StringIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from apps.boundaries.models import Area


@pytest.fixture
def pack(db, tmp_path):
    path = tmp_path / "pack.html"
    pcodes = Area.objects.cercles().values_list("pcode", flat=True)
    call_command("make_pack", *pcodes, name="offline", out=path, stdout=StringIO())
    return path


def test_a_pack_is_searched_and_filtered_without_network(pack, browser):
    context = browser.new_context(offline=True, locale="fr-FR", viewport={"width": 360, "height": 740})
    page, asked, faults = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda told: faults.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(pack.as_uri())
    page.wait_for_selector("#plan canvas")
    assert "Données simulées" in page.inner_text("header")
    for typed, name in (("koro", "Koro"), ("segou", "Ségou")):
        page.fill("#chercher", typed)
        assert page.locator("#resultats button").first.inner_text().startswith(name)
    page.locator("#resultats button").first.click()
    assert "Ségou" in page.inner_text(".leaflet-popup")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('#resultats') !== null")
    page.fill("#filtre", "menaka")
    assert "Ménaka" in page.locator("#tableau tbody tr").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert (asked, faults) == ([pack.as_uri()], [])
    context.close()
