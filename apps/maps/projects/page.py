"""What the pages of projects show."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.accounts.access import keeps_projects, may_add_projects, may_edit_project
from apps.boundaries.models import Area, Edition
from apps.maps.programme.documents import cited, of_rows
from apps.maps.projects.changes_told import changes_told
from apps.maps.small_map import country_map
from apps.projects.models import Funding, NamedZone, Presence, Project
from apps.sources.models import Load
from layers.projects import PRESENCE_KNOWN_BY, PRESENCE_REACHES, PROJECT_REGISTERS

NO_LONGER_THAN = 400
"""How many projects one page lists: all of the documents, twice over."""


def projects_context(request, question):
    """Return what templates/maps/projects/list.html needs."""
    language = get_language()
    documents = cited()
    found = list(
        question.matching().prefetch_related("fundings", "presences", "organisations")[:NO_LONGER_THAN]
    )
    known_by = _known_by(question.area, language)
    return {
        "question": question,
        "registers": _registers(language),
        "rows": [_row(project, documents, known_by, language) for project in found],
        "total": Project.objects.count(),
        "is_cut": len(found) == NO_LONGER_THAN,
        "unplaced": sum(not project.presences.all() for project in found),
        "regions": Area.objects.regions().order_by("name"),
        "cercles": Area.objects.cercles().order_by("name"),
        "donors": Funding.objects.exclude(donor="")
        .values_list("donor", flat=True)
        .distinct()
        .order_by("donor"),
        "may_add": may_add_projects(request.user),
        "load": programme_load(),
    }


def programme_load():
    """Return the load of the documents' tables that is in use."""
    return Load.objects.in_use().of_kind(Load.Kind.PROGRAMME).first()


def _registers(language):
    """Return each register with how many of its projects tell a place, a cercle, dates."""
    told = Presence.objects.filter(project=OuterRef("pk"))
    counted = (
        Project.objects.alias(placed=Exists(told), by_cercle=Exists(told.filter(reach=Presence.Reach.CERCLE)))
        .values("register")
        .annotate(
            projects=Count("pk"),
            with_place=Count("pk", filter=Q(placed=True)),
            with_cercle=Count("pk", filter=Q(by_cercle=True)),
            with_dates=Count("pk", filter=Q(start_year__isnull=False) | Q(end_year__isnull=False)),
        )
    )
    by_register = {each["register"]: each for each in counted}
    return [
        by_register[key] | {"title": words.in_language(language)}
        for key, words in PROJECT_REGISTERS.items()
        if key in by_register
    ]


def _known_by(area, language):
    """Return {project: how its presence in the area is known}, the closest way told."""
    if area is None:
        return {}
    ways = list(PRESENCE_KNOWN_BY)
    found = sorted(
        Presence.objects.reaching(area).values_list("project", "known_by"),
        key=lambda each: ways.index(each[1]),
        reverse=True,
    )
    return {project: PRESENCE_KNOWN_BY[way].in_language(language) for project, way in found}


def _row(project, documents, known_by, language):
    return {
        "project": project,
        "register": PROJECT_REGISTERS[project.register].in_language(language),
        "documents": of_rows([project], documents),
        "known_by": known_by.get(project.pk),
        "years": years_told(project),
        "donors": "; ".join(each.donor for each in project.fundings.all() if each.donor),
        "organisations": "; ".join(each.name for each in project.organisations.all()),
        "places": ", ".join(place_words(each) for each in project.presences.all() if each.ended is None),
    }


def years_told(project):
    """Return the years of a project as a reader reads them; "" where nobody said."""
    start, end = (str(year) if year else "?" for year in (project.start_year, project.end_year))
    if start == end:
        return project.dates_told if start == "?" else start
    return f"{start} – {end}"


def place_words(presence):
    """Return the place of a presence with what it is, where its name alone would not tell."""
    match presence.reach:
        case Presence.Reach.COUNTRY:
            return _("pays entier")
        case Presence.Reach.REGION:
            return _("région de %(name)s") % {"name": presence.place}
        case Presence.Reach.ZONE:
            return _("%(name)s (zone)") % {"name": presence.place}
    return presence.place


def project_context(request, project):
    """Return what templates/maps/projects/project.html needs."""
    language = get_language()
    presences = list(
        project.presences.select_related("area__parent", "zone").prefetch_related("zone__cercles")
    )
    may_edit = may_edit_project(request.user, project)
    edition = Edition.objects.filter(is_active=True).first()
    drawn = cercles_reached(presences)
    return {
        "project": project,
        "register": PROJECT_REGISTERS[project.register].in_language(language),
        "years": years_told(project),
        "documents": of_rows([project], cited()),
        "fundings": project.fundings.all(),
        "organisations": project.organisations.all(),
        "presences": [
            (presence, PRESENCE_REACHES[presence.reach].in_language(language)) for presence in presences
        ],
        "map": country_map(edition, drawn) if edition and drawn else None,
        "edition": edition,
        "may_edit": may_edit,
        "keeps": keeps_projects(request.user),
        "history": changes_told(project) if may_edit else None,
        "load": programme_load(),
    }


def cercles_reached(presences):
    """Return the P-codes of the cercles that these presences tell of, whole regions and zones included."""
    current = [each for each in presences if each.ended is None]
    areas = [each.area_id for each in current if each.area_id]
    zones = [each.zone_id for each in current if each.zone_id]
    cercles = Area.objects.cercles().filter(
        Q(pk__in=areas) | Q(parent__in=areas) | Q(children__in=areas) | Q(zones__in=zones)
    )
    return set(cercles.values_list("pcode", flat=True))


def zones_context(request):
    """Return what templates/maps/projects/zones.html needs."""
    zones = NamedZone.objects.prefetch_related("cercles", "presences__project").annotate(
        projects=Count("presences__project", distinct=True)
    )
    return {"zones": zones, "may_edit": keeps_projects(request.user)}
