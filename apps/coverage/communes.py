"""
How many people live in each commune: an estimate, the least and the most, a raster alone.

Heavy: for the worker and commands, which call it as a follower (see settings).
"""

from collections import defaultdict

import numpy as np
from django.db import transaction

from apps.boundaries.models import Area
from apps.coverage.ground import Ground
from apps.coverage.models import CommuneEstimate, RasterPeople
from apps.coverage.people import people_by_method, people_draws
from apps.coverage.rasters.queries import people_of_areas, weigh_cells
from apps.coverage.zones import people_of_zones
from apps.sources import services as sources
from geo.shares import shared_out
from geo.vocabulary import Level

QUANTILES = (0.05, 0.95)
"""Nine draws of ten lie between them, as with every interval of draws here."""


@transaction.atomic
def estimate_communes():
    """Write the estimates of the communes of the active edition anew; return how many there are."""
    CommuneEstimate.objects.all().delete()
    communes = list(Area.objects.communes().order_by("pcode").values_list("pk", "parent"))
    if not communes:
        return 0
    weigh_cells()
    ground = Ground.now()
    pks = np.array([pk for pk, _ in communes])
    raster = raster_people()
    settled, by_method = _settled(ground, pks)
    zones = people_of_zones()
    areal = _areal(communes, raster, zones)
    CommuneEstimate.objects.bulk_create(
        _estimate(pk, settled[at], by_method[:, at], areal.get(pk), raster.get(pk), zones.get(pk))
        for at, pk in enumerate(pks.tolist())
    )
    sources.touch("communes")
    return len(communes)


def raster_people():
    """Return {commune: people of the raster alone}, of a fine raster or of the cells kept."""
    exact = RasterPeople.objects.filter(area__in=Area.objects.communes())
    return dict(exact.values_list("area", "people")) or people_of_areas(Level.COMMUNE)


def _settled(ground, communes):
    """
    Return how many settlements lie in each commune, and its people by each method and at each quantile.

    The first row is the estimate; NaN where the commune has no settlement, or its people are not told so.
    """
    number = {pk: at for at, pk in enumerate(communes.tolist())}
    inside = np.isin(ground.commune, communes)
    at = np.array([number[pk] for pk in ground.commune[inside].tolist()], int)
    settlements = np.bincount(at, minlength=len(communes))

    def summed(people):
        sums = np.bincount(at, people[inside], minlength=len(communes))
        return np.where(settlements > 0, sums, np.nan)

    draws = np.array([summed(each) for each in people_draws(ground)])
    # Whole numbers of draws there are: no mean of two of them.
    ends = np.quantile(draws, QUANTILES, axis=0, method="nearest")
    methods = np.array([summed(each) for each in people_by_method(ground).values()])
    return settlements, np.concatenate([methods, ends])


def _areal(communes, raster, zones):
    """Return {commune: people of its cercle shared out by the raster's people in each of its communes}."""
    by_cercle = defaultdict(list)
    for pk, cercle in communes:
        by_cercle[cercle].append(pk)
    shared = {}
    for cercle, members in by_cercle.items():
        weights = [raster.get(pk, 0.0) for pk in members]
        if zones.get(cercle) is not None and any(weights):
            shared |= zip(members, shared_out(zones[cercle], weights), strict=True)
    return shared


def _estimate(commune, settlements, by_method, areal, raster, counted):
    """Return the estimate of a commune; `counted` is what a table tells of it, where one does."""
    told = CommuneEstimate(commune_id=commune, settlements=int(settlements), raster=raster)
    if counted is not None:
        told.people = told.low = told.high = counted
    elif not np.isnan(by_method[0]):
        every = [*by_method, np.nan if areal is None else areal]
        told.people = int(by_method[0])
        told.low, told.high = int(np.nanmin(every)), int(np.nanmax(every))
    return told
