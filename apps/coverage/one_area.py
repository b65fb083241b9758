"""What the planned works change in one area, asked of that area alone: for its sheet."""

from dataclasses import dataclass

from apps.boundaries.models import Area
from apps.coverage.figures import reach_of
from apps.coverage.models import InstitutionGroup
from apps.coverage.places import Places
from apps.coverage.questions import CoverageQuestion
from apps.coverage.register import judgements, open_cercles, states_on
from geo.coverage import kinds_to_be_complete


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
    judged = judgements()
    cercles = list(Area.objects.cercles().values_list("pk", flat=True))
    return [_change(area, question, groups, _open(cercles, judged, question)) for question in questions]


def _open(cercles, judged, question):
    return open_cercles(cercles, states_on(question.day, judged), kinds_to_be_complete(question.kinds))


def _change(area, question, groups, still_open):
    places = Places(question, groups)
    now, with_works = question.leaving_works_out(), question.including_works()
    return Change(
        question, *(Reached(*reach_of(each, places, still_open).within(area)) for each in (now, with_works))
    )
