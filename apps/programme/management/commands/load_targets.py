"""Loads the cercles that the programme document names, tied to those of the active edition by name."""

from apps.programme import services
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from layers.readers import targets
from layers.sources_toml import Contents


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.PROGRAMME
    what = Contents.TARGET_CERCLES

    def read(self, path):
        return targets.read(path)

    def save(self, reading, load):
        unmatched = services.save_targets(reading.records, load)
        if not unmatched:
            return ""
        return "No cercle of this edition is named: " + ", ".join(t.cercle_name for t in unmatched) + "."
