"""A token: shown once, kept as a hash, lent some rights of its owner, refused in words once it is over."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts import access, tokens
from apps.accounts.models import ApiToken, User
from geo.vocabulary import AccessClass

pytestmark = pytest.mark.django_db

NOW = timezone.now()
PUBLIC, READ, WRITE = (["public"], ["read"], ["read", "write"])


@pytest.fixture
def keeper():
    user = User.objects.create_user("gardienne", password="une phrase assez longue")
    user.groups.add(Group.objects.get(name="data_keeper"))
    return user


def made(owner, scopes=READ, days=90, now=NOW):
    return tokens.make_token(owner, name="tableau de bord", scopes=scopes, days=days, now=now)


def reason(secret, now=NOW):
    with pytest.raises(tokens.TokenRefused) as refused:
        tokens.reader_by(secret, now=now)
    return refused.value.reason.value


def test_only_a_hash_is_kept(keeper):
    token, secret = made(keeper)
    assert secret.startswith(f"maillage_{token.prefix}_")
    assert len(secret.rpartition("_")[2]) == 64  # 256 bits
    row = ApiToken.objects.filter(pk=token.pk).values().get()
    assert secret.rpartition("_")[2] not in str(row)


def test_two_tokens_are_never_the_same(keeper):
    assert made(keeper)[1] != made(keeper)[1]


def test_a_token_brings_its_owner(keeper):
    _, secret = made(keeper)
    reader = tokens.reader_by(secret, now=NOW)
    assert reader == keeper
    assert reader.token.name == "tableau de bord"


def test_what_is_no_token_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        for text in ("", "maillage_", "maillage_zzzzzzzz_" + "0" * 64, "x" * 10_000, "maillage_00000000_\n"):
            assert reason(text) == "unknown"


def test_one_letter_wrong_is_unknown(keeper):
    _, secret = made(keeper)
    assert reason(secret[:-1] + ("0" if secret[-1] != "0" else "1")) == "unknown"


def test_a_token_lasts_until_its_last_instant(keeper):
    _, secret = made(keeper, days=1)
    assert tokens.reader_by(secret, now=NOW + timedelta(days=1, microseconds=-1))
    assert reason(secret, NOW + timedelta(days=1)) == "expired"


def test_a_revoked_token_is_refused_at_once_and_keeps_its_first_end(keeper):
    token, secret = made(keeper)
    tokens.revoke(token, now=NOW)
    tokens.revoke(token, now=NOW + timedelta(days=1))
    assert reason(secret) == "revoked"
    assert ApiToken.objects.get(pk=token.pk).revoked == NOW


def test_a_token_ends_with_the_account_of_its_owner(keeper):
    _, secret = made(keeper)
    User.objects.filter(pk=keeper.pk).update(is_active=False)
    assert reason(secret) == "owner_gone"


def test_the_day_of_the_last_use_is_written_once(keeper, django_assert_num_queries):
    token, secret = made(keeper)
    with django_assert_num_queries(2):
        tokens.reader_by(secret, now=NOW)
    with django_assert_num_queries(1):
        tokens.reader_by(secret, now=NOW)
    assert ApiToken.objects.get(pk=token.pk).last_used == timezone.localdate(NOW)
    assert isinstance(ApiToken.objects.get(pk=token.pk).last_used, date)


@pytest.mark.parametrize(
    ("scopes", "reads", "changes"), [(PUBLIC, False, False), (READ, True, False), (WRITE, True, True)]
)
def test_a_token_lends_what_its_scopes_say(keeper, scopes, reads, changes):
    reader = tokens.reader_by(made(keeper, scopes)[1], now=NOW)
    assert access.may_see(reader, AccessClass.PUBLIC)
    assert access.may_see(reader, AccessClass.SIGNED_IN) is reads
    assert access.may_see(reader, AccessClass.DATA_KEEPERS) is reads
    assert access.may_see_choices(reader) is reads
    assert access.keeps_data(reader) is changes
    assert access.may_save_choices(reader) is changes
    assert access.may_import(reader) is changes


def test_a_token_lends_no_more_than_its_owner_has():
    nobody = User.objects.create_user("personne")
    reader = tokens.reader_by(made(nobody, WRITE)[1], now=NOW)
    assert access.may_see(reader, AccessClass.SIGNED_IN)
    assert not access.may_see(reader, AccessClass.DATA_KEEPERS)
    assert not access.may_save_choices(reader)


def test_nobody_lends_adoption_accounts_or_administration():
    superuser = User.objects.create_superuser("administratrice")
    assert access.may_adopt(superuser)
    reader = tokens.reader_by(made(superuser, WRITE)[1], now=NOW)
    assert not access.may_adopt(reader)
    assert not reader.has_perm("accounts.change_user")
    assert not reader.has_perm("auth.change_group")
    assert not reader.has_perms(["targeting.add_selection", "targeting.add_adoption"])
    assert reader.has_perm("targeting.add_selection")


def test_a_token_that_reads_stops_no_run(keeper):
    run = type("Run", (), {"author_id": keeper.pk})()
    assert access.may_cancel(keeper, run)
    assert access.may_cancel(tokens.reader_by(made(keeper, WRITE)[1], now=NOW), run)
    assert not access.may_cancel(tokens.reader_by(made(keeper, READ)[1], now=NOW), run)


def test_an_owner_has_so_many_living_tokens_and_no_more(keeper):
    for _ in range(tokens.MOST_OF_AN_OWNER):
        token, _secret = made(keeper)
    with pytest.raises(tokens.TooManyTokens):
        made(keeper)
    tokens.revoke(token, now=NOW)
    assert made(keeper)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"scopes": []}, "token_has_known_scopes"),
        ({"scopes": ["all"]}, "token_has_known_scopes"),
        ({"scopes": ["write"]}, "token_that_writes_reads"),
        ({"expires": NOW}, "token_expires_within_a_year"),
        ({"expires": NOW + timedelta(days=367)}, "token_expires_within_a_year"),
        ({"digest": "A" * 64}, "token_digest_is_a_sha256"),
    ],
)
def test_the_database_refuses_what_is_no_token(keeper, wrong, rule):
    right = {
        "owner": keeper,
        "name": "x",
        "prefix": "0" * 8,
        "digest": "0" * 64,
        "scopes": READ,
        "created": NOW,
        "expires": NOW + timedelta(days=366),
    }
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ApiToken.objects.create(**right | wrong)
    assert ApiToken.objects.create(**right)


def told(*words, **options):
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue().strip()


def test_an_administrator_revokes_all_tokens_of_a_user(keeper):
    other = User.objects.create_user("autre")
    secrets = [made(keeper)[1], made(keeper)[1]]
    _, kept = made(other)
    assert told("revoke_tokens", "gardienne", "--dry-run") == "2 tokens would be revoked."
    assert tokens.reader_by(secrets[0], now=NOW)
    assert told("revoke_tokens", "gardienne") == "Revoked 2 tokens of 'gardienne'."
    assert [reason(each) for each in secrets] == ["revoked", "revoked"]
    assert tokens.reader_by(kept, now=NOW) == other
    with pytest.raises(CommandError, match="'inconnue'"):
        told("revoke_tokens", "inconnue")


def test_tokens_long_over_are_forgotten(keeper):
    made(keeper, days=1, now=NOW - timedelta(days=40))
    recent, _ = made(keeper, days=1, now=NOW - timedelta(days=20))
    living, _ = made(keeper)
    assert told("forget_tokens", "--dry-run") == "1 tokens would be deleted."
    assert told("forget_tokens") == "Deleted 1 tokens."
    assert set(ApiToken.objects.values_list("pk", flat=True)) == {recent.pk, living.pk}
