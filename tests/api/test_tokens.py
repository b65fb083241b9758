"""A program with a token at every door: it reads what its scopes and its owner may, and is never mistaken."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts import tokens
from apps.accounts.models import ApiToken, User
from apps.projects.models import Project
from apps.sources.models import Load
from tests import small_country
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

EVENT = "T0"
"""How the identifiers of the events of the small country begin."""

ROWS = [
    "/api/layers/events.geojson",
    "/api/layers/events.csv",
    "/api/events/",
    "/ogc/collections/events/items?f=json",
    "/tiles/events.json",
    "/tiles/events/0/0/0.mvt",
    "/telecharger/events.geojson",
    "/telecharger/events.csv",
]


@pytest.fixture(autouse=True, scope="module")
def restricted_events(lasting):
    with lasting():
        small_country.make()
        small_country.people(Alpha=1000)
        small_country.happened(small_country.event(-4.5, 13.5), access="signed_in")


def asked(client, address, **options):
    """Return an answer; a file that it sends is read to its end, and so closed."""
    answer = client.get(address, **options)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer


@pytest.mark.parametrize("address", ROWS)
def test_rows_are_read_by_a_token_that_reads(client, with_token, address):
    assert client.get(address).status_code == 403
    answer = asked(client, address, headers=with_token())
    assert answer.status_code == 200
    if address != "/api/events/":  # without a word on caches, none keeps what was asked with a token
        assert answer["Cache-Control"].startswith("private")
        assert "Authorization" in answer["Vary"]


@pytest.mark.parametrize("address", ROWS)
@pytest.mark.parametrize("persona", ["partner", "data_keeper"])
def test_a_public_token_reads_as_nobody_whoever_owns_it(client, with_token, address, persona):
    answer = client.get(address, headers=with_token(persona, "public"))
    assert answer.status_code == 403
    assert EVENT not in answer.content.decode()
    assert "ne lit que ce qui est public" in answer.json()["detail"]
    assert client.get("/api/layers/cercles.geojson", headers=with_token(persona, "public")).status_code == 200


@pytest.mark.parametrize(("persona", "scope", "status"), [
    ("partner", "read", 403), ("partner", "write", 403), ("data_keeper", "public", 403),
    ("data_keeper", "read", 200), ("data_keeper", "write", 200),
])  # fmt: skip
def test_rows_for_data_keepers_are_read_by_their_tokens_alone(client, with_token, persona, scope, status):
    Load.objects.in_use().of_kind("events").update(access="data_keepers")
    headers = with_token(persona, scope)
    assert {asked(client, address, headers=headers).status_code for address in ROWS} == {status}


def test_a_question_tells_a_public_token_what_it_tells_anybody(client, with_token):
    """Rows of restricted events are counted for anybody, by month and cercle, and listed for nobody."""

    def asked_by(headers, **about):
        question = {"steps": [{"what": {"layer": "events"}}], "by": [], "measure": None, **about}
        return client.post("/api/analyses/", question, content_type="application/json", headers=headers)

    public, reading = with_token(scope="public"), with_token(scope="read")
    assert asked_by(reading).status_code == 200
    assert EVENT in asked_by(reading).content.decode()
    refused = asked_by(public)
    assert (refused.status_code, EVENT in refused.content.decode()) == (asked_by({}).status_code, False)


WRONG = {
    "unknown": lambda owner: f"maillage_00000000_{'0' * 64}",
    "expired": lambda owner: ended(owner, expires=timezone.now() - timedelta(seconds=1)),
    "revoked": lambda owner: ended(owner, revoked=timezone.now()),
    "of no owner": lambda owner: gone(owner),
    "empty": lambda owner: "",
    "somebody else's": lambda owner: "eyJhbGciOiJIUzI1NiJ9.e30.x",
}


def made(owner):
    created = timezone.now() - timedelta(days=2)
    return tokens.make_token(owner, name="x", scopes=["read"], days=30, now=created)


def ended(owner, **fields):
    token, secret = made(owner)
    ApiToken.objects.filter(pk=token.pk).update(**fields)
    return secret


def gone(owner):
    _, secret = made(owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    return secret


@pytest.mark.parametrize("why", WRONG)
def test_a_token_that_opens_nothing_is_refused_even_where_all_is_public(client, why):
    secret = WRONG[why](User.objects.create_user("propriétaire"))
    for address in ("/api/layers/cercles.csv", "/api/layers/", "/ogc/", "/tiles/", *ROWS):
        answer = client.get(address, headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer ")
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Cache-Control"] == "no-store"


def test_a_refusal_says_why_in_the_language_asked(client):
    secret = WRONG["expired"](User.objects.create_user("propriétaire"))
    told = client.get("/api/layers/?lang=en", headers={"Authorization": f"Bearer {secret}"}).json()["detail"]
    assert told == "This token has expired: make another at /compte/jetons/."


def test_the_name_of_the_scheme_has_no_case(client, with_token):
    secret = with_token()["Authorization"].removeprefix("Bearer ")
    for scheme in ("bearer", "BEARER"):
        assert client.get(ROWS[0], headers={"Authorization": f"{scheme} {secret}"}).status_code == 200


def test_a_token_in_the_address_opens_nothing(client, with_token):
    secret = with_token()["Authorization"].removeprefix("Bearer ")
    for name in ("token", "access_token", "jeton"):
        assert client.get(f"{ROWS[0]}?{name}={secret}").status_code in (400, 403)


@pytest.mark.parametrize(
    "address", ["/", "/donnees/", "/compte/jetons/", "/admin/", "/connexion/", "/health/"]
)
def test_pages_and_administration_take_no_token(client, with_token, address):
    headers = with_token("administrator", "write")
    User.objects.update(is_staff=True, is_superuser=True)
    answer = client.get(address, headers=headers)
    assert answer.status_code == 401
    assert "les pages demandent de se connecter" in answer.json()["detail"]
    assert client.post(address, headers=headers).status_code == 401


def test_a_bearer_meant_for_a_proxy_is_none_of_our_pages(client):
    assert client.get("/health/", headers={"Authorization": "Bearer eyJhbGciOi"}).status_code == 200
    assert client.get("/api/layers/", headers={"Authorization": "Basic eDp5"}).status_code == 200


def test_a_token_counts_more_than_the_cookies_beside_it(as_persona, with_token):
    keeper = as_persona("data_keeper")
    assert keeper.get(ROWS[0]).status_code == 200
    assert keeper.get(ROWS[0], headers=with_token(scope="public")).status_code == 403


ENTERED = {"title": "Forages à Alpha", "start_year": 2025}


def entered(client, headers):
    return client.post("/api/projects/", ENTERED, content_type="application/json", headers=headers)


def test_only_a_token_that_writes_writes(with_token):
    client = Client(enforce_csrf_checks=True)
    for scope in ("public", "read"):
        answer = entered(client, with_token("data_keeper", scope))
        assert answer.status_code == 403
        assert not Project.objects.filter(title=ENTERED["title"]).exists()
    assert entered(client, with_token("data_keeper", "write")).status_code == 201


def test_a_token_writes_no_more_than_its_owner(client, with_token):
    answer = entered(client, with_token("planner", "write"))
    assert answer.status_code == 403
    assert "Ce jeton, ou le compte" in answer.json()["detail"]


CHANGES = [
    ("post", "/api/institutions/"),
    ("post", "/api/status-reports/"),
    ("post", "/api/completeness/"),
    ("post", "/api/targeting/selections/"),
    ("post", "/api/targeting/runs/"),
    ("post", "/api/targeting/backtests/"),
    ("post", "/api/coverage/runs/"),
    ("post", "/api/siting/runs/"),
    ("post", "/api/analyses/?save=x"),
    ("post", "/api/presences/"),
]


@pytest.mark.parametrize(("method", "address"), CHANGES)
def test_a_token_that_reads_changes_nothing(client, with_token, method, address):
    body = {"question": {}, "name": "x"}
    headers = with_token("data_keeper", "read")
    answer = getattr(client, method)(address, body, content_type="application/json", headers=headers)
    assert answer.status_code in (400, 403)
    if address != "/api/presences/":  # there, what is wrong with the body is said first
        assert answer.status_code == 403


def test_a_session_still_needs_its_csrf_token():
    client = Client(enforce_csrf_checks=True)
    user = User.objects.create_superuser("chef", password=PASSWORD)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert entered(client, {}).status_code == 403


def test_the_catalogue_tells_a_token_what_it_reads(client, with_token):
    def readable(headers):
        layers = client.get("/api/layers/", headers=headers).json()["layers"]
        return next(each["readable"] for each in layers if each["name"] == "events")

    assert readable(with_token()) is True
    assert readable(with_token(scope="public")) is False


def test_a_file_asked_by_a_token_is_fetched_by_who_may_read_it(client, with_token):
    headers = with_token()
    file = client.get("/telecharger/events.csv", headers=headers)
    assert EVENT in b"".join(file.streaming_content).decode()
    listed = {"public": 403, "read": 200}
    for scope, status in listed.items():
        assert asked(client, "/telecharger/events.csv", headers=with_token(scope=scope)).status_code == status
    assert client.get("/telecharger/events.csv").status_code == 403


def test_the_schema_of_the_api_declares_tokens(client):
    schema = client.get("/api/schema/", headers={"Accept": "application/json"}).json()
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_a_token_costs_one_query(client, with_token, django_assert_num_queries):
    headers = with_token()
    client.get("/tiles/", headers=headers)  # writes the day of its last use
    with django_assert_num_queries(1):
        client.get("/tiles/", headers=headers)
