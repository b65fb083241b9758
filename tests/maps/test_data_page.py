"""/donnees/: where everything comes from, who may read it, what was refused."""

import html
import re

import pytest

from apps.sources.models import Load, Refusal
from geo.vocabulary import AccessClass
from layers.catalogue import LAYERS

pytestmark = pytest.mark.django_db


def page(client, address="/donnees/", status=200):
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"[ \n]+", " ", html.unescape(response.content.decode()))


def test_every_declared_layer_is_listed_with_files(client):
    text = page(client)
    for layer in LAYERS.values():
        assert f'id="couche-{layer.name}"' in text
        assert layer.title.fr in text
        assert f'href="/api/layers/{layer.name}.csv"' in text


def test_counts_are_those_of_the_catalogue(client):
    text = page(client)
    for layer in client.get("/api/layers/").json()["layers"]:
        told = f"{layer['count']:,} ligne{'s' * (layer['count'] > 1)}".replace(",", "\u202f")
        entry = text.split(f'id="couche-{layer["name"]}"')[1].split("</article>")[0]
        assert told in entry or not layer["count"], layer["name"]


def test_every_load_has_an_anchor_a_fingerprint_and_its_counts(client):
    text = page(client)
    for load in Load.objects.in_use():
        assert f'id="chargement-{load.pk}"' in text
        assert load.sha256 in text
        assert load.file_name in text


def test_the_stand_in_says_so_with_two_ways_out(client):
    text = page(client)
    assert "Les limites en usage sont approximatives" in text
    assert "make run DATA=DOSSIER" in text
    assert "make run DOWNLOAD=1" in text
    assert "Les événements en usage sont simulés" in text


def test_what_is_not_loaded_is_named(client):
    Load.objects.of_kind(Load.Kind.PROGRAMME).update(in_use=False)
    text = page(client)
    assert "Pas encore chargé" in text
    assert "Tables du programme" in text.split("Pas encore chargé")[1][:200]
    assert "1 ancien chargement" in text


@pytest.mark.parametrize(
    ("persona", "told"),
    [
        ("anonymous", "connectez-vous pour lire ces lignes"),
        ("partner", "vous pouvez la lire et la télécharger"),
        ("data_keeper", "vous pouvez la lire et la télécharger"),
    ],
)
def test_the_access_class_is_said_with_what_this_reader_may_do(as_persona, persona, told):
    Load.objects.of_kind(Load.Kind.EVENTS).update(access=AccessClass.SIGNED_IN)
    text = page(as_persona(persona))
    events = text.split('id="couche-events"')[1].split("</article>")[0]
    assert told in events
    assert "personnes connectées" in events
    assert ("/api/layers/events.csv" in events) == (persona != "anonymous")
    counts = text.split('id="couche-event_counts"')[1].split("</article>")[0]
    assert "vous pouvez la lire et la télécharger" in counts


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


def test_the_page_asks_a_bounded_number_of_questions(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(36):
        page(client)
