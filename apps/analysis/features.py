"""
How the features of each layer stand on the ground: what names them, where they lie, what an answer lists.

A feature lies in one region, cercle and commune by the placement that its load stored; one told of several
areas (a work for two cercles, a presence in a named zone) lies in each of them.
"""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, When

from apps.boundaries.models import Area
from apps.projects.models import NamedZone
from geo.vocabulary import Level
from layers.catalogue import LAYERS
from layers.declaration import Geometry, Words


@dataclass(frozen=True)
class Ground:
    """
    The ground of one layer.

    `name` is the field that names a feature, `listed` the fields an answer lists; `region`, `cercle` and
    `commune` the columns of the areas it lies in; `areas` makes the expression of all it is told of.
    """

    name: str
    listed: tuple[str, ...]
    region: str | None = None
    cercle: str | None = None
    commune: str | None = None
    level: Level | None = None
    people: str | None = None
    areas: object = None
    is_event: bool = False

    @property
    def is_placed(self):
        """Tell whether its features lie in administrative areas."""
        return bool(self.region or self.areas)


def _told_areas(model):
    """Return the expression of the areas that a row of a document tells of, as identifiers."""
    name = model.areas.field.related_query_name()
    return ArraySubquery(Area.objects.active().filter(**{name: OuterRef("pk")}).order_by("pk").values("pk"))


def _areas_of_presence(_model):
    """A presence told of a named zone lies in each cercle that the zone comprises."""
    of_zone = (
        NamedZone.cercles.through.objects.filter(namedzone=OuterRef("zone")).order_by("area").values("area")
    )
    own = Area.objects.filter(pk=OuterRef("area")).values("pk")
    return Case(When(zone__isnull=False, then=ArraySubquery(of_zone)), default=ArraySubquery(own))


PLACED = {"region": "region_id", "cercle": "cercle_id", "commune": "commune_id"}

GROUNDS = {
    "regions": Ground(
        "name",
        ("pcode", "name", "area_km2", "people"),
        region="id",
        level=Level.REGION,
        people="population__people",
    ),
    "cercles": Ground(
        "name",
        ("pcode", "name", "region", "area_km2", "people"),
        region="parent_id",
        cercle="id",
        level=Level.CERCLE,
        people="population__people",
    ),
    "communes": Ground(
        "name",
        ("pcode", "name", "region", "cercle", "area_km2", "people"),
        region="parent__parent_id",
        cercle="parent_id",
        commune="id",
        level=Level.COMMUNE,
        people="people",
    ),
    "target_cercles": Ground(
        "name",
        ("pcode", "name", "region", "zone_logic", "phase"),
        region="parent_id",
        cercle="id",
        level=Level.CERCLE,
        people="population__people",
    ),
    "settlements": Ground(
        "name", ("name", "settlement_class", "cercle", "commune"), **PLACED, people="reach__people"
    ),
    "events": Ground(
        "location_name",
        (
            "occurred_on",
            "event_type",
            "sub_event_type",
            "fatalities",
            "geo_precision",
            "location_name",
            "cercle",
        ),
        **PLACED,
        is_event=True,
    ),
    "ucdp_events": Ground(
        "location_name",
        ("occurred_on", "event_type", "fatalities", "geo_precision", "location_name", "cercle"),
        **PLACED,
        is_event=True,
    ),
    "institutions": Ground(
        "name", ("name", "family", "kind", "status", "register", "also_in", "cercle", "commune"), **PLACED
    ),
    "planned_works": Ground(
        "place",
        ("infra_id", "kind", "action", "status", "place", "usd_total", "areas"),
        areas=_told_areas,
    ),
    "peace_mechanisms": Ground(
        "place",
        ("mechanism", "infra_type", "status", "count", "place", "areas"),
        areas=_told_areas,
    ),
    "institution_facts": Ground(
        "place",
        ("infra_type", "status", "count", "place", "areas"),
        areas=_told_areas,
    ),
    "results_2020_2021": Ground(
        "place",
        ("theme", "description_en", "value", "unit", "place", "areas"),
        areas=_told_areas,
    ),
    "project_presences": Ground(
        "place",
        ("title", "organisations", "donors", "themes", "reach", "place", "pcode", "zone"),
        areas=_areas_of_presence,
    ),
    "projects": Ground(
        "title",
        ("code", "register", "title", "organisations", "donors", "themes"),
    ),
    "event_counts": Ground(
        "cercle_name",
        ("cercle", "cercle_name", "month", "event_type", "events_source", "events", "fatalities"),
        region="cercle__parent_id",
        cercle="cercle_id",
    ),
    "commune_counts": Ground(
        "commune_name",
        ("commune", "commune_name", "month", "event_type", "events_source", "events", "fatalities"),
        region="commune__parent__parent_id",
        cercle="commune__parent_id",
        commune="commune_id",
    ),
    "published_counts": Ground(
        "name_told",
        ("series", "category", "month", "cercle", "events", "fatalities"),
        region="cercle__parent_id",
        cercle="cercle_id",
    ),
}
"""The layers that can be asked, by name."""

AREA_LAYERS = {Level.REGION: "regions", Level.CERCLE: "cercles", Level.COMMUNE: "communes"}
LEVEL_WORDS = {
    Level.REGION: Words("Région", "Region"),
    Level.CERCLE: Words("Cercle", "Cercle"),
    Level.COMMUNE: Words("Commune", "Commune"),
}
LEVEL_NAMES = {level.name.lower(): level for level in Level}
COUNT_LAYERS = ("event_counts", "commune_counts")
"""Counts of several sources, of which one is asked: they are never added."""

LAYERS_WITH_PEOPLE = ("regions", "cercles", "communes", "target_cercles", "settlements")
"""Those that tell how many people live in their features."""

EVENT_LAYERS = tuple(name for name, ground in GROUNDS.items() if ground.is_event)


def layer_of(question, what):
    """Return the layer (declaration) of a `what` or an `of`, through the steps it refers to; None: none."""
    if "step" in what:
        return layer_of(question, question["steps"][what["step"] - 1]["what"])
    return LAYERS[what["layer"]] if what.get("layer") else None


def has_geometry(layer):
    """Tell whether the features of a layer have a shape or a point."""
    return layer.geometry is not Geometry.TABLE


def layers_of(question):
    """Return the names of all layers that a question reads, in the order they come in."""
    sides = [step[side] for step in question["steps"] for side in ("what", "of") if step.get(side)]
    return list(dict.fromkeys(each["layer"] for each in sides if each.get("layer")))
