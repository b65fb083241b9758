"""
Says what a travel-time GeoTIFF tells of the settlements: `check_travel FILE.tif`.

Ours or another tool's (AccessMod, the Malaria Atlas Project), in any coordinate system. With `--against
OTHER.tif` it says how the two differ. Nothing is written.
"""

from pathlib import Path

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from apps.boundaries.models import Settlement
from apps.travel.surfaces import Travelling
from layers.readers import travel_rasters
from layers.readers.problems import UnreadableFile

HOURS_TOLD = (1, 2, 4, 8)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument("--against", type=Path, metavar="OTHER.tif")
        parser.add_argument("--unit", choices=list(travel_rasters.MINUTES_UNITS), default="minutes")

    def handle(self, *, path, against, unit, **options):
        places = np.array([point.coords for point in Settlement.objects.values_list("location", flat=True)])
        if not len(places):
            raise CommandError("no settlement is loaded: load_settlements first")
        travelling = Travelling.now()
        minutes = at_places(travelling, path, unit, places)
        self.tell(path, minutes)
        if against:
            other = at_places(travelling, against, unit, places)
            self.tell(against, other)
            self.tell_difference(minutes, other)

    def tell(self, path, minutes):
        known = minutes[~np.isnan(minutes)]
        within = ", ".join(f"{int((known <= 60 * hours).sum())} within {hours} h" for hours in HOURS_TOLD)
        self.stdout.write(
            f"{path.name}: {len(known)} settlements on the grid, {within}, "
            f"{int(np.isinf(known).sum())} unreachable, {len(minutes) - len(known)} off the grid."
        )

    def tell_difference(self, minutes, other):
        both = np.isfinite(minutes) & np.isfinite(other)
        only_one = int((np.isfinite(minutes) != np.isfinite(other)).sum())
        apart = np.abs(minutes[both] - other[both])
        middle, most = (float(np.quantile(apart, at)) if both.any() else float("nan") for at in (0.5, 0.95))
        self.stdout.write(
            f"Difference at {int(both.sum())} settlements both reach: {middle:.1f} minutes in the middle, "
            f"{most:.1f} at most for 95 %. {only_one} are reached by one of them only."
        )


def at_places(travelling, path, unit, places):
    if not path.is_file():
        raise CommandError(f"{path}: no such file")
    try:
        surface = travel_rasters.read_minutes(path, unit=unit)
    except UnreadableFile as error:
        raise CommandError(str(error)) from error
    return travelling.at(surface, *places.T)
