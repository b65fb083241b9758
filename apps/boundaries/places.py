"""What the search box answers: the places a name may stand for, each with its parents."""

from django.urls import reverse

from apps.boundaries.models import PlaceName
from geo.vocabulary import Level

MOST_CANDIDATES = 12

PAGES = {Level.REGION: "region-sheet", Level.CERCLE: "cercle-sheet"}


def found(words):
    """Return the places whose name is like `words`, the likeliest first, each place once."""
    names = PlaceName.objects.like(words).select_related(
        "area__parent__parent", "settlement__commune", "settlement__cercle__parent", "settlement__region"
    )
    places = {}
    for name in names[: 3 * MOST_CANDIDATES]:
        places.setdefault((name.area_id, name.settlement_id), name)
    return [_told(name) for name in list(places.values())[:MOST_CANDIDATES]]


def _told(name):
    return _area_told(name, name.area) if name.area else _settlement_told(name, name.settlement)


def _area_told(name, area):
    centre = area.boundary.point_on_surface
    cercle = area if area.level == Level.CERCLE else area.parent
    page = PAGES.get(area.level)
    return {
        "name": area.name,
        "label": name.name,
        "level": Level(area.level).name.lower(),
        "pcode": area.pcode,
        "parents": ", ".join(parent.name for parent in _parents(area)),
        "longitude": round(centre.x, 4),
        "latitude": round(centre.y, 4),
        "url": reverse(page, args=[area.pcode]) if page else reverse("cercle-sheet", args=[cercle.pcode]),
    }


def _parents(area):
    while area.parent:
        area = area.parent
        yield area


def _settlement_told(name, settlement):
    parents = [place for place in (settlement.commune, settlement.cercle, settlement.region) if place]
    return {
        "name": settlement.name,
        "label": name.name,
        "level": "settlement",
        "pcode": settlement.source_id,
        "parents": ", ".join(dict.fromkeys(place.name for place in parents)),
        "longitude": round(settlement.location.x, 4),
        "latitude": round(settlement.location.y, 4),
        "url": reverse("cercle-sheet", args=[settlement.cercle.pcode]) if settlement.cercle else None,
    }
