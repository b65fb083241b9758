"""/donnees/: which layers there are, of what worth; and every load, with what was refused."""

import html
import re
from datetime import date

import pytest

from apps.exports.formats import formats_of
from apps.sources.models import Load, Refusal
from geo.vocabulary import AccessClass
from layers.catalogue import LAYERS
from layers.themes import by_theme

pytestmark = pytest.mark.django_db

LOADS = "/donnees/chargements/"


def page(client, address="/donnees/", status=200):
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"[ \n]+", " ", html.unescape(response.content.decode()))


def entry(text, name):
    return text.split(f'id="couche-{name}"')[1].split("</article>")[0]


def test_every_declared_layer_is_listed_under_its_theme_with_its_formats(client):
    text = page(client)
    for theme, layers in by_theme(LAYERS.values()):
        section = text.split(f'id="theme-{theme.key}"')[1].split("</section>")[0]
        assert re.findall(r'id="couche-(\w+)"', section) == [layer.name for layer in layers]
        for layer in layers:
            told = entry(section, layer.name)
            assert layer.title.fr in told
            assert f'href="/donnees/{layer.name}/#telecharger"' in told
            assert f"GeoPackage, CSV, Excel et {len(formats_of(layer)) - 3} autres formats" in told


def test_counts_are_those_of_the_catalogue(client):
    text = page(client)
    for layer in client.get("/api/layers/").json()["layers"]:
        told = f"{layer['count']:,} ligne{'s' * (layer['count'] > 1)}".replace(",", "\u202f")
        assert told in entry(text, layer["name"]) or not layer["count"], layer["name"]


@pytest.mark.parametrize(
    ("asked", "first", "others"),
    [
        ("localites", "settlements", "events"),
        ("ÉVÉNEMENTS mois", "event_counts", "settlements"),
        ("boundaries regions", "regions", "risks"),
        ("tribunal", "institutions", "regions"),
    ],
)
def test_a_search_finds_words_without_their_accents_in_both_languages(client, asked, first, others):
    names = re.findall(r'id="couche-(\w+)"', page(client, f"/donnees/?q={asked}"))
    assert first in names
    assert others not in names


def test_a_layer_found_by_a_field_says_which(client):
    assert "Champs trouvés\u00a0: Clarté" in entry(page(client, "/donnees/?q=clarte"), "ucdp_events")


def test_a_search_in_vain_says_what_to_try(client):
    text = page(client, "/donnees/?q=Mopty")
    assert f"0 couches sur {len(LAYERS)}" in text
    assert "Aucune couche ne porte ces mots" in text
    assert 'href="/recherche/?q=Mopty"' in text
    assert 'id="couche-' not in text


def test_what_was_searched_is_written_as_text(client):
    assert b"<b>x" not in client.get("/donnees/?q=<b>x").content


def test_a_theme_keeps_its_layers(client):
    names = re.findall(r'id="couche-(\w+)"', page(client, "/donnees/?theme=population"))
    assert names == ["regions", "cercles", "communes"]
    assert re.findall(r'id="couche-(\w+)"', page(client, "/donnees/?theme=population&q=localité")) == []


def test_what_is_new_is_told_with_its_day(client):
    new = page(client).split('id="nouveau"')[1].split("</section>")[0]
    load = Load.objects.first()
    assert f'href="/donnees/chargements/{load.pk}/"' in new
    assert len(re.findall("<li>", new)) == 10


def test_quality_is_told_in_a_glance(client):
    Load.objects.in_use().of_kind(Load.Kind.POPULATION).update(rows_refused=3)
    Load.objects.in_use().of_kind(Load.Kind.SETTLEMENTS).update(rows_refused=2, as_of=date(2015, 3, 1))
    told = entry(page(client), "settlements")
    assert "données du 1er mars 2015" in told
    assert "2 lignes refusées" in told
    assert re.search(r"cases remplies\s: \d+\s%", told)


def test_data_past_their_age_are_marked(client):
    Load.objects.in_use().of_kind(Load.Kind.EVENTS).update(is_simulated=False)
    assert "périmé" in entry(page(client), "events")
    assert "périmé" not in entry(page(client), "cercles")


def test_every_load_has_an_anchor_a_fingerprint_and_its_counts(client):
    text = page(client, LOADS)
    for load in Load.objects.in_use():
        assert f'id="chargement-{load.pk}"' in text
        assert load.sha256 in text
        assert load.file_name in text


def test_the_stand_in_says_so_with_two_ways_out(client):
    for address in ("/donnees/", LOADS):
        text = page(client, address)
        assert "imites approximatives" in text or "limites en usage sont approximatives" in text
        assert "make run DATA=DOSSIER" in text
        assert "make run DOWNLOAD=1" in text
        assert "Les événements en usage sont simulés" in text


def test_what_is_not_loaded_is_named(client):
    Load.objects.of_kind(Load.Kind.PROGRAMME).update(in_use=False)
    text = page(client, LOADS)
    assert "Pas encore chargé" in text
    assert "Tables du programme" in text.split("Pas encore chargé")[1][:200]
    assert "1 ancien chargement" in text


@pytest.mark.parametrize("persona", ["anonymous", "partner", "data_keeper"])
def test_the_access_class_is_said_with_what_this_reader_may_do(as_persona, persona):
    Load.objects.of_kind(Load.Kind.EVENTS).update(access=AccessClass.SIGNED_IN)
    text = page(as_persona(persona))
    events = entry(text, "events")
    assert "personnes connectées" in events
    assert ("#acces" in events) == (persona == "anonymous")
    assert ("#telecharger" in events) == (persona != "anonymous")
    assert "#telecharger" in entry(text, "event_counts")


def refused(access):
    load = Load.objects.of_kind(Load.Kind.EVENTS).first()
    load.access = access
    load.save()
    Refusal.objects.create(
        load=load,
        where="ligne 214",
        field="longitude",
        value="VALEUR-REFUSÉE",
        reason="hors du Mali",
        remedy="x",
    )
    return f"/donnees/chargements/{load.pk}/"


@pytest.mark.parametrize(
    ("persona", "access", "is_shown"),
    [
        ("anonymous", AccessClass.PUBLIC, True),
        ("anonymous", AccessClass.SIGNED_IN, False),
        ("partner", AccessClass.SIGNED_IN, False),
        ("planner", AccessClass.SIGNED_IN, False),
        ("data_keeper", AccessClass.SIGNED_IN, True),
        ("administrator", AccessClass.DATA_KEEPERS, True),
    ],
)
def test_refused_values_of_a_restricted_source_are_for_data_keepers(as_persona, persona, access, is_shown):
    text = page(as_persona(persona), refused(access))
    assert ("VALEUR-REFUSÉE" in text) == is_shown
    assert "Lignes lues" in text


def test_a_load_without_refusal_says_so(client):
    load = Load.objects.of_kind(Load.Kind.SETTLEMENTS).first()
    Refusal.objects.filter(load=load).delete()
    assert "toutes les lignes lues ont été écrites" in page(client, f"/donnees/chargements/{load.pk}/")


def test_an_unknown_load_is_a_404(client):
    page(client, "/donnees/chargements/999999/", status=404)


def test_the_page_asks_few_questions_and_fewer_once_it_is_measured(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        page(client)
    with django_assert_max_num_queries(7):
        page(client)
    with django_assert_max_num_queries(6):
        page(client, LOADS)
