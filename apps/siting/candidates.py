"""Where may be built, what, and at what cost: the options of a question. For the worker and commands."""

from dataclasses import dataclass, replace

import numpy as np
from django.utils.translation import gettext as _

from apps.boundaries.models import Area, Settlement
from apps.boundaries.told_places import ToldPlaces
from apps.coverage.studies.standing import standing
from apps.runs.services import RunFailed
from apps.siting.costs import ASKED, programme_costs
from apps.siting.questions import (
    CERCLE_SEATS,
    JPCE_TO_TI,
    POINTS,
    REHABILITATE,
    SETTLEMENTS,
)
from geo.coverage import Counts
from geo.nearness import Places
from geo.vocabulary import CoverageSense, InstitutionKind, Level

MOST_OPTIONS = 2000
"""Of one question: what is solved in seconds."""

SAME_PLACE_KM = 5.0
"""Two sites at most so far apart are at one place: an upgrade and a new one exclude each other. Ours."""

BUILD, TRANSFORM = "build", "transform"


@dataclass(frozen=True)
class Place:
    """A place where something may be built; the areas it lies in are ids, 0 where there is none."""

    code: str
    name: str
    pcode: str | None
    longitude: float
    latitude: float
    region: int
    cercle: int
    commune: int

    @property
    def point(self):
        return (self.longitude, self.latitude)


@dataclass(frozen=True)
class Option:
    """Something that may be built at a place, which then is an institution of this kind."""

    key: str
    place: Place
    kind: InstitutionKind
    action: str
    cost: float
    cost_source: str
    institution: int | None = None
    """Of an upgrade: what stands there."""
    barred: tuple[str, str, str] | None = None
    """(rule, code, reason): it may not be built."""

    @property
    def family(self):
        return self.kind.family.value

    def names(self, ground):
        """Return the codes by which rules may name it: its own, its place's, those of its areas."""
        place = self.place
        areas = [ground.areas[pk]["pcode"] for pk in (place.region, place.cercle, place.commune) if pk]
        return {self.key, place.code, *areas}


class Costs:
    """What each option costs: as the question says, of itself or of its kind, else as the programme does."""

    def __init__(self, asked):
        self.asked, self.programme = asked["costs"], programme_costs()
        self.used = {}

    def of(self, key, sort):
        """Return (cost, where it is from) of an option of a sort (a kind or an upgrade); raises RunFailed."""
        if key in self.asked:
            return self.asked[key], ASKED
        if sort in self.asked:
            self.used[sort] = {"usd": self.asked[sort], "basis": ASKED, "lines": [], "documents": []}
            return self.asked[sort], ASKED
        if sort not in self.programme:
            raise RunFailed(
                _("Le programme ne dit pas ce que coûte « %(sort)s »\u00a0: donnez-en le coût.")
                % {"sort": sort}
            )
        self.used[sort] = self.programme[sort].told()
        return float(self.programme[sort].usd), self.used[sort]["basis"]


def options_of(asked, measuring, costs):
    """Return the options of a question, in the order of places, then of kinds; raises RunFailed."""
    ground = measuring.ground
    places = places_of(asked["candidates"], ground)
    found = [
        _option(f"{kind}:{place.code}", place, InstitutionKind(kind), BUILD, kind, costs)
        for place in places
        for kind in asked["kinds"]
    ]
    found += [each for upgrade in asked["upgrades"] for each in _upgrades(upgrade, measuring, costs)]
    if not found:
        raise RunFailed(_("Aucun lieu possible\u00a0: élargissez le choix des lieux."))
    if len(found) > MOST_OPTIONS:
        raise RunFailed(
            _("%(n)s lieux possibles, au plus %(most)s\u00a0: relevez la taille des localités.")
            % {"n": len(found), "most": MOST_OPTIONS}
        )
    return [_barred(each, asked, ground) for each in found]


def _option(key, place, kind, action, sort, costs, institution=None):
    cost, source = costs.of(key, sort)
    return Option(key, place, kind, action, float(cost), source, institution)


def _barred(option, asked, ground):
    names = option.names(ground)
    for rule in ("exclude", "must_not"):
        for code, reason in sorted(asked[rule].items()):
            if code in names:
                return replace(option, barred=(rule, code, reason))
    return option


def places_of(asked, ground):
    """Return the places that a question takes for candidates, in a stated order."""
    if asked["of"] == POINTS:
        return drawn_places(asked["points"], ground)
    if asked["of"] == SETTLEMENTS:
        return _settlements(asked, ground)
    return _seats(Level.CERCLE if asked["of"] == CERCLE_SEATS else Level.COMMUNE, ground)


def _seats(level, ground):
    told = ToldPlaces()
    areas = Area.objects.active().filter(level=level).defer("boundary").order_by("pcode")
    found = []
    for area in areas:
        seat = told.seat_of(area)
        if seat is not None:
            within = _areas_of(area.pk, ground)
            found.append(Place(area.pcode, area.name, area.pcode, seat.x, seat.y, *within))
    return found


def _areas_of(pk, ground):
    """Return (region, cercle, commune) of an area by its parents; 0 below it."""
    found = {}
    while pk:
        area = ground.areas[pk]
        found[area["level"]] = pk
        pk = area["parent"]
    return tuple(found.get(level, 0) for level in (Level.REGION, Level.CERCLE, Level.COMMUNE))


def _settlements(asked, ground):
    chosen = np.ones(len(ground), bool)
    if asked["least_people"] is not None:
        chosen &= np.nan_to_num(ground.people) >= asked["least_people"]
    if asked["least_rank"]:
        chosen &= (ground.settlement_class > 0) & (ground.settlement_class <= asked["least_rank"])
    codes = dict(Settlement.objects.values_list("pk", "source_id"))
    found = [
        Place(
            codes[int(ground.pks[at])],
            ground.names[at],
            None,
            *_point_of(ground, at),
            *(int(column[at]) for column in (ground.region, ground.cercle, ground.commune)),
        )
        for at in np.flatnonzero(chosen)
    ]
    return sorted(found, key=lambda each: each.code)


def _point_of(ground, at):
    return float(ground.longitude[at]), float(ground.latitude[at])


def drawn_places(points, ground, *, prefix="P"):
    """Return drawn points as places; each lies in the areas of the settlement nearest to it."""
    return [
        Place(
            f"{prefix}{number}",
            point["name"] or f"{prefix}{number}",
            None,
            point["longitude"],
            point["latitude"],
            *areas_at((point["longitude"], point["latitude"]), ground),
        )
        for number, point in enumerate(points, start=1)
    ]


def areas_at(point, ground):
    """Return (region, cercle, commune) of the settlement nearest to a point."""
    metres = ground.nearest([point])
    at = int(np.argmin(metres))
    return int(ground.region[at]), int(ground.cercle[at]), int(ground.commune[at])


def _upgrades(upgrade, measuring, costs):
    """Return what stands and may be made more of: a JPCE into a TI, what does not surely work repaired."""
    # A JPCE may be made a TI where it does not count itself.
    links = {"court": (InstitutionKind.JPCE,)} if upgrade == JPCE_TO_TI else measuring.links
    for each in standing(measuring.asked, links):
        if upgrade == JPCE_TO_TI and each.kind is InstitutionKind.JPCE:
            yield _upgrade(upgrade, each, InstitutionKind.TI, measuring.ground, costs)
        if upgrade == REHABILITATE and each.counts[CoverageSense.FUNCTIONAL] is not Counts.SURE:
            yield _upgrade(upgrade, each, each.kind, measuring.ground, costs)


def _upgrade(upgrade, institution, kind, ground, costs):
    longitude, latitude = institution.point[CoverageSense.NOMINAL]
    code = f"I{institution.id}"
    place = Place(
        code, institution.name or code, None, longitude, latitude, *areas_at((longitude, latitude), ground)
    )
    action = TRANSFORM if upgrade == JPCE_TO_TI else REHABILITATE
    return _option(f"{upgrade}:{code}", place, kind, action, upgrade, costs, institution.id)


def near_each_other(options):
    """Return, for each option, the places in the list of those at most `SAME_PLACE_KM` from it."""
    points = [each.place.point for each in options]
    longitudes, latitudes = zip(*points, strict=True)
    near = Places(longitudes, latitudes).within(points, limit_km=SAME_PLACE_KM)
    return [each.indices.tolist() for each in near]
