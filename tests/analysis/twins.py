"""
Each question of the gallery computed a second way: pandas, shapely and pyproj on plain rows.

A twin takes `RawRows` and returns {what a row is about: {what is told: value}}: a feature by its identifier,
an area by its P-code, a month as 2020-10, a group of two by both. It knows nothing of our engine.
"""

from collections import Counter, defaultdict

import pandas as pd

from tests.analysis.on_the_ellipsoid import metres, metres_to_area, pairs_within, share_near
from tests.analysis.raw_rows import (
    AREA_OR_REGION,
    CERCLE,
    CERCLE_ONLY,
    COMMUNE,
    COUNTRY_ONLY,
    PLACED_IN_CERCLE,
    REGION,
    SURE,
)

SEAT_OF_A_COMMUNE = 4


def events_near_project_sites(rows):
    presences = rows.presences[rows.presences.reach == "point"]
    return _events_near(rows, presences, rows.in_the_last(12), km=20)


def works_near_violence_against_civilians(rows):
    return _events_near(rows, rows.works, _against_civilians(rows), km=10)


def _events_near(rows, sites, events, *, km):
    """Return how many events surely lie within so many kilometres of each site, and how many at most."""
    sites = sites[~sites.geometry.isna()]
    sure = events[events.geo_precision.isin(SURE)]
    near_site, _event, apart = pairs_within(sites.geometry, sure.geometry, km * 1000)
    told = {}
    for position, (pk, site) in enumerate(sites.geometry.items()):
        metres_apart = apart[near_site == position]
        if len(metres_apart):
            told[str(pk)] = {
                "related": len(metres_apart),
                "related_high": len(metres_apart) + _perhaps_near(rows, site, events, km * 1000),
                "km": metres_apart.min() / 1000,
            }
    return told


def _perhaps_near(rows, site, events, limit):
    """Return how many events known to a wider unit alone may lie so near: the limit reaches their unit."""
    units = Counter(events[events.geo_precision.isin(AREA_OR_REGION)].region_id.dropna())
    units.update(events[events.geo_precision.isin(CERCLE_ONLY)].cercle_id.dropna())
    reached = (n for pk, n in units.items() if metres_to_area(rows.areas.geometry[pk], site) <= limit)
    return sum(reached) + int(events.geo_precision.isin(COUNTRY_ONLY).sum())


def _against_civilians(rows):
    events = rows.in_the_last(12)
    return events[events.civilians_targeted]


def exposed_and_far_from_police(rows):
    events = rows.in_the_last(12)
    sure = events[events.geo_precision.isin(SURE)]
    settlement, _event, _apart = pairs_within(rows.settlements.geometry, sure.geometry, 10_000)
    exposed = rows.settlements.iloc[[at for at, n in Counter(settlement.tolist()).items() if n >= 3]]
    left = exposed[~_is_within(exposed, rows.standing("police"), 30)]
    return {
        rows.pcode(cercle): {"value": people.sum()}
        for cercle, people in left.groupby("cercle_id").people
        if people.notna().any()
    }


def _is_within(features, others, km):
    """Return which features have one of the others within so many kilometres."""
    near, _other, _apart = pairs_within(features.geometry, others.geometry, km * 1000)
    return pd.Series(range(len(features)), index=features.index).isin(set(near.tolist()))


def placed_in_targets(rows, months):
    events = rows.in_the_last(months)
    return events[events.geo_precision.isin(PLACED_IN_CERCLE) & events.cercle_id.isin(rows.targets)]


def events_per_100_000(rows):
    placed = Counter(placed_in_targets(rows, 12).cercle_id)
    rates = {
        rows.pcode(cercle): {"value": 100_000 * number / rows.areas.people[cercle]}
        for cercle, number in placed.items()
        if rows.areas.people[cercle] > 0
    }
    return _first(rates, 10)


def _first(groups, number):
    """Return the groups of the greatest values, with those equal to the last."""
    values = sorted((each["value"] for each in groups.values()), reverse=True)[:number]
    return {key: told for key, told in groups.items() if told["value"] >= values[-1]}


def months_in_target_cercles(rows):
    months = Counter(day.isoformat()[:7] for day in placed_in_targets(rows, 24).occurred_on)
    return {month: {"value": number} for month, number in months.items()}


def deaths_of_civilians(rows):
    events = _against_civilians(rows)
    placed = events[events.geo_precision.isin(PLACED_IN_CERCLE)]
    deaths = placed.groupby("cercle_id").fatalities.sum()
    return _first({rows.pcode(cercle): {"value": number} for cercle, number in deaths.items()}, 10)


def around_target_cercles(rows):
    cercles, placed = rows.at(CERCLE), _events_of_cercles(rows)
    targets = cercles[cercles.index.isin(rows.targets)].geometry
    return {
        rows.pcode(pk): {"related": placed[pk]}
        for pk, shape in cercles.geometry.items()
        if placed[pk] and targets.touches(shape).any()
    }


def _events_of_cercles(rows):
    events = rows.in_the_last(12)
    return Counter(events[events.geo_precision.isin(PLACED_IN_CERCLE)].cercle_id.dropna())


def large_communes_without_working_court(rows):
    courts = rows.institutions[rows.institutions.family == "court"]
    return _large_communes_beyond_60_km(rows, courts[courts.status == "functional"])


def large_communes_without_any_court(rows):
    return _large_communes_beyond_60_km(rows, rows.institutions[rows.institutions.family == "court"])


def _large_communes_beyond_60_km(rows, courts):
    communes = rows.at(COMMUNE)
    large = communes[communes.estimated > 50_000]
    return {
        rows.pcode(pk): {}
        for pk, shape in large.geometry.items()
        if all(metres_to_area(shape, court) > 60_000 for court in courts.geometry)
    }


def nearest_prison_of_each_court(rows):
    courts, prisons = rows.standing("court"), rows.standing("prison")
    apart = metres(courts.geometry, prisons.geometry)
    return {str(pk): {"km": each.min() / 1000} for pk, each in zip(courts.index, apart, strict=True)}


def area_near_a_court(rows):
    courts = rows.standing("court").geometry
    return {
        rows.pcode(pk): {"share": share_near(shape, courts, 50_000)}
        for pk, shape in rows.at(REGION).geometry.items()
    }


def status_unknown_by_cercle(rows):
    unknown = rows.institutions[rows.institutions.status == "unknown"]
    return {rows.pcode(pk): {"value": number} for pk, number in Counter(unknown.cercle_id.dropna()).items()}


def known_not_to_work(rows):
    stopped = rows.institutions.status.isin(["closed", "destroyed", "relocated", "under_construction"])
    return {str(pk): {} for pk in rows.institutions.index[stopped]}


def works_in_most_violent_cercles(rows):
    return _told_in_most_violent(rows, rows.works, 5)


def peace_mechanisms_in_violent_cercles(rows):
    return _told_in_most_violent(rows, rows.mechanisms, 10)


def _told_in_most_violent(rows, told, number):
    placed = {pk: {"value": n} for pk, n in _events_of_cercles(rows).items()}
    violent = set(_first(placed, number))
    return {
        str(pk): {}
        for pk, areas in told.areas.items()
        if any(rows.up_to(area, CERCLE) in violent for area in areas)
    }


def cost_of_works_by_cercle(rows):
    works = rows.works[rows.works.alignment_confidence != "joint"]
    dollars = defaultdict(list)
    for work in works.itertuples():
        for cercle in {rows.up_to(area, CERCLE) for area in work.areas} - {None}:
            dollars[rows.pcode(cercle)].append(work.usd_total)
    known = {cercle: [each for each in told if not pd.isna(each)] for cercle, told in dollars.items()}
    return {cercle: {"value": sum(told)} for cercle, told in known.items() if told}


def _presences_by_theme(rows):
    """Yield (P-code of a region, theme, presence) of each presence: in each region, of each of its themes."""
    for presence in rows.presences.itertuples():
        regions = {rows.up_to(area, REGION) for area in rows.areas_of_presence(presence)}
        for region in regions - {None}:
            for theme in set(filter(None, presence.themes.split("; "))):
                yield rows.pcode(region), theme, presence


def several_donors_on_a_theme(rows):
    donors = defaultdict(set)
    for region, theme, presence in _presences_by_theme(rows):
        donors[region, theme] |= {each for told in presence.donors for each in told.split("; ")}
    return {group: {"value": len(told)} for group, told in donors.items() if len(told) >= 2}


def presences_by_theme_and_region(rows):
    groups = Counter((region, theme) for region, theme, _presence in _presences_by_theme(rows))
    return {group: {"value": number} for group, number in groups.items()}


def people_near_police(rows):
    near = _is_within(rows.settlements, rows.standing("police"), 30)
    shares = {}
    for cercle, pcode in rows.at(CERCLE).pcode.items():
        people = rows.settlements.people[rows.settlements.cercle_id == cercle]
        shares[pcode] = {"share": people[near[people.index]].sum() / people.sum() if people.sum() else None}
    return shares


def seats_without_any_institution(rows):
    seats = rows.settlements[rows.settlements.settlement_class <= SEAT_OF_A_COMMUNE]
    far = seats[~_is_within(seats, rows.institutions, 50)]
    return {rows.pcode(pk): {"value": number} for pk, number in Counter(far.region_id.dropna()).items()}


TWINS = {
    twin.__name__.replace("_", "-"): twin
    for twin in (
        events_near_project_sites,
        exposed_and_far_from_police,
        events_per_100_000,
        months_in_target_cercles,
        deaths_of_civilians,
        around_target_cercles,
        large_communes_without_working_court,
        large_communes_without_any_court,
        nearest_prison_of_each_court,
        area_near_a_court,
        status_unknown_by_cercle,
        known_not_to_work,
        works_in_most_violent_cercles,
        works_near_violence_against_civilians,
        cost_of_works_by_cercle,
        several_donors_on_a_theme,
        presences_by_theme_and_region,
        peace_mechanisms_in_violent_cercles,
        people_near_police,
        seats_without_any_institution,
    )
}
"""Key of a question of the gallery -> its twin."""
