"""Who is reached: five settlements on a line, counted by hand, and laws that Hypothesis tries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coverage import Counts
from geo.functioning import counts_by_rule
from geo.pockets import hull_km2, pockets
from geo.reach import (
    Drawn,
    Link,
    by_band,
    curve,
    draws,
    interval,
    people_where,
    posts_needed,
    reached,
    violence_weights,
    within,
    worst_link,
    worst_of,
)
from geo.vocabulary import CoverageSense, InstitutionStatus

PEOPLE = np.array([100.0, 200.0, 300.0, 400.0, np.nan])
KM = np.array([0.0, 10.0, 20.0, 30.0, 40.0])
NEVER = np.full(5, np.inf)
NONE = np.zeros(5, dtype=int)


def link(sure=NEVER, possible=NEVER, doubtful=NONE, is_open=False):
    known = np.minimum(sure, possible)
    return Link(sure=sure, known=known, doubtful=doubtful, is_open=np.full(5, is_open))


def numbers(told):
    return tuple(
        float(people_where(PEOPLE, each).sum()) for each in (told.sure, told.point, told.known, told.most)
    )


def test_exactly_at_the_limit_counts():
    assert within(KM, 20).tolist() == [True, True, True, False, False]


def test_no_institution_covers_nobody_whatever_the_limit():
    assert numbers(reached([link()], 1e9, works=1)) == (0, 0, 0, 0)


def test_where_the_register_may_lack_one_everybody_may_be_reached():
    assert numbers(reached([link(is_open=True)], 1, works=1)) == (0, 0, 0, 1000)


def test_an_institution_of_unknown_status_counts_by_its_probability():
    told = reached([link(possible=KM, doubtful=np.array([1, 1, 0, 0, 0]))], 10, works=0.25)
    assert numbers(told) == (0, 75, 300, 300)


def test_two_of_unknown_status_count_unless_neither_works():
    told = reached([link(possible=KM, doubtful=np.array([2, 0, 0, 0, 0]))], 0, works=0.5)
    assert numbers(told) == (0, 75, 100, 100)


def test_a_chain_is_as_far_as_its_farthest_link():
    police, court = KM, KM[::-1]
    assert worst_of([police, court]).tolist() == [40, 30, 20, 30, 40]
    assert worst_link([police, court]).tolist() == [1, 1, 0, 0, 0]
    assert numbers(reached([link(police), link(court)], 30, works=0)) == (900, 900, 900, 900)


def test_a_missing_link_breaks_the_chain():
    assert numbers(reached([link(KM), link(KM), link(NEVER)], 100, works=1)) == (0, 0, 0, 0)
    assert np.isinf(worst_of([KM, NEVER])).all()


def test_a_chain_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one link"):
        worst_of([])


def test_the_curve_is_exact_at_the_limits_asked():
    assert curve(KM, PEOPLE, [0, 9.999, 10, 30, 1000]) == [100, 100, 300, 1000, 1000]


def test_bands_hold_everybody_once_those_never_reached_in_the_last():
    assert by_band(KM, PEOPLE, [10, 20]) == [300, 300, 400]
    assert by_band(NEVER, PEOPLE, [10, 20]) == [0, 0, 1000]


def test_violence_weighs_from_one_to_less_than_two():
    assert violence_weights(np.array([0.0, 12.0, 1e9])).round(6).tolist() == [1, 1.5, 2]


def test_a_post_begun_is_a_post():
    assert [posts_needed(people, 50_000) for people in (0, 1, 50_000, 50_001)] == [0, 1, 1, 2]


def test_draws_of_what_is_known_always_give_the_same():
    chain = [[Drawn([np.array([0, 1])], is_sure=True)]]
    told = [each.sum() for each in draws(chain, [PEOPLE], number=5, seed=1, works=(0, 1))]
    assert told == [300] * 5


def test_draws_count_the_doubtful_between_none_and_all_and_a_seed_repeats_them():
    chain = [[Drawn([np.array([0])], is_sure=True), Drawn([np.array([2]), np.array([3])], is_sure=False)]]
    first, again = (
        [each.sum() for each in draws(chain, [PEOPLE], number=200, seed=7, works=(0, 1))] for _ in range(2)
    )
    assert first == again
    assert set(first) == {100, 400, 500}
    surely = draws(chain, [PEOPLE], number=50, seed=7, works=(1, 1))
    assert {each.sum() for each in surely} == {400, 500}


def test_an_interval_of_draws_holds_the_point_value():
    assert interval([], 5) == (5, 5)
    assert interval([1, 1, 1], 5) == (1, 5)


def test_pockets_join_along_a_chain_of_near_settlements():
    longitude = np.array([0.0, 0.08, 0.16, 2.0])
    assert pockets(longitude, np.zeros(4), apart_km=9).tolist() == [0, 0, 0, 1]
    assert pockets(longitude, np.zeros(4), apart_km=8).tolist() == [0, 1, 2, 3]
    assert pockets(np.zeros(0), np.zeros(0), apart_km=8).tolist() == []


def _line(*degrees):
    return np.array(degrees, dtype=float), np.zeros(len(degrees))


def test_a_square_of_a_tenth_of_a_degree_at_the_equator_is_123_km2_and_a_line_is_none():
    corners = np.array([0, 0.1, 0.1, 0]), np.array([0, 0, 0.1, 0.1])
    assert hull_km2(*corners) == pytest.approx(123.1, abs=0.1)
    assert hull_km2(*_line(0, 1)) == 0


@pytest.mark.parametrize(
    ("status", "share", "knows_where", "expected"),
    [
        (InstitutionStatus.PERIODIC, 0.4, False, Counts.NO),
        (InstitutionStatus.PERIODIC, 0.5, False, Counts.SURE),
        (InstitutionStatus.PERIODIC, None, False, Counts.POSSIBLE),
        (InstitutionStatus.RELOCATED, None, True, Counts.SURE),
        (InstitutionStatus.RELOCATED, None, False, Counts.POSSIBLE),
        (InstitutionStatus.UNKNOWN, None, False, Counts.POSSIBLE),
        (InstitutionStatus.CLOSED, None, False, Counts.NO),
        (InstitutionStatus.DESTROYED, None, False, Counts.NO),
    ],
)
def test_what_works_counts_by_rule(status, share, knows_where, expected):
    rule = {"share_of_days": share, "periodic_share": 0.5, "knows_where": knows_where}
    assert counts_by_rule(status, sense=CoverageSense.FUNCTIONAL, **rule) is expected


def test_what_stands_counts_by_name_even_when_closed():
    rule = {"share_of_days": None, "periodic_share": 0.5, "knows_where": False}
    told = {
        status: counts_by_rule(status, sense=CoverageSense.NOMINAL, **rule) for status in InstitutionStatus
    }
    assert {status for status, counts in told.items() if counts is Counts.NO} == {
        InstitutionStatus.DESTROYED,
        InstitutionStatus.UNDER_CONSTRUCTION,
    }


distances = st.lists(st.floats(0, 100) | st.just(np.inf), min_size=5, max_size=5).map(np.array)
doubts = st.lists(st.integers(0, 3), min_size=5, max_size=5).map(np.array)
links = st.builds(link, distances, distances, doubts, st.booleans())
chances = st.floats(0, 1)


@given(chain=st.lists(links, min_size=1, max_size=3), limit=st.floats(0, 100), works=chances)
def test_bounds_are_in_order_and_contain_the_point_value(chain, limit, works):
    sure, point, known, most = numbers(reached(chain, limit, works=works))
    assert 0 <= sure <= point + 1e-9
    assert point <= known + 1e-9
    assert known <= most <= 1000


@given(one=links, limits=st.tuples(st.floats(0, 100), st.floats(0, 100)).map(sorted), works=chances)
def test_a_longer_limit_never_reaches_fewer(one, limits, works):
    shorter, longer = (numbers(reached([one], limit, works=works)) for limit in limits)
    assert all(before <= after + 1e-9 for before, after in zip(shorter, longer, strict=True))


@given(before=distances, new=distances, limit=st.floats(0, 100))
def test_a_new_institution_never_reaches_fewer_and_closing_it_never_more(before, new, limit):
    without = numbers(reached([link(before)], limit, works=1))
    with_it = numbers(reached([link(np.minimum(before, new))], limit, works=1))
    assert all(one <= other for one, other in zip(without, with_it, strict=True))


@given(chain=st.lists(distances, min_size=1, max_size=3), limit=st.floats(0, 100))
def test_one_more_link_never_reaches_more(chain, limit):
    whole = within(worst_of(chain), limit)
    assert not (whole & ~within(chain[0], limit)).any()
