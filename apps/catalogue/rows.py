"""Where the rows of each layer come from: its query, and the column behind each declared field."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery

from apps.area_tables.models import AreaTable, AreaValue
from apps.boundaries.models import Area, Settlement
from apps.coverage.models import CommuneEstimate
from apps.events.models import CercleMonth, CommuneMonth, ConflictEvent, PublishedCount
from apps.infrastructure.models import Fact, Institution
from apps.programme.models import (
    Acronym,
    Activity,
    BudgetLine,
    BulletinRow,
    ContextStatistic,
    Indicator,
    ParentIndicator,
    PlaceMention,
    PlannedWork,
    Result,
    Risk,
    Stakeholder,
    TargetingRule,
)
from apps.projects.models import Presence, Project
from apps.sources.citations import of_documents
from apps.sources.models import Load
from apps.targeting.targets import target_areas

PLACE = {"region": "region__pcode", "cercle": "cercle__pcode", "commune": "commune__pcode"}
PEOPLE = {
    "people": "population__people",
    "people_year": "population__year",
    "people_method": "population__method",
}


@dataclass(frozen=True)
class Rows:
    """
    The rows of a layer. `columns` names the column of a field where it is not its own name;
    `region` and `cercle` those that these parameters ask. Rows tied to several areas know by
    themselves which are in one. `known_at` gives the rows as this installation knew them at an instant,
    where former versions are kept.
    """

    all: Callable[[], QuerySet]
    identifier: str
    columns: dict[str, str]
    region: str | None = None
    cercle: str | None = None
    tied_to_areas: bool = False
    known_at: Callable[[datetime], QuerySet] | None = None

    def matching(self, question):
        """Return the rows that a question asks for, before paging, in a stable order."""
        rows = self.all()
        if question.layer.has_access_by_row:
            rows = rows.of_access(question.readable)
        for name, value in question.equal.items():
            rows = rows.filter(**{self.column(name): value})
        for pcodes, column in ((question.region, self.region), (question.cercle, self.cercle)):
            if pcodes and self.tied_to_areas:
                rows = rows.in_areas(pcodes)
            elif pcodes:
                rows = rows.filter(**{f"{column}__in": pcodes}) if column else rows.none()
        time = self.column(question.layer.time_field) if question.layer.time_field else None
        if question.since:
            rows = rows.filter(**{f"{time}__gte": question.since})
        if question.until:
            rows = rows.filter(**{f"{time}__lte": question.until})
        return rows.inside(question.bbox) if question.bbox else rows

    def column(self, name):
        return self.columns.get(name, name)

    def values(self, rows, names, *extra):
        """Return tuples of the identifier, the named fields and the extra columns."""
        return rows.values_list(F(self.identifier), *(F(self.column(name)) for name in names), *extra)

    def told(self, rows, names):
        """Return tuples of the named fields alone."""
        return rows.values_list(*(F(self.column(name)) for name in names))


def told_in_documents(model):
    """Return the rows of a table of the programme that names no places."""
    return Rows(lambda: model.objects.annotate(**of_documents()), "id", {})


def told_of_places(model, **kept):
    """Return the rows of a table of the programme that tells of places; `kept` keeps some of them."""
    return Rows(
        lambda: model.objects.filter(**kept).with_pcodes().annotate(**of_documents()),
        "id",
        {"areas": "pcodes"},
        tied_to_areas=True,
    )


def communes_with_people():
    """Return the communes with what is estimated of their people; None where nothing is."""
    estimate = CommuneEstimate.objects.filter(commune=OuterRef("pk"))
    return Area.objects.communes().annotate(
        people=Subquery(estimate.values("people")),
        people_low=Subquery(estimate.values("low")),
        people_high=Subquery(estimate.values("high")),
    )


ROWS = {
    "regions": Rows(Area.objects.regions, "pcode", PEOPLE, region="pcode"),
    "cercles": Rows(
        Area.objects.cercles,
        "pcode",
        {"region": "parent__pcode", **PEOPLE},
        region="parent__pcode",
        cercle="pcode",
    ),
    "communes": Rows(
        communes_with_people,
        "pcode",
        {"cercle": "parent__pcode", "region": "parent__parent__pcode"},
        region="parent__parent__pcode",
        cercle="parent__pcode",
    ),
    "settlements": Rows(Settlement.objects.all, "id", PLACE, region="region__pcode", cercle="cercle__pcode"),
    "events": Rows(
        lambda: ConflictEvent.objects.current().of_kind(Load.Kind.EVENTS),
        "id",
        {**PLACE, "events_source": "source", "simulated": "is_simulated"},
        region="region__pcode",
        cercle="cercle__pcode",
        known_at=lambda instant: ConflictEvent.objects.known_at(instant).of_kind(Load.Kind.EVENTS),
    ),
    "ucdp_events": Rows(
        lambda: ConflictEvent.objects.current().of_kind(Load.Kind.UCDP_EVENTS),
        "id",
        {**PLACE, "events_source": "source"},
        region="region__pcode",
        cercle="cercle__pcode",
        known_at=lambda instant: ConflictEvent.objects.known_at(instant).of_kind(Load.Kind.UCDP_EVENTS),
    ),
    "event_counts": Rows(
        CercleMonth.objects.with_simulated,
        "id",
        {
            "events_source": "source",
            "cercle": "cercle__pcode",
            "cercle_name": "cercle__name",
            "region": "cercle__parent__pcode",
        },
        region="cercle__parent__pcode",
        cercle="cercle__pcode",
    ),
    "commune_counts": Rows(
        CommuneMonth.objects.with_simulated,
        "id",
        {
            "events_source": "source",
            "commune": "commune__pcode",
            "commune_name": "commune__name",
            "cercle": "commune__parent__pcode",
            "region": "commune__parent__parent__pcode",
        },
        region="commune__parent__parent__pcode",
        cercle="commune__parent__pcode",
    ),
    "published_counts": Rows(
        PublishedCount.objects.all,
        "id",
        {"cercle": "cercle__pcode", "region": "cercle__parent__pcode"},
        region="cercle__parent__pcode",
        cercle="cercle__pcode",
    ),
    "institutions": Rows(
        lambda: Institution.objects.counted().with_latest_report().with_sources(),
        "id",
        PLACE,
        region="region__pcode",
        cercle="cercle__pcode",
    ),
    "target_cercles": Rows(
        lambda: target_areas().annotate(**of_documents("targets__documents")),
        "pcode",
        {
            "region": "parent__pcode",
            "name_in_document": "targets__cercle_name",
            "region_in_document": "targets__region_name",
            "zone_logic": "targets__zone_logic",
            "objective": "targets__objective",
            "communes": "targets__communes",
            "initiation_phase_region": "targets__initiation_phase_region",
            "initiation_phase_cercle": "targets__initiation_phase_cercle",
            "phase": "targets__phase",
            "slavery_focus": "targets__slavery_focus",
            "volunteer_planned": "targets__volunteer_planned",
            "note": "targets__note",
            "source_passage": "targets__source_passage",
        },
        region="parent__pcode",
        cercle="pcode",
    ),
    "targeting_criteria": told_in_documents(TargetingRule),
    "planned_works": told_of_places(PlannedWork),
    "peace_mechanisms": told_of_places(Fact, mechanism__gt=""),
    "institution_facts": told_of_places(Fact),
    "workplan_activities": told_in_documents(Activity),
    "workplan_budget": told_in_documents(BudgetLine),
    "indicators": told_in_documents(Indicator),
    "parent_indicators": told_in_documents(ParentIndicator),
    "results_2020_2021": told_of_places(Result),
    "bulletin_2017": told_of_places(BulletinRow),
    "risks": told_in_documents(Risk),
    "stakeholders": told_in_documents(Stakeholder),
    "acronyms": told_in_documents(Acronym),
    "context_statistics": told_of_places(ContextStatistic),
    "places": told_of_places(PlaceMention),
    "projects": Rows(
        Project.objects.with_words,
        "id",
        {"organisations": "organisation_names"},
        tied_to_areas=True,
    ),
    "project_presences": Rows(
        Presence.objects.with_words,
        "id",
        {
            "code": "project__code",
            "register": "project__register",
            "title": "project__title",
            "themes": "project__themes",
            "zone": "zone__name",
            "outside_mali": "zone__outside_mali",
            "source_passage": "project__source_passage",
        },
        region="region",
        cercle="cercle",
    ),
    "area_tables": Rows(
        AreaTable.objects.with_words,
        "key",
        {"table": "key", "level": "level_name", "licence": "load__licence", "access": "load__access"},
    ),
    "area_values": Rows(
        AreaValue.objects.with_words,
        "id",
        {
            "table": "table__key",
            "title": "table__title",
            "unit": "table__unit",
            "level": "level_name",
            "pcode": "area__pcode",
            "area": "area__name",
            "as_of": "table__as_of",
            "licence": "table__load__licence",
        },
        region="region_pcode",
        cercle="cercle_pcode",
    ),
}
