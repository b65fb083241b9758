"""
Who comes by a token: `Authorization: Bearer ...` at the doors of programs, and nowhere else.

The token is read before any view, so that views of Django and of the framework, and what counts requests
before them, all find the same `request.user`. One that is not valid is refused in words: a program that
believed itself signed in would else be served less, and never know.
"""

from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from rest_framework.authentication import BaseAuthentication

from apps.accounts.access import token_of
from apps.accounts.tokens import MARK, Refused, TokenRefused, reader_by
from apps.api.problems import TooMany, problem, throttled
from apps.api.throttles import AnonymousReaders, count

DOORS = ("/api/", "/ogc/", "/tiles/", "/telecharger/")
SCHEME = "bearer"
"""In small letters: the name of a scheme has no case (RFC 9110)."""

WORDS = {
    Refused.UNKNOWN: gettext_lazy(
        "Ce jeton n’est pas connu : copiez-le en entier, ou faites-en un autre à /compte/jetons/."
    ),
    Refused.EXPIRED: gettext_lazy("Ce jeton a expiré : faites-en un autre à /compte/jetons/."),
    Refused.REVOKED: gettext_lazy("Ce jeton a été révoqué : faites-en un autre à /compte/jetons/."),
    Refused.OWNER_GONE: gettext_lazy(
        "Le compte de ce jeton n’est plus actif : adressez-vous à l’administrateur du site."
    ),
}
ELSEWHERE = gettext_lazy(
    "Un jeton n’ouvre que /api/, /ogc/, /tiles/ et /telecharger/ : les pages demandent de se connecter."
)


class TokenReaders:
    """Gives a request that shows a token the reader of this token, whoever its cookies say."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        secret = shown(request)
        if request.path_info.startswith(DOORS):
            return self._at_a_door(request, secret)
        # A bearer that is not ours is meant for a proxy before us.
        if secret and secret.startswith(MARK):
            return refusal(request, ELSEWHERE)
        return self.get_response(request)

    def _at_a_door(self, request, secret):
        if secret is not None:
            try:
                request.user = reader_by(secret, now=timezone.now())
            except TokenRefused as refused:
                return refused_or_too_many(request, WORDS[refused.reason])
        response = self.get_response(request)
        if "Cookie" in response.get("Vary", ""):
            patch_vary_headers(response, ["Authorization"])
        return response


def shown(request):
    """Return what a request shows as its bearer token; None where it shows none."""
    scheme, _, secret = request.headers.get("Authorization", "").strip().partition(" ")
    return secret.strip() if scheme.lower() == SCHEME else None


def refused_or_too_many(request, words):
    """Return the refusal of a token; trying one after the other is counted as any anonymous request."""
    try:
        count(request, AnonymousReaders)
    except TooMany as too_many:
        return throttled(request, too_many)
    return refusal(request, words)


def refusal(request, words):
    response = problem(request, 401, str(words))
    response["WWW-Authenticate"] = 'Bearer realm="Maillage", error="invalid_token"'
    response["Cache-Control"] = "no-store"
    return response


class TokenAuthentication(BaseAuthentication):
    """
    Tells the framework who came by a token: it then asks for no CSRF token, which guards cookies.

    Without a token it says nothing, and the session is asked.
    """

    def authenticate(self, request):
        user = getattr(request._request, "user", None)  # none where the schema is drawn up
        return (user, token_of(user)) if token_of(user) else None


class TokenScheme(OpenApiAuthenticationExtension):
    """What the schema of the API says of it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema):
        return build_bearer_security_scheme_object("Authorization", "Bearer")
