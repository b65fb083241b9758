"""Laws of coverage, on places and distances that Hypothesis chooses."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.coverage.models import SettlementReach
from apps.infrastructure.models import Institution
from geo.vocabulary import Level
from tests import small_country
from tests.coverage.inhabited import answer, complete, live, stands

pytestmark = pytest.mark.django_db

# What earlier examples built stays: the laws hold of any register.
few_and_cumulative = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PLACES = st.tuples(
    st.floats(-5, -2).map(lambda degrees: round(degrees, 6)),
    st.floats(13, 14).map(lambda degrees: round(degrees, 6)),
)
LIMITS = st.floats(1, 100)
STATUSES = st.sampled_from(["functional", "unknown", "closed", "destroyed"])


@pytest.fixture(autouse=True, scope="module")
def twelve_villages(lasting):
    """Four villages a cercle; the register is complete for Alpha alone."""
    with lasting():
        Institution.objects.all().delete()
        small_country.make()
        live(*[(-4.9 + 0.25 * step, 13.1 + 0.3 * (step % 3)) for step in range(12)])
        small_country.people(Alpha=901, Bêta=602, Gamma=303)
        complete("ML9101")


@few_and_cumulative
@given(place=PLACES, status=STATUSES, limits=st.tuples(LIMITS, LIMITS).map(sorted))
def test_a_longer_limit_and_one_more_institution_never_cover_fewer(place, status, limits):
    shorter, longer = (
        answer(limit_km=round(limit, 3), sense="functional", level=Level.COMMUNE) for limit in limits
    )
    _covers_no_fewer(shorter, longer)
    stands(*place, y2020=status)
    _covers_no_fewer(
        longer, answer(limit_km=longer.question.limit_km, sense="functional", level=Level.COMMUNE)
    )


def _covers_no_fewer(one, other):
    for before, after in zip([one.country, *one.areas], [other.country, *other.areas], strict=True):
        if before.people_placed is not None:
            assert before.reached_low <= after.reached_low
            assert before.reached_high <= after.reached_high


@few_and_cumulative
@given(place=PLACES, status=STATUSES, limit_km=LIMITS)
def test_bounds_are_in_order_and_sum_upward_and_the_people_are_kept(place, status, limit_km):
    stands(*place, y2020=status)
    answers = {level: answer(limit_km=round(limit_km, 3), level=level) for level in Level}
    for told in answers.values():
        for area in [told.country, *told.areas]:
            assert (
                area.people_placed is None or 0 <= area.reached_low <= area.reached_high <= area.people_placed
            )
        for number in ("people_placed", "reached_low", "reached_high"):
            known = [getattr(area, number) for area in told.areas if area.people_placed is not None]
            assert sum(known) == getattr(told.country, number)
    assert told.country.people_placed == 901 + 602 + 303
    assert sum(SettlementReach.objects.values_list("people", flat=True)) == 901 + 602 + 303
