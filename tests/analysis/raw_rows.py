"""
The plain tables that the gallery is asked of, as GeoDataFrames: rows and attributes, nothing computed.

No query, placement, distance or count of ours: only what a load wrote in its columns.
"""

from datetime import date
from functools import cached_property

import geopandas
import pandas as pd
import shapely
from django.db import connection

DEFAULT_ORDER = ("acled", "simulated", "ucdp")
SURE = (1, 2)
"""Precisions of events that stand at their point: the place itself, a town near by."""
PLACED_IN_CERCLE = (1, 2, 4)
AREA_OR_REGION, CERCLE_ONLY, COUNTRY_ONLY = (3, 5), (4,), (6,)
REGION, CERCLE, COMMUNE = 1, 2, 3

AREAS = """
SELECT area.id, area.level, area.pcode, area.name, area.parent_id, told.people, estimate.people AS estimated,
       ST_AsBinary(area.boundary) AS geometry
FROM boundaries_area area
JOIN boundaries_edition edition ON edition.id = area.edition_id AND edition.is_active
LEFT JOIN boundaries_population told ON told.area_id = area.id
LEFT JOIN coverage_communeestimate estimate ON estimate.commune_id = area.id
"""
EVENTS = """
SELECT id, source, occurred_on, fatalities, civilians_targeted, geo_precision, region_id, cercle_id,
       ST_AsBinary(location) AS geometry
FROM events_conflictevent WHERE known_until IS NULL
"""
SETTLEMENTS = """
SELECT place.id, place.settlement_class, place.region_id, place.cercle_id, reach.people,
       ST_AsBinary(place.location) AS geometry
FROM boundaries_settlement place LEFT JOIN coverage_settlementreach reach ON reach.settlement_id = place.id
"""
INSTITUTIONS = """
SELECT id, name, family, status, cercle_id, ST_AsBinary(location) AS geometry
FROM infrastructure_institution WHERE same_as_id IS NULL
"""
WORKS = """
SELECT id, usd_total, alignment_confidence, ST_AsBinary(location) AS geometry,
       ARRAY(SELECT area_id FROM programme_plannedwork_areas WHERE plannedwork_id = work.id) AS areas
FROM programme_plannedwork work
"""
MECHANISMS = """
SELECT id, ARRAY(SELECT area_id FROM infrastructure_fact_areas WHERE fact_id = fact.id) AS areas
FROM infrastructure_fact fact WHERE mechanism > ''
"""
PRESENCES = """
SELECT presence.id, presence.reach, presence.area_id, presence.zone_id, project.themes,
       ARRAY(SELECT donor FROM projects_funding WHERE project_id = project.id AND donor > '') AS donors,
       ARRAY(SELECT area_id FROM projects_namedzone_cercles WHERE namedzone_id = presence.zone_id) AS of_zone,
       ST_AsBinary(presence.location) AS geometry
FROM projects_presence presence JOIN projects_project project ON project.id = presence.project_id
"""
TARGETS = "SELECT area_id AS id FROM programme_targetcercle WHERE area_id IS NOT NULL"


class RawRows:
    """The tables, each read once."""

    @cached_property
    def areas(self):
        return read(AREAS)

    @cached_property
    def events(self):
        """The events of the source that counts when nobody says whose."""
        every = read(EVENTS)
        [source] = [each for each in DEFAULT_ORDER if each in set(every.source)][:1]
        return every[every.source == source]

    @cached_property
    def settlements(self):
        return read(SETTLEMENTS)

    @cached_property
    def institutions(self):
        return read(INSTITUTIONS)

    @cached_property
    def works(self):
        return read(WORKS)

    @cached_property
    def mechanisms(self):
        return read(MECHANISMS)

    @cached_property
    def presences(self):
        return read(PRESENCES)

    @cached_property
    def targets(self):
        return set(read(TARGETS).index)

    def at(self, level):
        return self.areas[self.areas.level == level]

    def pcode(self, pk):
        return self.areas.pcode[pk]

    def in_the_last(self, months):
        """Return the events of the last months, which end with the month of the last event."""
        last = max(self.events.occurred_on)
        years, month = divmod(last.year * 12 + last.month - months, 12)
        return self.events[self.events.occurred_on >= date(years, month + 1, 1)]

    def standing(self, family):
        of_family = self.institutions[self.institutions.family == family]
        return of_family[~of_family.status.isin(["destroyed", "under_construction"])]

    def up_to(self, pk, level):
        """Return the area of a level that this one is or lies in; None where it is larger."""
        while pk is not None and not pd.isna(pk) and self.areas.level[pk] > level:
            pk = self.areas.parent_id[pk]
        return int(pk) if pk is not None and not pd.isna(pk) and self.areas.level[pk] == level else None

    def areas_of_presence(self, presence):
        """Return the areas told of a presence: those of its zone, else its own."""
        if not pd.isna(presence.zone_id):
            return list(presence.of_zone)
        return [] if pd.isna(presence.area_id) else [int(presence.area_id)]


def read(statement):
    """Return the rows of a statement by their identifier."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        frame = pd.DataFrame(cursor.fetchall(), columns=[column.name for column in cursor.description])
    frame = frame.set_index("id")
    if "geometry" not in frame:
        return frame
    shapes = [None if each is None else shapely.from_wkb(bytes(each)) for each in frame.geometry]
    return geopandas.GeoDataFrame(frame.drop(columns="geometry"), geometry=shapes, crs="EPSG:4326")
