"""What stands on the printed pages: read back from the PDF, looked at in the PNG."""

import io
import json

import pypdfium2
import pytest
from PIL import Image

from apps.maps.memo.drawing import placed
from apps.runs import files
from apps.runs.models import RunFile
from geo.vocabulary import Level
from tests import small_country
from tests.maps.memo.conftest import NAME, PEOPLE, VIOLENCE, asked, run_of
from tests.small_country import event, square

pytest.importorskip(
    "weasyprint", reason=f"this machine lacks {files.PACKAGES}", exc_type=(ImportError, OSError)
)

A4_POINTS = (595, 842)


def printed(run, kind="memo", language="fr"):
    file = files.ask_for(run, kind, language)
    files.make(file.pk)
    file = RunFile.objects.get(pk=file.pk)
    assert (file.state, file.message) == ("done", "")
    return bytes(file.body)


def read(pdf):
    """Return sizes and texts of the pages of a PDF; narrow and hard spaces as plain ones."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = []
        for page in document:
            told = page.get_textpage()
            text = " ".join(told.get_text_range().split())
            pages.append((tuple(round(side) for side in page.get_size()), text))
            told.close()
            page.close()
    return pages


def text_of(pdf):
    pages = read(pdf)
    assert [size for size, _text in pages] == [A4_POINTS, A4_POINTS]
    return " ".join(text for _size, text in pages)


def test_a_memo_holds_who_what_why_and_from_which_data_on_two_pages(run, django_user_model, settings):
    settings.ADDRESS = "https://maillage.example"
    run.author = django_user_model.objects.create_user("a", first_name="Awa", last_name="Traoré")
    run.save()
    text = text_of(printed(run))
    for told in (
        NAME,
        "Awa Traoré",
        run.hash,
        f"https://maillage.example/ciblage/executions/{run.pk}/",
        "Ce choix retient 1 cercle sur 3, où vivent 100 000 personnes, 29 % de la population du pays.",
        "1 Alpha Ouest 1",
        "Les plus proches restés dehors",
        "Gamma Est 2",
        "75 % Nombre d’événements violents (du 1er janv. 2020 au 31 oct. 2020)",
        "25 % Population",
        "1 à choisir en tout.",
        "jusqu’au 31 oct. 2020",
        "Petit pays",
        "Méthode 1, 200 tirages",
        "n’impliquent pas reconnaissance officielle",
    ):
        assert told in text, told
    assert "SIMUL" not in text.upper()
    file = RunFile.objects.get()
    assert (file.done, file.total) == (1, 7)


def test_a_memo_in_english_is_english(run):
    text = text_of(printed(run, language="en"))
    for told in (
        "DECISION MEMO",
        "This choice takes in 1 cercle out of 3: 100,000 people, 29% of the country’s.",
        "The nearest that stay out",
        "75% Number of violent events (from 1 Jan 2020 to 31 Oct 2020)",
        "What the list hangs on",
        "do not imply official recognition",
    ):
        assert told in text, told


def test_what_rests_on_simulated_events_says_so_at_the_top_on_the_map_and_over_the_list(country):
    small_country.happened(event(-4.5, 13.5), event(-3.5, 13.5), simulated=True)
    text = text_of(printed(run_of(asked())))
    head, _, after = text.partition("Cercles retenus")
    assert "NOTE DE DÉCISION · CHOIX DE CERCLES DONNÉES SIMULÉES" in head
    # At the head, on the map, at the foot of both pages.
    assert text.count("DONNÉES SIMULÉES") == 4
    assert after.startswith(" · données simulées")
    assert "Les événements sont simulés" in after


def test_each_rule_stands_with_its_reason_and_what_has_no_score_is_no_data(country):
    small_country.people(Alpha=100_000, Bêta=50_000)
    rules = {"number": 1, "no_access": {"ML9101": "route coupée"}, "must": {"ML9201": "promis en 2019"}}
    text = text_of(printed(run_of(asked(rules=rules))))
    assert "Alpha est sans accès : « route coupée »." in text
    assert "Bêta doit en être : « promis en 2019 »." in text
    assert "pas de donnée 1" in text


# --- Long lists -----------------------------------------------------------------------------------


def side_by_side():
    """Return a country of two regions, 53 cercles and 159 communes: columns a tenth of a degree wide."""
    areas = [
        (Level.REGION, "ML91", "Ouest", "ML", square(-8, 13, -5, 14)),
        (Level.REGION, "ML92", "Est", "ML", square(-5, 13, -2.7, 14)),
    ]
    for at in range(53):
        west, region = (at - 80) / 10, "ML91" if at < 30 else "ML92"
        cercle = f"{region}{at + 1:02}"
        areas.append((Level.CERCLE, cercle, f"Cercle {at + 1}", region, square(west, 13, west + 0.1, 14)))
        for part in range(3):
            south, north = 13 + part / 3, 13 + (part + 1) / 3
            name = f"Commune {at + 1}-{part + 1}"
            boundary = square(west, south, west + 0.1, north)
            areas.append((Level.COMMUNE, f"{cercle}{part + 1:02}", name, cercle, boundary))
    return areas


@pytest.fixture
def long_country(db):
    small_country.make("Long pays", side_by_side())
    small_country.people(**{f"Cercle {at + 1}": 1000 + 17 * at for at in range(53)})
    small_country.happened(*(event(-7.95 + at / 10, 13.5 + at / 200) for at in range(0, 53, 2)))


def test_21_of_53_cercles_in_two_zones_are_all_named_on_two_pages(long_country):
    zones = [
        {"key": "west", "title": "À l’ouest", "regions": ["ML91"], "number": 14},
        {"key": "east", "title": "À l’est", "regions": ["ML92"], "number": 7},
    ]
    zones = [zone | {"criteria": [VIOLENCE, PEOPLE]} for zone in zones]
    run = run_of(asked(zones=zones, rules={}))
    text = text_of(printed(run))
    chosen = [area["name"] for area in json.loads(run.answer)["scores"] if area["selected"]]
    assert len(chosen) == 21
    for number, name in enumerate(chosen, start=1):
        assert f"{number} {name} " in text
    assert "À l’ouest · 14 sur 30" in text
    assert "À l’est · 7 sur 23" in text
    assert "de plus : le tableau" not in text


def test_120_communes_stay_on_two_pages_and_say_how_many_more_there_are(long_country):
    border = {"key": "border", "indicator": "border_km", "weight": 1}
    reasons = {f"ML91{at:02}01": "raison " * 20 for at in range(1, 25)}
    run = run_of(
        asked(
            level="commune",
            zones=[{"key": "all", "criteria": [border]}],
            rules={"number": 120, "must_not": reasons},
        )
    )
    text = text_of(printed(run))
    assert "Ce choix retient 120 communes sur 159" in text
    told = int(text.partition(" communes de plus : le tableau")[0].rpartition("Et ")[2])
    assert 60 <= told < 120
    assert "autres, dans l’exécution" in text


# --- The map --------------------------------------------------------------------------------------


def test_the_map_is_one_a4_page_at_200_dots_an_inch_with_its_classes(run):
    image = Image.open(io.BytesIO(printed(run, "map")))
    assert image.size == (2339, 1654)
    colours = {colour for _count, colour in image.convert("RGB").getcolors(2**24)}
    # Always, never and the white of the sheet: Alpha is first by both criteria, whatever is drawn.
    assert {(0x6B, 0x3D, 0x1E), (0xFD, 0xFC, 0xF9), (255, 255, 255)} <= colours


def test_a_number_whose_place_is_taken_stands_beside_it():
    assert placed({1: (10, 10), 2: (50, 10), 3: (11, 10)}, 5) == [(1, 10, 10), (2, 50, 10), (3, 11, 0)]
