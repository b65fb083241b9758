"""Minutes in the small country: what counts, what is moved, what is told. 1 km on foot is 12 minutes."""

import numpy as np
import pytest

from apps.travel import services
from apps.travel.surfaces import Travelling
from geo.grid import MALI
from layers.travel import Placing
from tests import small_country
from tests.travel.lying import COL, ROW, lies, place

HERE = place()
PARIS, NIAMEY_ROAD = (2.35, 48.85), (-1.95, 13.5)
DIAGONAL = 2**0.5


@pytest.fixture(scope="module", autouse=True)
def country(lasting):
    with lasting():
        return small_country.make()


def minutes(points, *places, limit=None, travelling=None):
    travelling = travelling or Travelling.now()
    return travelling.at(travelling.surface(points, limit), *np.transpose(places)).tolist()


@pytest.mark.django_db
class TestOnFoot:
    def test_a_kilometre_takes_twelve_minutes(self):
        found = minutes([HERE], place(), place(north=1), place(north=3, east=3), place(east=-10))
        assert found == pytest.approx([0, 12, 3 * 12 * DIAGONAL, 120])

    def test_the_nearest_of_several_places_counts(self):
        assert minutes([HERE, place(north=10)], place(north=9)) == pytest.approx([12])

    def test_exactly_at_the_limit_counts_and_beyond_is_unreachable(self):
        assert minutes([HERE], place(east=30), place(east=31), limit=360) == [360, np.inf]

    def test_without_an_institution_nobody_is_reached(self):
        assert minutes([], HERE) == [np.inf]
        assert Travelling.now().place([]) == []

    def test_the_answer_says_that_all_go_on_foot_because_no_roads_are_known(self):
        told = Travelling.now().told()
        assert Travelling.now().is_walking_only
        assert told["walking_only"]
        assert told["border"] == "closed"
        assert [(each["what"], each["kmh"]) for each in told["speeds"]] == [("walking", 5)]
        assert "Tobler" in told["speeds"][0]["source"]["en"]


@pytest.mark.django_db
class TestEdges:
    def test_a_settlement_off_the_grid_or_out_of_mali_has_no_minutes(self):
        found = minutes([HERE], PARIS, NIAMEY_ROAD, HERE)
        assert np.isnan(found).tolist() == [True, True, False]

    def test_an_institution_out_of_mali_counts_only_if_asked(self):
        (closed,) = Travelling.now().place([NIAMEY_ROAD])
        (opened,) = Travelling.now(across_border=True).place([NIAMEY_ROAD])
        assert (closed.why, closed.counts) == (Placing.OUTSIDE_MALI, False)
        assert (opened.why, opened.counts) == (Placing.AS_IT_IS, True)
        assert minutes([NIAMEY_ROAD], (-2.05, 13.5)) == [np.inf]

    def test_with_the_border_open_ways_may_lead_through_a_neighbour(self):
        open_border = Travelling.now(across_border=True)
        assert np.isfinite(minutes([NIAMEY_ROAD], (-2.05, 13.5), limit=300, travelling=open_border)).all()
        assert open_border.key != Travelling.now().key

    def test_an_institution_off_the_grid_never_counts(self):
        (placed,) = Travelling.now(across_border=True).place([PARIS])
        assert (placed.why, placed.counts) == (Placing.OFF_THE_GRID, False)

    def test_an_institution_in_water_moves_to_the_nearest_land_and_says_so(self):
        lake = {(north, east): 1 for north in (-1, 0, 1) for east in (-1, 0, 1, 2)}
        lies("rivers", lake, ["water"])
        (placed,) = Travelling.now().place([HERE])
        assert (placed.why, placed.moved_metres) == (Placing.OUT_OF_WATER, 2000)
        assert abs(placed.row - ROW) + abs(placed.col - COL) == 2

    def test_a_settlement_in_water_is_reached_from_the_nearest_land(self):
        lies("rivers", {(0, 0): 1}, ["water"])
        reached = minutes([place(north=2)], HERE)
        assert reached == pytest.approx([12])

    def test_an_institution_on_a_barrier_moves_beside_it(self):
        lies("barriers", {(0, 0): 1}, ["*"])
        (placed,) = Travelling.now().place([HERE])
        assert (placed.why, placed.moved_metres) == (Placing.OFF_A_BARRIER, 1000)

    def test_with_no_ground_near_a_place_does_not_count(self):
        cells = {(north, east): 1 for north in range(-26, 27) for east in range(-26, 27)}
        lies("barriers", cells, ["*"])
        (placed,) = Travelling.now().place([HERE])
        assert (placed.why, placed.counts) == (Placing.NO_GROUND_NEAR, False)


@pytest.mark.django_db
class TestLayers:
    def test_a_road_shortens_the_way_and_the_answer_no_longer_says_on_foot(self):
        lies("roads", {(0, east): 1 for east in range(11)}, ["primary"])
        assert not Travelling.now().is_walking_only
        assert minutes([HERE], place(east=10)) == pytest.approx([10])

    def test_a_river_without_a_bridge_is_crossed_by_dugout(self):
        lies("rivers", {(1, east): 1 for east in range(-60, 61)}, ["river"])
        assert minutes([HERE], place(north=2)) == pytest.approx([6 + 30 + 30 + 6])

    def test_land_cover_slope_and_a_given_friction_slow_walking(self):
        lies("land_cover", {(0, 0): 40, (0, 1): 40}, ["40"])
        assert minutes([HERE], place(east=1)) == pytest.approx([20])
        lies("slope", {(0, 0): 0.2, (0, 1): 0.2})
        assert minutes([HERE], place(east=1)) == pytest.approx([20 / np.exp(-0.7)])
        lies("friction", {(0, 0): 0.001, (0, 1): 0.001})
        assert minutes([HERE], place(east=1)) == pytest.approx([1])

    def test_the_speed_a_data_keeper_sets_holds_and_the_answer_says_who_set_it(self):
        before = Travelling.now().key
        services.set_speed("walking", "*", 4, why="Enquête de 2025")
        assert minutes([HERE], place(east=1)) == pytest.approx([15])
        (walking,) = Travelling.now().told()["speeds"]
        assert (walking["kmh"], walking["default_kmh"]) == (4, 5)
        assert "Enquête de 2025" in walking["source"]["fr"]
        assert Travelling.now().key != before
        services.set_speed_back("walking", "*", why="Essai fini")
        assert Travelling.now().key == before

    def test_a_speed_of_no_layer_changes_nothing(self):
        before = Travelling.now().key
        services.set_speed("roads", "track", 10, why="Saison des pluies")
        assert Travelling.now().key == before

    def test_what_is_loaded_is_told_with_its_source(self):
        lies("roads", {(0, 0): 1}, ["track"])
        (layer,) = Travelling.now().told()["layers"]
        assert (layer["kind"], layer["publisher"], layer["licence"]) == ("roads", "Éditeur d’essai", "CC0")
        assert services.remove_layer("roads").in_use is False
        assert Travelling.now().told()["layers"] == []

    def test_a_layer_made_on_another_grid_is_refused_by_name(self):
        layer = lies("roads", {(0, 0): 1}, ["track"])
        layer.rows = 3
        layer.save()
        with pytest.raises(ValueError, match="load its file again"):
            _ = Travelling.now().ground


@pytest.mark.django_db
def test_searches_from_each_place_tell_the_same_as_a_surface():
    lies("roads", {(0, east): 1 for east in range(11)}, ["primary"])
    travelling = Travelling.now()
    places = np.transpose([place(north, east) for north in range(-6, 7) for east in range(-6, 16)])
    points = [HERE, place(north=5, east=12), PARIS]
    found = travelling.minutes_between(points, *places, 60)
    for point, (indices, minutes_found) in zip(points, found, strict=True):
        everywhere = travelling.at(travelling.surface([point], 60), *places)
        assert indices.tolist() == np.flatnonzero(np.isfinite(everywhere)).tolist()
        assert minutes_found.tolist() == everywhere[indices].tolist()
    assert len(found[2][0]) == 0


@pytest.mark.django_db
def test_the_ground_is_made_once_for_the_same_inputs():
    assert Travelling.now().ground is Travelling.now().ground
    assert Travelling.now().surface([HERE]).shape == MALI.shape
