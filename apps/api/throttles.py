"""
How many requests one reader may make of one web process, and how many files it may have made.

Each process counts for itself, in memory: two processes let twice as many pass, and a restart forgets. A
count in the database would cost more than most answers.
"""

from ipaddress import IPv6Network

from django.utils.translation import gettext_lazy
from rest_framework.throttling import BaseThrottle, SimpleRateThrottle

from apps.accounts.access import token_of
from apps.accounts.quotas import Reader
from apps.api.problems import TooMany

UNKNOWN = "?"

PERIODS = {
    1: gettext_lazy("seconde"),
    60: gettext_lazy("minute"),
    3600: gettext_lazy("heure"),
    86_400: gettext_lazy("jour"),
}


class Limit(SimpleRateThrottle):
    """A number of requests in a time; past it TooMany tells which limit it was."""

    told = ""
    """Which limit this is, with `most` and `period`."""

    def get_cache_key(self, request, view):
        who = self.who(reader_of(request))
        return None if who is None else self.cache_format % {"scope": self.scope, "ident": who}

    def who(self, reader):
        """Return whom of a reader this limit counts; None where it does not count it."""
        return reader.ident

    def throttle_failure(self):
        words = self.told % {"most": self.num_requests, "period": PERIODS[self.duration]}
        raise TooMany(words, wait=self.wait(), name=self.scope, most=self.num_requests, seconds=self.duration)


class AnonymousReaders(Limit):
    scope = "anonymous"
    told = gettext_lazy("Sans compte : au plus %(most)s demandes par %(period)s depuis une adresse.")

    def who(self, reader):
        return reader.address or None


class SignedInReaders(Limit):
    """Of an account, with all its tokens."""

    scope = "signed_in"
    told = gettext_lazy("Au plus %(most)s demandes par %(period)s pour un compte, jetons compris.")

    def who(self, reader):
        return reader.account


class TokenReaders(Limit):
    scope = "token"
    told = gettext_lazy("Au plus %(most)s demandes par %(period)s pour un jeton.")

    def who(self, reader):
        return reader.token


class TileReaders(Limit):
    """Tiles are many and small: they have a count of their own."""

    scope = "tiles"
    told = gettext_lazy("Au plus %(most)s tuiles par %(period)s.")


class ExportReaders(Limit):
    """Files that the worker makes: one may take minutes."""

    scope = "exports"
    told = gettext_lazy("Au plus %(most)s fichiers à préparer par %(period)s.")


def count(request, *limits):
    """Count a request against these limits; raises TooMany. For what no `throttle_classes` guard."""
    for limit in limits:
        limit().allow_request(request, None)


def reader_of(request):
    """Return whose limits a request counts against."""
    token = token_of(request.user)
    if token:
        return Reader(token=token.pk, account=token.owner_id)
    if request.user.is_authenticated:
        return Reader(account=request.user.pk)
    return Reader(address=address_of(request))


def address_of(request):
    """Return the address a request comes from; of IPv6 the network, which one subscriber has as a whole."""
    address = BaseThrottle().get_ident(request)
    try:
        return str(IPv6Network((address, 64), strict=False))
    except ValueError:  # IPv4, or a socket of this machine, which tells none
        return address or UNKNOWN
