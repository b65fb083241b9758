"""/health/ tells what is ill, and nothing secret."""

import pytest

from apps.boundaries.models import Edition

pytestmark = pytest.mark.django_db


def test_a_site_with_data_is_well_and_says_whether_the_worker_is(client):
    body = client.get("/health/").json()
    assert (body["well"], body["database"]["well"], body["data"]["cercles"]) == (True, True, 53)
    assert body["worker"] == {"well": False, "last_heartbeat": None}


def test_without_boundaries_it_is_ill(client):
    Edition.objects.update(is_active=False)
    response = client.get("/health/")
    assert (response.status_code, response.json()["data"]["well"]) == (503, False)


def test_nothing_secret_is_told(client, settings):
    text = client.get("/health/").content.decode()
    assert settings.SECRET_KEY not in text
    assert settings.DATABASES["default"]["NAME"] not in text
