"""/ciblage/ without scripts: the same ranking as the API's, the choice and its totals, every doubt said."""

import html
import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from apps.events.models import EventCount
from apps.maps.targeting.page import rank_limits
from apps.maps.targeting.sentences import plural
from apps.targeting.services import CRITERIA

pytestmark = pytest.mark.django_db

ADDRESS = "/ciblage/"


def page(client, query="", status=200):
    response = client.get(ADDRESS + query)
    assert response.status_code == status
    return html.unescape(response.content.decode())


def rows(text):
    return re.findall(r'<tr data-pcode="(\w+)"', text)


def settings_of(text):
    return json.loads(
        re.search(r'<script id="targeting-settings" type="application/json">(.*?)</script>', text).group(1)
    )


def said(text, place):
    return re.sub(r"<[^>]+>", "", re.search(rf'data-say="{place}"[^>]*>(.*?)</', text).group(1)).strip()


def test_the_page_ranks_as_the_api_does(client):
    text = page(client)
    asked = settings_of(text)
    ranking = client.get(
        reverse("api:targeting-ranking"), {"since": asked["since"], "until": asked["until"]}
    ).json()
    assert rows(text) == [cercle["pcode"] for cercle in ranking["cercles"]]
    assert len(rows(text)) == 53


def test_the_sentence_says_criteria_shares_and_months(client):
    sentence = said(page(client, "?since=2019-01&until=2020-06&w_people=1&w_violent_per_100k=3"), "sentence")
    assert sentence == (
        "Cercles classés par événements violents pour 100\u202f000 habitants (75\u00a0%) et "
        "population (25\u00a0%), de janv. 2019 à juin 2020."
    )


def test_simulated_events_are_called_so_in_sentence_table_and_totals(client):
    text = page(client, "?cercles=ML0501")
    assert text.count("données simulées") >= 2
    assert "événements simulés" in text
    assert settings_of(text)["simulated"] is True


def test_no_criterion_rests_on_the_register_and_the_page_says_so(client):
    text = page(client)
    assert "Aucun critère ne repose sur le registre des institutions" in text
    assert not any("institution" in criterion for criterion in CRITERIA)


def test_a_choice_is_counted_with_its_people_and_its_events(client):
    text = page(client, "?cercles=ML0501,ML0502")
    figures = {cercle["pcode"]: cercle for cercle in settings_of(text)["figures"]}
    chosen = [figures["ML0501"], figures["ML0502"]]
    people = f"{sum(each['people'] for each in chosen):,}".replace(",", "\u202f")
    assert said(text, "count") == "2 cercles choisis sur 53"
    totals = said(text, "totals")
    assert f"{people} habitants" in totals
    assert f"{sum(each['violent_events'] for each in chosen)} événements violents" in totals
    assert len(re.findall(r"<tr data-pcode=\"\w+\" data-chosen>", text)) == 2


def test_a_form_without_scripts_repeats_the_parameter(client):
    text = page(client, "?cercles=ML0501&cercles=ML0502&w_people=1")
    assert said(text, "count") == "2 cercles choisis sur 53"


def test_unknown_people_leave_a_cercle_last_without_a_score_and_say_why(client):
    text = page(client)
    unknown = [cercle["pcode"] for cercle in settings_of(text)["figures"] if cercle["people"] is None]
    assert unknown, "the census has one row for the four cercles of Ménaka"
    assert sorted(rows(text)[-len(unknown) :]) == sorted(unknown)
    assert text.count("pas de donnée\u00a0: population") == len(unknown)
    assert "population inconnue" in said(page(client, f"?cercles={unknown[0]}"), "totals")


def test_people_alone_need_no_event(client):
    EventCount.objects.all().delete()
    text = page(client, "?w_people=1")
    assert "Aucun événement n’est chargé" in text
    figures = {cercle["pcode"]: cercle for cercle in settings_of(text)["figures"]}
    assert all(cercle["violent_events"] is None for cercle in figures.values())
    people = [figures[pcode]["people"] or 0 for pcode in rows(text)]
    assert people == sorted(people, reverse=True)
    assert "download" not in re.search(r'choice-bar__downloads"(.*?)</span>', text, re.S).group(1)


def test_without_events_nothing_is_zero(client):
    EventCount.objects.all().delete()
    text = page(client)
    assert text.count("pas de donnée\u00a0:") == 53
    assert "Calcul" not in said(text, "sentence")


def test_without_any_weight_the_cercles_are_listed_and_the_page_says_what_to_do(client):
    text = page(client, "?w_people=0")
    assert said(text, "sentence").startswith("Tous les poids sont à zéro")
    assert rows(text) == sorted(rows(text))


def test_cercles_of_another_edition_are_named(client):
    assert "n’existent pas dans cette édition\u00a0: ML9999" in page(client, "?cercles=ML9999,ML0501")


def test_the_programme_is_compared_and_agreement_is_not_called_correctness(client):
    text = page(client, "?programme=1")
    assert re.match(r"\d+ des 21 premiers du classement s?on?e?s?t? parmi", said(text, "agreement"))
    assert "Concorder n’est pas avoir raison" in text
    assert text.count("✓ oui") == 21


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?since=2020-13", "n’est pas un mois"),
        ("?since=1901-01", "Aucun événement chargé en janv. 1901"),
        ("?since=2020-05&until=2020-01", "échangez les deux mois"),
        ("?w_people=lourd", "attendu un nombre de 0 à 100"),
        ("?w_people=-1", "attendu un nombre de 0 à 100"),
        ("?w_people=nan", "attendu un nombre de 0 à 100"),
    ],
)
def test_a_wrong_address_says_what_was_expected(client, query, told):
    assert told in page(client, query, status=400)


def test_files_of_the_choice_carry_the_question(client):
    text = page(client, "?cercles=ML0501&since=2020-01&until=2020-06&w_people=7")
    address = re.search(r'href="(/api/targeting/choice\.csv\?[^"]+)"', text).group(1)
    table = client.get(address).content.decode("utf-8-sig")
    assert "ML0501" in table
    assert "2020-01" in table
    assert len(table.splitlines()) == 2


def test_columns_sort_without_scripts(client):
    text = page(client, "?sort=name")
    assert 'aria-sort="ascending"' in text
    names = re.findall(r"<span>([^<]+)<span class=\"pick__region\">", text)
    assert names[0] == "Abeibara"
    by_people = page(client, "?sort=-people")
    assert rows(by_people)[0] == "ML0901"


@pytest.mark.parametrize(
    ("persona", "told", "not_told"),
    [
        ("anonymous", "Se connecter pour enregistrer", "save-form"),
        ("partner", "demandez à un administrateur", "save-form"),
        ("planner", 'id="save-form"', "Se connecter pour"),
        ("data_keeper", 'id="save-form"', "Se connecter pour"),
        ("administrator", 'id="save-form"', "Se connecter pour"),
    ],
)
def test_who_may_save(as_persona, persona, told, not_told):
    text = page(as_persona(persona), "?cercles=ML0501")
    assert told in text
    assert not_told not in text


def test_english_says_all_of_it():
    client = Client()
    client.cookies["django_language"] = "en"
    text = page(client, "?programme=1&cercles=ML0501")
    assert said(text, "sentence").startswith("Cercles ranked by violent events per 100,000 people (50%)")
    assert said(text, "count") == "1 cercle of 53 chosen"
    assert "Agreement is not correctness" in text
    french = re.findall(r"[^<>\"]*\b(?:cercles choisis|Poids|données simulées)\b[^<>\"]*", text)
    assert not french


def test_the_page_asks_a_bounded_number_of_questions(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        page(client, "?programme=1&cercles=ML0501")


@pytest.mark.parametrize(
    ("cercles", "first", "limits"),
    [
        (53, 21, [7, 14, 21, 37, 53]),
        (159, 21, [7, 14, 21, 90, 159]),
        (3, 21, [1, 2, 3]),
        (1, 1, [1]),
        (0, 21, []),
    ],
)
def test_rank_classes_are_thirds_of_the_first_then_halves_of_the_rest(cercles, first, limits):
    assert rank_limits(cercles, first) == limits


def test_zero_is_singular_in_french_only():
    forms = {"one": "{n} cercle", "other": "{n} cercles"}
    assert [plural(forms, n) for n in (0, 1, 2)] == ["0 cercle", "1 cercle", "2 cercles"]
