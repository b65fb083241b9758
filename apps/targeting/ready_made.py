"""
Questions that the programme's rules suggest (targeting criteria C1 to C4, Z1, Z2, X1 of its document).

The document gives no number: weights, limits and periods are where the page starts, ours to propose and the
user's to change. What nobody has supplied starts without weight, and says so.
"""

from dataclasses import dataclass
from datetime import date

from geo.vocabulary import ZoneLogic

PROSMED_UNTIL = date(2020, 10, 31)
"""The last event that the files we know hold; the programme document is of 2021."""

PIP_UNTIL = date(2019, 12, 31)
"""The eve of the initiation phase, which began in January 2020."""


def criterion(key, indicator, weight, **about):
    return {"key": key, "indicator": indicator, "weight": weight, **about}


def usual_criteria(since=None, until=None):
    """Return the criteria with which the page starts: violence, deaths, people."""
    days = {"since": since, "until": until}
    return [
        criterion("violence", "violent_per_100k", 50, **days),
        criterion("deaths", "fatalities_per_100k", 30, **days),
        criterion("people", "people", 20),
        *not_supplied(),
    ]


def not_supplied():
    """
    Return the criteria of the programme that start without weight.

    Three wait for a table that somebody uploads. The works and projects known are the programme's own, told
    after its choice; the register of institutions is incomplete.
    """
    return [
        criterion("conflictuality", "table", 0),
        criterion("redeployment", "table", 0),
        criterion("displaced", "table", 0),
        criterion("works", "works", 0),
        criterion("projects", "projects", 0),
        criterion("coverage_gap", "beyond_share", 0),
    ]


def usual(number=21):
    """Return the question with which the page starts."""
    return {"zones": [{"key": "all", "criteria": usual_criteria()}], "rules": {"number": number}}


def prosmed(zones, *, until=PROSMED_UNTIL):
    """
    Return the programme's case until a day: its two zones, by the criteria of its rules that have data.

    `zones` is {ZoneLogic: (regions, how many it chose)}. Centre-North: violence, deaths, people. South: what
    rose in twelve months, nearness to violent cercles, border, people.
    """
    days = {"since": twelve_months_to(until).isoformat(), "until": until.isoformat()}
    of = {
        ZoneLogic.CENTRE_NORD: [
            criterion("violence", "violent_per_100k", 45, **days),
            criterion("deaths", "fatalities_per_100k", 30, **days),
            criterion("people", "people", 25),
            *not_supplied(),
        ],
        ZoneLogic.SUD: [
            criterion("recent", "violent_rise", 35, **days),
            criterion("near_violence", "near_violence_km", 35, direction="less", threshold=25, **days),
            criterion("border", "border_km", 15),
            criterion("people", "people", 15),
            *not_supplied(),
        ],
    }
    return {
        "events_until": until.isoformat(),
        "zones": [
            {
                "key": logic.value,
                "title": TITLES[logic],
                "regions": sorted(regions),
                "number": number,
                "criteria": of[logic],
            }
            for logic, (regions, number) in zones.items()
        ],
    }


TITLES = {ZoneLogic.CENTRE_NORD: "Centre-Nord : stabiliser", ZoneLogic.SUD: "Sud : prévenir"}


# --- Held against the real choice ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A real choice: the last day it could know, the zones it was made in, how many a lesser plan keeps."""

    until: date
    logics: tuple
    reduced_to: int | None = None


CASES = {
    "centre_nord_2019": Case(PIP_UNTIL, (ZoneLogic.CENTRE_NORD,)),
    "all_2020": Case(PROSMED_UNTIL, tuple(ZoneLogic), 17),
}


def backtest_criteria(until):
    """
    Return every criterion that could tell something, all of one weight: all weightings are tried anyway.

    Violence and deaths are of the year of the day and the two before, what rose and what is near of twelve
    months. A count stands beside the rate: people of a later year leave the rate out.
    """
    years = {"since": three_years_to(until).isoformat(), "until": until.isoformat()}
    year = {"since": twelve_months_to(until).isoformat(), "until": until.isoformat()}
    return [
        criterion("violence", "violent_per_100k", 10, **years),
        criterion("violent_events", "violent_events", 10, **years),
        criterion("deaths", "fatalities", 10, **years),
        criterion("recent", "violent_rise", 10, **year),
        criterion("near_violence", "near_violence_km", 10, direction="less", threshold=25, **year),
        criterion("border", "border_km", 10),
        criterion("people", "people", 10),
        *(each for each in not_supplied() if each["key"] != "displaced"),
    ]


def three_years_to(day):
    """Return the first day of the year two years before that of this day."""
    return date(day.year - 2, 1, 1)


def twelve_months_to(day):
    """Return the first day of the twelve months that end with the month of this day."""
    return date(day.year - 1, day.month + 1, 1) if day.month < 12 else date(day.year, 1, 1)


def backtest_national(number, *, until):
    """Return the question of one ranking of every cercle, by all criteria alike."""
    return {
        "events_until": until.isoformat(),
        "zones": [{"key": "all", "criteria": backtest_criteria(until)}],
        "rules": {"number": number},
    }


def backtest_of_zones(zones, *, until):
    """
    Return the question of a real choice in its zones, `zones` as `prosmed` takes them.

    Both zones are asked as the programme's case is; one alone by all criteria alike.
    """
    if len(zones) > 1:
        return prosmed(zones, until=until)
    asked = prosmed(zones, until=until)
    asked["zones"][0]["criteria"] = backtest_criteria(until)
    return asked
