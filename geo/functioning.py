"""Whether an institution that works by periods, or from another place, counts for a question."""

from geo.coverage import NOT_STANDING, Counts
from geo.vocabulary import CoverageSense, InstitutionStatus

PERIODIC_SHARE = 0.5
"""Of the days: an institution that is open at least so often counts as one that works. Our choice."""


def counts_by_rule(
    status: InstitutionStatus,
    *,
    sense: CoverageSense,
    share_of_days: float | None,
    periodic_share: float,
    knows_where: bool,
) -> Counts:
    """
    Return whether an institution counts, by how often it is open and whether it is known where it sits.

    Nominal: it stands. Functional: it works; a periodic one when it is open at least `periodic_share` of
    the days (0 to 1; exactly so often counts), perhaps when its share is not told; a relocated one where it
    really sits, perhaps at its seat while that place is not known; one of unknown status perhaps.

    >>> rule = {"sense": CoverageSense.FUNCTIONAL, "periodic_share": 0.5, "knows_where": False}
    >>> counts_by_rule(InstitutionStatus.PERIODIC, share_of_days=0.5, **rule)
    <Counts.SURE: 'sure'>
    >>> counts_by_rule(InstitutionStatus.PERIODIC, share_of_days=None, **rule)
    <Counts.POSSIBLE: 'possible'>
    >>> counts_by_rule(InstitutionStatus.RELOCATED, share_of_days=None, **rule)
    <Counts.POSSIBLE: 'possible'>
    """
    if status in NOT_STANDING:
        return Counts.NO
    if sense is CoverageSense.NOMINAL:
        return Counts.SURE
    match status:
        case InstitutionStatus.FUNCTIONAL:
            return Counts.SURE
        case InstitutionStatus.PERIODIC if share_of_days is not None:
            return Counts.SURE if share_of_days >= periodic_share else Counts.NO
        case InstitutionStatus.RELOCATED if knows_where:
            return Counts.SURE
        case InstitutionStatus.PERIODIC | InstitutionStatus.RELOCATED | InstitutionStatus.UNKNOWN:
            return Counts.POSSIBLE
    return Counts.NO
