"""What counts as standing, and how far is near: the arithmetic of coverage."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from geo.vocabulary import CoverageSense, InstitutionKind, InstitutionStatus, WorksKind

SHORTEST_LIMIT_KM = 1
LONGEST_LIMIT_KM = 100
"""Which distances may be asked. Beyond 100 km nobody goes to a court and back in a day. Our choice."""

KIND_MADE = {
    WorksKind.COMMISSARIAT: InstitutionKind.COMMISSARIAT,
    WorksKind.POLICE_OR_BRIGADE: InstitutionKind.POLICE_NOT_TOLD,
    WorksKind.JPCE_TO_TI: InstitutionKind.TI,
    WorksKind.TI_WORKS: InstitutionKind.TI,
    WorksKind.COURT_NOT_TOLD: InstitutionKind.COURT_NOT_TOLD,
    WorksKind.EPES: InstitutionKind.EPES,
    WorksKind.ONE_STOP_CENTRE: InstitutionKind.ONE_STOP_CENTRE,
}
"""
Which institution stands once a work is done; a work of another kind makes none. Nor does a seat for the PEF,
which is on the register already and serves the whole country.
"""

KINDS_NOT_TOLD = frozenset(
    {InstitutionKind.POLICE_NOT_TOLD, InstitutionKind.COURT_NOT_TOLD, InstitutionKind.PRISON_NOT_TOLD}
)

NOT_STANDING = frozenset({InstitutionStatus.DESTROYED, InstitutionStatus.UNDER_CONSTRUCTION})
"""What is on the register and yet is no building to go to. Closed and relocated ones still have theirs."""

History = Sequence[tuple[date, InstitutionStatus]]
"""(day from which, status), earliest first. Before the first day the status is unknown."""


class Counts(StrEnum):
    """Whether an institution counts for a question: for sure, perhaps, or not at all."""

    SURE = "sure"
    POSSIBLE = "possible"
    NO = "no"


def history(reports: Sequence[tuple[date, InstitutionStatus]]) -> list[tuple[date, InstitutionStatus]]:
    """
    Return the statuses of an institution over time, a change a line, from its reports in order.

    Reports come by day, then as they were made: of one day the last holds. A report that changes
    nothing leaves no line, so institutions that always count together have one history.

    >>> functional, closed = InstitutionStatus.FUNCTIONAL, InstitutionStatus.CLOSED
    >>> year = lambda y: date(y, 1, 1)
    >>> len(history([(year(2019), functional), (year(2020), functional), (year(2021), closed)]))
    2
    """
    by_day = dict(reports)
    changes, before = [], InstitutionStatus.UNKNOWN
    for day, status in sorted(by_day.items()):
        if status != before:
            changes.append((day, InstitutionStatus(status)))
        before = InstitutionStatus(status)
    return changes


def status_on(changes: History, day: date) -> InstitutionStatus:
    """Return the status on a day, the day of a change included; unknown before the first."""
    reached = [status for since, status in changes if since <= day]
    return reached[-1] if reached else InstitutionStatus.UNKNOWN


def counts(status: InstitutionStatus, *, sense: CoverageSense, with_periodic: bool) -> Counts:
    """
    Return whether an institution of this status counts.

    Nominal: it is on the register and stands, whether it works or not. Functional: it works; one that
    works by periods counts where the question says so; one of unknown status may.

    >>> counts(InstitutionStatus.CLOSED, sense=CoverageSense.NOMINAL, with_periodic=False)
    <Counts.SURE: 'sure'>
    >>> counts(InstitutionStatus.UNKNOWN, sense=CoverageSense.FUNCTIONAL, with_periodic=False)
    <Counts.POSSIBLE: 'possible'>
    """
    if sense is CoverageSense.NOMINAL:
        return Counts.NO if status in NOT_STANDING else Counts.SURE
    if status is InstitutionStatus.FUNCTIONAL or (with_periodic and status is InstitutionStatus.PERIODIC):
        return Counts.SURE
    return Counts.POSSIBLE if status is InstitutionStatus.UNKNOWN else Counts.NO


def may_be_of(kinds: Sequence[InstitutionKind]) -> list[InstitutionKind]:
    """
    Return the kinds, not asked for, whose institutions may yet be of one asked for: family told, kind not.

    >>> may_be_of([InstitutionKind.BRIGADE])
    [<InstitutionKind.POLICE_NOT_TOLD: 'police_not_told'>]
    """
    families = {kind.family for kind in kinds}
    return [
        kind
        for kind in InstitutionKind
        if kind in KINDS_NOT_TOLD and kind.family in families and kind not in kinds
    ]


def kinds_to_be_complete(kinds: Sequence[InstitutionKind]) -> list[InstitutionKind]:
    """
    Return the kinds for which a register must be complete before an absence means none.

    All that are asked for, but "kind not told" where told kinds of its family are asked beside it.
    """
    told_families = {kind.family for kind in kinds if kind not in KINDS_NOT_TOLD}
    return [kind for kind in kinds if kind not in KINDS_NOT_TOLD or kind.family not in told_families]


def limit_metres(limit_km: float) -> float:
    """
    Return the limit in metres, to the millimetre like the distances, so that exactly at the limit counts.

    Raises ValueError when it is not from 1 to 100 km.
    """
    if not SHORTEST_LIMIT_KM <= limit_km <= LONGEST_LIMIT_KM:
        raise ValueError(
            f"{limit_km} km: expected a distance from {SHORTEST_LIMIT_KM} to {LONGEST_LIMIT_KM} km"
        )
    return round(limit_km * 1000, 3)


def share_class(share: float) -> int:
    """
    Return which third a share lies in: 0, 1 or 2. A limit belongs to the third below it, as people say it.

    >>> [share_class(share) for share in (0.0, 1 / 3, 0.34, 2 / 3, 0.7, 1.0)]
    [0, 0, 1, 1, 2, 2]
    """
    return int(share > 1 / 3) + int(share > 2 / 3)
