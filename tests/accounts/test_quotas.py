"""Bytes a day by reader: exactly the limit passes; who it was cannot be told the day after."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import BytesTaken, QuotaDay
from apps.accounts.quotas import QuotaSpent, Reader, take

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
AT_HOME = Reader(address="192.0.2.1")


@pytest.fixture(autouse=True)
def limits(settings):
    settings.QUOTA_BYTES = {"address": 100, "account": 250, "token": 150}


def spent(reader, bytes_, today=MONDAY):
    with pytest.raises(QuotaSpent) as refused:
        take(reader, bytes_, today=today)
    return refused.value


def test_exactly_the_limit_passes_and_one_byte_more_is_refused():
    take(AT_HOME, 60, today=MONDAY)
    take(AT_HOME, 40, today=MONDAY)
    refused = spent(AT_HOME, 1)
    assert (refused.kind, refused.most) == ("address", 100)
    assert refused.until == timezone.make_aware(timezone.datetime(2026, 3, 3))


def test_a_file_larger_than_the_day_is_refused_and_takes_nothing():
    spent(AT_HOME, 101)
    take(AT_HOME, 100, today=MONDAY)


def test_the_next_day_begins_anew():
    take(AT_HOME, 100, today=MONDAY)
    take(AT_HOME, 100, today=TUESDAY)
    spent(AT_HOME, 1, TUESDAY)


def test_two_addresses_are_two_readers():
    take(AT_HOME, 100, today=MONDAY)
    take(Reader(address="192.0.2.2"), 100, today=MONDAY)


def test_the_tokens_of_an_account_share_what_the_account_may_take():
    one, other = Reader(token=1, account=7), Reader(token=2, account=7)
    take(one, 150, today=MONDAY)
    assert spent(one, 1).kind == "token"
    take(other, 100, today=MONDAY)
    assert spent(other, 1).kind == "account"
    assert spent(Reader(account=7), 1).kind == "account"


def test_what_one_count_refuses_no_other_counts():
    one = Reader(token=1, account=7)
    take(Reader(account=7), 250, today=MONDAY)
    spent(one, 1)
    assert BytesTaken.objects.count() == 1


def test_an_account_and_a_token_of_one_number_are_two():
    take(Reader(account=1), 250, today=MONDAY)
    take(Reader(token=1, account=2), 150, today=MONDAY)


def test_a_limit_of_zero_is_none(settings):
    settings.QUOTA_BYTES = dict.fromkeys(("address", "account", "token"), 0)
    take(AT_HOME, 10**15, today=MONDAY)
    assert not BytesTaken.objects.exists()


def test_no_address_is_kept_and_its_hash_is_another_each_day():
    take(AT_HOME, 1, today=MONDAY)
    monday = BytesTaken.objects.get().reader
    assert "192.0.2.1" not in str(list(BytesTaken.objects.values()) + list(QuotaDay.objects.values()))
    take(AT_HOME, 1, today=TUESDAY)
    assert BytesTaken.objects.get().reader != monday  # the only row left
    assert list(QuotaDay.objects.values_list("day", flat=True)) == [TUESDAY]


def test_a_count_costs_two_queries(django_assert_max_num_queries):
    take(AT_HOME, 1, today=MONDAY)
    with django_assert_max_num_queries(4):  # two of them open and close the transaction
        take(AT_HOME, 1, today=MONDAY)


@given(st.lists(st.integers(1, 120), max_size=8))
def test_nobody_takes_more_than_the_limit_in_whatever_pieces(pieces):
    reader, taken = Reader(address=f"pieces {pieces}"), 0
    for piece in pieces:
        try:
            take(reader, piece, today=MONDAY)
        except QuotaSpent:
            assert taken + piece > 100
        else:
            taken += piece
    assert taken <= 100
