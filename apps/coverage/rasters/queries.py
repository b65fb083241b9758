"""What can be asked of the cells of the population raster and the areas they lie in."""

import shapely
from django.db import connection

from apps.boundaries.models import Area
from geo.vocabulary import Level

WEIGHED_LEVELS = [Level.CERCLE.value, Level.COMMUNE.value]

LOOK_AGAIN = "ANALYZE boundaries_settlement, boundaries_densitycell"

WEIGH_CELLS = """
INSERT INTO coverage_cellshare (cell_id, area_id, share)
SELECT cell, area, share
FROM (
    SELECT cell.id AS cell, area.id AS area,
           CASE WHEN ST_Covers(area.boundary, cell.box) THEN 1
                ELSE LEAST(1, ST_Area(ST_Intersection(cell.box, area.boundary)) / ST_Area(cell.box))
           END AS share
    FROM boundaries_area area
    JOIN boundaries_edition edition ON edition.id = area.edition_id AND edition.is_active
    JOIN boundaries_densitycell cell ON ST_Intersects(cell.box, area.boundary)
    WHERE area.level = ANY(%s)
) weighed
WHERE share > 0
"""

ARE_WEIGHED = """
SELECT EXISTS (
    SELECT 1 FROM coverage_cellshare share
    JOIN boundaries_area area ON area.id = share.area_id
    JOIN boundaries_edition edition ON edition.id = area.edition_id AND edition.is_active
)
"""

PEOPLE_OF_CELLS = """
SELECT share.area_id, share.cell_id, cell.people * share.share
FROM coverage_cellshare share JOIN boundaries_densitycell cell ON cell.id = share.cell_id
WHERE share.area_id = ANY(%s)
"""

PEOPLE_OF_AREAS = """
SELECT share.area_id, sum(cell.people * share.share)
FROM coverage_cellshare share
JOIN boundaries_densitycell cell ON cell.id = share.cell_id
JOIN boundaries_area area ON area.id = share.area_id AND area.level = %s
JOIN boundaries_edition edition ON edition.id = area.edition_id AND edition.is_active
GROUP BY share.area_id
"""


def _rows(statement, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def weigh_cells():
    """
    Keep which share of each cell lies in each cercle and commune of the active edition, unless it is kept.

    Shares are of the plane of longitudes and latitudes, as those of exactextract are.
    """
    # The planner takes rows written a moment ago for none, and compares each with each: minutes.
    with connection.cursor() as cursor:
        cursor.execute(LOOK_AGAIN)
    if _rows(ARE_WEIGHED) == [(False,)]:
        with connection.cursor() as cursor:
            cursor.execute(WEIGH_CELLS, [WEIGHED_LEVELS])


def people_of_cells(areas):
    """Return (area, cell, people of the raster in the part of the cell inside the area) of these areas."""
    return _rows(PEOPLE_OF_CELLS, [list(areas)])


def people_of_areas(level):
    """Return {area: people of the raster} of a level of the active edition; without any, no area."""
    return dict(_rows(PEOPLE_OF_AREAS, [Level(level).value]))


def lowest_areas():
    """
    Return (ids, boundaries, box of all) of the communes of the active edition, or of its cercles without any.

    Shapely geometries in EPSG:4326; the box is None where there is no area.
    """
    level = Level.COMMUNE if Area.objects.communes().exists() else Level.CERCLE
    rows = list(Area.objects.active().at(level).order_by("pcode").values_list("pk", "boundary"))
    boundaries = [shapely.from_wkb(bytes(boundary.wkb)) for _, boundary in rows]
    box = tuple(shapely.total_bounds(boundaries).tolist()) if rows else None
    return [pk for pk, _ in rows], boundaries, box
