"""What the planned works change in one area, asked of that area alone: for its sheet."""

from collections import defaultdict
from dataclasses import dataclass

from apps.boundaries.models import Area
from apps.coverage.figures import reach_of
from apps.coverage.models import InstitutionGroup
from apps.coverage.places import Places
from apps.coverage.questions import CoverageQuestion
from apps.infrastructure.models import RegisterCompleteness
from geo.coverage import kinds_to_be_complete
from geo.vocabulary import Completeness, Level


@dataclass(frozen=True)
class Reached:
    """People placed on the settlements of an area, and how many of them are within reach; None: no figure."""

    settlements: int
    people_placed: int | None
    low: int | None
    high: int | None

    @property
    def beyond_low(self):
        return None if self.people_placed is None else self.people_placed - self.high

    @property
    def beyond_high(self):
        return None if self.people_placed is None else self.people_placed - self.low


@dataclass(frozen=True)
class Change:
    """
    Who is within reach now, and once the works are done.

    The least gained: those whom no unrecorded institution reaches today; the most: those whom no known one
    does.
    """

    question: CoverageQuestion
    now: Reached
    with_works: Reached

    @property
    def gained_low(self):
        return None if self.now.people_placed is None else self.with_works.high - self.now.high

    @property
    def gained_high(self):
        return None if self.now.people_placed is None else self.with_works.low - self.now.low


def changes_in(area, questions):
    """Return what the planned works change in a region, a cercle or a commune, for each question."""
    groups = list(InstitutionGroup.objects.all())
    judged = _judged()
    cercles = list(Area.objects.active().at(Level.CERCLE).values_list("pk", flat=True))
    return [
        _change(area, question, groups, _open_cercles(cercles, judged, question)) for question in questions
    ]


def _change(area, question, groups, open_cercles):
    places = Places(question, groups)
    now, with_works = question.leaving_works_out(), question.including_works()
    return Change(
        question, *(Reached(*reach_of(each, places, open_cercles).within(area)) for each in (now, with_works))
    )


def _judged():
    """Return {cercle: {kind: (state, since)}} as data keepers judged the register."""
    states = defaultdict(dict)
    told = RegisterCompleteness.objects.filter(cercle__isnull=False)
    for cercle, kind, state, since in told.values_list("cercle", "kind", "state", "as_of"):
        states[cercle][kind] = (Completeness(state), since)
    return states


def _open_cercles(cercles, judged, question):
    """Return the cercles where more may stand than the register holds; None: in all of them."""
    kinds = kinds_to_be_complete(question.kinds)
    closed = {
        cercle
        for cercle in cercles
        if all(_is_complete(judged[cercle].get(kind), question.day) for kind in kinds)
    }
    return [cercle for cercle in cercles if cercle not in closed] if closed else None


def _is_complete(judgement, day):
    return judgement is not None and judgement[0] is Completeness.COMPLETE and judgement[1] <= day
