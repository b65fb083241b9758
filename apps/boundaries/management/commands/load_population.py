"""Loads people by cercle: COD-PS layout (with sexes) or the census of 2009."""

from datetime import date

from apps.boundaries import services
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from geo.vocabulary import PeopleMethod
from layers.readers import population
from layers.sources_toml import Contents

CENSUS_YEARS = {1976, 1987, 1998, 2009}
"""The years of Mali's general censuses; figures of any other year are projections."""


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.POPULATION
    what = Contents.POPULATION

    def read(self, path):
        return population.read(path)

    def as_of(self, records):
        """Return the last day of the year they tell: they are at least as old as that."""
        return date(max(record.year for record in records), 12, 31)

    def save(self, reading, load):
        years = {record.year for record in reading.records}
        method = PeopleMethod.CENSUS if years <= CENSUS_YEARS else PeopleMethod.PROJECTION
        unmatched = services.save_population(reading.records, load, method=method)
        if not unmatched:
            return ""
        return "No cercle of this edition is named: " + ", ".join(row.name for row in unmatched) + "."
