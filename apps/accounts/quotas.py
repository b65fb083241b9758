"""
How many bytes of files one reader takes a day, without keeping who it was.

A reader is counted under a hash with a key that is drawn for the day and deleted with its counts on the next:
within a day the same address has the same hash, over two days nobody can tell, nor from the database whose
it was.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import QuotaDay
from apps.accounts.queries import add_bytes

SALT_BYTES = 32


@dataclass(frozen=True)
class Reader:
    """
    Whose limits an answer counts against: its token and its owner's account, an account, or an address.

    The account of a token is told too: twenty tokens are not twenty times as much.
    """

    token: int | None = None
    account: int | None = None
    address: str = ""

    def counted(self):
        """Return (kind, who) of each count this reader adds to."""
        told = {"token": self.token, "account": self.account}
        found = [(kind, str(who)) for kind, who in told.items() if who is not None]
        return found or [("address", self.address)]

    @property
    def ident(self):
        """Return who this is among all, as narrowly as is known."""
        return ":".join(self.counted()[0])


class QuotaSpent(Exception):
    """The answer would take the reader past what it may take that day; `kind` says by which count."""

    def __init__(self, kind, most, until):
        super().__init__(f"{kind}: {most} bytes until {until:%Y-%m-%d %H:%M}")
        self.kind = kind
        self.most = most
        self.until = until


@transaction.atomic
def take(reader, bytes_, *, today):
    """
    Count bytes that are about to be sent to a reader, by each of its counts or, raising QuotaSpent, by none.

    Exactly the limit may be taken. A limit of 0 in settings.QUOTA_BYTES is none.
    """
    day = _day(today)
    for kind, who in reader.counted():
        most = settings.QUOTA_BYTES[kind]
        if most and not add_bytes(day=today, reader=_hidden(day.salt, kind, who), bytes_=bytes_, most=most):
            raise QuotaSpent(kind, most, _end_of(today))


def _day(today):
    """Return the day with its salt; the first of a day forgets those before."""
    day, is_new = QuotaDay.objects.get_or_create(
        day=today, defaults={"salt": secrets.token_bytes(SALT_BYTES)}
    )
    if is_new:
        QuotaDay.objects.filter(day__lt=today).delete()
    return day


def _hidden(salt, kind, who):
    return hmac.new(bytes(salt), f"{kind}:{who}".encode(), hashlib.sha256).hexdigest()


def _end_of(today):
    return timezone.make_aware(datetime.combine(today + timedelta(days=1), time()))
