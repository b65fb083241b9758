"""/donnees/etat/: everybody reads how it went; only data keepers see messages and decide."""

import html
import re

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.feeds.models import Feed, FeedRun
from apps.sources.models import Load
from tests import small_country
from tests.conftest import PERSONAS
from tests.small_country import event

pytestmark = pytest.mark.django_db
PAGE = "/donnees/etat/"
KEEPERS = {"data_keeper", "administrator"}
SETTINGS = {"is_on": "on", "cron": "0 4 * * 2", "stale_after_days": "20"}


@pytest.fixture
def failed_run():
    feed = Feed.objects.get(key="acled")
    run = FeedRun.objects.create(feed=feed, outcome="failed", message="ACLED : MESSAGE-POUR-GARDIENS.")
    Feed.objects.filter(pk="acled").update(last_run=run)
    return run


def text_of(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


@pytest.mark.usefixtures("failed_run")
@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_reads_outcomes_and_keepers_the_messages(persona, as_persona):
    text = text_of(as_persona(persona).get(PAGE))
    assert "échoué" in text
    assert "ACLED, événements" in text
    assert ("MESSAGE-POUR-GARDIENS" in text) is (persona in KEEPERS)
    assert ("Interroger maintenant" in text) is (persona in KEEPERS)


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_keepers_switch_a_feed_on(persona, as_persona):
    response = as_persona(persona).post(f"{PAGE}acled/", SETTINGS)
    feed = Feed.objects.get(key="acled")
    assert feed.is_on is (persona in KEEPERS)
    if persona in KEEPERS:
        assert (feed.cron, feed.stale_after_days) == ("0 4 * * 2", 20)
        assert feed.next_run is not None
    else:
        assert response.status_code == (302 if persona == "anonymous" else 403)


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_keepers_ask_for_a_run(persona, as_persona):
    client = as_persona(persona)
    client.post(f"{PAGE}ucdp/lancer/")
    jobs = ProcrastinateJob.objects.filter(task_name="apps.feeds.tasks.run_feed")
    assert jobs.count() == (persona in KEEPERS)


def test_a_wrong_schedule_is_told_and_changes_nothing(as_persona):
    response = as_persona("data_keeper").post(f"{PAGE}hapi/", SETTINGS | {"cron": "tous les jours"})
    assert response.status_code == 400
    assert "Cinq champs sont attendus" in response.content.decode()
    assert Feed.objects.get(key="hapi").is_on is False


def test_a_feed_that_is_not_there_is_not_found(as_persona):
    assert as_persona("data_keeper").post(f"{PAGE}reuters/", SETTINGS).status_code == 404


def test_simulated_data_are_told_as_simulated(client):
    ages = text_of(client.get(PAGE)).split("Âge des données")[1].split("</table>")[0]
    events = next(row for row in ages.split("</tr>") if "Événements" in row)
    assert "simulées" in events
    assert "périmées" not in events


def test_stale_data_say_so_here_on_the_map_and_in_the_catalogue(client):
    small_country.make()
    small_country.happened(event(-4.5, 13.5))
    Load.objects.in_use().of_kind("events").update(as_of="2020-10-31")
    assert "périmées" in text_of(client.get(PAGE))
    mark = "périmé\u00a0: données du 31 oct. 2020, plus de 31 jours"
    for address in ("/", "/ciblage/", "/cercles/ML9101/", "/evenements/"):
        assert mark in html.unescape(client.get(address).content.decode()), address
    layers = {layer["name"]: layer for layer in client.get("/api/layers/").json()["layers"]}
    assert (layers["event_counts"]["stale"], layers["communes"]["stale"]) == (True, False)
    assert client.get("/api/layers/event_counts.geojson?limit=1").json()["stale"] is True


def test_a_stale_register_says_so_on_its_pages(client):
    Load.objects.create(
        kind="institutions",
        in_use=True,
        as_of="2019-12-31",
        access="public",
        last_checked="2026-01-01T00:00Z",
        publisher="Registre d’essai",
    )
    mark = "périmé\u00a0: données du 31 déc. 2019, plus de 365 jours"
    for address in ("/institutions/", "/couverture/"):
        assert mark in html.unescape(client.get(address).content.decode()), address


def test_the_page_asks_few_questions(client, django_assert_max_num_queries):
    client.get(PAGE)
    with django_assert_max_num_queries(8):
        client.get(PAGE)
