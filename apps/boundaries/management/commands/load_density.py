"""Loads a coarse raster of population density: it shares a figure that covers several cercles."""

from apps.boundaries import services
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from layers.readers import density
from layers.sources_toml import Contents


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.DENSITY
    what = Contents.RASTER

    def read(self, path):
        return density.read(path)

    def save(self, reading, load):
        services.save_density(reading.records, load)
        return f"It sums to {sum(cell.people for cell in reading.records):,.0f} people."
