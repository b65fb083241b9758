"""Tokens: made once and shown once, read at the door, revoked, forgotten."""

import hashlib
import re
import secrets
from datetime import timedelta
from enum import Enum

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Scope
from apps.accounts.models import ApiToken, PublicReader, User

MARK = "maillage_"
"""How a token begins: one that was left in a file or a message is found by it."""
WRITTEN = re.compile(r"maillage_([0-9a-f]{8})_[0-9a-f]{64}")

USUAL_DAYS = 90
MOST_DAYS = 365
MOST_OF_AN_OWNER = 20
"""Living ones. Ours: enough for every program of a partner, too few to fill a table."""
REMEMBERED = timedelta(days=30)
"""How long a token that is over stays in the list of its owner."""


class Refused(Enum):
    """Why a token opens nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    OWNER_GONE = "owner_gone"


class TokenRefused(Exception):
    def __init__(self, reason):
        super().__init__(reason.value)
        self.reason = reason


class TooManyTokens(Exception):
    """The owner has as many living tokens as anybody may: one has to go first."""


@transaction.atomic
def make_token(owner, *, name, scopes, days, now):
    """Return a token and its secret, which nobody can tell again."""
    # Two forms sent at once may not both take the last place.
    User.objects.select_for_update().get(pk=owner.pk)
    if ApiToken.objects.of(owner).living(now).count() >= MOST_OF_AN_OWNER:
        raise TooManyTokens
    prefix = secrets.token_hex(4)
    secret = f"{MARK}{prefix}_{secrets.token_hex(32)}"
    token = ApiToken.objects.create(
        owner=owner,
        name=name,
        prefix=prefix,
        digest=_digest(secret),
        scopes=sorted(Scope(each) for each in scopes),
        created=now,
        expires=now + timedelta(days=days),
    )
    return token, secret


def reader_by(secret, *, now):
    """
    Return who comes by a token: its owner with the token in hand, or a PublicReader.

    Raises TokenRefused. The day of the last use is written once a day.
    """
    token = _found(secret)
    if token.revoked:
        raise TokenRefused(Refused.REVOKED)
    if token.expires <= now:
        raise TokenRefused(Refused.EXPIRED)
    if not token.owner.is_active:
        raise TokenRefused(Refused.OWNER_GONE)
    today = timezone.localdate(now)
    if token.last_used != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used=today)
    if Scope.READ not in token.scopes:
        return PublicReader(token)
    token.owner.token = token
    return token.owner


def _found(secret):
    # What is not written as a token costs no query.
    if WRITTEN.fullmatch(secret):
        token = ApiToken.objects.select_related("owner").filter(digest=_digest(secret)).first()
        if token:
            return token
    raise TokenRefused(Refused.UNKNOWN)


def _digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def revoke(token, *, now):
    """End a token; the day it ended first stays."""
    ApiToken.objects.filter(pk=token.pk, revoked__isnull=True).update(revoked=now)


def revoke_all(owner, *, now):
    """End every living token of a user; return how many."""
    return ApiToken.objects.of(owner).living(now).update(revoked=now)


def forget_old(now):
    """Delete tokens that have been over for a month; return how many."""
    return ApiToken.objects.over_since(now - REMEMBERED).delete()[0]
