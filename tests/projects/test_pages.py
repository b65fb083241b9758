"""Pages of projects: what they say, who may change what, and that text stays text."""

import html
import re

import pytest

from apps.accounts.models import Organisation
from apps.boundaries.models import Area
from apps.projects import services
from apps.projects.models import NamedZone, Presence, Project
from tests.conftest import PERSONAS
from tests.projects.tables import project

pytestmark = pytest.mark.django_db

KEEPERS = {"data_keeper", "administrator"}


def text_of(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


@pytest.fixture
def ours(told):
    """A project in the region Est and the zone Confins, in which the organisation A takes part."""
    told(project("P1", regions="Est", zones="Confins", donor="D", start_year="2019", note="A doubt."))
    found = Project.objects.get()
    services.involve(found, [Organisation.objects.create(name="A")])
    return found


def test_a_list_of_a_cercle_says_how_each_presence_is_known(client, told):
    told(
        project("P1", cercles="Gamma"),
        project("P2", regions="Est"),
        project("P3"),
        project("P4", regions="Ouest"),
    )
    page = text_of(client.get("/projets/?lieu=ML9202"))
    assert "2 projets sur 4" in page
    assert "dit de ce lieu même" in page
    assert "dit de la région" in page
    assert "Projet P4" not in page


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("dit=oui", ["P1"]),
        ("dit=non", ["P2"]),
        ("resultat=2", ["P2"]),
        ("donateur=dane", ["P1"]),
        ("q=eau+puits", ["P2"]),
        ("registre=entered", []),
    ],
)
def test_filters(client, told, query, codes):
    told(
        project("P1", regions="Est", donor="Danemark", result_area="1"),
        project("P2", title="Eau des puits", result_area="2"),
    )
    rows = re.findall(r'<span class="table__under">(P\d) ', client.get(f"/projets/?{query}").content.decode())
    assert rows == codes


@pytest.mark.parametrize("query", ["registre=autre", "resultat=5", "dit=peut-etre", "lieu=ML9999"])
def test_a_filter_that_means_nothing_is_refused_by_name(client, query):
    response = client.get(f"/projets/?{query}")
    assert response.status_code == 400
    assert query.split("=")[1] in response.content.decode()


def test_titles_are_text_and_never_markup(told, client):
    told(project("P1", title="<script>alert(1)</script>", cercles="Gamma", donor='"><img src=x>'))
    pages = ["/projets/", f"/projets/{Project.objects.get().pk}/"]
    for page in (client.get(each).content.decode() for each in pages):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_reads_pages_and_only_data_keepers_change_without_an_organisation(
    persona, as_persona, ours
):
    client = as_persona(persona)
    presence, zone = ours.presences.get(reach="region"), NamedZone.objects.get()
    assert client.get(f"/projets/{ours.pk}/").status_code == 200
    may = persona in KEEPERS
    refused = 302 if persona == "anonymous" else 403
    for address in (
        "/projets/ajouter/",
        f"/projets/{ours.pk}/modifier/",
        f"/projets/{ours.pk}/lieux/",
        f"/projets/{ours.pk}/financements/",
        f"/projets/zones/{zone.pk}/",
    ):
        assert client.get(address).status_code == (200 if may else refused), address
    for address in (f"/projets/lieux/{presence.pk}/confirmer/", f"/projets/lieux/{presence.pk}/terminer/"):
        assert client.get(address).status_code == 405
        assert client.post(address).status_code == (302 if may else refused), address
    presence.refresh_from_db()
    assert bool(presence.ended) is may


def test_a_partner_of_another_organisation_reads_and_changes_nothing(member, ours):
    client = member("B")
    page = client.get(f"/projets/{ours.pk}/").content.decode()
    assert "Modifier le projet" not in page
    assert "Historique" not in page
    assert client.post(f"/projets/{ours.pk}/modifier/", {"title": "Autre"}).status_code == 403
    presence = ours.presences.get(reach="region")
    assert client.post(f"/projets/lieux/{presence.pk}/confirmer/").status_code == 403
    assert client.get("/projets/ajouter/").status_code == 200


def test_a_partner_corrects_confirms_adds_and_sees_the_history(member, ours):
    client = member("A")
    told = {"title": "Titre juste", "start_year": "2019", "why": "Le document se trompe"}
    assert client.post(f"/projets/{ours.pk}/modifier/", told).status_code == 302
    presence = ours.presences.get(reach="region")
    client.post(f"/projets/lieux/{presence.pk}/confirmer/")
    client.post(f"/projets/{ours.pk}/lieux/", {"area": "ML920202"})
    client.post(f"/projets/{ours.pk}/financements/", {"donor": "E", "amount": "12.50", "currency": "XOF"})
    page = text_of(client.get(f"/projets/{ours.pk}/"))
    for words in (
        "Titre juste",
        "Projet P1",
        "Le document se trompe",
        "membre-A",
        "Gamma Nord",
        "par A",
        "XOF",
    ):
        assert words in page
    ours.refresh_from_db()
    assert ours.corrected == ["title"]


def test_a_data_keeper_ties_organisations_and_defines_zones(as_persona, ours):
    client = as_persona("data_keeper")
    client.post(
        f"/projets/{ours.pk}/modifier/", {"title": ours.title, "new_organisation": " Secours du Sahel "}
    )
    assert [each.name for each in ours.organisations.all()] == ["Secours du Sahel"]
    zone = NamedZone.objects.get()
    gamma = Area.objects.cercles().get(name="Gamma")
    client.post(f"/projets/zones/{zone.pk}/", {"cercles": [gamma.pk], "note": "Dit par le comité."})
    assert "Gamma" in text_of(client.get("/projets/zones/"))
    assert {each.known_by for each in Presence.objects.reaching(gamma)} == {"around", "zone"}


def test_an_organisation_known_by_another_name_is_not_made_twice(country):
    known = Organisation.objects.create(name="Secours du Sahel", aliases=["SDS"])
    assert services.organisation_named("sds") == services.organisation_named("SECOURS DU SAHEL") == known


def test_a_project_that_ends_before_it_starts_is_refused(member, ours):
    response = member("A").post(
        f"/projets/{ours.pk}/modifier/", {"title": "T", "start_year": "2025", "end_year": "2020"}
    )
    assert response.status_code == 200
    assert "La dernière année est avant la première." in text_of(response)


def test_pages_ask_a_bounded_number_of_queries(member, told, django_assert_max_num_queries):
    told(*(project(f"P{n}", regions="Est;Ouest", zones="Confins", donor="D") for n in range(40)))
    organisation = Organisation.objects.create(name="A")
    first = Project.objects.first()
    services.involve(first, [organisation])
    client = member("A")
    for address in ("/projets/", "/projets/?lieu=ML9202", f"/projets/{first.pk}/", "/projets/zones/"):
        with django_assert_max_num_queries(22):
            assert client.get(address).status_code == 200


def test_pages_are_read_in_english(client, ours):
    page = text_of(client.get(f"/projets/{ours.pk}/?lang=en"))
    assert "Elsewhere, the presence of this project is unknown." in page
    assert "Lieux" not in page
