"""Hot spots agree with esda asked directly. The one module of the tests that imports it."""

import csv
import json
import warnings

import numpy as np
import pytest
import shapely

from geo.hot_spots import NOT_SIGNIFICANT, dealt_shares, false_discovery_rates, hot_spots, label_of
from geo.placing import Placer
from geo.vocabulary import VIOLENT_EVENT_TYPES

SIDE = 6
FEW = {"permutations": 99, "seed": 3}
MANY = 9_999


def queens(side):
    """Return the neighbours of each square of a board: as far as a king goes, a corner included."""
    places = [(row, column) for row in range(side) for column in range(side)]
    return [
        [
            number
            for number, (other_row, other_column) in enumerate(places)
            if max(abs(row - other_row), abs(column - other_column)) == 1
        ]
        for row, column in places
    ]


def board(hot=()):
    counts = [number % 3 for number in range(SIDE * SIDE)]
    for place in hot:
        counts[place] = 40
    return counts


def asked_directly(counts, neighbours, *, permutations, seed, transform="B"):
    from esda.getisord import G_Local  # noqa: PLC0415  seconds to import
    from libpysal.weights import W, fill_diagonal  # noqa: PLC0415

    weights = fill_diagonal(W(dict(enumerate(neighbours)), silence_warnings=True), 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return G_Local(
            np.array(counts, dtype=float),
            weights,
            transform=transform,
            star=None,
            permutations=permutations,
            seed=seed,
            n_jobs=1,
        )


def test_a_corner_full_of_events_is_hot_and_agrees_with_esda():
    counts, neighbours = board(hot=(0, 1, SIDE, SIDE + 1)), queens(SIDE)
    told = hot_spots(counts, neighbours, permutations=MANY, seed=3)
    direct = asked_directly(counts, neighbours, permutations=MANY, seed=3)
    assert [each.z for each in told] == pytest.approx(list(direct.Zs))
    # On the upper side esda counts ties as we do; its p is of one side, ours of two.
    above = [place for place in range(SIDE * SIDE) if 2 * direct.p_sim[place] < 1 and told[place].z > 1]
    assert len(above) > 3
    for place in above:
        one_sided = float(direct.p_sim[place])
        assert told[place].p / 2 == pytest.approx(one_sided, abs=by_chance(one_sided))
    standardised = asked_directly(counts, neighbours, permutations=MANY, seed=3, transform="R")
    # Equal but for ties that single precision breaks.
    assert list(standardised.p_sim[above]) == pytest.approx(list(direct.p_sim[above]), abs=0.005)
    assert told[0].label.startswith("hot_")
    assert told[-1].label == NOT_SIGNIFICANT


def by_chance(p):
    """Return how far two shares of `MANY` deals may lie apart: four standard errors, and a deal."""
    return 4 * (2 * p * (1 - p) / MANY) ** 0.5 + 2 / MANY


def test_a_deal_keeps_the_own_value_and_gives_each_neighbour_another_of_the_others():
    # Three areas in a row hold 1, 2 and 3 of 6. The first keeps 1 and is dealt 2 or 3; the second keeps 2
    # and is dealt both others, whatever the order; the third keeps 3 and is dealt 1 or 2.
    shares = dealt_shares([1, 2, 3], [[1], [0, 2], [1]], permutations=2_500, seed=1)
    assert [sorted(set((6 * each).round(9))) for each in shares] == [[3, 4], [6], [4, 5]]
    assert (6 * shares[0]).mean() == pytest.approx(3.5, abs=0.05), "either as often"


def test_a_deal_is_as_another_whatever_is_held_in_memory_together():
    assert dealt_shares([1, 2], [[1], []], permutations=1_001, seed=1).tolist() == [
        [1.0] * 1_001,
        [2 / 3] * 1_001,
    ]


def test_the_communes_of_mali_in_2020_agree_with_esda(geodata):
    file = geodata / "boundaries" / "mli_adm3_cod2021_full.geojson"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    shapes = np.array([shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features])
    neighbours = [[] for _ in shapes]
    for one, another in shapely.STRtree(shapes).query(shapes, predicate="intersects").T.tolist():
        if one != another:
            neighbours[one].append(another)
    counts = violent_events_of_2020(geodata, shapes)
    told = hot_spots(counts, neighbours, **FEW)
    direct = asked_directly(counts, neighbours, permutations=0, seed=3)
    assert sum(counts) > 300
    assert [each.z for each in told] == pytest.approx(list(direct.Zs))
    hottest = [each for each in told if each.z > 5]
    assert len(hottest) > 5
    assert max(each.p for each in hottest) < 0.1, "hardly a deal of the 99 gave them as much"


def violent_events_of_2020(geodata, shapes):
    """Return how many exact violent events of 2020 lie in each shape."""
    with (geodata / "events" / "acled_mali_1997_2020.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["year"] == "2020"
            and row["geo_precision"] == "1"
            and row["event_type"] in VIOLENT_EVENT_TYPES
        ]
    placer = Placer([str(number) for number in range(len(shapes))], shapes)
    placed = placer.place([float(row["longitude"]) for row in rows], [float(row["latitude"]) for row in rows])
    return [placed.count(str(number)) for number in range(len(shapes))]


def test_z_by_hand():
    # Nine areas in a row, each near those beside it; nine events, all in the middle. Mean 1, variance
    # 81 / 9 - 1 = 8. Three areas hold 9 where 3 are expected; (n S - S^2) / (n - 1) = (27 - 9) / 8 = 2.25.
    row = [[near for near in (place - 1, place + 1) if 0 <= near < 9] for place in range(9)]
    told = hot_spots([0, 0, 0, 0, 9, 0, 0, 0, 0], row, **FEW)
    assert told[4].z == pytest.approx((9 - 3) / (8**0.5 * 2.25**0.5))


def test_the_same_seed_gives_the_same_map():
    counts, neighbours = board(hot=(7, 8)), queens(SIDE)
    assert hot_spots(counts, neighbours, **FEW) == hot_spots(counts, neighbours, **FEW)


def test_where_most_areas_have_no_event_none_is_cold_for_having_none():
    counts = [0] * (SIDE * SIDE)
    counts[0] = counts[1] = 20
    told = hot_spots(counts, queens(SIDE), permutations=999, seed=3)
    assert not [each for each in told if each.label.startswith("cold")]


def test_an_area_without_neighbours_is_not_told():
    neighbours = queens(SIDE)
    neighbours.append([])
    told = hot_spots([*board(hot=(0, 1)), 30], neighbours, **FEW)
    assert told[-1] is None
    assert all(told[:-1])


def test_where_all_are_equal_none_stands_out():
    with pytest.raises(ValueError, match="same value"):
        hot_spots([2] * SIDE * SIDE, queens(SIDE), **FEW)


def test_false_discoveries_by_hand():
    # Five tests: 0.005 x 5 / 1, 0.01 x 5 / 2, 0.03 x 5 / 3, 0.04 x 5 / 4, 0.5: the least from each on.
    assert false_discovery_rates([0.5, 0.03, 0.005, 0.04, 0.01]) == pytest.approx(
        [0.5, 0.05, 0.025, 0.05, 0.025]
    )


@pytest.mark.parametrize(
    ("z", "q", "label"),
    [
        (2, 0.01, "hot_99"),
        (2, 0.011, "hot_95"),
        (2, 0.1, "hot_90"),
        (-2, 0.05, "cold_95"),
        (2, 0.11, NOT_SIGNIFICANT),
    ],
)
def test_a_limit_belongs_to_the_surer_label(z, q, label):
    assert label_of(z, q) == label
