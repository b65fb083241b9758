"""/compte/jetons/: whose tokens are listed, one made and shown once, one revoked."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts import tokens
from apps.accounts.models import ApiToken, User
from tests.conftest import PERSONAS

pytestmark = pytest.mark.django_db

PAGE = "/compte/jetons/"
FILLED = {"name": "QGIS du bureau", "lends": "read", "days": "90"}
SECRET = re.compile(r"maillage_[0-9a-f]{8}_[0-9a-f]{64}")


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_is_signed_in_has_the_page(persona, as_persona):
    answer = as_persona(persona).get(PAGE)
    if persona == "anonymous":
        assert answer["Location"] == f"/connexion/?next={PAGE}"
    else:
        assert "Vous n’en avez pas encore." in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]


def test_a_token_is_shown_once_and_opens_what_it_says(as_persona):
    client = as_persona("partner")
    answer = client.post(PAGE, FILLED)
    assert answer.status_code == 201
    assert "no-store" in answer["Cache-Control"]
    (secret,) = set(SECRET.findall(answer.content.decode()))
    assert not SECRET.search(client.get(PAGE).content.decode())
    assert f"maillage_{secret[9:17]}" in client.get(PAGE).content.decode()
    client.logout()
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/layers/", headers=headers).status_code == 200
    token = ApiToken.objects.get()
    assert (token.scopes, (token.expires - token.created).days) == (["read"], 90)


@pytest.mark.parametrize(("lends", "scopes"), [("public", ["public"]), ("write", ["read", "write"])])
def test_what_it_lends_is_chosen(as_persona, lends, scopes):
    as_persona("partner").post(PAGE, FILLED | {"lends": lends})
    assert ApiToken.objects.get().scopes == scopes


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 81}, {"lends": "all"}, {"lends": ""}, {"days": "366"}, {"days": "0"}],
)
def test_a_form_filled_in_wrongly_makes_none(as_persona, wrong):
    answer = as_persona("partner").post(PAGE, FILLED | wrong)
    assert answer.status_code == 400
    assert "field__error" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_the_page_says_when_there_are_as_many_as_may_be(as_persona, monkeypatch):
    monkeypatch.setattr(tokens, "MOST_OF_AN_OWNER", 1)
    client = as_persona("partner")
    client.post(PAGE, FILLED)
    answer = client.post(PAGE, FILLED)
    assert answer.status_code == 400
    assert "révoquez d’abord" in answer.content.decode()
    assert ApiToken.objects.count() == 1


def test_a_token_revoked_opens_nothing_any_more(as_persona):
    client = as_persona("partner")
    (secret,) = set(SECRET.findall(client.post(PAGE, FILLED).content.decode()))
    answer = client.post(f"{PAGE}{ApiToken.objects.get().pk}/revoquer/", follow=True)
    assert f"Le jeton {secret[9:17]} est révoqué" in answer.content.decode()
    assert client.get("/api/layers/", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_nobody_sees_or_revokes_the_tokens_of_another(as_persona):
    other = User.objects.create_user("autre")
    token, _ = tokens.make_token(other, name="à moi seul", scopes=["read"], days=1, now=timezone.now())
    client = as_persona("administrator")
    assert "à moi seul" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{token.pk}/revoquer/").status_code == 404
    assert client.get(f"{PAGE}{token.pk}/revoquer/").status_code == 405
    assert ApiToken.objects.get().revoked is None


def test_tokens_long_over_are_listed_no_more(as_persona):
    client = as_persona("partner")
    owner, now = User.objects.get(username="test-partner"), timezone.now()
    for name, age in (("ancien", 40), ("récent", 20)):
        tokens.make_token(owner, name=name, scopes=["read"], days=1, now=now - timedelta(days=age))
    told = client.get(PAGE).content.decode()
    assert "ancien" not in told
    assert "récent" in told
    assert "expiré" in told


def test_tokens_are_listed_in_one_query(as_persona, django_assert_max_num_queries):
    client = as_persona("partner")
    owner, now = User.objects.get(username="test-partner"), timezone.now()
    for number in range(10):
        tokens.make_token(owner, name=str(number), scopes=["read"], days=1, now=now)
    client.get(PAGE)
    with django_assert_max_num_queries(4):  # session, reader, tokens, and one of the frame of every page
        client.get(PAGE)


def test_administrators_see_tokens_and_change_none(as_persona):
    owner = User.objects.create_user("autre")
    token, _ = tokens.make_token(owner, name="x", scopes=["read"], days=1, now=timezone.now())
    client = as_persona("administrator")
    told = client.get(f"/admin/accounts/apitoken/{token.pk}/change/").content.decode()
    assert token.prefix in told
    assert token.digest not in told
    assert client.get("/admin/accounts/apitoken/add/").status_code == 403
    assert client.post(f"/admin/accounts/apitoken/{token.pk}/delete/").status_code == 403


def test_the_name_in_the_bar_leads_there(as_persona):
    assert f'href="{PAGE}"' in as_persona("partner").get("/donnees/etat/").content.decode()
    assert f'href="{PAGE}"' not in as_persona("anonymous").get("/donnees/etat/").content.decode()
