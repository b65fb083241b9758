"""The arithmetic of coverage: people on settlements, statuses over time, what counts, how far is near."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import coverage
from geo.coverage import Counts, counts, history, people_of_settlements, status_on
from geo.vocabulary import CoverageSense, InstitutionKind, InstitutionStatus, SettlementClass

FUNCTIONAL, CLOSED, UNKNOWN = (
    InstitutionStatus.FUNCTIONAL,
    InstitutionStatus.CLOSED,
    InstitutionStatus.UNKNOWN,
)


def test_without_a_raster_rank_alone_shares_the_people():
    seat, village, unranked = SettlementClass.CERCLE_SEAT, SettlementClass.VILLAGE, None
    assert people_of_settlements(2200, [seat, village, unranked], [None] * 3, {}) == [2000, 100, 100]


def test_a_cell_gives_its_people_to_its_own_settlements():
    assert people_of_settlements(1000, [5, 5, 5], [1, 1, 2], {1: 300, 2: 700}) == [150, 150, 700]


def test_people_of_a_cell_without_settlement_go_to_all_others_in_proportion():
    assert people_of_settlements(1000, [5, 5], [1, 2], {1: 100, 2: 300, 3: 600}) == [250, 750]


def test_a_settlement_in_no_cell_has_nobody_where_the_raster_tells_of_others():
    assert people_of_settlements(1000, [5, 5], [1, None], {1: 100}) == [1000, 0]


def test_a_raster_without_people_tells_nothing():
    assert people_of_settlements(1000, [5, 5], [1, 2], {1: 0, 2: 0}) == [500, 500]


def test_no_figure_is_not_zero():
    assert people_of_settlements(None, [5, 5], [1, 2], {1: 1, 2: 1}) == [None, None]
    assert people_of_settlements(0, [5, 5], [1, 2], {1: 1, 2: 1}) == [0, 0]


def test_a_cercle_without_settlement_places_nobody():
    assert people_of_settlements(1000, [], [], {}) == []


@given(
    st.integers(0, 3_000_000),
    st.lists(st.tuples(st.sampled_from([1, 2, 3, 4, 5, None]), st.sampled_from([None, 1, 2, 3])), min_size=1),
    st.dictionaries(st.sampled_from([1, 2, 3]), st.floats(0, 1e6)),
)
def test_the_total_is_kept_exactly(people, settlements, cells):
    classes, in_cells = zip(*settlements, strict=True)
    assert sum(people_of_settlements(people, classes, in_cells, cells)) == people


def test_a_status_holds_from_its_day_on():
    changes = history([(date(2019, 1, 1), FUNCTIONAL), (date(2021, 6, 1), CLOSED)])
    days = (date(2018, 12, 31), date(2019, 1, 1), date(2021, 5, 31), date(2021, 6, 1))
    assert [status_on(changes, day) for day in days] == [UNKNOWN, FUNCTIONAL, FUNCTIONAL, CLOSED]


def test_of_one_day_the_last_report_holds():
    assert history([(date(2020, 1, 1), CLOSED), (date(2020, 1, 1), FUNCTIONAL)]) == [
        (date(2020, 1, 1), FUNCTIONAL)
    ]


def test_a_report_that_changes_nothing_makes_no_other_history():
    assert history([(date(2020, 1, 1), UNKNOWN)]) == []


@pytest.mark.parametrize(
    ("status", "nominal", "functional", "with_periodic"),
    [
        ("functional", "sure", "sure", "sure"),
        ("periodic", "sure", "no", "sure"),
        ("relocated", "sure", "no", "no"),
        ("closed", "sure", "no", "no"),
        ("unknown", "sure", "possible", "possible"),
        ("under_construction", "no", "no", "no"),
        ("destroyed", "no", "no", "no"),
    ],
)
def test_which_status_counts(status, nominal, functional, with_periodic):
    status = InstitutionStatus(status)
    asked = (
        (CoverageSense.NOMINAL, False),
        (CoverageSense.FUNCTIONAL, False),
        (CoverageSense.FUNCTIONAL, True),
    )
    told = [counts(status, sense=sense, with_periodic=periodic) for sense, periodic in asked]
    assert told == [Counts(nominal), Counts(functional), Counts(with_periodic)]


def test_every_status_is_decided():
    for status in InstitutionStatus:
        assert counts(status, sense=CoverageSense.NOMINAL, with_periodic=False) in Counts


def test_a_kind_not_told_may_be_the_one_asked_for():
    assert coverage.may_be_of([InstitutionKind.TI]) == [InstitutionKind.COURT_NOT_TOLD]
    assert coverage.may_be_of([InstitutionKind.TI, InstitutionKind.COURT_NOT_TOLD]) == []


def test_a_register_need_not_be_complete_of_kinds_not_told():
    ti, not_told = InstitutionKind.TI, InstitutionKind.COURT_NOT_TOLD
    assert coverage.kinds_to_be_complete([ti, not_told]) == [ti]
    assert coverage.kinds_to_be_complete([not_told]) == [not_told]


def test_a_limit_is_from_1_to_100_km():
    assert coverage.limit_metres(11.0612) == 11061.2
    for wrong in (0.999, 100.001, -5, float("nan")):
        with pytest.raises(ValueError, match="from 1 to 100 km"):
            coverage.limit_metres(wrong)


def test_every_work_that_makes_an_institution_makes_one_of_a_family():
    assert coverage.KIND_MADE["jpce_to_ti"].family == coverage.KIND_MADE["ti_works"].family == "court"
    assert not {"cndh_antenna", "pef"} & coverage.KIND_MADE.keys()
