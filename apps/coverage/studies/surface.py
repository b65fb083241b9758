"""The minutes that an answer rests on, over the grid, as a GeoTIFF. Heavy: for commands."""

from datetime import date

from apps.coverage.studies.measuring import Measuring
from apps.coverage.studies.questions import links_of
from apps.travel.geotiff import surface_as_geotiff
from geo.coverage import Counts
from geo.reach import worst_of
from geo.vocabulary import CoverageSense


def geotiff_of(asked):
    """
    Return the bytes of a GeoTIFF: minutes to the nearest that counts or may, of a chain to its farthest.
    """
    measuring = Measuring(asked, links_of(asked), date.fromisoformat(asked["day"]))
    sense = CoverageSense(asked["sense"])
    surfaces = [
        measuring.travelling.surface(measuring.points(key, sense, Counts.SURE, Counts.POSSIBLE))
        for key in measuring.links
    ]
    return surface_as_geotiff(worst_of(surfaces), measuring.travelling.told())
