"""Errors outside the API's views: a page for a reader, a problem for a program."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from apps.api.problems import not_found_words, problem


def _answer(request, status, detail):
    if request.path.startswith(("/api/", "/ogc/")):
        return problem(request, status, detail)
    return render(request, f"{status}.html", status=status)


def bad_request(request, exception):
    return _answer(request, 400, _("Cette demande est mal formée."))


def forbidden(request, exception=None):
    return _answer(request, 403, _("Votre compte n’a pas ce droit. Demandez-le à un administrateur."))


def not_found(request, exception):
    return _answer(request, 404, not_found_words())


def broken(request):
    return _answer(
        request, 500, _("Une panne de notre côté. Vos données sont intactes. Réessayez dans une minute.")
    )
