"""
Loads a raster of population, coarse or fine: it shares people among settlements, and is summed by commune.

People per km2, or people in each cell with --people-per-cell (or `unit` in sources.toml; WorldPop's names
of files tell it). A fine raster, of 100 m say, is read in windows: its sums by commune are kept, exact, and
its cells in blocks. Load it again for its sums when another edition of boundaries was switched on. It may be
interrupted and run again: nothing is half-written.
"""

from math import isnan

from apps.boundaries import services
from apps.coverage.models import RasterPeople
from apps.coverage.rasters.queries import lowest_areas
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from layers.readers import density
from layers.sources_toml import Contents, RasterUnit


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.DENSITY
    what = Contents.RASTER

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--people-per-cell", action="store_true", help="cells hold people, not people per km2"
        )

    def handle(self, *, people_per_cell, **options):
        self.people_per_cell = people_per_cell
        super().handle(**options)

    def source(self, path):
        source = super().source(path)
        self.people_per_cell |= source.unit == RasterUnit.PEOPLE_PER_CELL
        return source

    def is_complete(self, load):
        """A fine raster has sums for the areas of the active edition only once it was read under it."""
        exact = RasterPeople.objects.filter(load=load, area__edition__is_active=True)
        return not load.counts.get("is_fine") or exact.exists()

    def read(self, path):
        self.areas, boundaries, inside = lowest_areas()
        return density.read(
            path, per_cell=self.people_per_cell, polygons=boundaries, inside=inside, say=self.stdout.write
        )

    def save(self, reading, load):
        unit = RasterUnit.PEOPLE_PER_CELL if self.people_per_cell else RasterUnit.PEOPLE_PER_KM2
        load.counts = {**load.counts, "unit": unit, "is_fine": reading.is_fine}
        load.save(update_fields=["counts"])
        RasterPeople.objects.all().delete()
        sums = zip(self.areas, reading.sums, strict=True) if reading.is_fine else ()
        RasterPeople.objects.bulk_create(
            RasterPeople(area_id=area, load=load, people=people) for area, people in sums if not isnan(people)
        )
        services.save_density(reading.records, load)
        return f"It sums to {sum(cell.people for cell in reading.records):,.0f} people."
