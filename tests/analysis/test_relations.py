"""Every relation on a country of squares, with numbers to be checked by hand."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from apps.analysis import building
from tests import small_country
from tests.analysis.asking import answer, column, features, names, step, told
from tests.coverage.inhabited import BRIGADE, TI, live, planned, stands
from tests.small_country import event

pytestmark = pytest.mark.django_db

HERE = (-4.5, 13.25)
GEOD = Geod(ellps="WGS84")


def km_north(km, place=HERE):
    """Return the place so many kilometres north of another."""
    return GEOD.fwd(*place, 0, km * 1000)[:2]


@pytest.fixture(scope="module", autouse=True)
def country(lasting):
    """
    Villages in a line north of one point of Alpha: 0, 10 and 25 km; one on the border of Alpha's communes;
    one in Gamma. A court where the line begins. Ninety people in Alpha; Gamma's are not known.
    """
    with lasting():
        small_country.make()
        live(HERE, km_north(10), km_north(25), (-4.2, 13.5), (-2.5, 13.25))
        small_country.people(Alpha=90, Bêta=50)
        stands(*HERE, TI, y2020="functional")
        small_country.happened(
            event(*HERE),
            event(*km_north(10), "2020-09-15"),
            event(*km_north(11), "2020-08-15", geo_precision=2),
            event(-4.5, 13.3, "2020-08-16", geo_precision=5),
            event(-2.5, 13.25, "2020-07-01", fatalities=4),
        )


VILLAGES = ["Village 1", "Village 2", "Village 3", "Village 4", "Village 5"]


def test_what_lies_exactly_at_the_limit_is_within():
    found = answer(step("settlements", "within_km", "institutions", km=10))
    assert names(found) == ["Village 1", "Village 2"]
    assert column(found, "km") == [0, 10]
    assert names(answer(step("settlements", "within_km", "institutions", km=9.999))) == ["Village 1"]


def test_beyond_is_all_with_a_place_that_is_not_within():
    found = answer(step("settlements", "beyond_km", "institutions", km=10))
    assert names(found) == ["Village 3", "Village 4", "Village 5"]


def test_at_least_counts_what_is_surely_near():
    """Three events within 12 km of the first village, one of them near a town; that of a region is none."""
    found = answer(step("settlements", "within_km", "events", km=12))
    assert told(found, "related", "name") == {"Village 1": 3, "Village 2": 3, "Village 5": 1}
    found = answer(step("settlements", "within_km", "events", km=12, at_least=3))
    assert names(found) == ["Village 1", "Village 2"]
    assert found.steps == [
        {"step": 1, "read": 5, "without_place": 0, "related": 5, "kept": 2, "imprecise": 1}
    ]


def test_the_first_are_those_with_most_and_their_equals():
    found = answer(step("settlements", "within_km", "events", km=12, first=1))
    assert names(found) == ["Village 1", "Village 2"]


def test_nearest_tells_who_and_how_far():
    stands(*km_north(20), BRIGADE)
    found = answer(step("settlements", "nearest", "institutions", count=2))
    assert told(found, "nearest_km", "name")["Village 2"] == "10.000; 10.000"
    assert told(found, "km", "name")["Village 3"] == 5
    found = answer(
        step(
            "settlements",
            "nearest",
            features("institutions", where=[{"field": "family", "op": "=", "value": "court"}]),
        )
    )
    assert told(found, "km", "name")["Village 3"] == 25


def test_nothing_is_nearest_to_itself():
    assert told(answer(step("settlements", "nearest", "settlements")), "km", "name")["Village 1"] == 10


def test_a_point_on_a_shared_border_counts_once_where_its_load_placed_it():
    inside = answer(step("settlements", "within", "communes"))
    assert (len(inside.rows), set(column(inside, "related"))) == (5, {1})
    by_commune = answer(step("settlements"), by=["commune"])
    assert sum(column(by_commune, "count")) == 5


def test_within_a_selection_and_its_inverse():
    assert names(answer(step("settlements", "within", {"areas": ["ML9202"]}))) == ["Village 5"]
    found = answer(step("cercles", "contains", "settlements"))
    assert told(found, "related", "pcode") == {"ML9101": 4, "ML9202": 1}
    assert names(answer(step("communes", "within", {"areas": ["ML9101"]}))) == ["Alpha Nord", "Alpha Sud"]


def test_areas_that_share_a_border_touch_and_none_touches_itself():
    assert names(answer(step("cercles", "touches", {"areas": ["ML9201"]}))) == ["Alpha", "Gamma"]
    assert names(answer(step("cercles", "touches", {"areas": ["ML9101"]}))) == ["Bêta"]
    # A commune of Alpha is inside it, not beside it.
    assert names(answer(step("communes", "touches", {"areas": ["ML9101"]}))) == ["Bêta"]


def test_intersects_is_placement_for_points_and_shape_for_areas():
    assert names(answer(step("settlements", "intersects", {"areas": ["ML9202"]}))) == ["Village 5"]
    assert names(answer(step("cercles", "intersects", "settlements"))) == ["Alpha", "Gamma"]
    shape = {"shape": box(-3.1, 13.1, -2.9, 13.2)}
    assert names(answer(step("cercles", "intersects", shape))) == ["Bêta", "Gamma"]


def box(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_what_lies_in_a_hole_of_a_shape_is_outside_it():
    around = box(-4.6, 13.2, -4.4, 14)
    hole = {
        "type": "Polygon",
        "coordinates": [*around["coordinates"], *box(-4.55, 13.3, -4.45, 13.4)["coordinates"]],
    }
    assert names(answer(step("settlements", "within", {"shape": around}))) == [
        "Village 1",
        "Village 2",
        "Village 3",
    ]
    assert names(answer(step("settlements", "within", {"shape": hole}))) == ["Village 1", "Village 3"]


def test_each_part_of_a_shape_counts_and_its_edge_is_inside():
    parts = {
        "type": "MultiPolygon",
        "coordinates": [
            box(-4.5, 13.2, -4.4, 13.3)["coordinates"],
            box(-2.6, 13.2, -2.5, 13.3)["coordinates"],
        ],
    }
    assert names(answer(step("settlements", "within", {"shape": parts}))) == ["Village 1", "Village 5"]


def test_a_drawn_line_is_within_reach():
    line = {"type": "LineString", "coordinates": [[-4.5, 13.0], [-4.5, 13.2]]}
    found = answer(step("settlements", "within_km", {"shape": line}, km=10))
    assert names(found) == ["Village 1"]
    assert column(found, "km")[0] == pytest.approx(GEOD.inv(*HERE, -4.5, 13.2)[2] / 1000, abs=0.001)


def test_an_area_is_as_far_as_its_edge():
    """The court is half a degree from the east of Alpha, less than 55 km; no distance inside."""
    found = answer(step("cercles", "within_km", "institutions", km=60))
    assert told(found, "km", "pcode") == {
        "ML9101": 0,
        "ML9201": pytest.approx(GEOD.inv(*HERE, -4, 13.25)[2] / 1000, abs=0.01),
    }


def test_the_share_of_an_area_that_others_cover():
    found = answer(step("cercles", "share_of_area", features("communes", areas=["ML910101"])))
    shares = told(found, "share", "pcode")
    assert shares["ML9101"] == pytest.approx(0.5, abs=0.002)  # the south is a little wider
    assert shares["ML9202"] == 0


def test_a_circle_covers_what_a_circle_covers():
    [share] = column(
        answer(step(features("cercles", areas=["ML9101"]), "share_of_area", "institutions", km=10)), "share"
    )
    [area_km2] = column(answer(step(features("cercles", areas=["ML9101"]))), "area_km2")
    assert share * area_km2 == pytest.approx(3.14159 * 100, rel=0.002)


def test_the_share_of_people_is_of_those_known():
    """Alpha's people are shared over four villages alike; two of them live within 10 km. Gamma: unknown."""
    found = answer(step("cercles", "share_of_people", "institutions", km=10))
    shares = told(found, "share", "pcode")
    assert shares["ML9101"] == pytest.approx(45 / 90, abs=0.02)
    assert shares["ML9202"] is None


def test_where_no_institution_is_known_all_lie_beyond_and_the_answer_says_so():
    nowhere = features("institutions", where=[{"field": "family", "op": "=", "value": "prison"}])
    found = answer(step("settlements", "beyond_km", nowhere, km=10))
    assert names(found) == VILLAGES
    said = " ".join(note["fr"] for note in found.notes)
    assert "tout est donc gardé" in said
    assert "aucune connue" in said
    assert answer(step("settlements", "within_km", nowhere, km=10)).rows == []


def test_what_has_no_place_is_left_out_and_told():
    planned(*HERE, code="INF91")
    planned(code="INF92")
    works = features("planned_works", where=[{"field": "infra_id", "op": "in", "value": ["INF91", "INF92"]}])
    found = answer(step(works, "within_km", "institutions", km=1))
    assert column(found, "infra_id") == ["INF91"]
    assert found.steps[0]["without_place"] == 1


def test_three_steps_follow_each_other():
    found = answer(
        step("settlements", "within_km", "events", km=12, at_least=2),
        step({"step": 1}, "beyond_km", "institutions", km=5),
        step("cercles", "contains", {"step": 2}),
    )
    assert (names(found), column(found, "nearest")) == (["Alpha"], ["Village 2"])
    assert [each["kept"] for each in found.steps] == [2, 1, 1]


@pytest.mark.parametrize("many", [0, 5000])
def test_enough_of_many_are_looked_for_with_the_same_outcome(many, monkeypatch):
    """Three events within 12 km of two villages; of those two, the court is farther than 5 km from one."""
    monkeypatch.setattr(building, "MANY", many)
    found = answer(
        step("settlements", "within_km", "events", km=12, at_least=3),
        step({"step": 1}, "beyond_km", "institutions", km=5),
        measure={"kind": "count"},
    )
    assert (found.rows, [each["kept"] for each in found.steps]) == ([[1]], [2, 1])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(km=st.floats(0.001, 400), more=st.floats(0, 100))
def test_a_longer_limit_never_keeps_fewer_and_within_and_beyond_make_all(km, more):
    near = set(names(answer(step("settlements", "within_km", "institutions", km=km))))
    nearer_or_not = set(names(answer(step("settlements", "within_km", "institutions", km=km + more))))
    beyond = set(names(answer(step("settlements", "beyond_km", "institutions", km=km))))
    assert near <= nearer_or_not
    assert sorted(near | beyond) == VILLAGES
    assert not near & beyond
