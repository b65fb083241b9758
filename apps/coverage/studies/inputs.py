"""What an answer follows from, as one hash: asked again, the answer is there. Light: pages call it."""

from apps.coverage.studies.questions import METHOD
from apps.runs.canonical import canonical, digest
from apps.sources.models import LayerRevision, Load
from apps.travel.speeds import speeds_in_force

KINDS = (
    Load.Kind.BOUNDARIES,
    Load.Kind.SETTLEMENTS,
    Load.Kind.POPULATION,
    Load.Kind.COMMUNE_PEOPLE,
    Load.Kind.DENSITY,
    Load.Kind.INSTITUTIONS,
    Load.Kind.EVENTS,
    Load.Kind.UCDP_EVENTS,
    Load.Kind.JUDICIAL_MAP,
    *(kind for kind in Load.Kind if kind.startswith("travel_")),
)
"""The loads every study rests on, where there are any."""


def loads_of(asked):
    """Return the loads in use that a study rests on."""
    kinds = [*KINDS, Load.Kind.PROGRAMME] if asked["with_works"] else KINDS
    return list(Load.objects.in_use().filter(kind__in=kinds).order_by("kind", "sha256"))


def inputs_of(asked, loads):
    """
    Return the hash of a question and of all the data it may be answered from.

    What data keepers change row by row counts by the revision of its layer; speeds by themselves.
    """
    files = [(load.kind, load.sha256) for load in loads]
    revisions = dict(LayerRevision.objects.order_by("layer").values_list("layer", "revision"))
    speeds = [(each.what, each.of_class, each.kmh) for each in speeds_in_force()]
    return digest(canonical([METHOD, asked, files, revisions, speeds]))
