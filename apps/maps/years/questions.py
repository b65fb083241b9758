"""What the address of /evenements/annees/ asks: indicator, level, order, whose events."""

from dataclasses import dataclass

from apps.events.asked import Asked
from apps.maps.asked import asked_question
from apps.maps.questions import LEVELS, WrongParameter, refusal

INDICATORS = (
    "violent_per_100k",
    "events_per_100k",
    "fatalities_per_100k",
    "violent_events",
    "events",
    "fatalities",
)


@dataclass(frozen=True)
class YearsQuestion:
    asked: Asked
    indicator: str = INDICATORS[0]
    level: str = "cercles"
    sort: str = ""
    """`name`, `region_name` or a year, falling after a minus; empty: the last year, the largest first."""

    @property
    def order(self):
        return self.sort.removeprefix("-")

    @property
    def is_descending(self):
        return self.sort.startswith("-")


def years_question(parameters):
    """Return what these query parameters ask; raises WrongParameter."""
    return YearsQuestion(
        asked=asked_question(parameters),
        indicator=_one_of(parameters, "indicator", INDICATORS),
        level=_one_of(parameters, "level", list(LEVELS)),
        sort=parameters.get("sort", ""),
    )


def _one_of(parameters, name, known):
    value = parameters.get(name) or known[0]
    if value not in known:
        raise WrongParameter(refusal(name, value, known))
    return value
