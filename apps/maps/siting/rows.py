"""Rows of the page and the memo of a siting run: sites, plans, curve, gains, costs."""

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.maps import formats
from apps.maps.siting.curve import curve_drawing
from apps.maps.siting.reading import CHOSEN, GREEDY, PLANNED, interval_told
from apps.maps.siting.words import document_titles_of, kind_title, plan_titles

SHEETS = {"region": "region-sheet", "cercle": "cercle-sheet"}
LONG = 12
"""Rows from which a table of gains is folded."""

PER_USD = 100_000


def site_rows(reading):
    """Return the chosen sites as the table lists them, numbered as on the map."""
    plan = reading.chosen
    return [
        _site(reading, site, number) for number, site in enumerate(plan["sites"] if plan else [], start=1)
    ]


def _site(reading, site, number):
    return {
        "number": number,
        "name": site["name"],
        "kind_told": kind_title(site["kind"], site["action"]),
        "area_told": _area(site),
        "url": site["cercle"] and reverse("cercle-sheet", args=[site["cercle"]]),
        "cost": site["cost"],
        "year": site["year"],
        "people": site["people"]["point"],
        "interval": interval_told(site["people"]),
        "per_100k": per_100k(site["people"], site["cost"]),
        "share": reading.shares.get(site["key"]),
        "is_planned": reading.is_planned(site),
        "longitude": site["longitude"],
        "latitude": site["latitude"],
    }


def _area(site):
    """Return the cercle and the region of a site, without what its own name says already."""
    names = [site["cercle_name"], site["region_name"]]
    return ", ".join(name for name in dict.fromkeys(names) if name and name != site["name"])


def per_100k(people, cost):
    """Return how many people by the register for each 100 000 dollars; None for what costs nothing."""
    return round(people["point"] / cost * PER_USD) if cost else None


def plan_rows(reading):
    """Return the plans side by side; none where only one was made."""
    titles = plan_titles()
    rows = [
        {
            "key": key,
            "title": titles[key],
            "sites": len(plan["sites"]),
            "cost": plan["cost"],
            "people": plan["people"]["point"],
            "interval": interval_told(plan["people"]),
            "per_100k": per_100k(plan["people"], plan["cost"]),
            "names": ", ".join(site["name"] for site in plan["sites"]),
        }
        for key in (CHOSEN, PLANNED, GREEDY)
        if (plan := reading.plans.get(key))
    ]
    return rows if len(rows) > 1 else []


def curve_rows(reading):
    """Return the points of the cost-coverage curve as the table lists them."""
    return [
        {
            "cost": point["cost"],
            "people": _end(point["exact"], "point"),
            "interval": point["exact"] and interval_told(point["exact"]),
            "greedy": _end(point["greedy"], "point"),
        }
        for point in reading.answer["curve"] or ()
    ]


def _end(people, end):
    """Return an end of an interval; None where no choice keeps the rules for so little money."""
    return people and people[end]


def curve_of(reading):
    """Return the drawing of the curve, the cost of the chosen plan marked."""
    points = [
        (
            point["cost"],
            *(_end(point["exact"], end) for end in ("low", "point", "high")),
            _end(point["greedy"], "point"),
        )
        for point in reading.answer["curve"] or ()
    ]
    return curve_drawing(points, spent=reading.chosen and reading.chosen["cost"])


def gain_levels(reading):
    """Return who is brought within reach, region by region and cercle by cercle, those with anybody."""
    titles = {"region": _("Par région"), "cercle": _("Par cercle")}
    found = [
        (title, [_gain(reading, area) for area in reading.answer["areas"] if area["level"] == level])
        for level, title in titles.items()
    ]
    return [
        {"title": title, "rows": rows, "is_long": len(rows) > LONG}
        for title, every in found
        if (rows := [row for row in every if row["is_reached"]])
    ]


def plans_of_gains(reading):
    return [key for key in (CHOSEN, PLANNED) if key in reading.plans]


def _gain(reading, area):
    gains = [area["gains"].get(key) for key in plans_of_gains(reading)]
    return {
        "name": area["name"],
        "url": reverse(SHEETS[area["level"]], args=[area["pcode"]]),
        "cells": [
            {"people": gain["point"] if gain else 0, "interval": interval_told(gain) if gain else ""}
            for gain in gains
        ],
        "is_reached": any(gain and gain["high"] for gain in gains),
    }


def cost_rows(reading):
    """Return what a site of each sort cost, and where that is told."""
    costs = reading.answer["costs"]
    titles = document_titles_of(key for cost in costs.values() for key in cost["documents"])
    return [
        {"title": kind_title(key), "value": cost["usd"], "source": cost_source(cost, titles)}
        for key, cost in costs.items()
    ]


def cost_source(cost, titles):
    """Return where a cost is from: the question, or the programme's lines and their documents."""
    if not cost["lines"]:
        return _("donné par la question")
    return _("médiane des lignes du programme (%(lines)s), %(documents)s") % {
        "lines": _(" ; ").join(f"{line['place']} {formats.number(line['usd'])}" for line in cost["lines"]),
        "documents": _(" ; ").join(titles[key] for key in cost["documents"] if key in titles),
    }
