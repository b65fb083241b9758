"""Errors as answers: application/problem+json (RFC 9457), saying what to do next."""

import json
from http import HTTPStatus
from math import ceil

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from apps.accounts.access import Scope, token_of

CONTENT_TYPE = "application/problem+json"


class TooMany(exceptions.Throttled):
    """A limit is reached: in words, and in what RateLimit headers tell of it."""

    def __init__(self, words, *, wait, name, most, seconds):
        super().__init__(wait=wait)
        self.words = words
        self.name = name
        self.most = most
        self.seconds = seconds


def problem(request, status, detail, **members):
    """Return a problem response. `members` are added to it (parameter, errors)."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
        **members,
    }
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE)


def handler(exception, context):
    """Turn what a view of the API raises into a problem; None lets an unforeseen error be logged as 500."""
    request = context["request"]
    match exception:
        case exceptions.ValidationError():
            return _invalid(request, exception)
        case Http404() | exceptions.NotFound():
            return problem(request, 404, not_found_words())
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return problem(request, 403, _not_signed_in(request))
        case PermissionDenied() | exceptions.PermissionDenied():
            return problem(request, 403, _not_allowed(request))
        case exceptions.Throttled():
            return throttled(request, exception)
        case exceptions.APIException():
            return _waiting(problem(request, exception.status_code, str(exception.detail)), exception)
        case RecursionError():  # JSON nested deeper than Python reads
            return problem(request, 400, _("Cette demande est mal formée."))
    return None


def _waiting(response, exception):
    """Say when to come back, where what was raised knows it."""
    if wait := getattr(exception, "wait", None):
        response["Retry-After"] = str(wait)
    return response


def not_found_words():
    return _("Rien à cette adresse. La liste des couches est à /api/layers/.")


def _invalid(request, exception):
    errors = [{"parameter": name, "detail": str(message)} for name, message in _flat(exception.detail)]
    return problem(
        request,
        400,
        errors[0]["detail"],
        parameter=errors[0]["parameter"],
        errors=errors,
    )


def _flat(detail, name=""):
    """Yield (field, message) for every message of a nested DRF error."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from _flat(value, key if not name else f"{name}.{key}")
    elif isinstance(detail, list):
        for value in detail:
            yield from _flat(value, name)
    else:
        yield name, detail


def _not_signed_in(request):
    if token := token_of(request.user):
        return _of_token(token)
    return _("Connectez-vous pour lire ou changer ceci.")


def _not_allowed(request):
    if token := token_of(request.user):
        return _of_token(token)
    return _("Votre compte n’a pas ce droit. Demandez-le à un administrateur.")


def _of_token(token):
    if Scope.READ not in token.scopes:
        return _(
            "Ce jeton ne lit que ce qui est public : faites-en un qui lit ce que votre compte peut lire."
        )
    return _("Ce jeton, ou le compte auquel il appartient, n’a pas ce droit.")


def _come_back(seconds):
    if seconds < 120:
        return _("Trop de demandes. Réessayez dans %(seconds)s s.") % {"seconds": seconds}
    if seconds < 7200:
        return _("Trop de demandes. Réessayez dans %(minutes)s min.") % {"minutes": ceil(seconds / 60)}
    return _("Trop de demandes. Réessayez dans %(hours)s h.") % {"hours": ceil(seconds / 3600)}


def throttled(request, exception):
    """Return 429 with when to come back and, where it is known, which limit was reached."""
    seconds = max(1, ceil(exception.wait or 1))
    words = _come_back(seconds)
    if not isinstance(exception, TooMany):
        response = problem(request, 429, words)
    else:
        limit = {"name": exception.name, "most": exception.most, "seconds": exception.seconds}
        response = problem(request, 429, f"{words} {exception.words}", limit=limit)
        # draft-ietf-httpapi-ratelimit-headers
        response["RateLimit-Policy"] = f'"{exception.name}";q={exception.most};w={exception.seconds}'
        response["RateLimit"] = f'"{exception.name}";r=0;t={seconds}'
    response["Retry-After"] = str(seconds)
    return response
