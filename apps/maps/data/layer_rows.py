"""The rows of each layer, to be counted: an institution once, however many rows tell of it."""

from apps.area_tables.models import AreaTable, AreaValue
from apps.boundaries.models import Area, Settlement
from apps.events.models import CercleMonth, CommuneMonth, ConflictEvent, PublishedCount
from apps.infrastructure.models import Fact, Institution
from apps.programme import models as programme
from apps.projects.models import Presence, Project
from apps.sources.models import Load
from apps.targeting.targets import target_areas

ROWS = {
    "regions": Area.objects.regions,
    "cercles": Area.objects.cercles,
    "communes": Area.objects.communes,
    "settlements": Settlement.objects.all,
    "events": lambda: ConflictEvent.objects.current().of_kind(Load.Kind.EVENTS),
    "ucdp_events": lambda: ConflictEvent.objects.current().of_kind(Load.Kind.UCDP_EVENTS),
    "event_counts": CercleMonth.objects.all,
    "commune_counts": CommuneMonth.objects.all,
    "published_counts": PublishedCount.objects.all,
    "institutions": Institution.objects.counted,
    "target_cercles": target_areas,
    "targeting_criteria": programme.TargetingRule.objects.all,
    "planned_works": programme.PlannedWork.objects.all,
    "peace_mechanisms": lambda: Fact.objects.filter(mechanism__gt=""),
    "institution_facts": Fact.objects.all,
    "workplan_activities": programme.Activity.objects.all,
    "workplan_budget": programme.BudgetLine.objects.all,
    "indicators": programme.Indicator.objects.all,
    "parent_indicators": programme.ParentIndicator.objects.all,
    "results_2020_2021": programme.Result.objects.all,
    "bulletin_2017": programme.BulletinRow.objects.all,
    "risks": programme.Risk.objects.all,
    "stakeholders": programme.Stakeholder.objects.all,
    "acronyms": programme.Acronym.objects.all,
    "context_statistics": programme.ContextStatistic.objects.all,
    "places": programme.PlaceMention.objects.all,
    "projects": Project.objects.all,
    "project_presences": Presence.objects.all,
    "area_tables": AreaTable.objects.all,
    "area_values": AreaValue.objects.all,
}


def row_counts():
    """Return how many rows each layer has."""
    return {name: rows().count() for name, rows in ROWS.items()}
