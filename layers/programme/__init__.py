"""The tables drawn from the programme's documents: each is declared once, read, stored and served by that."""

from layers.programme.bulletin import BULLETIN, BULLETIN_TABLE
from layers.programme.context import (
    ACRONYMS,
    ACRONYMS_TABLE,
    CONTEXT_STATISTICS,
    PLACES,
    PLACES_TABLE,
    RISKS,
    RISKS_TABLE,
    STAKEHOLDERS,
    STAKEHOLDERS_TABLE,
    STATISTICS_TABLE,
)
from layers.programme.documents import DOCUMENTS
from layers.programme.facts import FACTS_TABLE, INSTITUTION_FACTS, PEACE_MECHANISMS
from layers.programme.indicators import (
    INDICATORS,
    INDICATORS_REDUCED_TABLE,
    INDICATORS_TABLE,
    PARENT_INDICATORS,
    PARENT_TABLE,
)
from layers.programme.projects import PROJECTS_TABLE
from layers.programme.results import RESULTS, RESULTS_TABLE
from layers.programme.targets import CRITERIA_TABLE, TARGET_CERCLES, TARGET_TABLE, TARGETING_CRITERIA
from layers.programme.workplan import (
    ACTIVITIES_TABLE,
    BUDGET_TABLE,
    PLANNED_WORKS,
    WORKPLAN_ACTIVITIES,
    WORKPLAN_BUDGET,
    WORKS_TABLE,
)

TABLES = {
    table.stem: table
    for table in (
        DOCUMENTS,
        TARGET_TABLE,
        CRITERIA_TABLE,
        WORKS_TABLE,
        FACTS_TABLE,
        PROJECTS_TABLE,
        ACTIVITIES_TABLE,
        BUDGET_TABLE,
        INDICATORS_TABLE,
        INDICATORS_REDUCED_TABLE,
        PARENT_TABLE,
        RESULTS_TABLE,
        BULLETIN_TABLE,
        RISKS_TABLE,
        STAKEHOLDERS_TABLE,
        ACRONYMS_TABLE,
        STATISTICS_TABLE,
        PLACES_TABLE,
    )
}
"""File stem -> table, in the order they are read: the documents first, which the others cite."""

PROGRAMME_LAYERS = (
    TARGET_CERCLES,
    TARGETING_CRITERIA,
    PLANNED_WORKS,
    PEACE_MECHANISMS,
    INSTITUTION_FACTS,
    WORKPLAN_ACTIVITIES,
    WORKPLAN_BUDGET,
    INDICATORS,
    PARENT_INDICATORS,
    RESULTS,
    BULLETIN,
    RISKS,
    STAKEHOLDERS,
    ACRONYMS,
    CONTEXT_STATISTICS,
    PLACES,
)
"""The layers they are served as; projects are served by `layers.projects`."""
