"""/couverture/ without scripts: the sentence with its interval, the table, the works, every doubt said."""

import html
import json
import re
from datetime import date

import pytest
from django.utils import translation

from apps.coverage.services import measure_places
from apps.infrastructure.models import Institution
from apps.maps.coverage import sentences as said
from apps.programme.models import PlannedWork
from apps.sources.models import Load
from geo.vocabulary import InstitutionKind, PlaceTold
from tests import small_country
from tests.conftest import PERSONAS
from tests.coverage import inhabited
from tests.coverage.inhabited import NORTH_10_KM

pytestmark = pytest.mark.django_db

ADDRESS = "/couverture/"
TI = "kinds=ti"


def page(client, query="", status=200):
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == status
    return html.unescape(response.content.decode())


def sentence_of(text):
    found = re.search(r'id="coverage-sentence"[^>]*>(.*?)</p>', text, re.S).group(1)
    return re.sub(r"<[^>]+>", "", found).strip()


def doubts_of(text):
    return re.sub(r"<[^>]+>", " ", re.search(r'id="coverage-doubts"[^>]*>(.*?)</ul>', text, re.S).group(1))


def rows(text):
    """Return {P-code: cells as text} of the table, in its order."""
    found = re.findall(r'<tr data-pcode="(\w+)"[^>]*>(.*?)</tr>', text, re.S)
    return {pcode: [re.sub(r"<[^>]+>", "", cell) for cell in cells_of(row)] for pcode, row in found}


def cells_of(row):
    return re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)


def figures_of(text):
    return json.loads(
        re.search(r'<script id="coverage-figures" type="application/json">(.*?)</script>', text).group(1)
    )


@pytest.fixture
def two_villages():
    """Alpha: 1 000 people in two villages of 500, 10 km from each other. Bêta 200, Gamma without a figure."""
    PlannedWork.objects.all().delete()
    Institution.objects.all().delete()
    small_country.make()
    small_country.people(Alpha=1000, Bêta=200)
    inhabited.live((-4.5, 13.2), (-4.5, 13.2 + NORTH_10_KM), (-3.5, 13.5), (-2.5, 13.5))


# --- The sentence, case by case -----------------------------------------------------------------------------


def test_an_unknown_register_makes_an_interval_and_says_why(client, two_villages):
    inhabited.stands(-4.5, 13.2)
    assert sentence_of(page(client, f"{TI}&limit_km=5")) == (
        "Entre 0 et 700 personnes (0 à 58\u00a0%) vivent à plus de 5\u00a0km d’un tribunal d’instance au "
        "registre\u202f; au plus, car le registre est inconnu dans les 3 cercles."
    )


def test_a_complete_register_makes_one_number(client, two_villages):
    inhabited.stands(-4.5, 13.2)
    inhabited.complete_everywhere()
    assert sentence_of(page(client, f"{TI}&limit_km=5")) == (
        "700 personnes (58\u00a0%) vivent à plus de 5\u00a0km d’un tribunal d’instance au registre."
    )


def test_a_register_complete_in_part_says_where(client, two_villages):
    inhabited.stands(-4.5, 13.2)
    inhabited.complete("ML9101")
    text = page(client, f"{TI}&limit_km=5")
    assert sentence_of(text).endswith("car le registre n’est complet que dans 1 des 3 cercles.")
    assert rows(text)["ML9101"][-1] == "complet"
    assert rows(text)["ML9201"][-1] == "inconnu"


def test_a_complete_register_without_any_covers_nobody(client, two_villages):
    inhabited.complete_everywhere()
    assert sentence_of(page(client, TI)) == (
        "Personne n’est couvert\u00a0: le registre est complet et n’en compte aucune. 1\u202f200 personnes "
        "vivent à plus de 30\u00a0km d’un tribunal d’instance au registre."
    )


def test_everybody_within_reach_is_said_as_nobody_beyond(client, two_villages):
    inhabited.stands(-4.5, 13.2)
    inhabited.stands(-3.5, 13.5)
    assert sentence_of(page(client, TI)) == (
        "Personne ne vit à plus de 30\u00a0km d’un tribunal d’instance au registre."
    )


def test_a_status_that_is_not_known_on_the_day_is_a_reason(client, two_villages):
    inhabited.stands(-4.5, 13.2)
    inhabited.complete_everywhere()
    text = page(client, f"{TI}&limit_km=5&sense=functional&day=2026-03-01")
    assert sentence_of(text) == (
        "Entre 700 et 1\u202f200 personnes (58 à 100\u00a0%) vivent à plus de 5\u00a0km d’un tribunal "
        "d’instance qui travaille le 1er mars 2026\u202f; au plus, car l’état de 1 institution à cette date "
        "est inconnu."
    )
    assert "1 institution compte, dont 1 peut-être" in text


def test_people_that_nobody_counted_are_said_not_guessed(client, two_villages):
    doubts = doubts_of(page(client, TI))
    assert "La population de 1 cercle est inconnue\u00a0: il n’est pas compté." in doubts
    assert rows(page(client, TI))["ML9202"][1:4] == ["n. d."] * 3


def test_without_figures_of_people_nothing_is_zero(client):
    small_country.make()
    inhabited.live((-4.5, 13.2))
    text = page(client, TI)
    assert sentence_of(text).startswith("Aucun chiffre de population n’est chargé")
    assert {cells[2] for cells in rows(text).values()} == {"n. d."}


def test_without_settlements_the_page_says_what_lacks(client):
    small_country.make()
    small_country.people(Alpha=1000)
    inhabited.live()
    assert sentence_of(page(client, TI)).startswith("Aucune localité n’est chargée")


def test_on_the_stand_in_without_institutions_the_page_answers_and_says_what_lacks(client):
    Institution.objects.all().delete()
    measure_places()
    text = page(client)
    assert "Aucune institution de ces sortes ne compte au registre" in doubts_of(text)
    assert "le registre est inconnu dans les 53 cercles" in sentence_of(text)
    assert len(rows(text)) == 53
    assert "approximatives" in text


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["commissariat", "brigade", "police_not_told"], "d’une police ou gendarmerie"),
        (["epes", "prison_not_told"], "d’une prison"),
        (["ti", "jpce"], "d’un tribunal d’instance ou d’une justice de paix à compétence étendue"),
        (["ti", "jpce", "tgi", "epes"], "de l’une des 4 sortes d’institutions choisies"),
    ],
)
def test_kinds_are_named_as_people_name_them(kinds, told):
    asked = [InstitutionKind(kind) for kind in kinds]
    with translation.override("fr"):
        assert said.what(asked) == told


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (0, "0 personne", "0 people"),
        (1, "1 personne", "1 person"),
        (1_500, "1\u202f500 personnes", "1,500 people"),
        (1_900_000, "1,9 million de personnes", "1.9 million people"),
        (9_990_000, "10 millions de personnes", "10 million people"),
        (12_345_678, "12,3 millions de personnes", "12.3 million people"),
    ],
)
def test_people_are_counted_in_both_languages(number, french, english):
    with translation.override("fr"):
        assert said.people(number) == french
    with translation.override("en"):
        assert said.people(number) == english


def test_an_interval_of_a_point_is_one_number():
    with translation.override("fr"):
        assert said.interval(7, 7) == "7"
        assert said.interval(0, 7) == "0 à 7"
        assert said.interval(None, None) is None
        assert said.share(0.001, 0.56) == "0 à 56\u00a0%"
        assert said.share(0.561, 0.562) == "56\u00a0%"


# --- Table, map, works --------------------------------------------------------------------------------------


def test_each_area_has_its_people_its_interval_and_its_register(client, two_villages):
    inhabited.stands(-4.5, 13.2)
    text = page(client, f"{TI}&limit_km=5")
    assert rows(text)["ML9101"] == ["AlphaOuest", "1\u202f000", "0 à 500", "0 à 50\u00a0%", "inconnu"]
    assert list(rows(text)) == ["ML9101", "ML9201", "ML9202"]  # most people beyond first, no data last
    country = re.search(r"<tfoot>(.*?)</tfoot>", text, re.S).group(1)
    assert [re.sub(r"<[^>]+>", "", cell) for cell in cells_of(country)][1:4] == [
        "1\u202f200",
        "0 à 700",
        "0 à 58\u00a0%",
    ]


def test_communes_say_their_cercle_and_region_and_lead_to_the_sheet_of_the_cercle(client, two_villages):
    text = page(client, f"{TI}&level=commune&limit_km=5")
    assert rows(text)["ML910101"][0] == "Alpha SudAlpha, Ouest"
    assert re.search(r'data-pcode="ML910101".*?<a href="/cercles/ML9101/">', text, re.S)


def test_regions_are_rows_of_their_own(client, two_villages):
    assert list(rows(page(client, f"{TI}&level=region&sort=name"))) == ["ML92", "ML91"]


def test_a_region_picked_hides_the_rows_of_others_and_counts_those_left(client, two_villages):
    text = page(client, f"{TI}&region=ML92")
    assert re.findall(r'<tr data-pcode="(\w+)"[^>]* hidden>', text) == ["ML9101"]
    assert "2 cercles sur 3" in text


def test_the_map_is_given_what_the_table_says(client, two_villages):
    there = inhabited.stands(-4.5, 13.2)
    figures = figures_of(page(client, f"{TI}&limit_km=5"))
    alpha = next(area for area in figures["areas"] if area["pcode"] == "ML9101")
    assert (alpha["people"], alpha["low"], alpha["high"], alpha["register"]) == (1000, 0, 500, "unknown")
    (drawn,) = figures["institutions"]
    assert (drawn["kind"], drawn["longitude"], drawn["latitude"]) == (
        "ti",
        there.location.x,
        there.location.y,
    )
    assert figures["works"] == []


def test_works_without_being_asked_for_are_offered_not_counted(client, two_villages):
    inhabited.planned(-4.5, 13.2)
    text = page(client, TI)
    assert "ne sont pas comptés dans cette réponse" in text
    assert "works=true" in re.search(r'<a href="(\?[^"]*)">Les compter', text).group(1)


def test_works_tell_whom_they_bring_within_reach_and_that_the_register_is_a_floor(client, two_villages):
    inhabited.planned(-4.5, 13.2)
    inhabited.planned(code="INF02")
    text = page(client, f"{TI}&limit_km=5&works=true")
    assert "Entre 0 et 500 personnes de plus à moins de 5\u00a0km avec les ouvrages prévus." in text
    assert "Le registre d’aujourd’hui est un plancher" in text
    assert "sans lieu dit" in text
    assert "ouvrages prévus compris" in sentence_of(text)
    assert rows(text)["ML9101"][4] == "0 à 500"
    assert [work["kind"] for work in figures_of(text)["works"]] == ["ti"]


def test_works_that_bring_nobody_say_so(client, two_villages):
    inhabited.stands(-4.5, 13.2)
    inhabited.planned(-4.5, 13.2)
    assert "Aucune personne de plus ne serait à moins de 5\u00a0km" in page(
        client, f"{TI}&limit_km=5&works=true"
    )


def test_every_source_is_named_with_its_date_and_the_edition(client, two_villages):
    text = page(client, TI)
    foot = re.sub(r"<[^>]+>", "", re.search(r'id="map-foot"[^>]*>(.*?)</p>', text, re.S).group(1))
    assert "Limites administratives\u00a0: Éditeur d’essai, édition «\u00a0Petit pays\u00a0»" in foot
    assert "Population\u00a0: " in foot
    assert "Tables du programme" not in foot
    assert "Tables du programme" in page(client, f"{TI}&works=true")


def test_institutions_of_a_reserved_source_count_but_are_not_drawn(as_persona, two_villages):
    inhabited.stands(-4.5, 13.2)
    Load.objects.filter(kind=Load.Kind.INSTITUTIONS).update(in_use=False)
    small_country.recorded(Load.Kind.INSTITUTIONS, small_country.Contents.BOUNDARIES, access="signed_in")
    hidden, seen = page(as_persona("anonymous"), TI), page(as_persona("partner"), TI)
    assert (len(figures_of(hidden)["institutions"]), len(figures_of(seen)["institutions"])) == (0, 1)
    assert "les institutions ne sont pas dessinées" in doubts_of(hidden)
    assert sentence_of(hidden) == sentence_of(seen)


# --- The address --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_reads_it(as_persona, persona):
    page(as_persona(persona))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("limit_km=300", "limit_km\u00a0: "),
        ("limit_km=loin", "limit_km\u00a0: "),
        ("kinds=bistro", "sorte d’institution inconnue"),
        ("kinds=", "Choisissez au moins une sorte d’institution"),
        ("level=village", "level\u00a0: "),
        ("sense=peut-être", "sense\u00a0: "),
        ("day=hier", "day\u00a0: "),
        ("bound=milieu", "bound = «\u00a0milieu\u00a0»"),
        ("sort=hasard", "sort = «\u00a0hasard\u00a0»"),
        ("inconnu=1", "inconnu\u00a0: "),
    ],
)
def test_a_wrong_address_says_what_was_expected(client, query, told):
    assert told in page(client, query, status=400)


def test_the_form_repeats_the_question(client, two_villages):
    text = page(
        client,
        "kinds=ti&kinds=brigade&sense=functional&day=2021-06-30&periodic=true&limit_km=7,5&level=region",
    )
    assert set(re.findall(r'name="kinds" value="(\w+)" checked', text)) == {"ti", "brigade"}
    assert 'name="limit_km" value="7.5"' in text
    assert 'name="day" value="2021-06-30"' in text
    assert re.search(r'name="periodic" value="true" checked', text)
    assert re.search(r'name="level" value="region" checked', text)


def test_files_of_the_answer_carry_the_question(client, two_villages):
    text = page(client, f"{TI}&limit_km=5&works=true")
    for extension in ("csv", "geojson"):
        address = re.search(rf'href="(/api/coverage\.{extension}\?[^"]+)"', text).group(1)
        assert "limit_km=5&" in address
        assert client.get(address).status_code == 200


def test_levels_that_the_edition_lacks_are_not_offered(client):
    assert 'value="commune"' not in page(client)


def test_the_same_few_queries_whatever_is_shown(client, two_villages, django_assert_max_num_queries):
    inhabited.stands(-4.5, 13.2)
    inhabited.planned(-4.5, 13.2)
    page(client, TI)
    with django_assert_max_num_queries(14):
        page(client, f"{TI}&level=commune")
    with django_assert_max_num_queries(18):
        page(client, f"{TI}&works=true")


def test_places_told_are_said_for_every_way(client):
    assert set(said.places_told()) == set(PlaceTold)


def test_the_day_is_that_of_the_reader_when_none_is_asked(client, two_villages):
    assert f'name="day" value="{date.today().isoformat()}"' in page(client)
