"""Every month at once: columns that add up to the counts, who may ask, and what is asked of the database."""

import pytest

from apps.events.asked import loaded_sources
from apps.events.monthly import monthly_counts
from geo.vocabulary import Level
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db

IN_ALPHA, IN_GAMMA = (-4.5, 13.2), (-2.5, 13.2)
REGION_ONLY = {"geo_precision": 5}


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.happened(
            event(*IN_ALPHA, "2020-08-03", fatalities=2),
            event(*IN_ALPHA, "2020-08-31", fatalities=1),
            event(*IN_ALPHA, "2020-10-01", event_type="Riots"),
            event(*IN_GAMMA, "2020-10-31", fatalities=5, **REGION_ONLY),
            access="signed_in",
        )


def rows(counts, columns):
    """Return the columns as rows of words: (cercle, type, month, events, fatalities)."""
    words = {"area": counts["pcodes"], "type": counts["types"], "month": counts["months"]}
    told = (
        [words[name][at] for at in column] if name in words else column for name, column in columns.items()
    )
    return list(zip(*told, strict=True))


def get(client, query=""):
    response = client.get(f"/api/indicators/monthly/{query}")
    assert response.status_code == 200, response.content
    return response.json()


def test_the_columns_tell_each_cercle_type_and_month_once(client):
    counts = get(client)
    assert counts["months"] == ["2020-08", "2020-09", "2020-10"], "a month without event is in the list"
    assert rows(counts, counts["placed"]) == [
        ("ML9101", "Battles", "2020-08", 2, 3),
        ("ML9101", "Riots", "2020-10", 1, 0),
    ]


def test_an_event_known_to_the_region_only_colours_no_cercle_but_its_region(client):
    cercles, regions = get(client), get(client, "?level=regions")
    assert rows(cercles, cercles["imprecise"]) == [("Battles", "2020-10", 1, 5)]
    assert ("ML92", "Battles", "2020-10", 1, 5) in rows(regions, regions["placed"])
    assert rows(regions, regions["imprecise"]) == []


def test_the_answer_says_its_source_edition_and_date(client):
    counts = get(client, "?source=acled")
    told = {name: counts[name] for name in ("source", "edition", "attribution", "simulated")}
    assert told == {"source": "acled", "edition": "Petit pays", "attribution": "Essai", "simulated": False}


def test_a_source_that_is_not_loaded_is_not_found_and_an_unknown_one_is_named(client):
    assert client.get("/api/indicators/monthly/?source=ucdp").status_code == 404
    refused = client.get("/api/indicators/monthly/?source=rumour")
    assert (refused.status_code, "rumour" in refused.content.decode()) == (400, True)
    assert client.get("/api/indicators/monthly/?level=communes").status_code == 400


def test_the_same_question_is_answered_from_what_is_kept(client, django_assert_max_num_queries):
    etag = client.get("/api/indicators/monthly/")["ETag"]
    with django_assert_max_num_queries(4):
        again = client.get("/api/indicators/monthly/", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_events_loaded_anew_give_another_answer(client):
    before = client.get("/api/indicators/monthly/")["ETag"]
    small_country.happened(event(*IN_ALPHA, "2020-10-01"))
    assert client.get("/api/indicators/monthly/")["ETag"] != before


def test_without_events_there_is_no_source_and_no_month():
    small_country.happened()
    assert loaded_sources() == []
    counts = monthly_counts(Level.CERCLE, None)
    assert (counts.months, counts.placed["events"]) == ([], [])
