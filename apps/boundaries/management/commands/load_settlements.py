"""Loads towns and villages with their administrative rank, each placed in its commune."""

from apps.boundaries import services
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from layers.readers import settlements
from layers.sources_toml import Contents


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.SETTLEMENTS
    what = Contents.SETTLEMENTS

    def read(self, path):
        return settlements.read(path)

    def save(self, reading, load):
        services.save_settlements(reading.records, load)
        return ""
