"""Hot spots agree with esda asked directly. The one module of the tests that imports it."""

import csv
import json
import warnings

import numpy as np
import pytest
import shapely

from geo.hot_spots import NOT_SIGNIFICANT, false_discovery_rates, hot_spots, label_of
from geo.placing import Placer
from geo.vocabulary import VIOLENT_EVENT_TYPES

SIDE = 6
FEW = {"permutations": 99, "seed": 3}


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
    told = hot_spots(counts, neighbours, permutations=999, seed=3)
    direct = asked_directly(counts, neighbours, permutations=999, seed=3)
    assert [each.z for each in told] == pytest.approx(list(direct.Zs))
    # On the upper side esda counts ties as we do; its p is of one side, ours of two.
    above = [place for place in range(SIDE * SIDE) if 2 * direct.p_sim[place] < 1 and told[place].z > 1]
    assert len(above) > 3
    assert [told[place].p for place in above] == pytest.approx([2 * direct.p_sim[place] for place in above])
    standardised = asked_directly(counts, neighbours, permutations=999, seed=3, transform="R")
    assert list(standardised.p_sim[above]) == pytest.approx(list(direct.p_sim[above]))
    assert told[0].label.startswith("hot_")
    assert told[-1].label == NOT_SIGNIFICANT


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
    direct = asked_directly(counts, neighbours, **FEW)
    assert sum(counts) > 300
    assert [each.z for each in told] == pytest.approx(list(direct.Zs))
    # Where an area has events and all around it none, esda counts the ties on the one side only.
    above = [place for place, each in enumerate(told) if each.z > 1 and each.p < 1]
    assert len(above) > 20
    assert [told[place].p for place in above] == pytest.approx([2 * direct.p_sim[place] for place in above])


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
