"""Plans: which sites, in which order, and whom each newly reaches, as intervals. Heavy."""

from collections import defaultdict

import numpy as np

from apps.coverage.places import works_that_make
from apps.siting.candidates import areas_at
from apps.siting.reaching import BASES, HIGH, LOW, POINT
from geo.coverage import KIND_MADE
from geo.vocabulary import InstitutionKind, Level, WorksKind

CHOSEN, PLANNED, GREEDY = "chosen", "planned", "greedy"


def whole(number):
    """Return a number of people as it is told: whole where it is, else to the person."""
    return round(float(number))


class Tally:
    """Counts whom sites newly reach, one after the other, against each base of the interval."""

    def __init__(self, reaching, people):
        self.reaching = reaching
        self.people = np.nan_to_num(people)
        self.has = {
            base: {family: reached.copy() for family, reached in reaching.bases[base].items()}
            for base in BASES
        }
        self.before = {base: self.reached(base) for base in BASES}

    def reached(self, base):
        """Return how often each settlement is reached: 0 or 1, or by how many of the families asked."""
        families = list(self.has[base].values())
        if self.reaching.is_chain:
            return np.logical_and.reduce(families).astype(float)
        return np.sum(families, axis=0, dtype=float)

    def open(self, family, settlements):
        """Open a site of a family; return whom it newly reaches, {low, point, high}."""
        before = {base: float(self.people @ self.reached(base)) for base in BASES}
        for base in BASES:
            self.has[base][family][settlements] = True
        return interval({base: float(self.people @ self.reached(base)) - before[base] for base in BASES})

    def newly(self, base):
        """Return how often each settlement is newly reached by all sites opened so far."""
        return self.reached(base) - self.before[base]

    def total(self):
        """Return {low, point, high} of all sites opened so far."""
        return interval({base: float(self.people @ self.newly(base)) for base in BASES})

    def by_area(self):
        """Return {area: {low, point, high}} of the regions and cercles where somebody is newly reached."""
        ground = self.reaching.measuring.ground
        sums = defaultdict(dict)
        for level in (Level.REGION, Level.CERCLE):
            column = ground.of_level(level)
            for base in BASES:
                people = self.people * self.newly(base)
                for pk in np.unique(column[people > 0]).tolist():
                    sums[pk][base] = float(people[column == pk].sum())
        return {pk: interval(told) for pk, told in sums.items()}


def interval(told):
    """
    Return {low, point, high} of numbers against each base, in whole people; the bounds hold the point.

    Where a chain is asked, more that stands may also complete more chains: bounds are put in order.
    """
    numbers = [told.get(base, 0.0) for base in BASES]
    return {
        LOW: whole(min(numbers)),
        POINT: whole(told.get(POINT, 0.0)),
        HIGH: whole(max(numbers)),
    }


def plan_told(key, reaching, people, sites, **about):
    """
    Return a plan and its `Tally`: `sites` are (what is told of it, family, settlements), in their order.

    Each site counts whom it adds to those before it. `about` is what else is told of the plan.
    """
    tally = Tally(reaching, people)
    told = []
    for site, family, settlements in sites:
        gained = tally.open(family, settlements)
        told.append(site | {"people": gained, "people_per_100k_usd": per_100k_usd(gained, site["cost"])})
    plan = {
        "key": key,
        "sites": told,
        "people": tally.total(),
        "cost": sum(site["cost"] for site in told),
    }
    return plan | about, tally


def per_100k_usd(people, cost):
    """Return the people for each 100 000 dollars; None for what costs nothing."""
    return {base: people[base] / cost * 100_000 for base in BASES} if cost else None


def option_told(option, ground):
    """Return a candidate as an answer names it."""
    place = option.place
    area = {pk: ground.areas[pk] for pk in (place.region, place.cercle, place.commune) if pk}

    def of(pk, field):
        return area[pk][field] if pk else None

    return {
        "key": option.key,
        "code": place.code,
        "pcode": place.pcode,
        "name": place.name,
        "kind": option.kind.value,
        "action": option.action,
        "institution": option.institution,
        "region": of(place.region, "pcode"),
        "region_name": of(place.region, "name"),
        "cercle": of(place.cercle, "pcode"),
        "cercle_name": of(place.cercle, "name"),
        "longitude": place.longitude,
        "latitude": place.latitude,
        "cost": option.cost,
        "cost_source": option.cost_source,
    }


def planned_works(asked, ground, costs, barring):
    """
    Return the programme's works that make what is asked: those with a place as sites, then those without.

    Each costs what a site of its kind costs in this question, so that plans compare; what the document tells
    stands beside it. `barring(codes)` says by which rule a place is barred.
    """
    sites, elsewhere = [], []
    kinds = [InstitutionKind(kind) for kind in asked["kinds"]]
    for work in works_that_make(kinds).order_by("row"):
        kind = KIND_MADE[WorksKind(work.kind)]
        told = {
            "key": work.infra_id,
            "kind": kind.value,
            "name": work.place,
            "action": work.action,
            "document_cost": work.usd_total,
            "confidence": work.alignment_confidence,
            "alignment": work.alignment,
            "place_told": work.place_told,
            "documents": work.documents,
        }
        if work.location is None:
            elsewhere.append(told)
            continue
        region, cercle, _commune = areas_at((work.location.x, work.location.y), ground)
        about = {pk: ground.areas[pk] for pk in (region, cercle) if pk}
        pcodes = [area["pcode"] for area in about.values()]
        sites.append(
            told
            | {
                "pcode": about[cercle]["pcode"] if cercle else None,
                "region": about[region]["pcode"] if region else None,
                "region_name": about[region]["name"] if region else None,
                "cercle": about[cercle]["pcode"] if cercle else None,
                "cercle_name": about[cercle]["name"] if cercle else None,
                "longitude": work.location.x,
                "latitude": work.location.y,
                "cost": float(costs.of(f"{kind}:{work.infra_id}", kind.value)[0]),
                "year": None,
                "barred": barring(pcodes),
            }
        )
    return sites, elsewhere


def by_gain(reaching, people, sites):
    """Return sites (told, family, settlements) by year, then by what each adds for its cost (point base)."""
    left, ordered = list(range(len(sites))), []
    tally = Tally(reaching, people)
    while left:
        current = tally.reached(POINT)
        worth = {}
        for at in left:
            site, family, settlements = sites[at]
            kept = tally.has[POINT][family][settlements].copy()
            tally.has[POINT][family][settlements] = True
            worth[at] = float(tally.people @ (tally.reached(POINT) - current)) / max(site["cost"], 1e-9)
            tally.has[POINT][family][settlements] = kept
        best = min(left, key=lambda at: (sites[at][0]["year"] or 0, -worth[at], at))
        tally.open(sites[best][1], sites[best][2])
        ordered.append(sites[best])
        left.remove(best)
    return ordered
