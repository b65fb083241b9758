"""What the layers of the documents tell of each area: the figures that the table adds while one is shown."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.boundaries.models import Area
from apps.infrastructure.models import Fact
from apps.maps import formats
from apps.maps.questions import LEVELS
from apps.programme.figures import JOINT
from apps.programme.models import PlannedWork, Result
from apps.projects.models import Presence, Project
from apps.sources.models import Load

AROUND = ("pcode", "parent__pcode", "parent__parent__pcode")
"""The P-codes of an area, of the one around it, and of the one around that."""


@dataclass(frozen=True)
class Told:
    """Figures by P-code, those of an area of which nothing is told, and what no area can count."""

    by_area: dict
    of_no_row: dict
    notes: list


def with_overlay_figures(areas, question):
    """Return the areas with the figures of the layers that the question asks, and what none can count."""
    if not question.layers:
        return areas, []
    within = _within(LEVELS[question.level])
    every = [TELLERS[layer](within) for layer in question.layers]
    for told in every:
        areas = [area | told.by_area.get(area["pcode"], told.of_no_row) for area in areas]
    return areas, [note for told in every for note in told.notes] + _source_notes()


def documents_source():
    """Return who stands behind these figures, and the licence; None before any document is loaded."""
    load = Load.objects.in_use().of_kind(Load.Kind.PROGRAMME).first()
    return load and {"attribution": load.attribution, "licence": load.licence}


def _source_notes():
    source = documents_source()
    return [source["attribution"]] if source else []


def _within(level):
    """Return {key of an area: P-code of the area of this level that it is or lies in}."""
    areas = Area.objects.active().filter(level__gte=level).values_list("pk", "level", *AROUND)
    return {pk: path[own - level] for pk, own, *path in areas}


def _by_area(pairs, within):
    """Return {P-code: the rows told of it, each once} and the rows told of none, from (area, row) pairs."""
    told, rows = defaultdict(set), set()
    for area, row in pairs:
        rows.add(row)
        if area in within:
            told[within[area]].add(row)
    return told, rows.difference(*told.values())


def _works(within):
    """Count planned works and their dollars; an amount told of several places together is of none of them."""
    rows = PlannedWork.objects.values_list("areas", "pk", "usd_total", "alignment_confidence", "activity_id")
    told, nowhere = _by_area(((area, tuple(work)) for area, *work in rows), within)
    placed = set().union(*told.values())
    joint = {(activity, usd) for _pk, usd, confidence, activity in placed if confidence == JOINT}
    return Told(
        {pcode: {"works": len(of_area), "works_usd": _own_usd(of_area)} for pcode, of_area in told.items()},
        {"works": 0, "works_usd": None},
        [*_works_nowhere(len(nowhere)), *(_joint_note(usd) for _activity, usd in sorted(joint))],
    )


def _own_usd(works):
    """Return the sum of the amounts told of this area alone; None where none is told, or printed as 0."""
    amounts = [usd for _pk, usd, confidence, _activity in works if usd and confidence != JOINT]
    return sum(amounts) if amounts else None


def _works_nowhere(count):
    note = ngettext(
        "%(n)s ouvrage prévu ne compte dans aucune ligne : son lieu n’est pas dit aussi précisément.",
        "%(n)s ouvrages prévus ne comptent dans aucune ligne : leur lieu n’est pas dit aussi précisément.",
        count,
    )
    return [note % {"n": formats.number(count)}] if count else []


def _joint_note(usd):
    return _("%(usd)s USD sont dits de plusieurs lieux ensemble : aucune ligne ne les compte.") % {
        "usd": formats.number(usd)
    }


def _mechanisms(within):
    """Count the facts on mechanisms of peace: one may tell of many mechanisms, or of several places."""
    told, nowhere = _by_area(Fact.objects.exclude(mechanism="").values_list("areas", "pk"), within)
    return Told(
        {pcode: {"mechanisms": len(facts)} for pcode, facts in told.items()},
        {"mechanisms": None},
        [*_mechanisms_nowhere(len(nowhere)), _("Sans fait sur un mécanisme de paix : inconnu, pas aucun.")],
    )


def _mechanisms_nowhere(count):
    note = ngettext(
        "%(n)s fait sur des mécanismes de paix ne compte dans aucune ligne : "
        "son lieu n’est pas dit aussi précisément.",
        "%(n)s faits sur des mécanismes de paix ne comptent dans aucune ligne : "
        "leur lieu n’est pas dit aussi précisément.",
        count,
    )
    return [note % {"n": formats.number(count)}] if count else []


def _results(within):
    """Count the results told of an area or a place in it; their values are not alike, or are shared."""
    told, nowhere = _by_area(Result.objects.values_list("areas", "result_id"), within)
    return Told(
        {pcode: {"results": len(results)} for pcode, results in told.items()},
        {"results": None},
        [*_results_nowhere(len(nowhere)), _("Sans résultat dit : inconnu, pas aucun.")],
    )


def _results_nowhere(count):
    note = ngettext(
        "%(n)s résultat ne compte dans aucune ligne : son lieu n’est pas dit aussi précisément.",
        "%(n)s résultats ne comptent dans aucune ligne : leur lieu n’est pas dit aussi précisément.",
        count,
    )
    return [note % {"n": formats.number(count)}] if count else []


def _projects(within):
    """Count the projects said to be in an area or at a place in it; elsewhere nobody knows."""
    rows = Presence.objects.current().exclude(area=None).values_list("area", "project")
    told, _wider = _by_area(rows, within)
    known = len(set().union(*told.values()))
    return Told(
        {pcode: {"projects_known": len(projects)} for pcode, projects in told.items()},
        {"projects_known": None},
        [
            _(
                "Des %(total)s projets, %(known)s ont un lieu dit aussi précisément. "
                "Ailleurs, leur présence est inconnue, pas nulle."
            )
            % {"total": formats.number(Project.objects.count()), "known": formats.number(known)}
        ],
    )


TELLERS = {
    "planned_works": _works,
    "peace_mechanisms": _mechanisms,
    "results_2020_2021": _results,
    "projects": _projects,
}
"""Layer name -> what it tells of the areas, given where each area lies."""
