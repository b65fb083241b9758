"""Source and dates of the events, asked of the API and the pages, by each persona."""

import csv
import io
import json
import re
from datetime import UTC, datetime

import pytest

from apps.boundaries.models import Area
from apps.events.models import ConflictEvent
from geo.vocabulary import EventSource, Level, PlacePrecision
from tests import small_country
from tests.conftest import PERSONAS
from tests.small_country import event

pytestmark = pytest.mark.django_db

FIRST = datetime(2021, 1, 10, 9, tzinfo=UTC)
MONTHS = "since=2020-01&until=2020-12"
COUNTING = [
    "/api/indicators/regions/?",
    "/api/indicators/cercles/?",
    "/api/indicators/communes/?",
    f"/api/targeting/figures/?{MONTHS}&",
    f"/api/targeting/ranking/?{MONTHS}&",
]
PAGES = ["/?", "/ciblage/?", "/cercles/ML9201/?", "/regions/ML92/?"]


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    """Two events of ACLED, whose rows are for signed-in readers, and one of UCDP, known since FIRST."""
    with lasting():
        small_country.make()
        small_country.people(Alpha=1000, Bêta=300, Gamma=100)
        small_country.happened(
            event(-3.5, 13.5, "2020-03-10", fatalities=2),
            event(-3.5, 13.5, "2020-10-15", geo_precision=PlacePrecision.REGION),
            access="signed_in",
        )
        small_country.happened(
            event(-3.5, 13.5, "2020-05-05", event_type="State-based conflict", fatalities=9),
            told_by=EventSource.UCDP,
        )
        ConflictEvent.objects.update(known_from=FIRST)


def beta(answer):
    return next(area for area in answer.get("areas") or answer["cercles"] if area["pcode"] == "ML9201")


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_persona_counts_by_source_and_by_date_without_seeing_rows(persona, as_persona):
    client = as_persona(persona)
    for address in COUNTING:
        for asked in ("source=ucdp", "events_until=2020-06-30", "known_at=2021-01-10", "known_at=2020-01-01"):
            answer = client.get(address + asked)
            assert answer.status_code == 200, address
            assert "Acteur A" not in answer.content.decode()
            told = answer.json()
            assert told["events_source"] == ("ucdp" if "ucdp" in asked else "acled")
            assert told["first_known"] == "2021-01-10T09:00:00Z"
            assert told["was_known"] is ("2020-01-01" not in asked)
    rows = client.get("/api/layers/events.csv?known_at=2021-01-10")
    assert rows.status_code == (403 if persona == "anonymous" else 400)


def test_a_count_is_a_pair_with_its_source(client):
    answer = client.get("/api/indicators/cercles/?period=all").json()
    found = beta(answer)
    assert [found[f"events{bound}"] for bound in ("", "_low", "_expected", "_high")] == [1, 1, 1.75, 2]
    assert found["by_type"]["Battles"]["fatalities"] == 2
    assert (answer["spread"]["by"], answer["spread"]["draws"]) == ("people", 1000)
    assert answer["imprecise"] == {"events": 1, "share": 0.5}
    assert beta(client.get("/api/indicators/cercles/?period=all&source=ucdp").json())["fatalities"] == 9


def test_before_the_first_load_numbers_are_null(client):
    answer = client.get("/api/indicators/communes/?known_at=2020-12-31").json()
    assert {area["events"] for area in answer["areas"]} == {None}
    assert {area["events_high"] for area in answer["areas"]} == {None}
    assert answer["spread"] is None


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/indicators/cercles/?source=simulated", "source"),
        ("/api/indicators/cercles/?events_until=hier", "events_until"),
        ("/api/indicators/cercles/?known_at=2999-01-01", "known_at"),
        ("/api/indicators/cercles/?spread=area", "spread"),
        ("/api/indicators/cercles/?period=5m", "period"),
        (f"/api/targeting/ranking/?{MONTHS}&source=x", "source"),
    ],
)
def test_a_wrong_parameter_is_named(client, address, parameter):
    answer = client.get(address)
    assert (answer.status_code, answer.json()["parameter"]) == (400, parameter)


def test_an_edition_without_communes_says_so(client):
    Area.objects.filter(level=Level.COMMUNE).delete()
    answer = client.get("/api/indicators/communes/")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "level")


def test_rows_of_one_source_are_in_the_layer_of_its_own(client, as_persona):
    public = client.get("/api/layers/ucdp_events.geojson")
    assert [row["properties"]["fatalities"] for row in public.json()["features"]] == [9]
    assert client.get("/api/layers/events.geojson").status_code == 403
    signed_in = as_persona("partner").get("/api/layers/events.geojson").json()["features"]
    assert {row["properties"]["events_source"] for row in signed_in} == {"acled"}
    assert as_persona("anonymous").get("/api/events/").status_code == 403


def test_counts_by_commune_and_month_tell_source_and_precision(client):
    table = client.get("/api/layers/commune_counts.csv").content.decode("utf-8-sig")
    found = {
        (row["events_source"], row["month"]): (row["events"], row["events_wider"])
        for row in csv.DictReader(io.StringIO(table))
    }
    assert found == {
        ("acled", "2020-03-01"): ("1", "0"),
        ("acled", "2020-10-01"): ("0", "1"),
        ("ucdp", "2020-05-01"): ("1", "0"),
    }
    assert len(client.get("/api/layers/event_counts.geojson?events_source=ucdp").json()["features"]) == 1


def test_the_map_draws_the_events_of_the_source_asked_to_those_who_may_see_them(client):
    ucdp, acled = (client.get(f"/?source={source}").content.decode() for source in ("ucdp", "acled"))
    assert "/api/layers/ucdp_events.geojson" in ucdp
    assert "/api/layers/events.geojson" not in ucdp
    assert "/api/layers/ucdp_events.geojson" not in acled
    assert "/api/layers/events.geojson" not in acled, "for signed-in readers"


def test_pages_keep_what_is_asked_in_their_links(client):
    for page in PAGES:
        text = client.get(f"{page}source=ucdp&events_until=2020-06-30").content.decode()
        assert "UCDP, jusqu’au 30 juin 2020" in text, page
    text = client.get("/?source=ucdp&events_until=2020-06-30").content.decode()
    for kept in ("/cercles/ML9201/?source=ucdp", "/tableau.csv?level=cercles&amp;period=12m&amp;source=ucdp"):
        assert kept in text
    assert "/cercles/ML9201.json?lang=fr&amp;source=ucdp" in client.get(
        "/cercles/ML9201/?source=ucdp"
    ).content.decode().replace("&source", "&amp;source")


def test_pages_say_that_nothing_was_known_then_and_never_zero(client):
    for page in PAGES:
        text = client.get(f"{page}known_at=2020-12-31").content.decode()
        assert "n’était connu ici avant le 10 janv. 2021" in text, page
    assert client.get("/cercles/ML9201.json?known_at=2020-12-31").json()["events"] is None


def test_pages_refuse_a_wrong_date_with_words(client):
    for page in PAGES:
        answer = client.get(f"{page}known_at=demain")
        assert answer.status_code == 400
        assert "attendu un jour" in answer.content.decode()


def test_the_sheet_of_a_cercle_tells_the_pair_and_the_source(client):
    text = re.sub(r"[ \n]+", " ", client.get("/cercles/ML9201/").content.decode())
    assert "1 événement placé avec confiance\u202f; 1 à 2 avec ceux connus à une zone" in text
    assert "Connus ici depuis le 10 janv. 2021." in text
    assert "Ceux d’une autre source (UCDP) ne s’y ajoutent jamais." in text


def test_a_saved_choice_keeps_what_it_asked(as_persona):
    client = as_persona("planner")
    choice = {
        "name": "Essai",
        "since": "2020-01",
        "until": "2020-12",
        "weights": {"violent_per_100k": 1},
        "cercles": ["ML9201"],
        "source": "ucdp",
        "events_until": "2020-06-30",
        "known_at": "2021-01-10",
    }
    made = client.post("/api/targeting/selections/", json.dumps(choice), content_type="application/json")
    assert made.status_code == 201
    kept = client.get(f"/api/targeting/selections/{made.json()['id']}/").json()
    assert (kept["source"], kept["events_until"], kept["known_at"][:10]) == (
        "ucdp",
        "2020-06-30",
        "2021-01-10",
    )
    page = client.get(made.json()["url"]).content.decode()
    assert "source=ucdp&amp;events_until=2020-06-30&amp;known_at=2021-01-10" in page
    wrong = client.post(
        "/api/targeting/selections/", json.dumps(choice | {"source": "x"}), content_type="application/json"
    )
    assert wrong.json()["parameter"] == "source"


def test_a_choice_as_a_file_says_source_and_dates_on_every_line(client):
    answer = client.get(f"/api/targeting/choice.csv?{MONTHS}&source=ucdp&known_at=2021-01-10")
    for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))):
        assert (row["events_source"], row["known_at"][:10], row["first_known"][:10]) == (
            "ucdp",
            "2021-01-10",
            "2021-01-10",
        )
