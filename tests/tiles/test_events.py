"""Tiles of events: cells from afar, single events from near, and no event at a false place."""

import pytest

from apps.catalogue.tiles import drawing
from apps.events import loading
from apps.events.models import EventCell
from geo.vocabulary import EventSource
from layers.sources_toml import Contents
from tests import small_country
from tests.small_country import event
from tests.tiles.reading import features, layer_names

pytestmark = pytest.mark.django_db

HERE = (-4.5, 13.5)
EVENTS = (
    event(*HERE, fatalities=2),
    event(*HERE, event_type="Riots", fatalities=1),
    event(*HERE, geo_precision=2, day="2020-09-30"),
    event(-2.5, 13.5, geo_precision=2),
    event(*HERE, geo_precision=5, fatalities=50),  # known to its region
    event(-3.5, 13.5, geo_precision=4),  # known to its cercle
)
"""Four at a known place, three of them together; two others."""


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.happened(*EVENTS, simulated=True)


def cells(client, address):
    response = client.get(f"/tiles/{address}")
    assert response.status_code == 200, response.content
    return features(response.content, "events_cells")


def told(found):
    return sorted((tuple(each.parts[0]), tuple(sorted(each.properties.items()))) for each in found)


def test_every_zoom_counts_every_event_at_a_known_place_once():
    for zoom in range(8):
        kept = EventCell.objects.filter(zoom=zoom)
        assert sum(each.events_exact + each.events_near for each in kept) == 4
        assert sum(each.events_imprecise for each in kept) == 2
        assert sum(each.fatalities for each in kept) == 3


def test_from_afar_a_cell_says_how_many_and_how_precisely(client):
    [here] = cells(client, "events/7/62/59.mvt")
    assert here.properties == {
        "events": 3,
        "events_exact": 2,
        "events_near": 1,
        "events_imprecise": 1,
        "fatalities": 3,
    }
    # 175.5 of 360 degrees are 62.4 of 128 tiles: the seventh of the sixteen cells of 256 units.
    west, east = sorted({x for x, _ in here.parts[0]})
    assert (west, east) == (6 * 256, 7 * 256)
    assert here.shape.area == 256 * 256, "its outer ring turns as outer rings do"


def test_a_cell_of_nothing_but_vague_events_is_not_drawn(client):
    # The point of the event known to its cercle lies in 62.75 of 128 tiles, where no other does.
    assert len(cells(client, "events/7/62/59.mvt")) == 1


def test_from_near_each_event_at_a_known_place_is_a_point(client):
    body = client.get("/tiles/events/8/124/118.mvt").content
    assert layer_names(body) == ["events"]
    found = features(body, "events")
    assert sorted(each.properties["geo_precision"] for each in found) == [1, 1, 2]
    assert {each.properties["event_type"] for each in found} == {"Battles", "Riots"}
    assert {each.properties["occurred_on"] for each in found} == {"2020-10-15", "2020-09-30"}


def test_a_tile_of_too_many_events_counts_them_at_any_zoom(client, monkeypatch):
    monkeypatch.setattr(drawing, "MOST_EVENTS", 2)
    found = cells(client, "events/14/7987/7571.mvt?since=2000-01-01")
    assert [each.properties["events"] for each in found] == [3]


def test_cells_counted_now_are_those_kept(client):
    whole_months = cells(client, "events/7/62/59.mvt?since=2020-09-01&until=2020-10-31")
    other_days = cells(client, "events/7/62/59.mvt?since=2020-09-02&until=2020-10-30")
    assert told(whole_months) == told(other_days) == told(cells(client, "events/7/62/59.mvt"))


def test_days_and_types_are_asked(client):
    october = cells(client, "events/7/62/59.mvt?since=2020-10-01&until=2020-10-31")
    assert [each.properties["events"] for each in october] == [2]
    riots = cells(client, "events/7/62/59.mvt?event_type=Riots,Protests")
    assert [each.properties["events"] for each in riots] == [1]
    exact = cells(client, "events/7/62/59.mvt?geo_precision=2")
    assert [each.properties["events_near"] for each in exact] == [1]
    assert client.get("/tiles/events/7/62/59.mvt?until=2019-12-31").status_code == 204


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("event_type=Guerre", "event_type"), ("since=hier", "since"), ("bbox=0,0,1,1", "bbox")],
)
def test_a_wrong_question_is_told_by_name(client, query, parameter):
    response = client.get(f"/tiles/events/7/62/59.mvt?{query}")
    assert response.status_code == 400
    assert response.json()["parameter"] == parameter


def test_cells_follow_an_event_that_its_source_moved(client):
    moved = small_country.numbered(event(-4.5, 13.9, fatalities=2), 0)
    about = small_country.source(Contents.ACLED_EVENTS, "moved.csv", simulated=True)
    loading.upsert_records([moved], about, source=EventSource.SIMULATED)
    found = cells(client, "events/7/62/59.mvt")
    assert sorted(each.properties["events"] for each in found) == [1, 2]


def test_what_is_not_drawn_is_told(client):
    about = client.get("/tiles/events.json").json()
    assert about["maillage"]["events_drawn"] == 4
    assert about["maillage"]["events_not_drawn"] == 2
    assert "ne sont pas dessinés" in about["description"]
    september = client.get("/tiles/events.json?since=2020-09-15&until=2020-09-30").json()
    assert september["maillage"]["events_drawn"] == 1
    assert september["tiles"][0].endswith(".mvt?since=2020-09-15&until=2020-09-30")
