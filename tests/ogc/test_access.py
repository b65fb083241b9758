"""Who reads what at /ogc/: what is public by everybody, rows that need sign-in by who signed in."""

import pytest
from django.test.utils import override_script_prefix

from apps.area_tables.models import AreaTable
from apps.events.models import ConflictEvent
from layers.catalogue import LAYERS
from tests import small_country
from tests.conftest import PERSONAS
from tests.ogc.reading import items, linked, read
from tests.small_country import event

pytestmark = pytest.mark.django_db

SIGNED_IN = {"partner", "planner", "data_keeper", "administrator"}
SECRET = "Acteur caché"


@pytest.fixture(autouse=True, scope="module")
def restricted_events(lasting):
    """Events whose source lets only signed-in readers see rows, as ACLED's does."""
    with lasting():
        small_country.make()
        small_country.happened(event(-4.5, 13.5, actor1=SECRET), event(-4.4, 13.4), access="signed_in")


def event_addresses():
    pk = ConflictEvent.objects.first().pk
    return [
        items("events"),
        items("events", f="html"),
        items("events", limit=1, filter=f"actor1 = '{SECRET}'"),
        items("events", bbox="-5,13,-4,14"),
        items("events", known_at="2030-01-01T00:00:00Z"),
        f"/ogc/collections/events/items/{pk}",
        f"/ogc/collections/events/items/{pk}?f=html",
    ]


@pytest.mark.parametrize("persona", PERSONAS)
def test_rows_of_restricted_events_need_sign_in(persona, as_persona):
    client = as_persona(persona)
    for address in event_addresses():
        answer = client.get(address)
        assert answer.status_code == (200 if persona in SIGNED_IN else 403), address
        if persona not in SIGNED_IN:
            assert SECRET not in answer.content.decode()
        else:
            assert "private" in answer.get("Cache-Control", "private")


@pytest.mark.parametrize("persona", PERSONAS)
def test_what_is_told_of_the_service_and_its_collections_is_read_by_everybody(persona, as_persona):
    client = as_persona(persona)
    for address in (
        "",
        "conformance",
        "api",
        "collections",
        "collections/events",
        "collections/events/queryables",
    ):
        assert client.get(f"/ogc/{address}").status_code == 200


def test_every_other_collection_is_read_by_everybody(client):
    answers = {name: client.get(items(name, limit=1)).status_code for name in LAYERS}
    assert answers == dict.fromkeys(LAYERS, 200) | {"events": 403}


def test_a_restricted_collection_says_its_class_and_no_day_to_who_may_not_read_it(client, as_persona):
    told = read(client, "/ogc/collections/events")
    assert (told["access"], told["readable"]) == ("signed_in", False)
    assert "temporal" not in told["extent"]
    told = read(as_persona("partner"), "/ogc/collections/events")
    assert (told["readable"], "temporal" in told["extent"]) == (True, True)


def test_a_page_says_how_to_read_what_is_restricted(client):
    page = client.get("/ogc/collections/events?f=html").content.decode()
    assert "/connexion/" in page


def test_wrong_questions_on_restricted_rows_tell_nothing_of_them(client):
    """Whether a value is there may not be read from the kind of the refusal."""
    there, not_there = (
        client.get(items("events", filter=f"actor1 = '{name}'")).content for name in (SECRET, "Personne")
    )
    assert there == not_there


def test_versions_that_a_restricted_load_brought_stay_restricted_when_open_ones_take_their_place(
    client, as_persona
):
    """Events of an open source are in use now: those before them are not read through their door."""
    before = ConflictEvent.objects.first().known_from.isoformat()
    small_country.happened(event(-4.5, 13.5, actor1="Ouvert"), access="public")
    restricted = ConflictEvent.objects.get()
    restricted.pk, restricted.actor1, restricted.source_event_id = None, SECRET, "ancien"
    restricted.known_from, restricted.known_until = before, restricted.known_from
    restricted.load = restricted.load.__class__.objects.filter(access="signed_in").first()
    restricted.save(force_insert=True)
    asked = items("events", known_at=before)
    assert SECRET not in client.get(asked).content.decode()
    assert SECRET in as_persona("partner").get(asked).content.decode()


def test_rows_that_have_each_their_own_class_are_served_to_who_may_read_each(client, as_persona):
    for key, access in (("ouvert", "public"), ("reserve", "signed_in")):
        load = small_country.recorded("area_table", "area_table", name=f"{key}.csv", access=access)
        AreaTable.objects.create(load=load, key=key, title=key, level=2)
    reserved = "/ogc/collections/area_tables/items/reserve"
    anonymous = [each["id"] for each in read(client, items("area_tables"))["features"]]
    assert client.get(reserved).status_code == 404
    signed_in = [each["id"] for each in read(as_persona("partner"), items("area_tables"))["features"]]
    assert {"ouvert"} <= set(anonymous)
    assert "reserve" not in anonymous
    assert {"ouvert", "reserve"} <= set(signed_in)
    assert client.get(reserved).status_code == 200


def test_links_hold_behind_a_proxy(client, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["carte.example.org"]
    answer = client.get(
        items("cercles", limit=1), headers={"host": "carte.example.org", "x-forwarded-proto": "https"}
    ).json()
    for relation in ("self", "next", "collection"):
        assert linked(answer, relation)[0].startswith("https://carte.example.org/ogc/collections/cercles")


def test_links_hold_under_a_prefix(client):
    with override_script_prefix("/maillage/"):
        answer = client.get(items("cercles", limit=1), SCRIPT_NAME="/maillage").json()
        described = client.get("/ogc/api", SCRIPT_NAME="/maillage").json()
    for relation in ("self", "next", "collection"):
        assert linked(answer, relation)[0].startswith("http://testserver/maillage/ogc/collections/cercles")
    assert described["servers"] == [{"url": "http://testserver/maillage/ogc"}]


def test_a_host_that_is_not_ours_gets_no_links(client, settings):
    settings.ALLOWED_HOSTS = ["carte.example.org"]
    assert client.get("/ogc/", headers={"host": "ailleurs.example.org"}).status_code == 400
