"""Class limits that a legend can print, and what must hold for any values."""

from hypothesis import given
from hypothesis import strategies as st

from geo.classes import class_counts, class_limits, class_of

values = st.lists(st.none() | st.just(0.0) | st.floats(1e-6, 1e9))


def test_each_class_holds_about_as_many_areas():
    limits = class_limits(range(1, 11))
    assert limits == [2.0, 4.0, 6.0, 8.0, 10.0]
    assert class_counts(range(1, 11), limits) == ([0, 2, 2, 2, 2, 2], 0)


def test_limits_are_rounded_to_two_digits_and_hold_the_greatest_value():
    assert class_limits([101, 202, 303, 404, 505]) == [100.0, 200.0, 300.0, 400.0, 510.0]


def test_fewer_areas_than_classes_give_fewer_classes():
    assert class_limits([3, 3, 3]) == [3.0]


def test_missing_values_and_zeros_take_no_part_in_the_limits():
    assert class_limits([None, 0, 0, 0, 5]) == [5.0]
    assert class_counts([None, 0, 0, 0, 5], [5.0]) == ([3, 1], 1)


def test_a_value_exactly_at_a_limit_belongs_to_the_class_it_closes():
    assert [class_of(value, [10, 20]) for value in (0, 10, 10.01, 20)] == [0, 1, 2, 2]


@given(values)
def test_every_known_value_falls_in_a_class_and_counts_sum_to_all(values):
    limits = class_limits(values)
    counts, no_data = class_counts(values, limits)
    assert len(counts) == len(limits) + 1
    assert sum(counts) + no_data == len(values)


@given(values)
def test_limits_rise(values):
    limits = class_limits(values)
    assert limits == sorted(set(limits))
