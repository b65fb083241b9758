"""Saved choices as pages: the ranking as it stood, for those who may see choices."""

import csv
import html
import io
import json
import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model

from apps.boundaries.models import Edition
from apps.sources.models import Load
from apps.targeting.services import DEFAULT_WEIGHTS, save_selection

pytestmark = pytest.mark.django_db

MAY = {"anonymous": 302, "partner": 403, "planner": 200, "data_keeper": 200, "administrator": 200}


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"[ \n]+", " ", html.unescape(response.content.decode()))


@pytest.fixture
def selection(db):
    author = get_user_model().objects.create_user("aissata", first_name="Aïssata", last_name="Traoré")
    return save_selection(
        author,
        name="Delta intérieur",
        since=date(2020, 1, 1),
        until=date(2020, 6, 30),
        weights=DEFAULT_WEIGHTS,
        cercles=["ML0506", "ML0507"],
    )


@pytest.mark.parametrize(("persona", "status"), MAY.items())
def test_who_may_see_choices(as_persona, selection, persona, status):
    client = as_persona(persona)
    pk = selection.pk
    for address in ("/ciblage/choix/", f"/ciblage/choix/{pk}/", f"/ciblage/choix/{pk}.csv"):
        response = client.get(address)
        assert response.status_code == status
        if status == 302:
            assert response.headers["Location"].startswith("/connexion/?next=/ciblage/choix/")


def test_a_choice_says_who_when_what_and_on_which_data(as_persona, selection):
    text = page(as_persona("planner"), f"/ciblage/choix/{selection.pk}/")
    assert "Delta intérieur" in text
    assert "Enregistré par Aïssata Traoré" in text
    assert "de janv. 2020 à juin 2020" in text
    assert "Événements violents <b>50</b> · Morts signalés <b>30</b> · Population <b>20</b>" in text
    assert "données simulées" in text
    for load in Load.objects.in_use():
        assert load.sha256 in text
        assert f"#chargement-{load.pk}" in text
    assert text.count("✓ oui") == 2
    assert text.count('class="small-map__chosen"') == 2


def test_the_ranking_is_the_one_of_that_time(as_persona, selection):
    before = selection.ranking[0]
    Load.objects.of_kind(Load.Kind.EVENTS).update(sha256="0" * 64)
    text = page(as_persona("planner"), f"/ciblage/choix/{selection.pk}/")
    assert before["pcode"] in text
    assert f"{before['score']:.1f}".replace(".", ",") in text
    assert "Les données ont changé depuis" in text


def test_an_edition_in_use_no_more_still_draws_its_map(as_persona, selection):
    Edition.objects.update(is_active=False)
    text = page(as_persona("planner"), f"/ciblage/choix/{selection.pk}/")
    assert "Une autre édition des limites est en usage depuis" in text
    assert text.count('class="small-map__chosen"') == 2
    assert 'href="/cercles/ML0506/"' not in text


def test_an_edition_kept_no_more_leaves_codes_and_figures(as_persona, selection):
    Edition.objects.update(name="une autre")
    text = page(as_persona("planner"), f"/ciblage/choix/{selection.pk}/")
    assert "small-map__chosen" not in text
    assert "ML0506" in text


def test_files_hold_the_ranking_as_it_stood(as_persona, selection):
    client = as_persona("planner")
    selection.ranking[0]["score"] = 12.5
    selection.save()
    body = b"".join(client.get(f"/ciblage/choix/{selection.pk}.csv").streaming_content)
    lines = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert len(lines) == 53
    assert {line["pcode"] for line in lines if line["chosen"] == "true"} == {"ML0506", "ML0507"}
    assert lines[0]["score"] == "12.5"
    assert lines[0]["choice"] == "Delta intérieur"
    assert all(load.sha256 in lines[0]["sources"] for load in Load.objects.in_use())
    body = b"".join(client.get(f"/ciblage/choix/{selection.pk}.geojson").streaming_content)
    collection = json.loads(body)
    assert [feature["id"] for feature in collection["features"]] != []
    assert all(feature["geometry"]["type"] == "MultiPolygon" for feature in collection["features"])
    assert client.get(f"/ciblage/choix/{selection.pk}.xls").status_code == 404


def test_choices_are_listed_the_latest_first(as_persona, selection):
    text = page(as_persona("planner"), "/ciblage/choix/")
    assert "Delta intérieur" in text
    assert "janv. 2020 – juin 2020" in text


def test_an_empty_list_offers_the_next_step(as_persona):
    text = page(as_persona("planner"), "/ciblage/choix/")
    assert "Personne n’a encore enregistré de choix" in text
    assert 'href="/ciblage/"' in text


def test_a_choice_saved_by_the_api_has_a_page(as_persona):
    client = as_persona("planner")
    body = {
        "name": "x",
        "since": "2020-01",
        "until": "2020-03",
        "weights": {"people": 1},
        "cercles": ["ML0506"],
    }
    saved = client.post("/api/targeting/selections/", json.dumps(body), content_type="application/json")
    assert saved.status_code == 201
    text = page(client, saved.json()["url"])
    assert "Cercles classés par population (100" in text


def test_an_unknown_choice_is_a_404(as_persona):
    page(as_persona("planner"), "/ciblage/choix/999999/", status=404)
