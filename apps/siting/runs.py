"""Runs of siting: asked by somebody, told to somebody. Light: pages and API call it."""

import json

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from apps.accounts.access import may_see, may_see_choices
from apps.boundaries.models import Edition
from apps.coverage.places import works_that_make
from apps.runs import services as runs
from apps.runs.models import Run
from apps.siting.costs import programme_costs
from apps.siting.inputs import inputs_of, loads_of
from apps.siting.questions import question
from geo.vocabulary import InstitutionKind

KIND = "siting"


def ask(user, told, *, name, forked_from=None):
    """
    Have the worker answer this question (JSON) for a user; return the run. Raises ValidationError.

    Where the very same was asked of the very same data, and the user may read that run, it is returned.
    """
    asked = whole(told)
    inputs = inputs_of(asked, loads_of())
    same = readable(user).of_inputs(inputs).first()
    return same or runs.begin(KIND, asked, name=name, author=user, forked_from=forked_from, inputs=inputs)


def whole(told):
    """Return the question that this JSON value asks, as of today and of the edition in use."""
    asked = question(told, today=timezone.localdate())
    edition = Edition.objects.filter(is_active=True).first()
    return asked | {"edition": asked["edition"] or (edition and edition.name)}


def readable(user):
    """Return the runs of siting that a user may open, newest first."""
    return Run.objects.of_kind(KIND).read_by(sees_all=may_see_choices(user)).select_related("author")


def told_to(run, user):
    """
    Return what a run that is done tells this user: all, or all but where each institution stands.

    Then what stands and may be upgraded is left out of candidates and plans; sums stay.
    """
    answer = json.loads(run.answer)
    if may_see(user, run.access):
        return answer | {"is_whole": True}
    return answer | {
        "existing": None,
        "candidates": _new(answer["candidates"]),
        "plans": [plan | {"sites": _new(plan["sites"])} for plan in answer["plans"]],
        "is_whole": False,
    }


def _new(sites):
    return [site for site in sites if site.get("institution") is None]


class NoWorks(ValidationError):
    """The programme's commissariats cannot be held against others: none is planned at a place."""


def nine_question():
    """
    Return the question that holds the programme's commissariats against as many chosen at the same cost.

    As many sites as it plans at a place, each at what the programme's own lines tell a commissariat costs,
    among the seats of cercles. Raises NoWorks before the programme is loaded.
    """
    planned = works_that_make([InstitutionKind.COMMISSARIAT]).filter(location__isnull=False).count()
    cost = programme_costs().get(InstitutionKind.COMMISSARIAT)
    if not planned or cost is None:
        raise NoWorks(
            _("Les ouvrages du programme ne sont pas chargés\u00a0: lancez manage.py load_programme.")
        )
    return {"kinds": [InstitutionKind.COMMISSARIAT.value], "budget": float(planned * cost.usd)}
