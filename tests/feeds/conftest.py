"""The three publishers on this machine, our credentials for them, and the small country."""

import pytest

from layers.feeds.asking import Bounds
from tests import small_country
from tests.layers import feed_server
from tests.layers.feed_server import FeedServer


@pytest.fixture
def server():
    with FeedServer() as running:
        yield running


@pytest.fixture
def asked(server):
    """Return the options of a passage: the server of the test, and no waiting."""
    return {
        "base_url": server.url,
        "bounds": Bounds(timeout_s=2, answer_s=2, answer_bytes=5_000_000, pause=lambda _: None),
    }


@pytest.fixture(autouse=True)
def credentials(settings):
    settings.FEED_CREDENTIALS = {
        "acled": {
            "MAILLAGE_ACLED_USER": feed_server.USER,
            "MAILLAGE_ACLED_PASSWORD": feed_server.PASSWORD,
        },
        "ucdp": {"MAILLAGE_UCDP_TOKEN": feed_server.UCDP_TOKEN},
        "hapi": {"MAILLAGE_HAPI_IDENTIFIER": feed_server.HAPI_IDENTIFIER},
    }


@pytest.fixture(scope="module")
def country(lasting):
    with lasting():
        return small_country.make()
