"""The arithmetic of coverage: statuses over time, what counts, how far is near."""

from datetime import date

import pytest

from geo import coverage
from geo.coverage import Counts, counts, history, status_on
from geo.vocabulary import CoverageSense, InstitutionKind, InstitutionStatus

FUNCTIONAL, CLOSED, UNKNOWN = (
    InstitutionStatus.FUNCTIONAL,
    InstitutionStatus.CLOSED,
    InstitutionStatus.UNKNOWN,
)


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
