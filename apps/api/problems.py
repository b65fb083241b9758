"""Errors as answers: application/problem+json (RFC 9457), saying what to do next."""

import json
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

CONTENT_TYPE = "application/problem+json"


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
            return problem(request, 403, _("Connectez-vous pour lire ou changer ceci."))
        case PermissionDenied() | exceptions.PermissionDenied():
            return problem(request, 403, _("Votre compte n’a pas ce droit. Demandez-le à un administrateur."))
        case exceptions.Throttled():
            return _throttled(request, exception)
        case exceptions.APIException():
            return problem(request, exception.status_code, str(exception.detail))
        case RecursionError():  # JSON nested deeper than Python reads
            return problem(request, 400, _("Cette demande est mal formée."))
    return None


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


def _throttled(request, exception):
    seconds = max(1, round(exception.wait or 1))
    response = problem(
        request, 429, _("Trop de demandes. Réessayez dans %(seconds)s s.") % {"seconds": seconds}
    )
    response["Retry-After"] = str(seconds)
    return response
