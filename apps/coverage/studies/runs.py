"""Studies of reach: asked by somebody, told to somebody. Light: pages and API call it."""

import json

from django.utils import timezone

from apps.accounts.access import may_see, may_see_choices
from apps.boundaries.models import Edition
from apps.coverage.studies.inputs import inputs_of, loads_of
from apps.coverage.studies.questions import question
from apps.runs import services as runs
from apps.runs.models import Run

KIND = "reach"

ROWS_OF_INSTITUTIONS = ("institutions", "moved", "not_placed", "outside_mali")
"""What only readers of the registers are told: single institutions. Sums are for everybody."""


def ask(user, told, *, name, forked_from=None):
    """
    Have the worker answer this question (JSON) for a user; return the run. Raises ValidationError.

    Where the very same was asked of the very same data, and the user may read that run, it is returned.
    """
    asked = whole(told)
    inputs = inputs_of(asked, loads_of(asked))
    same = readable(user).of_inputs(inputs).first()
    return same or runs.begin(KIND, asked, name=name, author=user, forked_from=forked_from, inputs=inputs)


def whole(told):
    """Return the question that this JSON value asks, as of today and of the edition in use."""
    asked = question(told, today=timezone.localdate())
    edition = Edition.objects.filter(is_active=True).first()
    return asked | {"edition": asked["edition"] or (edition and edition.name)}


def readable(user):
    """Return the studies of reach that a user may open, newest first."""
    return Run.objects.of_kind(KIND).read_by(sees_all=may_see_choices(user)).select_related("author")


def told_to(run, user):
    """Return what a study that is done tells this user: all, or all but single institutions."""
    answer = json.loads(run.answer)
    if may_see(user, run.access):
        return answer | {"is_whole": True}
    return answer | dict.fromkeys(ROWS_OF_INSTITUTIONS) | {"is_whole": False}
