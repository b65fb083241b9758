"""A question in an address: `?q=`, canonical JSON. One too long for it travels in a form."""

import json

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from apps.maps.questions import WrongParameter
from apps.runs.canonical import canonical

LONGEST = 6000
"""Characters of an address that every browser, proxy and message carries."""


def query_of(question):
    """Return what an address ends with to ask this question."""
    return urlencode({"q": canonical(question)})


def fits(question):
    """Tell whether an address can hold this question."""
    return len(query_of(question)) <= LONGEST


def question_in(parameters):
    """Return the question that these parameters carry; None of none. Raises WrongParameter."""
    text = parameters.get("q")
    if not text:
        return None
    try:
        told = json.loads(text)
        canonical(told)  # what cannot be written again, too deep or infinite, is no question
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise WrongParameter(
            _("L’adresse ne porte pas de question entière : composez-la de nouveau, ou copiez-la toute.")
        )
    return told
