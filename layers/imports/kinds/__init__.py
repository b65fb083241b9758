"""
The kinds of files a data keeper may load, with the fields of each: their words, types and usual headers.

Light: pages import it.
"""

from collections.abc import Mapping

from layers.imports.kinds.area_tables import AREA_TABLE
from layers.imports.kinds.boundaries import BOUNDARIES
from layers.imports.kinds.declaring import ImportKind
from layers.imports.kinds.events import EVENTS
from layers.imports.kinds.institutions import INSTITUTIONS, STATUSES
from layers.imports.kinds.population import POPULATION
from layers.imports.kinds.projects import PROJECTS

KINDS: Mapping[str, ImportKind] = {
    kind.name: kind for kind in (EVENTS, INSTITUTIONS, STATUSES, POPULATION, BOUNDARIES, PROJECTS, AREA_TABLE)
}
"""Every kind, by name, in the order the pages list them."""
