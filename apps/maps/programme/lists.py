"""The lists of the programme: which rows, which of the fields their layer declares, and how rows group."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from apps.infrastructure.models import Fact
from apps.programme import models
from apps.programme.figures import JOINT, named_areas
from layers.catalogue import LAYERS
from layers.declaration import Layer


def by_itself(row):
    """Each row is an entry of its own."""
    return row.pk


def by_shared_amount(work):
    """Works that share an amount are one entry."""
    return work.activity_id if work.alignment_confidence == JOINT else work.pk


def by_result(result):
    """A result is one entry, whatever the number of its places."""
    return result.result_id


def by_indicator(indicator):
    """An indicator is one entry with its two variants."""
    return indicator.indicator_id


@dataclass(frozen=True)
class RowList:
    """
    A list of the rows of a layer. `columns` are fields of the layer in the order shown, the first names
    the row; `filters` fields that readers choose from; `searched` columns whose words are searched too.
    """

    slug: str
    layer_name: str
    rows: Callable[[], QuerySet]
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    grouped: Callable = field(default=by_itself)

    @property
    def layer(self) -> Layer:
        return LAYERS[self.layer_name]

    @property
    def field_of(self):
        """Return {name: declared field}."""
        return {each.name: each for each in self.layer.fields}


USD = ("usd_2021", "usd_2022", "usd_2023", "usd_2024", "usd_2025", "usd_total")
TARGETS = ("target_2021", "target_2022", "target_2023", "target_2024", "target_2025")


def placed(model):
    """Return the rows of a model that tell of places, with the areas found."""
    return lambda: model.objects.prefetch_related(Prefetch("areas", named_areas()))


def mechanisms():
    """Return the facts that tell of a mechanism of peace."""
    return Fact.objects.exclude(mechanism="").prefetch_related(Prefetch("areas", named_areas()))


LISTS = {
    each.slug: each
    for each in (
        RowList(
            "ouvrages",
            "planned_works",
            placed(models.PlannedWork),
            ("place", "kind", "action", "status", *USD, "alignment_confidence"),
            filters=("kind", "status", "level", "product", "alignment_confidence"),
            searched=("infra_type", "entities_un", "national_partner", "name_in_source"),
            grouped=by_shared_amount,
        ),
        RowList(
            "faits",
            "institution_facts",
            placed(Fact),
            ("place", "infra_type", "status", "count", "as_of", "fact_kind", "holder"),
            filters=("infra_type", "fact_kind", "level", "mechanism"),
            searched=("name_in_source", "parent_told"),
        ),
        RowList(
            "mecanismes",
            "peace_mechanisms",
            mechanisms,
            ("place", "mechanism", "infra_type", "status", "count", "as_of", "fact_kind", "holder"),
            filters=("mechanism", "fact_kind", "level"),
            searched=("name_in_source", "parent_told"),
        ),
        RowList(
            "resultats",
            "results_2020_2021",
            placed(models.Result),
            ("description_en", "value", "place", "theme", "year", "agency", "disaggregation"),
            filters=("theme", "level", "value_scope", "year"),
            searched=("result_id", "name_in_source", "parent_told"),
            grouped=by_result,
        ),
        RowList(
            "indicateurs",
            "indicators",
            lambda: models.Indicator.objects.order_by("row", "-framework"),
            ("indicator", "unit", "baseline", *TARGETS, "cumulative", "source"),
            filters=("result", "product"),
            searched=("indicator_id", "result_title", "product_title", "disaggregation"),
            grouped=by_indicator,
        ),
        RowList(
            "indicateurs-parents",
            "parent_indicators",
            models.ParentIndicator.objects.all,
            ("indicator", "framework", "indicator_code", "baseline", "target", "disaggregation"),
            filters=("framework",),
        ),
        RowList(
            "activites",
            "workplan_activities",
            models.Activity.objects.all,
            ("activity", "product", "entities_un", "national_partner", *USD),
            filters=("result", "product"),
            searched=("activity_id", "activity_group"),
        ),
        RowList(
            "budget",
            "workplan_budget",
            models.BudgetLine.objects.all,
            ("label", "row_type", *USD),
            filters=("row_type", "result"),
        ),
        RowList(
            "risques",
            "risks",
            models.Risk.objects.all,
            ("risk", "category", "probability", "impact", "mitigation_summary_en"),
            filters=("category", "probability", "impact"),
        ),
        RowList(
            "acteurs",
            "stakeholders",
            models.Stakeholder.objects.all,
            ("actor", "level", "kind", "situation_en", "engagement_en", "is_risk"),
            filters=("level", "kind"),
        ),
        RowList(
            "sigles",
            "acronyms",
            models.Acronym.objects.all,
            ("acronym", "expansion_fr", "gloss_en", "expansion_origin"),
            filters=("expansion_origin",),
        ),
        RowList(
            "contexte",
            "context_statistics",
            placed(models.ContextStatistic),
            ("topic", "value_told", "unit", "place", "as_of", "original_source", "disaggregation"),
            filters=("level",),
        ),
        RowList(
            "lieux",
            "places",
            placed(models.PlaceMention),
            ("place", "level", "parent_told", "level_evidence", "variants_in_source", "count_total"),
            filters=("level",),
        ),
        RowList(
            "bulletin-2017",
            "bulletin_2017",
            placed(models.BulletinRow),
            ("title", "row_type", "fund", "place", "sector", "value", "unit", "cost_usd", "date", "partner"),
            filters=("row_type", "fund", "sector"),
            searched=("sponsor", "donor", "beneficiaries"),
        ),
    )
}
"""Slug -> list, in the order of /programme/listes/."""
