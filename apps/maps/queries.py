"""What the drawings of pages ask: outlines as text. All spatial SQL of the pages is here."""

from django.contrib.gis.db.models import Extent
from django.contrib.gis.db.models.functions import AsSVG, Intersection, PointOnSurface, Scale
from django.db.models import F

from apps.boundaries.models import AreaShape
from geo.vocabulary import Level


def outlines(box, level, *, edition, detail, scale):
    """
    Return the areas of a level that reach into the box (a Polygon), each with its outline as SVG path.

    `scale` is (x, y): drawing units a degree of longitude and of latitude; y grows downward. `label` is a
    point of the area inside the box, in degrees. The largest areas come first.
    """
    return (
        AreaShape.objects.filter(
            area__edition=edition, area__level=level, detail=detail, shape__intersects=box
        )
        .annotate(
            path=AsSVG(Scale("shape", *scale), precision=1),
            label=PointOnSurface(Intersection("shape", box)),
            pcode=F("area__pcode"),
            name=F("area__name"),
        )
        .order_by("-area__area_km2", "pcode")
        .values("pcode", "name", "path", "label")
    )


def plain_outlines(edition, level, *, scale):
    """Return (P-code, name, SVG path) of every area of a level, at the lowest detail and without a label."""
    shapes = AreaShape.objects.filter(area__edition=edition, area__level=level, detail="low")
    paths = shapes.annotate(path=AsSVG(Scale("shape", *scale), relative=True, precision=1))
    return paths.order_by("area__pcode").values_list("area__pcode", "area__name", "path")


def country_extent(edition):
    """Return west, south, east and north of an edition, in degrees."""
    # The simplified shapes: reading the whole boundaries takes longer than drawing the map.
    shapes = AreaShape.objects.filter(area__edition=edition, area__level=Level.REGION, detail="low")
    return shapes.aggregate(extent=Extent("shape"))["extent"]
