"""A question too large for a page, answered by the worker as the one who asked it may be answered."""

import json

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from apps.analysis.answering import answer
from apps.analysis.bounds import TooLarge, job_limits
from apps.analysis.runs import told_of
from apps.runs.services import RunFailed


def compute(question, *, step, run):
    """
    Return the answer to the question (canonical JSON) of a run, as runs keep it; raises RunFailed.

    One statement of the database answers: there is no half of it to tell.
    """
    step(0, 1)
    try:
        found = answer(json.loads(question), run.author or AnonymousUser(), limits=job_limits(run))
    except TooLarge:
        raise RunFailed(_too_long()) from None
    except APIException as refusal:
        raise RunFailed(" ".join(sentences(refusal.detail))) from None
    return told_of(found)


def _too_long():
    return _(
        "Cette question dépasse les %(seconds)s secondes d’une tâche de fond. Restreignez-la : une région ou "
        "un cercle, moins de mois, une distance plus courte."
    ) % {"seconds": round(settings.QUESTION_JOB_SECONDS)}


def sentences(detail):
    """Return the sentences of a refusal, each once."""
    if isinstance(detail, dict):
        detail = list(detail.values())
    if isinstance(detail, list):
        return list(dict.fromkeys(sentence for each in detail for sentence in sentences(each)))
    return [str(detail)]
