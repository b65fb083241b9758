"""Loads people by cercle: COD-PS layout (with sexes) or the census of 2009."""

from apps.boundaries import services
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from layers.readers import population
from layers.sources_toml import Contents


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.POPULATION
    what = Contents.POPULATION

    def read(self, path):
        return population.read(path)

    def save(self, reading, load):
        unmatched = services.save_population(reading.records, load)
        if not unmatched:
            return ""
        return "No cercle of this edition is named: " + ", ".join(row.name for row in unmatched) + "."
