"""Writing projects, presences and zones. Each function is one transaction; changes keep who and why."""

from django.db import transaction

from apps.accounts.models import Organisation
from apps.boundaries.matching import CercleNames
from apps.boundaries.told_places import ToldPlaces
from apps.projects.document_tables import OUTSIDE_MALI, told_projects
from apps.projects.models import Funding, Involvement, NamedZone, Presence, Project
from apps.projects.queries import next_id
from apps.sources import services as sources
from apps.sources.history import because
from geo.names import fold
from geo.vocabulary import Level

LAYERS = ("projects", "project_presences")

Reach = Presence.Reach

REACHES = {Level.REGION: Reach.REGION, Level.CERCLE: Reach.CERCLE, Level.COMMUNE: Reach.COMMUNE}

LEVELS_TOLD = {
    Reach.REGION: "region",
    Reach.CERCLE: "cercle",
    Reach.COMMUNE: "commune",
    Reach.POINT: "locality",
}
"""What `ToldPlaces` calls the level of a presence that is in an area; zones and the country are in none."""

DATA_KEEPERS = "gardiens des données"
"""Who confirmed a presence when no organisation did."""

MOST_NAMED = 5
"""How many places that were not found a command names."""


# --- From the documents -----------------------------------------------------------------------------


@transaction.atomic
def save_projects(tables, load):
    """
    Write the projects that the tables tell; return sentences worth telling.

    What an organisation or a data keeper entered, corrected, confirmed or ended survives. The load is
    that of all tables together: each project names its own documents.
    """
    told = told_projects(tables)
    with because(f"chargement {load.pk}"):
        _forget_what_is_no_longer_told(told)
        projects = _save_told(told)
        _save_lines(Funding, ("line",), _lines(told, projects, "fundings"))
        _save_lines(Presence, ("reach", "place", "parent_told"), _lines(told, projects, "presences"))
        _name_zones()
        lost = follow_edition()
    said = [f"{len(told)} projects, {_with_place(told)} with a place told."]
    if lost:
        names = sorted({presence.place for presence in lost})
        said.append(f"{len(names)} places of projects not found: {', '.join(names[:MOST_NAMED])}.")
    return said


def _with_place(told):
    return sum(bool(each.presences) for each in told)


def _forget_what_is_no_longer_told(told):
    """Delete the projects of documents that no table tells any more and nobody here has touched."""
    keys = {each.key for each in told}
    of_documents = Project.objects.exclude(register=Project.Register.ENTERED).filter(corrected=[])
    gone = [each.pk for each in of_documents.untouched() if (each.register, each.code) not in keys]
    Project.objects.filter(pk__in=gone).delete()


def _save_told(told):
    """Write the values of each project but those corrected here; return the projects by their key."""
    projects = {(each.register, each.code): each for each in Project.objects.all()}
    new = [
        Project(register=each.register, code=each.code, **each.values)
        for each in told
        if each.key not in projects
    ]
    changed = [
        projects[each.key]
        for each in told
        if each.key in projects and _takes(projects[each.key], each.values)
    ]
    Project.objects.bulk_create(new)
    _update(Project, changed, {name for each in told for name in each.values})
    return projects | {(each.register, each.code): each for each in new}


def _takes(row, values):
    """Give the row these values, but for those corrected here; return whether that changed it."""
    corrected = getattr(row, "corrected", [])
    changed = {
        name: value for name, value in values.items() if name not in corrected and getattr(row, name) != value
    }
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def _update(model, rows, names):
    """Write these rows if there are any: rows that did not change leave no trace in the history."""
    if rows:
        model.objects.bulk_update(rows, sorted(names), batch_size=500)


def _lines(told, projects, name):
    """Return (project, values) for each funding or presence that the tables tell."""
    return [(projects[each.key], values) for each in told for values in getattr(each, name)]


def _save_lines(model, key_names, lines):
    """Write the fundings or presences told: those gone and untouched here are deleted."""
    kept = {(row.project_id, *(getattr(row, name) for name in key_names)): row for row in model.objects.all()}
    told = {(project.pk, *(values[name] for name in key_names)): values for project, values in lines}
    gone = [row.pk for key, row in kept.items() if key not in told and not _is_touched(row)]
    changed = [
        kept[key]
        for key, values in told.items()
        if key in kept and not kept[key].is_entered and _takes(kept[key], values)
    ]
    model.objects.filter(pk__in=gone).delete()
    _update(model, changed, {name for values in told.values() for name in values})
    model.objects.bulk_create(
        model(project_id=key[0], **values) for key, values in told.items() if key not in kept
    )


def _is_touched(row):
    """Return whether somebody entered this funding or presence, or confirmed or ended it."""
    return row.is_entered or bool(getattr(row, "last_confirmed", None) or getattr(row, "ended", None))


def _name_zones():
    """Make a zone of each name that presences tell, without cercles: the documents define none."""
    unnamed = Presence.objects.filter(reach=Reach.ZONE, zone__isnull=True)
    for name in sorted(set(unnamed.values_list("place", flat=True))):
        zone, _ = NamedZone.objects.get_or_create(name=name, defaults={"outside_mali": name in OUTSIDE_MALI})
        unnamed.filter(place=name).update(zone=zone)


# --- Editions ---------------------------------------------------------------------------------------


@transaction.atomic
def follow_edition():
    """Find the places of presences and the cercles of zones by name; return the presences not found."""
    for zone in NamedZone.objects.exclude(cercle_names=[]):
        _tie_zone(zone, CercleNames())
    lost = _tie_presences()
    sources.touch(*LAYERS)
    return lost


def _tie_zone(zone, names):
    found = [names.one(name) for name in zone.cercle_names]
    zone.cercles.set([cercle.pk for cercle in found if cercle])


def _tie_presences():
    places, changed, lost = ToldPlaces(), [], []
    for presence in Presence.objects.filter(reach__in=LEVELS_TOLD):
        found = _found(places, presence)
        if _takes(presence, found):
            changed.append(presence)
        if found["area_id"] is None:
            lost.append(presence)
    _update(Presence, changed, {"area", "location", "place_told"})
    return lost


def _found(places, presence):
    """Return the values of a presence that its place gives it: a point only where it is one."""
    found = places.find(presence.place, LEVELS_TOLD[presence.reach], presence.parent_told)
    is_point = presence.reach == Reach.POINT and found.point is not None
    return {
        "area_id": found.areas[0].pk if len(found.areas) == 1 else None,
        "location": found.point if is_point else None,
        "place_told": found.place_told if is_point else "",
    }


# --- From a file that a data keeper imports ----------------------------------------------------------


@transaction.atomic
def take_in(told, load, *, who, by=None):
    """
    Write projects, fundings and presences that a file tells; what it does not tell stays.

    `told` are (code, values, funding, presence), one a line of the file: `funding` and `presence` are
    values of these models or None, a presence with `last_confirmed`. `who` confirms the presences.
    """
    with because(f"import, chargement {load.pk}", by=by):
        projects = {each.code: each for each in Project.objects.filter(register=Project.Register.ENTERED)}
        for code, values, funding, presence in told:
            projects[code] = _brought_up_to_date(projects.get(code), code, values)
            if funding:
                _fund(projects[code], funding)
            if presence:
                _be_present(projects[code], presence, who)
        _name_zones()
        _tie_presences()
    sources.touch(*LAYERS)


def _brought_up_to_date(project, code, values):
    if project is None:
        return Project.objects.create(register=Project.Register.ENTERED, code=code, **values)
    if _takes(project, values):
        project.save()
    return project


def _fund(project, funding):
    known = project.fundings.filter(donor=funding["donor"]).order_by("line").first()
    if known is None:
        line = max(project.fundings.values_list("line", flat=True), default=0) + 1
        Funding.objects.create(project=project, line=line, is_entered=True, **funding)
    elif _takes(known, funding):
        known.save()


def _be_present(project, presence, who):
    names = ("reach", "place", "parent_told")
    known = project.presences.filter(**{name: presence[name] for name in names}).first()
    told = {**presence, "confirmed_by": who if presence["last_confirmed"] else "", "ended": None}
    if known is None:
        Presence.objects.create(project=project, is_entered=True, **told)
    elif _takes(known, told):
        known.save()


# --- By organisations and data keepers --------------------------------------------------------------


@transaction.atomic
def enter_project(values, *, organisation):
    """Write a project that an organisation enters, with a code of its own; return it."""
    number = next_id()
    project = Project.objects.create(
        pk=number, register=Project.Register.ENTERED, code=f"E{number:04d}", **values
    )
    if organisation:
        Involvement.objects.create(project=project, organisation=organisation)
    sources.touch(*LAYERS)
    return project


@transaction.atomic
def correct_project(project, values, *, why=""):
    """Change these values of a project; a reload of the documents leaves them as they are now."""
    changed = {name for name, value in values.items() if getattr(project, name) != value}
    if not changed:
        return project
    for name in changed:
        setattr(project, name, values[name])
    if not project.is_entered:
        project.corrected = sorted({*project.corrected, *changed})
    with because(why):
        project.save()
    sources.touch(*LAYERS)
    return project


@transaction.atomic
def add_funding(project, *, donor, amount, currency):
    """Add what a donor gives to a project; return it."""
    line = max((funding.line for funding in project.fundings.all()), default=0) + 1
    funding = Funding.objects.create(
        project=project, line=line, donor=donor, amount=amount, currency=currency, is_entered=True
    )
    sources.touch(*LAYERS)
    return funding


@transaction.atomic
def add_presence(project, area, *, who, today):
    """
    Say that a project is present in this region, cercle or commune; return the presence, confirmed.

    One that was told already is confirmed, and no longer ended.
    """
    presence, _ = Presence.objects.get_or_create(
        project=project,
        reach=REACHES[area.level],
        place=area.name,
        parent_told=area.parent.name if area.level == Level.COMMUNE else "",
        defaults={"area": area, "is_entered": True},
    )
    return confirm_presence(presence, who=who, today=today)


def said_by(user):
    """Return who readers are told confirmed a presence: an organisation, not a person."""
    return user.organisation.name if user.organisation else DATA_KEEPERS


@transaction.atomic
def confirm_presence(presence, *, who, today):
    """Write down that the project is there, as `who` says today."""
    presence.last_confirmed, presence.confirmed_by, presence.ended = today, who, None
    presence.save()
    sources.touch(*LAYERS)
    return presence


@transaction.atomic
def end_presence(presence, *, who, today, why=""):
    """Write down that the project is no longer there, or never was, as `who` says today."""
    presence.last_confirmed, presence.confirmed_by, presence.ended = today, who, today
    with because(why):
        presence.save()
    sources.touch(*LAYERS)
    return presence


@transaction.atomic
def involve(project, organisations):
    """Have these organisations take part in the project, and no other."""
    project.involvements.exclude(organisation__in=organisations).delete()
    known = set(project.involvements.values_list("organisation", flat=True))
    Involvement.objects.bulk_create(
        Involvement(project=project, organisation=each) for each in organisations if each.pk not in known
    )
    sources.touch(*LAYERS)


def organisation_named(name):
    """Return the organisation of this name, accents and case aside or by another name of it; made if new."""
    wanted = fold(name)
    for organisation in Organisation.objects.all():
        if wanted in map(fold, (organisation.name, *organisation.aliases)):
            return organisation
    return Organisation.objects.create(name=name.strip())


@transaction.atomic
def define_zone(zone, cercles, *, note, why=""):
    """Say which cercles a zone comprises; they are kept by name across editions."""
    zone.cercle_names, zone.note = sorted(cercle.name for cercle in cercles), note
    with because(why):
        zone.save()
        zone.cercles.set(cercles)
    sources.touch(*LAYERS)
    return zone
