"""What an answer hangs on: the limit, the measure, how people are counted, what is unknown. Heavy."""

from apps.coverage.people import BOTH
from apps.coverage.studies.areas import whole
from apps.coverage.studies.questions import KM, LONGEST, MINUTES
from geo.reach import people_where, within, worst_of
from geo.vocabulary import CoverageSense

MINUTES_AN_HOUR = 60

SHARES = (-0.25, 0.25)
"""By how much the limit is made shorter and longer. Our choice."""


def sensitivity_told(measuring, sense, people, walking_kmh):
    """
    Return the people reached in the country, surely and by all that is recorded, with one thing changed.

    The first is the answer itself; `key` says what is changed, `value` to what.
    """
    asked = measuring.asked
    measure, limit = asked["measure"], asked["limit"]
    main = people[BOTH]

    def reached(key, value, *, by=measuring, of=main, sense=sense, measure=measure, limit=limit):
        sure, known = (within(worst_of(distances), limit) for distances in distances_of(by, sense, measure))
        return {
            "key": key,
            "value": value,
            "low": whole(people_where(of, sure).sum()),
            "known": whole(people_where(of, known).sum()),
        }

    told = [reached("as_asked", None)]
    for share in SHARES:
        other = min(limit * (1 + share), LONGEST[measure])
        told.append(reached("limit", other, limit=other))
    other_measure, other_limit = _other(measure, limit, walking_kmh)
    told.append(
        reached("measure", f"{other_limit:g} {other_measure}", measure=other_measure, limit=other_limit)
    )
    told += [reached("people", method, of=people[method]) for method in sorted(people)]
    other_sense = next(each for each in CoverageSense if each is not sense)
    told.append(reached("sense", other_sense.value, sense=other_sense))
    for share in (0.0, 1.0):
        told.append(reached("periodic_share", share, by=measuring.asking(periodic_share=share)))
    return told


def distances_of(measuring, sense, measure):
    """Return the distances of each link to the nearest that surely counts, and to the nearest known."""
    pairs = [measuring.distances(key, sense, measure) for key in measuring.links]
    return [sure for sure, _ in pairs], [known for _, known in pairs]


def _other(measure, limit, walking_kmh):
    """Return the other measure, and as far as one walks there on flat ground without a detour."""
    if measure == KM:
        return MINUTES, round(limit / walking_kmh * MINUTES_AN_HOUR, 3)
    return KM, round(limit * walking_kmh / MINUTES_AN_HOUR, 3)
