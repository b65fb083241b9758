"""
Questions that the programme's rules suggest (targeting criteria C1 to C4, Z1, Z2, X1 of its document).

The document gives no number: weights, limits and periods are where the page starts, ours to propose and the
user's to change. What nobody has supplied starts without weight, and says so.
"""

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
    since = date(until.year - 1, until.month % 12 + 1, 1) if until.month < 12 else date(until.year, 1, 1)
    days = {"since": since.isoformat(), "until": until.isoformat()}
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
