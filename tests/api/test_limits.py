"""Limits: exactly so many pass, one more is told which limit it met and when to come back."""

from datetime import date

import pytest
from django.test import RequestFactory

from apps.accounts.models import BytesTaken
from apps.api import throttles
from apps.catalogue import usage
from apps.sources.models import LayerUse
from tests import small_country

pytestmark = pytest.mark.django_db

ADDRESS = "/api/search/?q=alpha"
TILE = "/tiles/cercles/0/0/0.mvt"


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()


@pytest.fixture
def limited(monkeypatch):
    def limit(which, rate):
        monkeypatch.setattr(which, "rate", rate, raising=False)

    return limit


def statuses(client, address, times, **options):
    return [client.get(address, **options).status_code for _ in range(times)]


def test_exactly_the_limit_passes(client, limited):
    limited(throttles.AnonymousReaders, "3/min")
    assert statuses(client, ADDRESS, 4) == [200, 200, 200, 429]


def test_a_refusal_says_which_limit_and_when_to_come_back(client, limited):
    limited(throttles.AnonymousReaders, "1/min")
    client.get(ADDRESS)
    answer = client.get(ADDRESS)
    assert answer["Content-Type"] == "application/problem+json"
    assert 0 < int(answer["Retry-After"]) <= 60
    assert answer["RateLimit-Policy"] == '"anonymous";q=1;w=60'
    assert answer["RateLimit"] == f'"anonymous";r=0;t={answer["Retry-After"]}'
    assert answer.json()["limit"] == {"name": "anonymous", "most": 1, "seconds": 60}
    assert "au plus 1 demandes par minute depuis une adresse" in answer.json()["detail"]
    told = client.get(f"{ADDRESS}&lang=en").json()["detail"]
    assert told.startswith("Too many requests.")
    assert told.endswith("at most 1 requests per minute from one address.")


def test_a_token_is_counted_apart_from_the_address_it_comes_from(client, with_token, limited):
    limited(throttles.AnonymousReaders, "1/min")
    limited(throttles.TokenReaders, "2/min")
    headers = with_token()
    assert statuses(client, ADDRESS, 2) == [200, 429]
    assert statuses(client, ADDRESS, 3, headers=headers) == [200, 200, 429]
    assert "pour un jeton" in client.get(ADDRESS, headers=headers).json()["detail"]


@pytest.mark.parametrize("scope", ["public", "read"])
def test_all_tokens_of_an_account_share_its_limit(client, with_token, limited, scope):
    limited(throttles.SignedInReaders, "2/min")
    one, other = with_token(scope=scope), with_token(scope=scope)
    assert statuses(client, ADDRESS, 2, headers=one) == [200, 200]
    answer = client.get(ADDRESS, headers=other)
    assert (answer.status_code, answer.json()["limit"]["name"]) == (429, "signed_in")


def test_tiles_have_a_limit_of_their_own(client, limited):
    limited(throttles.AnonymousReaders, "1/min")
    limited(throttles.TileReaders, "2/min")
    assert statuses(client, TILE, 3) == [200, 200, 429]
    answer = client.get(TILE)
    assert answer["Content-Type"] == "application/problem+json"
    assert "Retry-After" in answer
    assert client.get(ADDRESS).status_code == 200


def test_collections_and_downloads_count_as_the_api_does(client, limited):
    limited(throttles.AnonymousReaders, "2/min")
    items = "/ogc/collections/cercles/items?limit=1"
    assert statuses(client, f"{items}&f=json", 2) == [200, 200]
    assert client.get("/telecharger/cercles.csv").status_code == 429
    page = client.get(f"{items}&f=html")
    assert (page.status_code, page["Content-Type"][:9]) == (429, "text/html")
    assert "Retry-After" in page


def test_files_for_the_worker_are_counted_by_the_hour(client, limited):
    limited(throttles.ExportReaders, "1/hour")
    assert client.get("/telecharger/cercles.gpkg").status_code == 202
    assert client.get("/telecharger/cercles.gpkg").status_code == 202  # the same file, begun once
    answer = client.get("/telecharger/regions.gpkg")
    assert (answer.status_code, answer.json()["limit"]["name"]) == (429, "exports")
    assert taken(client, "/telecharger/regions.csv")[0].status_code == 200  # small: made at once


def test_who_tries_tokens_is_counted(client, limited):
    limited(throttles.AnonymousReaders, "2/min")
    wrong = {"Authorization": "Bearer maillage_no"}
    assert statuses(client, "/tiles/", 3, headers=wrong) == [401, 401, 429]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", throttles.UNKNOWN),
    ],
)
def test_an_address_of_ipv6_is_the_network_of_its_subscriber(address, told):
    assert throttles.address_of(RequestFactory().get("/", REMOTE_ADDR=address)) == told


def taken(client, address, **options):
    answer = client.get(address, **options)
    if answer.streaming:
        return answer, b"".join(answer.streaming_content)
    return answer, answer.content


FILE = "/telecharger/cercles.csv"


@pytest.fixture
def size(client):
    """Return how many bytes the file has; nothing is counted yet."""
    _, body = taken(client, FILE)
    BytesTaken.objects.all().delete()
    return len(body)


def test_the_bytes_of_a_day_are_exactly_those_of_its_files(client, settings, size):
    settings.QUOTA_BYTES = {**settings.QUOTA_BYTES, "address": 2 * size}
    assert [taken(client, FILE)[0].status_code for _ in range(3)] == [200, 200, 429]
    answer = client.get(FILE)
    assert "de fichiers par jour depuis une adresse" in answer.json()["detail"]
    assert answer.json()["limit"]["name"] == "bytes_address"
    assert 0 < int(answer["Retry-After"]) <= 86_400


def test_a_file_resumed_takes_only_what_was_left(client, settings, size):
    settings.QUOTA_BYTES = {**settings.QUOTA_BYTES, "address": size}
    half = size // 2
    assert len(taken(client, FILE, headers={"Range": f"bytes=0-{half - 1}"})[1]) == half
    assert len(taken(client, FILE, headers={"Range": f"bytes={half}-"})[1]) == size - half
    assert client.get(FILE, headers={"Range": "bytes=0-0"}).status_code == 429


def test_what_sends_no_bytes_takes_none(client, settings, size):
    etag = taken(client, FILE)[0]["ETag"]
    BytesTaken.objects.all().delete()
    settings.QUOTA_BYTES = {**settings.QUOTA_BYTES, "address": 1}
    assert client.get(FILE, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(FILE, headers={"Range": "bytes=999999999-"}).status_code == 416
    head = client.head(FILE)
    b"".join(head.streaming_content)
    assert head.status_code == 200
    assert not BytesTaken.objects.exists()


def counted():
    usage.write()
    rows = LayerUse.objects.order_by("door", "format").values_list("layer", "door", "format", "uses")
    return list(rows)


def test_uses_are_counted_by_layer_door_and_format(client):
    for address in (
        *("/api/layers/cercles.csv", "/api/layers/cercles.csv", "/api/layers/cercles.geojson"),
        *("/ogc/collections/cercles/items?f=json&limit=1", "/ogc/collections/cercles/items?f=html&limit=1"),
        *(TILE, FILE),
    ):
        assert taken(client, address)[0].status_code == 200
    assert counted() == [
        ("cercles", "api", "csv", 2),
        ("cercles", "api", "geojson", 1),
        ("cercles", "download", "csv", 1),
        ("cercles", "ogc", "geojson", 1),
        ("cercles", "ogc", "html", 1),
        ("cercles", "tiles", "mvt", 1),
    ]


def test_what_is_refused_unchanged_or_resumed_is_no_use(client):
    answer = client.get("/api/layers/cercles.csv")
    client.get("/api/layers/cercles.csv", headers={"If-None-Match": answer["ETag"]})
    client.get("/api/layers/cercles.csv?nom=x")
    client.get("/api/layers/nothing.csv")
    client.head("/api/layers/cercles.csv")
    taken(client, FILE, headers={"Range": "bytes=5-"})
    assert [uses for *_, uses in counted()] == [1, 0]


def test_counts_are_added_to_those_there_are_in_one_statement(client, django_assert_num_queries):
    for _ in range(2):
        usage.used("cercles", "tiles", "mvt", bytes_=10)
        usage.used("regions", "tiles", "mvt", bytes_=5)
        with django_assert_num_queries(1):
            usage.write()
    assert list(LayerUse.objects.order_by("layer").values_list("layer", "uses", "bytes")) == [
        ("cercles", 2, 20),
        ("regions", 2, 10),
    ]


def test_a_use_costs_no_query_until_there_are_many(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(usage, "MOST_USES", 3)
    with django_assert_num_queries(0):
        for _ in range(2):
            usage.used("cercles", "tiles", "mvt", bytes_=1)
    with django_assert_num_queries(1):
        usage.used("cercles", "tiles", "mvt", bytes_=1)
    assert LayerUse.objects.get().uses == 3


def test_counts_hold_no_word_of_a_reader():
    names = {field.name for field in LayerUse._meta.get_fields()}
    assert names == {"id", "layer", "day", "door", "format", "uses", "bytes"}
    usage.used("cercles", "api", "csv", bytes_=1)
    usage.write()
    assert isinstance(LayerUse.objects.get().day, date)
