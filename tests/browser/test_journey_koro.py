"""A planner opens Koro, reads what is planned there and what it changes, and prints two pages."""

import re
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.browser


def text_of(pdf, folder):
    """Return the words of a printed page; the test ends there where no tool reads them."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here: the pages were counted, their words are not read")
    file = folder / "koro.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s+", " ", done.stdout)


def test_koro_from_the_map_to_paper(reader, tmp_path):
    page = reader.open("/")
    page.fill("input[name=q]", "Koro")
    page.press("input[name=q]", "Enter")
    page.wait_for_url("**/recherche/**")
    page.click("main a[href='/cercles/ML0505/']")
    page.wait_for_url("**/cercles/ML0505/")
    page.wait_for_load_state("networkidle")

    works = page.locator("table.works")
    commissariat = works.locator("tbody tr", has_text="Commissariat de police")
    assert "317\u202f709" in commissariat.inner_text()
    court = works.locator("tbody tr", has_text="JPCE transformée en TI")
    assert "67\u202f037" in court.inner_text()
    assert "Djenné commissariat" in court.inner_text()
    assert "aucun montant" in works.locator("tbody tr", has_text="EPES").inner_text()
    assert "384\u202f746" in works.locator("tfoot").inner_text()

    changes = page.locator("section", has=page.locator("#coverage"))
    police = changes.locator("tbody tr", has_text="Police").inner_text()
    assert " à " in police

    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    printed = text_of(pdf, tmp_path)
    for number in ("317\u202f709", "67\u202f037", "384\u202f746"):
        assert re.sub(r"\s", " ", number) in printed
