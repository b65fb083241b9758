"""Who is within reach: cases small enough to count on one hand, on the small country."""

from datetime import date

import pytest

from apps.boundaries.models import Area, Settlement
from apps.coverage.models import CercleDistance, InstitutionGroup, MeasuredPlace, SettlementReach
from apps.coverage.services import measure_places
from apps.infrastructure import services as infrastructure
from apps.infrastructure.models import Institution
from apps.programme.models import PlannedWork
from geo.vocabulary import Level
from tests import small_country
from tests.coverage.inhabited import (
    BRIGADE,
    NORTH_10_KM,
    TGI,
    TI,
    answer,
    complete,
    complete_everywhere,
    difference,
    live,
    of,
    planned,
    reached,
    stands,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def three_villages(lasting):
    """One village a cercle, in its middle: 900, 600 and 300 people; no institution, no work."""
    with lasting():
        Institution.objects.all().delete()
        PlannedWork.objects.all().delete()
        small_country.make()
        live((-4.5, 13.25), (-3.5, 13.5), (-2.5, 13.75))
        small_country.people(Alpha=900, Bêta=600, Gamma=300)


def test_no_institution_and_a_complete_register_cover_nobody():
    complete_everywhere()
    assert reached(limit_km=100) == (0, 0)


def test_no_institution_and_an_unknown_register_may_cover_everybody():
    assert reached() == (0, 1800)
    country = answer().country
    assert (country.beyond_low, country.beyond_high) == (0, 1800)
    assert (country.share_beyond_low, country.share_beyond_high) == (0.0, 1.0)


def test_one_institution_reaches_its_own_village_only():
    stands(-4.5, 13.25)
    complete_everywhere()
    told = answer(limit_km=10)
    assert [(area.pcode, area.reached_low, area.reached_high) for area in told.areas] == [
        ("ML9101", 900, 900),
        ("ML9201", 0, 0),
        ("ML9202", 0, 0),
    ]
    assert (told.country.reached_low, told.country.beyond_low, told.country.share_beyond_low) == (
        900,
        900,
        0.5,
    )


def test_exactly_at_the_limit_counts():
    stands(-4.5, 13.25 + NORTH_10_KM)
    (metres,) = SettlementReach.objects.get(people=900).metres
    assert metres == round(metres, 3)
    complete_everywhere()
    assert reached(limit_km=metres / 1000) == (900, 900)
    assert reached(limit_km=(metres - 0.001) / 1000) == (0, 0)


def test_the_longest_distance_is_100_km():
    stands(-4.5, 13.25 + 9.9 * NORTH_10_KM)
    assert SettlementReach.objects.get(people=900).metres[0] == pytest.approx(99_000, abs=50)
    stands(-4.5, 13.25 + 10.1 * NORTH_10_KM, kind=TGI)
    metres = SettlementReach.objects.get(people=900).metres
    assert [each is None for each in metres] in ([False], [False, True])


def test_two_at_one_place_cover_as_one_does():
    stands(-4.5, 13.25)
    stands(-4.5, 13.25)
    complete_everywhere()
    assert reached(limit_km=1) == (900, 900)
    assert answer(limit_km=1).institutions_sure == 2


def test_what_is_the_same_as_another_is_counted_once():
    one, other = stands(-4.5, 13.25), stands(-4.5, 13.25)
    Institution.objects.filter(pk=other.pk).update(same_as=one)
    infrastructure.follow_edition()
    assert [each.id for each in answer(limit_km=1).institutions] == [one.pk]
    assert MeasuredPlace.objects.count() == 1


def test_a_report_on_the_same_institution_counts_as_its_own():
    one, other = stands(-4.5, 13.25), stands(-4.5, 13.25, y2020="functional")
    Institution.objects.filter(pk=other.pk).update(same_as=one)
    infrastructure.follow_edition()
    complete_everywhere()
    assert reached(limit_km=1, sense="functional") == (900, 900)


def test_a_settlement_without_people_changes_nothing():
    live((-4.5, 13.25), (-3.5, 13.5), (-2.5, 13.75), (-2.4, 13.2))
    small_country.people(Alpha=900, Bêta=600, Gamma=0)
    stands(-2.5, 13.75)
    gamma = of(answer(limit_km=10).areas, "ML9202")
    assert (gamma.settlements, gamma.people, gamma.people_placed, gamma.reached_low) == (2, 0, 0, 0)
    assert gamma.share_beyond_high is None
    assert gamma.is_no_data


def test_a_cercle_without_a_figure_is_no_data_and_never_zero():
    small_country.people(Alpha=900, Bêta=600)
    stands(-2.5, 13.75)
    told = answer()
    gamma = of(told.areas, "ML9202")
    assert (gamma.people, gamma.people_placed, gamma.reached_low, gamma.beyond_high) == (None,) * 4
    assert gamma.is_no_data
    assert (told.country.people, told.country.cercles_without_figure) == (1500, 1)


def test_people_of_a_cercle_without_settlement_are_told_as_not_placed():
    live((-4.5, 13.25), (-3.5, 13.5))
    small_country.people(Alpha=900, Bêta=600, Gamma=300)
    told = answer()
    gamma = of(told.areas, "ML9202")
    assert (gamma.people, gamma.people_placed, gamma.people_not_placed) == (300, None, 300)
    assert (told.country.people, told.country.people_placed, told.country.people_not_placed) == (
        1800,
        1500,
        300,
    )


def test_only_the_kinds_asked_for_count():
    stands(-4.5, 13.25, kind=BRIGADE)
    complete_everywhere(kinds=(TI, BRIGADE))
    assert reached(kinds=[TI]) == (0, 0)
    assert reached(kinds=[TI, BRIGADE]) == (900, 900)


def test_a_court_whose_kind_is_not_told_may_be_the_one_asked_for():
    stands(-4.5, 13.25, kind="court_not_told")
    complete_everywhere()
    assert reached(kinds=[TI]) == (0, 900)
    assert reached(kinds=["court_not_told", TI]) == (900, 900)


def test_functional_asks_how_it_worked_on_the_day():
    stands(-4.5, 13.25, y2019="functional", y2021="closed")
    complete_everywhere()
    on = {
        day.year: reached(sense="functional", day=day)[0]
        for day in (date(2018, 6, 1), date(2020, 6, 1), date(2021, 1, 1))
    }
    assert on == {2018: 0, 2020: 900, 2021: 0}
    assert reached(sense="nominal", day=date(2021, 1, 1))[0] == 900


def test_a_status_not_known_may_mean_that_it_works():
    stands(-4.5, 13.25)
    complete_everywhere()
    assert reached(sense="functional") == (0, 900)
    assert reached(sense="nominal") == (900, 900)


def test_one_that_works_by_periods_counts_when_it_is_asked_to():
    stands(-4.5, 13.25, y2020="periodic")
    complete_everywhere()
    assert reached(sense="functional") == (0, 0)
    assert reached(sense="functional", with_periodic=True) == (900, 900)


def test_a_court_whose_judge_sits_elsewhere_covers_nobody_functionally():
    stands(-4.5, 13.25, y2020="relocated")
    complete_everywhere()
    assert reached(sense="functional") == (0, 0)
    assert reached(sense="nominal") == (900, 900)


def test_what_is_destroyed_or_not_yet_built_stands_nowhere():
    stands(-4.5, 13.25, y2020="destroyed")
    stands(-3.5, 13.5, y2020="under_construction")
    complete_everywhere()
    assert reached() == (0, 0)


def test_a_complete_cercle_is_closed_to_what_is_not_recorded_but_its_neighbour_is_not():
    complete("ML9101")
    # The village of Alpha lies half a degree, about 54 km, from Bêta, whose register is unknown.
    assert of(answer(limit_km=50).areas, "ML9101").reached_high == 0
    assert of(answer(limit_km=60).areas, "ML9101").reached_high == 900
    assert of(answer(limit_km=50).areas, "ML9201").reached_high == 600


def test_the_distance_to_a_neighbour_decides_at_the_metre():
    complete("ML9101")
    beta = Area.objects.cercles().get(pcode="ML9201")
    metres = CercleDistance.objects.get(settlement__name="Village 1", cercle=beta).metres
    assert of(answer(limit_km=metres / 1000).areas, "ML9101").reached_high == 900
    assert of(answer(limit_km=(metres - 1) / 1000).areas, "ML9101").reached_high == 0


def test_the_distance_to_a_neighbour_is_that_to_its_nearest_point():
    """From (-4.5, 13.25) to the meridian of 4 degrees west: to a metre."""
    nearest = CercleDistance.objects.get(settlement__name="Village 1", cercle__pcode="ML9201").metres
    live((-4.5, 13.25))
    ends = [stands(-4, 13 + step / 1000) for step in range(245, 260)]
    along = [
        Institution.objects.filter(pk=end.pk).distances_km(Settlement.objects.get().location)[0]
        for end in ends
    ]
    assert nearest <= min(along) * 1000 + 0.001
    assert nearest == pytest.approx(min(along) * 1000, abs=1)


def test_a_partial_register_is_as_open_as_an_unknown_one():
    complete_everywhere(state="partial")
    told = answer()
    assert (told.country.reached_low, told.country.reached_high) == (0, 1800)
    assert (told.country.register, of(told.areas, "ML9101").register) == ("partial", "partial")


def test_every_kind_asked_for_must_be_complete():
    complete_everywhere(kinds=[TI])
    assert reached(kinds=[TI]) == (0, 0)
    assert reached(kinds=[TI, TGI]) == (0, 1800)
    assert answer(kinds=[TI, TGI]).country.register_counts == {"complete": 3, "partial": 0, "unknown": 3}


def test_what_is_judged_complete_today_says_nothing_of_before():
    complete_everywhere()
    assert reached(day=date(2026, 1, 1)) == (0, 0)
    assert reached(day=date(2025, 12, 31)) == (0, 1800)


def test_communes_sum_to_their_cercle_and_cercles_to_their_region():
    live((-4.5, 13.2), (-4.5, 13.8), (-3.5, 13.5), (-2.5, 13.2), (-2.5, 13.8))
    stands(-4.5, 13.2)
    complete("ML9101")
    levels = {level: answer(limit_km=20, level=level).areas for level in Level}
    for low, high in ((Level.COMMUNE, Level.CERCLE), (Level.CERCLE, Level.REGION)):
        for parent in levels[high]:
            children = [area for area in levels[low] if area.parent == parent.pcode]
            for number in ("people_placed", "reached_low", "reached_high", "settlements"):
                assert sum(getattr(child, number) for child in children) == getattr(parent, number)
    assert of(levels[Level.COMMUNE], "ML910101").reached_low == 450


def test_planned_works_count_when_they_are_asked_to():
    planned(-3.5, 13.5)
    complete_everywhere()
    assert reached() == (0, 0)
    assert reached(with_works=True) == (600, 600)
    assert reached(kinds=[TGI], with_works=True)[0] == 0


def test_what_works_change_is_an_interval_where_the_register_is_not_complete():
    planned(-3.5, 13.5)
    told = difference()
    assert (told.country.gained_low, told.country.gained_high) == (0, 600)
    complete_everywhere()
    assert (difference().country.gained_low, difference().country.gained_high) == (600, 600)
    (gain,) = of(difference().areas, "ML9201").works
    assert (gain.work.infra_id, gain.gained_low, gain.gained_high) == ("INF01", 600, 600)
    assert of(difference().areas, "ML9101").works == []


def test_a_work_beside_an_institution_brings_nobody():
    planned(-3.5, 13.5)
    stands(-3.5, 13.5)
    complete_everywhere()
    told = difference()
    assert (told.country.gained_low, told.country.gained_high) == (0, 0)
    assert [(gain.work.infra_id, gain.gained_high) for gain in told.works] == [("INF01", 0)]


def test_a_work_without_a_place_is_told_and_counts_nowhere():
    planned()
    complete_everywhere()
    told = answer(with_works=True)
    assert (told.works, [work.infra_id for work in told.works_without_place]) == ([], ["INF01"])
    assert told.country.reached_high == 0


def test_a_work_that_makes_no_institution_counts_nowhere():
    planned(-3.5, 13.5, kind="cndh_antenna")
    assert MeasuredPlace.objects.count() == 0


def test_a_work_that_only_equips_makes_nothing():
    planned(-3.5, 13.5, action="equip (computerisation)")
    assert (MeasuredPlace.objects.count(), answer().works) == (0, [])


def test_an_institution_that_goes_takes_its_reach_along():
    near, far = stands(-4.5, 13.25), stands(-4.5, 13.3)
    complete_everywhere()
    infrastructure.remove(near)
    (metres,) = SettlementReach.objects.get(people=900).metres
    assert metres == pytest.approx(5532, abs=5)
    infrastructure.remove(far)
    assert reached() == (0, 0)
    assert (InstitutionGroup.objects.count(), MeasuredPlace.objects.count()) == (0, 0)


def test_an_institution_that_moves_is_measured_from_its_new_place():
    court = stands(-4.5, 13.25)
    court.location.x = -3.5
    court.location.y = 13.5
    infrastructure.keep(court)
    complete_everywhere()
    assert [area.reached_low for area in answer(limit_km=10).areas] == [0, 600, 0]


def test_another_edition_shares_the_people_anew():
    areas = [
        (level, pcode, name, parent, shape)
        for level, pcode, name, parent, shape in small_country.AREAS
        if level < Level.COMMUNE
    ]
    small_country.make("Sans communes", areas)
    stands(-4.5, 13.25)
    told = answer(limit_km=10)
    assert (told.edition, told.country.people_placed, told.country.reached_low) == (
        "Sans communes",
        1800,
        900,
    )
    assert answer(level=Level.COMMUNE).areas == []


def test_before_any_settlement_nothing_is_known():
    Settlement.objects.all().delete()
    told = answer()
    assert (told.country.settlements, told.country.people_placed, told.country.people_not_placed) == (
        0,
        None,
        1800,
    )


def test_who_made_the_numbers_is_told():
    told = answer()
    assert told.edition == "Petit pays"
    assert {"boundaries", "settlements", "population"} <= {source.kind for source in told.sources}


def test_an_answer_costs_few_queries(django_assert_max_num_queries):
    stands(-4.5, 13.25)
    planned(-3.5, 13.5)
    with django_assert_max_num_queries(9):
        answer(level=Level.COMMUNE)
    with django_assert_max_num_queries(12):
        difference(level=Level.COMMUNE)


def test_measuring_again_what_did_not_change_measures_nothing():
    stands(-4.5, 13.25)
    assert measure_places() == 0
