"""A data keeper brings in a table with old P-codes and odd names, by keyboard alone, to the end."""

import pytest
import xlsxwriter
from axe_playwright_python.sync_playwright import Axe

from tests.running_site import manage, worker

pytestmark = pytest.mark.browser

CODES = """\
adm2_pcode_2015,adm2_name_2015,adm3_pcode_2015,adm3_name_2015,adm2_pcode_2019,adm2_name,adm3_pcode_2019,adm3_name,adm2_pcode_2021
ML0507,Koro,ML050714,Yoro,ML0505,Koro,ML050515,Yoro,ML0505
ML0503,Bankass,ML050308,Ouonkoro,ML0502,Bankass,ML050208,Ouonkoro,ML0502
ML0704,Menaka,ML070403,Menaka,ML0704,Ménaka,ML070403,Ménaka,ML1001
ML0704,Menaka,ML070401,Anderamboukane,ML0704,Ménaka,ML070401,Andéramboukane,ML1002
"""
"""Of 2015, ML0507 is Koro; today it is the code of Ténenkou. Ménaka was divided since."""

ROWS = (
    ("ML0507", "Koro", "45,5", "51,25"),
    ("ML0503", "Bankass", "38", "40,1"),
    ("", "Tenenku", "28,1", "31,9"),
    ("ML0704", "Menaka", "12,5", "13,75"),
    ("ML0507", "Koro", "45,6", "51"),
)

MOST_TABS = 120


@pytest.fixture
def workbook(tmp_path):
    """A sheet with a title, a header on two lines with merged cells, French decimals and codes of 2015."""
    path = tmp_path / "scolarisation.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Données")
        sheet.write(0, 0, "Taux de scolarisation par cercle")
        sheet.merge_range(2, 0, 2, 1, "Lieu")
        sheet.merge_range(2, 2, 2, 3, "Taux (%)")
        for column, header in enumerate(("P-code", "Cercle", "Filles", "Garçons")):
            sheet.write(3, column, header)
        for at, row in enumerate(ROWS, start=4):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    return path


@pytest.fixture
def at_work(site, tmp_path):
    """The codes of 2015 are known, and the worker runs."""
    codes = tmp_path / "codes.csv"
    codes.write_text(CODES, encoding="utf-8")
    manage(["load_codes", str(codes)], site.environment)
    with worker(site.environment, "imports"):
        yield


class Keyboard:
    """Goes where a reader goes without a mouse."""

    def __init__(self, page):
        self.page = page

    def to(self, selector):
        """Press Tab until the element has the focus."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("s => document.activeElement?.matches(s)", selector):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {selector}")

    def press(self, key):
        self.page.keyboard.press(key)
        return self

    def type(self, words):
        self.page.keyboard.type(words)
        return self

    def choose(self, selector, label):
        """Choose an option of a list by the letters it begins with."""
        self.to(selector).type(label)
        chosen = self.page.evaluate("() => document.activeElement.selectedOptions[0].text")
        assert chosen == label

    def enter(self, selector, until):
        """Press Enter on an element and wait for what must then be there."""
        self.to(selector).press("Enter")
        self.page.wait_for_selector(until, timeout=60_000)
        self.page.wait_for_load_state("networkidle")


def assert_accessible(page):
    found = Axe().run(page)
    faults = [
        (each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]
    ]
    assert faults == []


def test_a_table_of_2015_goes_in_by_keyboard_alone(reader, workbook, at_work):
    reader.sign_in("data_keeper")
    page = reader.open("/donnees/chargements/")
    keys = Keyboard(page)
    page.evaluate("document.querySelector('#chargements').setAttribute('tabindex', '-1')")
    page.focus("#chargements")
    keys.enter("a[href='/donnees/importer/']", "a[href='/donnees/importer/nouveau/']")
    assert_accessible(page)

    keys.enter("a[href='/donnees/importer/nouveau/']", "#id_file")
    assert_accessible(page)
    keys.choose("#id_kind", "Tableau par lieu")
    with page.expect_file_chooser() as chooser:
        keys.to("#id_file").press("Enter")
    chooser.value.set_files(workbook)
    keys.to("#id_publisher").type("Académie d’essai")
    keys.to("#id_licence").type("CC0")
    keys.to("#id_edition").type("2015")
    keys.enter("main form button.button--primary", "#field-pcode")

    assert "L'en-tête tient sur les lignes 3 à 4" in page.inner_text("main")
    assert_accessible(page)
    keys.choose("#field-pcode", "Lieu P-code")
    keys.choose("#field-name", "Lieu Cercle")
    for header in ("Filles", "Garçons"):
        keys.to(f"input[name=values][value$='{header}']").press("Space")
    keys.choose("#level", "cercles")
    keys.to("#title").type("Scolarisation")
    keys.enter("button[value=try]", "#rows")

    assert "Charger 2 lignes" in page.inner_text("main")
    assert_accessible(page)
    keys.enter(".tabs a[href*=refused]", ".tabs a[href*=refused][aria-current]")
    assert "C'est déjà dit à la ligne 5." in page.inner_text("main")

    keys.enter("main a[href$='/lieux/']", "[data-question]")
    assert_accessible(page)
    decide(page, keys, "Tenenku", "ML0507")
    decide(page, keys, "Menaka", "")
    keys.enter("form[action$='/essai/'] button", "#rows")

    assert "Charger 3 lignes" in page.inner_text("main")
    keys.enter("form[action$='/charger/'] button", "main a[href*='/donnees/chargements/']")
    assert "C’est fait" in page.inner_text("main")
    assert_accessible(page)
    keys.enter("main a[href*='/donnees/chargements/']", "#refused")
    load = page.inner_text("main")
    assert "Académie d’essai" in load
    assert "« Menaka »" in load or "Menaka" in load


def decide(page, keys, told, pcode):
    """Choose the area of this code for a place, or none, and decide."""
    question = page.locator("[data-question]", has=page.locator("h2", has_text=told))
    name = question.get_attribute("id")
    keys.to(f"#{name} input[name=choice]")
    wanted = f"#{name} input[name=choice]" + (f"[value={pcode}]" if pcode else ":not([data-pcode])")
    for _ in range(MOST_TABS):
        if page.evaluate("s => document.activeElement.matches(s)", wanted):
            break
        keys.press("ArrowDown")
    keys.press("Space")
    keys.to(f"#{name} .question__do").press("Enter")
    page.wait_for_selector(f"#{name}", state="detached", timeout=60_000)
    page.wait_for_load_state("networkidle")
