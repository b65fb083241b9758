"""Writing what the documents say. Each function is one transaction."""

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from apps.boundaries.models import PlacedRow
from apps.boundaries.told_places import ToldPlaces, tie_to_edition
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
    TargetCercle,
    TargetingRule,
)
from apps.sources import services as sources
from apps.sources.models import Document, Load
from layers.programme import TABLES

MODELS = {
    "target_cercles": TargetCercle,
    "targeting_criteria": TargetingRule,
    "planned_infrastructure": PlannedWork,
    "workplan_activities": Activity,
    "workplan_budget": BudgetLine,
    "indicators": Indicator,
    "indicators_reduced": Indicator,
    "indicators_parent_frameworks": ParentIndicator,
    "results_2020_2021": Result,
    "stabilisation_projects_2017": BulletinRow,
    "risks": Risk,
    "stakeholders": Stakeholder,
    "acronyms": Acronym,
    "context_statistics": ContextStatistic,
    "places": PlaceMention,
}
"""Table -> the model of its rows. The other tables are kept by the writers of other apps."""

LAYERS = (
    "target_cercles",
    "targeting_criteria",
    "planned_works",
    "workplan_activities",
    "workplan_budget",
    "indicators",
    "parent_indicators",
    "results_2020_2021",
    "bulletin_2017",
    "risks",
    "stakeholders",
    "acronyms",
    "context_statistics",
    "places",
)


@transaction.atomic
def save_programme(tables, load):
    """
    Write every table in place of those of the former load; return the sentences worth telling.

    `tables` holds the records of each table by its stem. Each of PROGRAMME_WRITERS is called with both, then
    each of PROGRAMME_FOLLOWERS.
    """
    sources.retire_loads(Load.Kind.PROGRAMME, but=load)
    told = [sentence for path in settings.PROGRAMME_WRITERS for sentence in import_string(path)(tables, load)]
    for path in settings.PROGRAMME_FOLLOWERS:
        import_string(path)()
    return told


@transaction.atomic
def save_tables(tables, load):
    """Write the documents and the tables that this app keeps; return the sentences worth telling."""
    Document.objects.all().delete()
    Document.objects.bulk_create(
        Document(load=load, **_values(record, TABLES["documents"])) for record in tables["documents"]
    )
    for model in set(MODELS.values()):
        model.objects.all().delete()
    for stem, model in MODELS.items():
        model.objects.bulk_create(_row(model, record, TABLES[stem], load) for record in tables[stem])
    return follow_edition()


def _row(model, record, table, load):
    return model(
        load=load,
        row=record["row"],
        documents=record["documents"],
        source_passage=record["source_passage"],
        note=record["note"],
        **_values(record, table, of=model),
    )


def _values(record, table, of=Document):
    """Return the values of a record that the model keeps."""
    kept = {field.name for field in of._meta.get_fields()}
    return {field.name: record[field.name] for field in table.fields if field.name in kept}


@transaction.atomic
def follow_edition():
    """Tie each row to its areas of the active edition; return the sentences worth telling."""
    places = ToldPlaces()
    lost = [target.cercle_name for target in _tie_targets(places.cercles)]
    for model in sorted(set(MODELS.values()), key=lambda model: model.__name__):
        if issubclass(model, PlacedRow):
            lost += [
                row.place
                for row in tie_to_edition(model, places=places, regions_at_seat=model is PlannedWork)
            ]
    sources.touch(*LAYERS)
    return [f"This edition lacks these places: {', '.join(sorted(set(lost)))}."] if lost else []


def _tie_targets(names):
    """Tie each target to its cercle; return those that have none."""
    targets = list(TargetCercle.objects.all())
    for target in targets:
        target.area = names.one(target.cercle_name)
    TargetCercle.objects.bulk_update(targets, ["area"])
    return [target for target in targets if target.area is None]
