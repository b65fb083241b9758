"""
Loads which court the law gives each commune or cercle: `load_judicial_map FILE.csv`.

Columns: pcode, or cercle and commune (region where two cercles share a name); court_kind (TGI, TI, JPCE);
court_name, as the register names it; longitude and latitude if known. A commune told by itself is not its
cercle's. May be repeated: a new file takes the place of the one before.
"""

from apps.infrastructure import judicial
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from layers.readers import judicial_map
from layers.sources_toml import Contents


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.JUDICIAL_MAP
    what = Contents.OTHER

    def read(self, path):
        return judicial.placed(judicial_map.read(path), path.name)

    def save(self, reading, load):
        unknown = judicial.save_judicial_map(reading.records, load)
        return f"On no register: {', '.join(unknown)}." if unknown else ""
