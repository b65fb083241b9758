"""TOPSIS by hand, and our weighted sum beside that of scikit-criteria. The one module that imports it."""

import math

import numpy as np
import pytest

from geo.aggregating import Aggregation, scores
from geo.choosing import in_order
from geo.normalising import Scale, normalised

NAN = float("nan")


@pytest.fixture(scope="module")
def topsis():
    from apps.targeting.topsis import topsis  # noqa: PLC0415  seconds to import

    return topsis


def test_closeness_by_hand(topsis):
    # Over lengths of 5: 0.6, 0.8, 0 and 0, 0.6, 0.8; halved 0.3, 0.4, 0 and 0, 0.3, 0.4. Best is (0.4, 0.4),
    # worst (0, 0). The first, (0.3, 0), is sqrt(0.01 + 0.16) from the one and 0.3 from the other.
    found = topsis([[3, 4, 0], [0, 3, 4]], [0.5, 0.5], falls=[False, False])
    first = 0.3 / (0.3 + math.sqrt(0.17))
    assert found == pytest.approx([first, 0.5 / (0.5 + 0.1), 0.4 / (0.4 + 0.4)])


def test_less_may_speak_for_a_cercle(topsis):
    # The best is (0.4, 0), the worst (0, 0.4): the first lies 0.1 from the one, and 0.5 from the other.
    found = topsis([[3, 4, 0], [0, 3, 4]], [0.5, 0.5], falls=[False, True])
    assert found == pytest.approx([0.5 / 0.6, math.sqrt(0.17) / (math.sqrt(0.17) + 0.3), 0])


def test_a_cercle_that_lacks_a_value_is_left_out(topsis):
    known = topsis([[3, 4, 0], [0, 3, 4]], [0.5, 0.5], falls=[False, False])
    found = topsis([[3, NAN, 4, 0], [0, 9, 3, 4]], [0.5, 0.5], falls=[False, False])
    assert found[[0, 2, 3]].tolist() == known.tolist()
    assert np.isnan(found[1])
    assert np.isnan(topsis([[NAN, NAN]], [1], falls=[False])).all()


def test_what_has_no_weight_takes_no_part(topsis):
    alone = topsis([[3, 4, 0]], [1], falls=[False])
    assert topsis([[3, 4, 0], [NAN, 1, 2]], [1, 0], falls=[False, True]).tolist() == alone.tolist()


def test_equal_values_tell_nothing_apart(topsis):
    assert topsis([[7, 7], [0, 0]], [0.5, 0.5], falls=[False, True]).tolist() == [0, 0]
    assert topsis([[0, 0], [1, 2]], [0.5, 0.5], falls=[False, False]).tolist() == [0, 1]


def test_scikit_criteria_sums_and_ranks_as_we_do(topsis):
    from skcriteria import mkdm  # noqa: PLC0415
    from skcriteria.agg.simple import WeightedSumModel  # noqa: PLC0415
    from skcriteria.preprocessing.scalers import MinMaxScaler  # noqa: PLC0415

    chance = np.random.default_rng(20201031)
    for _ in range(20):
        values = chance.integers(0, 50, size=(4, 53)).astype(float)
        shares = chance.dirichlet([1] * 4)
        asked = mkdm(values.T, [max] * 4, weights=shares)
        theirs = WeightedSumModel().evaluate(MinMaxScaler("matrix").transform(asked))
        ours = scores([normalised(row, Scale()) for row in values], shares, Aggregation.ARITHMETIC)
        assert np.abs(100 * theirs.e_.score - ours).max() < 1e-9
        assert theirs.rank_.tolist() == _dense(in_order(ours[None])[1][0])


def _dense(ranks):
    """Return ranks 1, 2, 2, 3 of 1, 2, 2, 4, as scikit-criteria tells equals."""
    return (np.searchsorted(np.unique(ranks), ranks) + 1).tolist()
