"""Who works in an area, and how that is known; how many projects do not say where they work."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from apps.projects.models import Presence, Project
from apps.projects.queries import AROUND, COUNTRY, INSIDE, ITSELF, ZONE

KNOWN_BY = {
    ITSELF: _("lui-même"),
    INSIDE: _("un lieu dedans"),
    AROUND: _("toute sa région"),
    ZONE: _("une zone"),
    COUNTRY: _("tout le pays"),
}
"""In this order: the surest first."""

SHOWN_AS_WORKS = Project.Register.WORK_PLAN
"""Activities of the work plan have a place only where a planned work has: the works tell them."""


def projects_told(place, references):
    """Return the projects present here, the surest first, and those nobody knows where."""
    presences = list(
        Presence.objects.reaching(place.area)
        .exclude(project__register=SHOWN_AS_WORKS)
        .select_related("project", "zone")
        .prefetch_related("project__fundings")
    )
    order = list(KNOWN_BY)
    presences.sort(key=lambda each: (order.index(each.known_by), each.project.register, each.project.code))
    closest = {}
    for presence in presences:
        closest.setdefault(presence.project_id, presence)
    return {
        "present": [_project(presence, references) for presence in closest.values()],
        "without_place": _without_place(),
    }


def _project(presence, references):
    project = presence.project
    return {
        "project": project.pk,
        "title": project.title,
        "register": project.get_register_display(),
        "donors": [funding.donor for funding in project.fundings.all() if funding.donor],
        "implementers": project.implementers or None,
        "start_year": project.start_year,
        "end_year": project.end_year,
        "dates_told": project.dates_told or None,
        "known_by": presence.known_by,
        "known_by_told": str(KNOWN_BY[presence.known_by]),
        "place": presence.place,
        "last_confirmed": presence.last_confirmed.isoformat() if presence.last_confirmed else None,
        **references.of(project),
    }


def _without_place():
    """Return how many projects of each register tell no place, of how many."""
    told = Exists(Presence.objects.filter(project=OuterRef("pk")))
    counted = (
        Project.objects.exclude(register=SHOWN_AS_WORKS)
        .annotate(has_place=told)
        .values("register")
        .annotate(projects=Count("pk"), without_place=Count("pk", filter=Q(has_place=False)))
        .order_by("register")
    )
    titles = dict(Project.Register.choices)
    return {
        "projects": sum(each["without_place"] for each in counted),
        "registers": [{**each, "register": str(titles[each["register"]])} for each in counted],
    }
