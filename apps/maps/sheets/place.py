"""The area a sheet is about, and what lies in it and around it."""

from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from apps.boundaries.models import Area
from geo.vocabulary import Level


@dataclass(frozen=True)
class Place:
    """A region or a cercle, the identifiers of its parts, and those of what it is a part of."""

    area: Area
    inside: frozenset
    """Itself, its cercles, its communes."""
    around: frozenset
    """The region of a cercle; nothing for a region."""
    cercles: int
    """How many: 1 for a cercle."""
    communes: list = field(default_factory=list)
    """Of a cercle, by name."""

    @property
    def is_region(self):
        return self.area.level == Level.REGION


def place_of(area):
    """Return the place that an area is, asking once for all that lies in it."""
    below = Area.objects.filter(Q(parent=area) | Q(parent__parent=area)).order_by("name")
    below = list(below.values("pk", "level", "name", "pcode", "area_km2"))
    is_region = area.level == Level.REGION
    return Place(
        area=area,
        inside=frozenset([area.pk, *(each["pk"] for each in below)]),
        around=frozenset([area.parent_id] if area.parent_id else []),
        cercles=sum(each["level"] == Level.CERCLE for each in below) if is_region else 1,
        communes=[] if is_region else below,
    )


def told_of(rows, place):
    """Return the rows told of a place in here or of the region around, each once, with their areas."""
    found = rows.filter(areas__in=place.inside | place.around).distinct()
    return found.prefetch_related(Prefetch("areas", Area.objects.only("pk")))


def split_by_place(rows, place):
    """Return (rows told of a place in here, rows told of the region around) of rows tied to `areas`."""
    here, around = [], []
    for row in rows:
        told = {area.pk for area in row.areas.all()}
        if told & place.inside:
            here.append(row)
        elif told & place.around:
            around.append(row)
    return here, around
