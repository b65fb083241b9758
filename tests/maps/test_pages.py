"""The pages as the server writes them: whole without scripts, in both languages, for every reader."""

import csv
import html
import io
import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from apps.maps.map.table_csv import COLUMNS, table_csv
from apps.sources.models import Load
from apps.targeting.targets import Targets
from geo.vocabulary import AccessClass

pytestmark = pytest.mark.django_db

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return html.unescape(response.content.decode())


def carried(text, identifier):
    return json.loads(
        re.search(rf'<script id="{identifier}" type="application/json">(.*?)</script>', text).group(1)
    )


def rows(text):
    return re.findall(r'<tr data-pcode="(\w+)">', text)


def test_the_first_view_is_violent_events_by_cercle_and_says_of_when(client):
    text = page(client, "/")
    assert "Événements violents pour 100\u202f000 habitants, par cercle" in text
    assert re.search(r"du \w+ \S+ \d{4} au \d+ \S+ \d{4}", text)
    assert len(rows(text)) == 53
    assert "53 cercles" in text
    assert reverse("targeting") in text


def test_the_table_says_what_the_map_says(client):
    text = page(client, "/")
    figures = carried(text, "figures")
    counts = figures["classes"]["violent_per_100k"]
    assert sum(counts["counts"]) + counts["no_data"] == 53
    first = max(figures["areas"], key=lambda area: area["violent_per_100k"] or 0)
    assert rows(text)[0] == first["pcode"]


def test_regions_by_people_without_scripts(client):
    text = page(client, "/?level=regions&indicator=people&sort=name")
    assert rows(text)[0] == "ML09"  # Bamako
    assert len(rows(text)) == 10
    assert "Population, par région" in text
    assert 'aria-sort="ascending"' in text


def test_the_stand_in_says_so_and_names_the_two_ways_out(client):
    text = page(client, "/")
    assert "Limites approximatives" in text
    assert "make run DATA=DOSSIER" in text
    assert "make run DOWNLOAD=1" in text
    assert "données simulées" in text


def test_english_says_the_same(client):
    text = page(client, "/?lang=en")
    assert '<html lang="en">' in text
    assert "Violent events per 100,000 people, by cercle" in text
    assert "simulated data" in text
    assert "make run DATA=FOLDER" in text
    assert '<html lang="en">' in page(client, "/"), "the choice is remembered"


def test_the_language_link_keeps_the_view(client):
    assert 'href="/?level=regions&lang=en"' in page(client, "/?level=regions")


def test_a_wrong_address_is_named(client):
    text = page(client, "/?period=7m", status=400)
    assert "period = «\u00a07m\u00a0»" in text
    assert "12m, 36m, all" in text


def restrict_events():
    Load.objects.in_use().of_kind(Load.Kind.EVENTS).update(access=AccessClass.SIGNED_IN)


def test_events_under_licence_are_counted_for_everybody_and_drawn_for_those_signed_in(as_persona):
    restrict_events()
    anonymous = page(as_persona("anonymous"), "/")
    assert "réservées aux personnes connectées" in anonymous
    assert "events" not in carried(anonymous, "map-settings")["overlays"]
    assert len(rows(anonymous)) == 53
    partner = page(as_persona("partner"), "/")
    assert "events" in carried(partner, "map-settings")["overlays"]


def test_signing_in_comes_back_to_the_same_view(client):
    assert "/connexion/?next=%2F%3Flevel%3Dregions" in page(client, "/?level=regions")


def test_the_account_is_in_the_bar(as_persona):
    text = page(as_persona("planner"), "/")
    assert "test-planner" in text
    assert "Se déconnecter" in text
    assert "Administration" not in text
    assert "Administration" in page(as_persona("administrator"), "/")


def test_a_wrong_password_says_what_to_do(client):
    response = client.post("/connexion/", {"username": "personne", "password": "faux"})
    assert "Vérifiez les majuscules" in response.content.decode()


def test_the_map_asks_few_questions_of_the_database(client, django_assert_max_num_queries):
    page(client, "/")
    with django_assert_max_num_queries(20):
        page(client, "/")


# --- The table as a file ----------------------------------------------------------------------------------


def lines(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_everything_in_the_table_can_be_downloaded_with_its_sources(client):
    shown = carried(page(client, "/?period=36m"), "figures")
    rows_of_file = lines(client.get("/tableau.csv?period=36m"))
    assert [row["pcode"] for row in rows_of_file] == [area["pcode"] for area in shown["areas"]]
    first, told = rows_of_file[0], shown["areas"][0]
    assert float(first["violent_per_100k"]) == told["violent_per_100k"]
    assert int(first["people"]) == told["people"]
    assert first["since"] == shown["period"]["since"]
    assert first["simulated_data"] == "true"
    assert first["source_people"]
    assert sum(row["target"] == "true" for row in rows_of_file) == 21


def test_the_file_of_regions_and_a_wrong_question(client):
    assert len(lines(client.get("/tableau.csv?level=regions"))) == 10
    assert client.get("/tableau.csv?level=villages").status_code == 400


def test_a_missing_figure_is_an_empty_cell_and_no_name_is_a_formula():
    area = dict.fromkeys(COLUMNS) | {"pcode": "ML0501", "name": "=1+1"}
    shown = {
        "areas": [area],
        "period": {"since": None, "until": None},
        "edition": "2021",
        **dict.fromkeys(("events_source", "events_until", "known_at", "first_known")),
        "source": {"events": None, "people": None, "boundaries": None},
        "simulated": False,
        "approximate": False,
    }
    row = next(csv.DictReader(io.StringIO(table_csv(shown, Targets(None, {})).decode("utf-8-sig"))))
    assert (row["people"], row["name"], row["target"]) == ("", "'=1+1", "false")


# --- Search ---------------------------------------------------------------------------------------------


def test_a_place_is_found_by_an_old_spelling_with_its_parents(client):
    text = page(client, "/recherche/?q=Tenenku")
    assert "Ténenkou" in text
    assert "Mopti" in text


def test_a_short_search_asks_for_two_letters(client):
    assert "au moins deux lettres" in page(client, "/recherche/?q=T")


def test_a_vain_search_offers_a_next_step(client):
    assert "Essayez une autre orthographe" in page(client, "/recherche/?q=zzzzzzzz")


def test_what_was_typed_is_not_taken_for_html(client):
    response = client.get("/recherche/", {"q": "<script>alert(1)</script>"})
    assert b"<script>alert" not in response.content


# --- Errors ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "told"),
    [("fr", "Il n’y a rien à cette adresse"), ("en", "There is nothing at this address")],
)
def test_a_page_that_is_not_there(client, language, told):
    assert told in page(client, f"/nulle-part/?lang={language}", status=404)


def test_a_form_without_its_token():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/connexion/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "Le formulaire a expiré" in response.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_error_page_is_whole_in_both_languages(rf, status, language):
    from django.shortcuts import render  # noqa: PLC0415  after settings
    from django.utils import translation  # noqa: PLC0415

    with translation.override(language):
        request = rf.get("/x/")
        text = render(request, f"{status}.html").content.decode()
    assert f'lang="{language}"' in text
    assert str(status) in text
    assert "<a " in text


# --- What a strict Content-Security-Policy asks ------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_style_or_script_in_its_attributes(path):
    text = path.read_text()
    assert not re.search(r"<[^>]+\sstyle=", text)
    assert not re.search(r"<[^>%]+\son\w+=", text)
    assert "javascript:" not in text


def test_the_policy_allows_no_inline_script_without_its_nonce(client):
    response = client.get("/")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy).group(1)
    inline = re.findall(r"<script(?![^>]*(?:\ssrc=|application/json))([^>]*)>", response.content.decode())
    assert inline == [f' nonce="{nonce}"']
