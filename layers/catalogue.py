"""Every layer, by name."""

from layers.area_tables import AREA_TABLES, AREA_VALUES
from layers.areas import CERCLES, COMMUNES, REGIONS
from layers.events import COMMUNE_COUNTS, EVENT_COUNTS, EVENTS, UCDP_EVENTS
from layers.institutions import INSTITUTIONS
from layers.programme import PROGRAMME_LAYERS
from layers.projects import PROJECT_PRESENCES, PROJECTS
from layers.published_counts import PUBLISHED_COUNTS
from layers.settlements import SETTLEMENTS

LAYERS = {
    layer.name: layer
    for layer in (
        REGIONS,
        CERCLES,
        COMMUNES,
        SETTLEMENTS,
        EVENTS,
        UCDP_EVENTS,
        EVENT_COUNTS,
        COMMUNE_COUNTS,
        PUBLISHED_COUNTS,
        INSTITUTIONS,
        *PROGRAMME_LAYERS,
        PROJECTS,
        PROJECT_PRESENCES,
        AREA_TABLES,
        AREA_VALUES,
    )
}
"""Layer name -> declaration, in the order of the catalogue."""
