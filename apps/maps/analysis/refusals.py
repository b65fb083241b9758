"""Why a question has no answer, and what to do: narrow it, sign in, leave it to the worker, wait."""

from django.shortcuts import render
from django.urls import reverse
from rest_framework.exceptions import ValidationError

from apps.accounts.access import may_save_choices
from apps.maps.analysis.address import fits, query_of
from apps.maps.analysis.home import ready_title
from apps.runs.canonical import canonical


def refused_page(request, question, error):
    """Return the page that says why this question is not answered, with the status of its error."""
    context = {
        "title": ready_title(question),
        "reasons": reasons(error),
        "is_wrong": isinstance(error, ValidationError),
        "change_url": f"{reverse('analysis-form')}?{query_of(question)}" if fits(question) else None,
        "asked": canonical(question),
        "may_be_a_job": getattr(error, "may_be_a_job", False) and may_save_choices(request.user),
    }
    return render(request, "maps/analysis/refused.html", context, status=error.status_code)


def reasons(error):
    """Return the sentences of an error, each once."""
    return list(dict.fromkeys(_sentences(error.detail)))


def _sentences(detail):
    if isinstance(detail, dict):
        for each in detail.values():
            yield from _sentences(each)
    elif isinstance(detail, list):
        for each in detail:
            yield from _sentences(each)
    else:
        yield str(detail)
