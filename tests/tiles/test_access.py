"""Who reads tiles, gridded or not, and who may keep a copy."""

import pytest

from tests import small_country
from tests.conftest import PERSONAS

pytestmark = pytest.mark.django_db

EVENTS = (
    "/tiles/events/0/0/0.mvt",
    "/tiles/events/8/124/118.mvt",
    "/tiles/events.json",
    "/tiles/events.qml",
    "/tiles/events/style.json",
)
PUBLIC = (
    *("/tiles/", "/tiles/communes/0/0/0.mvt", "/tiles/communes.json", "/tiles/communes.qml"),
    *("/tiles/communes/style.json", "/tiles/settlements/0/0/0.mvt", "/tiles/institutions.json"),
)
KEEPERS = {"data_keeper", "administrator"}


@pytest.fixture(autouse=True, scope="module")
def restricted(lasting):
    with lasting():
        small_country.make()
        small_country.happened(small_country.event(-4.5, 13.5), access="signed_in")


def statuses(client, addresses):
    return {client.get(address).status_code for address in addresses}


@pytest.mark.parametrize("persona", PERSONAS)
def test_restricted_events_are_drawn_for_those_who_may_read_them(persona, as_persona):
    client = as_persona(persona)
    assert statuses(client, EVENTS) == ({403} if persona == "anonymous" else {200})
    assert statuses(client, PUBLIC) <= {200, 204}


@pytest.mark.parametrize("persona", PERSONAS)
def test_events_for_data_keepers_are_drawn_for_them_alone(persona, as_persona):
    small_country.happened(small_country.event(-4.5, 13.5), access="data_keepers")
    assert statuses(as_persona(persona), EVENTS) == ({200} if persona in KEEPERS else {403})


def test_a_tile_in_memory_is_refused_like_any_other(as_persona):
    address = EVENTS[0]
    assert as_persona("partner").get(address).status_code == 200
    refused = as_persona("anonymous").get(address)
    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"


def test_only_what_all_may_read_is_kept_on_the_way_and_drawn_by_other_sites(as_persona):
    client = as_persona("partner")
    public, restricted = client.get("/tiles/communes/0/0/0.mvt"), client.get(EVENTS[0])
    assert public["Cache-Control"] == "public, no-cache"
    assert public["Access-Control-Allow-Origin"] == "*"
    assert restricted["Cache-Control"] == "private, no-cache"
    assert "Cookie" in restricted["Vary"]
    assert "Access-Control-Allow-Origin" not in restricted


def test_simulated_events_are_drawn_for_everybody(client):
    small_country.happened(small_country.event(-4.5, 13.5), simulated=True)
    assert statuses(client, EVENTS) == {200}
    assert client.get("/tiles/events.json").json()["maillage"]["simulated"] is True
