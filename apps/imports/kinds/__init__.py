"""How each kind of file is compared with what is loaded, and written: one module a kind."""

from apps.imports.kinds.area_table import AreaTables
from apps.imports.kinds.boundaries import Boundaries
from apps.imports.kinds.events import Events
from apps.imports.kinds.institutions import Institutions
from apps.imports.kinds.population import PopulationFigures
from apps.imports.kinds.projects import Projects
from apps.imports.kinds.statuses import Statuses

ADAPTERS = {
    "events": Events,
    "institutions": Institutions,
    "statuses": Statuses,
    "population": PopulationFigures,
    "boundaries": Boundaries,
    "projects": Projects,
    "area_table": AreaTables,
}


def adapter_of(import_):
    """Return what compares and writes the file of this import. Raises NotImportable."""
    return ADAPTERS[import_.kind](import_)
