"""Events drawn from tiles, in a real browser, as the page of a country of half a million asks for it."""

import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SETTINGS = re.compile(r'(<script id="map-settings" type="application/json">)(.*?)(</script>)', re.DOTALL)


def with_tiles(route):
    """Answer with the page as the server writes it past 5 000 events: the stand-in has half as many."""
    answer = route.fetch()

    def told(found):
        settings = json.loads(found[2])
        tiles = {
            "layer": "events",
            "tilejson": "/tiles/events.json",
            "tiles": "/tiles/events/{z}/{x}/{y}.mvt",
        }
        settings["overlays"]["events"] |= tiles
        return found[1] + json.dumps(settings).replace("<", "\\u003c") + found[3]

    route.fulfill(response=answer, body=SETTINGS.sub(told, answer.text(), count=1))


INKED = """
[...document.querySelectorAll(".leaflet-tiled-pane canvas")].reduce((sum, canvas) => {
  if (!canvas.width) return sum;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext(
    "2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 3; at < data.length; at += 4) if (data[at] > 200 && data[at - 3] < 60) sum += 1;
  return sum;
}, 0) > 500
"""
"""Whether tiles are drawn: more than 500 of their points are in ink."""


def test_many_events_are_cells_with_their_number_and_a_cell_tells_what_it_counts(reader):
    page = reader.page
    page.route(re.compile(r"/\?layers=events"), with_tiles)
    reader.open_map("/?layers=events&period=all&at=14.35,-3.6,6")
    page.wait_for_function(INKED)
    legend = page.locator("#legend")
    expect(legend).to_contain_text("événements comptés par case d’environ")
    expect(legend).to_contain_text("ne sont pas dessinés")
    assert not any("events.geojson" in url for url in reader.asked)

    page.locator(".leaflet-container").click()
    card = page.locator(".leaflet-popup.card")
    expect(card).to_contain_text("dans cette case")
    address = page.url
    card.get_by_role("button", name="Agrandir ici").click()
    page.wait_for_url(lambda url: url != address and "at=" in url)
    expect(card).to_have_count(0)
    page.wait_for_function(INKED)
