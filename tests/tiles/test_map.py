"""When the map draws a layer from tiles."""

import json
import re

import pytest

from apps.maps.map import panel
from tests import small_country

pytestmark = pytest.mark.django_db


def overlays(client):
    page = client.get("/").content.decode()
    return json.loads(
        re.search(r'id="map-settings" type="application/json">(.*?)</script>', page, re.DOTALL)[1]
    )["overlays"]


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.happened(*[small_country.event(-4.5, 13.5)] * 3, simulated=True)


def test_events_past_a_number_are_drawn_from_tiles_and_no_others(client, monkeypatch):
    monkeypatch.setattr(panel, "MOST_MARKS", 3)
    assert "tiles" not in overlays(client)["events"], "three are not more than three"
    monkeypatch.setattr(panel, "MOST_MARKS", 2)
    shown = overlays(client)
    assert shown["events"]["tiles"] == "/tiles/events/{z}/{x}/{y}.mvt"
    assert shown["events"]["tilejson"] == "/tiles/events.json"
    assert all("tiles" not in shown[name] for name in shown if name not in ("events", "settlements"))
