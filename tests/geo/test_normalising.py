"""From values to one scale, by hand; and what must hold for any values."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.normalising import Direction, Normalisation, Scale, normalised, percentiles

NAN = float("nan")
MIN_MAX, PERCENTILE, Z_SCORE = Normalisation
MORE, LESS, BAND = Direction

SCALES = [Scale(normalisation, direction) for normalisation in Normalisation for direction in (MORE, LESS)]
SCALES += [Scale(normalisation, BAND, band=(3, 8)) for normalisation in Normalisation]
SCALES += [Scale(bounds=(0, 10), direction=MORE), Scale(bounds=(0, 10), direction=BAND, band=(3, 8))]
each_scale = pytest.mark.parametrize("scale", SCALES, ids=str)

law = settings(max_examples=60, deadline=None)

# Whole numbers: two of them differ, or are equal, before and after a rescaling.
rows = st.lists(st.integers(-1000, 1000), min_size=1, max_size=30)


def close(found, expected):
    assert found.tolist() == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_min_max_runs_from_the_least_known_value_to_the_greatest():
    close(normalised([10, 15, NAN, 20], Scale()), [0, 0.5, NAN, 1])


def test_fixed_bounds_count_a_value_beyond_as_the_limit():
    close(normalised([-5, 0, 25, 100, 180], Scale(bounds=(0, 100))), [0, 0, 0.25, 1, 1])


def test_a_percentile_is_the_share_of_the_others_that_lie_below_ties_for_half():
    # Of four others, 5 has one below it and one equal: 1.5 of 4.
    close(normalised([1, 5, 5, 9, 40], Scale(PERCENTILE)), [0, 0.375, 0.375, 0.75, 1])


def test_a_percentile_counts_the_known_values_only():
    close(percentiles([2, NAN, 1, 3, NAN]), [0.5, NAN, 0, 1, NAN])


def test_a_z_score_puts_the_mean_in_the_middle_and_three_deviations_at_the_ends():
    # Mean 5, standard deviation of the five themselves 2: (2 - 5) / 2 = -1.5, so (3 - 1.5) / 6 = 0.25.
    close(normalised([2, 4, 5, 6, 8], Scale(Z_SCORE)), [0.25, 5 / 12, 0.5, 7 / 12, 0.75])


def test_a_z_score_beyond_three_deviations_counts_as_three():
    # Mean 1, deviation sqrt(19) = 4.36; the last lies 19 above the mean: 4.36 deviations.
    found = normalised([0] * 19 + [20], Scale(Z_SCORE))
    assert found[-1] == 1
    assert found[0] == pytest.approx(0.5 - 1 / (6 * math.sqrt(19)))


def test_a_logarithm_is_of_one_more_than_the_value():
    # ln 1 = 0, ln 10, ln 100: the second lies half way.
    close(normalised([0, 9, 99], Scale(is_logged=True)), [0, 0.5, 1])


def test_a_logarithm_is_taken_of_bounds_and_band_too():
    close(normalised([9, 99, 5000], Scale(bounds=(0, 99), is_logged=True)), [0.5, 1, 1])
    close(normalised([0, 9, 99], Scale(direction=BAND, band=(99, 99), is_logged=True)), [0, 0.5, 1])


def test_a_negative_value_has_no_logarithm():
    with pytest.raises(ValueError, match="no negative value"):
        normalised([-1, 2], Scale(is_logged=True))


@pytest.mark.parametrize("normalisation", Normalisation)
def test_less_is_the_mirror_of_more(normalisation):
    values = [1, 5, 5, NAN, 9]
    close(normalised(values, Scale(normalisation, LESS)), 1 - normalised(values, Scale(normalisation)))


def test_a_band_rises_to_its_first_limit_and_falls_from_its_second():
    # Up to 10 the share of the way from 0; from 20 the share of the way left to 40.
    close(
        normalised([0, 5, 10, 15, 20, 30, 40], Scale(direction=BAND, band=(10, 20))),
        [0, 0.5, 1, 1, 1, 0.5, 0],
    )


def test_a_band_of_one_value_is_a_peak():
    close(normalised([0, 5, 10, 20], Scale(direction=BAND, band=(10, 10))), [0, 0.5, 1, 0])


def test_a_band_within_fixed_bounds_falls_to_the_bound():
    scale = Scale(bounds=(0, 100), direction=BAND, band=(20, 60))
    close(normalised([-5, 10, 20, 60, 90, 100, 300], scale), [0, 0.5, 1, 1, 0.25, 0, 0])


def test_a_band_that_no_value_reaches_gives_each_its_share_of_the_way():
    close(normalised([0, 25, 50], Scale(direction=BAND, band=(100, 120))), [0, 0.25, 0.5])
    close(normalised([20, 40, 60], Scale(direction=BAND, band=(0, 10))), [0.8, 0.4, 0])


def test_a_band_of_percentiles_places_its_limits_among_the_values():
    # Of 5 values 20 and 30 are places 1/4 and 2/4; 10 is at 0, 40 and 50 at 3/4 and 1.
    close(normalised([10, 20, 30, 40, 50], Scale(PERCENTILE, BAND, band=(20, 30))), [0, 1, 1, 0.5, 0])
    # 25 lies above two values and is none: (2 - 1/2) / 4 = 0.375. Up to it 0.25 / 0.375, from it 0.5 / 0.625.
    close(normalised([10, 20, 30, 40, 50], Scale(PERCENTILE, BAND, band=(25, 25))), [0, 2 / 3, 0.8, 0.4, 0])


def test_a_band_of_z_scores_falls_to_three_deviations():
    # Mean 5, deviation 2: the ends are -1 and 11. 2 is 3 of 6 on the way to 5; 8 has 3 of 6 left.
    close(normalised([2, 4, 5, 6, 8], Scale(Z_SCORE, BAND, band=(5, 5))), [0.5, 5 / 6, 1, 5 / 6, 0.5])


@each_scale
def test_what_is_not_known_stays_so(scale):
    found = normalised([4, NAN, 9], scale)
    assert np.isnan(found).tolist() == [False, True, False]
    assert np.isnan(normalised([NAN, NAN], scale)).all()
    assert normalised([], scale).tolist() == []


@pytest.mark.parametrize("scale", [each for each in SCALES if not each.bounds], ids=str)
def test_equal_values_and_one_value_tell_nothing_apart(scale):
    close(normalised([7, NAN, 7], scale), [0, NAN, 0])
    close(normalised([7], scale), [0])


def test_equal_values_count_between_fixed_bounds():
    close(normalised([7, 7], Scale(bounds=(0, 10))), [0.7, 0.7])
    close(normalised([7], Scale(bounds=(0, 10), direction=LESS)), [0.3])


@each_scale
def test_rows_are_normalised_each_by_itself(scale):
    first, second = [1.0, 4.0, NAN, 9.0], [8.0, 8.0, 2.0, 0.0]
    together = normalised([first, second], scale)
    close(together[0], normalised(first, scale).tolist())
    close(together[1], normalised(second, scale).tolist())


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"bounds": (0, 1), "normalisation": PERCENTILE}, "fixed bounds are of min-max"),
        ({"bounds": (1, 1)}, "below the upper one"),
        ({"direction": BAND}, "goes with the direction"),
        ({"band": (0, 1)}, "goes with the direction"),
        ({"direction": BAND, "band": (2, 1)}, "begins before it ends"),
        ({"direction": BAND, "band": (2, 12), "bounds": (0, 10)}, "within the bounds"),
        ({"direction": BAND, "band": (-1, 2), "is_logged": True}, "no negative limit"),
        ({"bounds": (-1, 2), "is_logged": True}, "no negative limit"),
    ],
)
def test_a_scale_that_means_nothing_is_refused(wrong, why):
    with pytest.raises(ValueError, match=why):
        Scale(**wrong)


@law
@given(rows, st.sampled_from(SCALES))
def test_nothing_leaves_0_to_1(values, scale):
    found = normalised(values, scale)
    assert ((found >= 0) & (found <= 1)).all()


@law
@given(rows, st.sampled_from([each for each in SCALES if each.band]))
def test_nothing_outside_a_band_counts_as_much_as_within_it(values, scale):
    for value, found in zip(values, normalised(values, scale), strict=True):
        assert 3 <= value <= 8 or found < 1


@law
@given(rows, st.sampled_from([(MIN_MAX, MORE), (MIN_MAX, LESS), (Z_SCORE, MORE), (Z_SCORE, LESS)]))
def test_another_unit_changes_nothing_in_min_max_and_z_scores(values, how):
    scale = Scale(*how)
    close(normalised([2.5 * value - 40 for value in values], scale), normalised(values, scale).tolist())


@law
@given(rows)
def test_any_rising_map_leaves_percentiles_as_they_are(values):
    assert percentiles([math.atan(value) for value in values]).tolist() == percentiles(values).tolist()


@law
@given(rows, st.sampled_from(Normalisation))
def test_more_never_counts_for_less(values, normalisation):
    found = normalised(values, Scale(normalisation))
    in_order = found[np.argsort(values, kind="stable")]
    assert (np.diff(in_order) >= 0).all()
