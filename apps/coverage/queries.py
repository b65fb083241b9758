"""What can be asked of settlements and their reach. All spatial SQL of this app is here."""

from django.db import connection

from geo.coverage import LONGEST_LIMIT_KM
from geo.vocabulary import Level

LONGEST_METRES = LONGEST_LIMIT_KM * 1000
HALF_A_MILLIMETRE = 0.0005
"""Distances are rounded to the millimetre: what rounds down to the longest limit is still within it."""

SPHERE_AT_MOST_OFF = 1.01
"""How much farther to look on the mean sphere than on the ellipsoid: they differ by less than 0.6 %."""

MEASURING = 7_620_301
"""Key of the lock that lets one transaction at a time measure."""

SETTLEMENTS_IN_CELLS = """
SELECT DISTINCT ON (settlement.id)
       settlement.id, settlement.region_id, settlement.cercle_id, settlement.commune_id,
       settlement.settlement_class, cell.id
FROM boundaries_settlement settlement
LEFT JOIN boundaries_densitycell cell ON ST_Intersects(cell.box, settlement.location::geometry)
ORDER BY settlement.id, cell.id
"""

LOOK_AGAIN = "ANALYZE boundaries_settlement, boundaries_densitycell"

WRITE_PEOPLE = """
INSERT INTO coverage_settlementreach (settlement_id, region_id, cercle_id, commune_id, people, metres)
SELECT settlement_id, region_id, cercle_id, commune_id, people, '{}'
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::integer[])
     AS told (settlement_id, region_id, cercle_id, commune_id, people)
ON CONFLICT (settlement_id) DO UPDATE
SET region_id = excluded.region_id, cercle_id = excluded.cercle_id, commune_id = excluded.commune_id,
    people = excluded.people
"""

# The cercle comes first, made once: PostGIS then keeps its tree of edges for all settlements near it.
MEASURE_CERCLES = """
INSERT INTO coverage_cercledistance (settlement_id, cercle_id, metres)
WITH cercle AS MATERIALIZED (
    SELECT id, boundary::geography AS boundary, ST_Envelope(boundary)::geography AS envelope
    FROM boundaries_area WHERE id = ANY(%s)
)
SELECT settlement_id, cercle_id, metres
FROM (
    SELECT near.id AS settlement_id, cercle.id AS cercle_id,
           round(ST_Distance(cercle.boundary, near.location)::numeric, 3)::float8 AS metres
    FROM cercle
    CROSS JOIN LATERAL (
        SELECT id, location FROM boundaries_settlement settlement
        WHERE settlement.cercle_id <> cercle.id AND ST_DWithin(settlement.location, cercle.envelope, %s)
        OFFSET 0
    ) near
) measured
WHERE metres <= %s
"""

# A place added may be nearer than the nearest so far. Where a place removed was the nearest, the others of
# its group are measured: only there.
MEASURE_PLACES = """
WITH added AS (
    SELECT position, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geography AS location
    FROM unnest(%(added_positions)s::integer[], %(added_longitudes)s::float8[], %(added_latitudes)s::float8[])
         AS told (position, longitude, latitude)
), removed AS (
    SELECT position, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geography AS location
    FROM unnest(
        %(removed_positions)s::integer[], %(removed_longitudes)s::float8[], %(removed_latitudes)s::float8[]
    ) AS told (position, longitude, latitude)
), lost AS (
    SELECT DISTINCT settlement.id, settlement.location, removed.position
    FROM removed
    JOIN boundaries_settlement settlement ON ST_DWithin(settlement.location, removed.location, %(longest)s)
    JOIN coverage_settlementreach reach ON reach.settlement_id = settlement.id
    WHERE round(ST_Distance(settlement.location, removed.location)::numeric, 3)
          <= reach.metres[removed.position]
), candidate AS (
    SELECT settlement.id, added.position,
           round(ST_Distance(settlement.location, added.location)::numeric, 3)::float8 AS metres
    FROM added
    JOIN boundaries_settlement settlement ON ST_DWithin(settlement.location, added.location, %(longest)s)
    UNION ALL
    SELECT lost.id, lost.position, round(ST_Distance(lost.location, place.location)::numeric, 3)::float8
    FROM lost
    JOIN coverage_institutiongroup sort ON sort.position = lost.position
    JOIN coverage_measuredplace place
      ON place.group_id = sort.id AND ST_DWithin(lost.location, place.location, %(longest)s)
    UNION ALL
    SELECT id, position, NULL FROM lost
), nearest AS (
    SELECT id, position, min(metres) FILTER (WHERE metres <= %(longest_exactly)s) AS metres
    FROM candidate GROUP BY id, position
), kept AS (
    SELECT nearest.id, nearest.position,
           LEAST(nearest.metres, CASE WHEN lost.id IS NULL THEN reach.metres[nearest.position] END) AS metres
    FROM nearest
    JOIN coverage_settlementreach reach ON reach.settlement_id = nearest.id
    LEFT JOIN lost ON lost.id = nearest.id AND lost.position = nearest.position
), measured AS (
    SELECT id, array_agg(position) AS positions, array_agg(metres) AS metres FROM kept GROUP BY id
)
UPDATE coverage_settlementreach reach
SET metres = (
    SELECT array_agg(
        CASE WHEN element = ANY(measured.positions)
             THEN measured.metres[array_position(measured.positions, element)]
             ELSE reach.metres[element] END
        ORDER BY element)
    FROM generate_series(1, GREATEST(cardinality(reach.metres), %(last)s)) element
)
FROM measured
WHERE reach.settlement_id = measured.id
"""

REACHED = """
SELECT region_id, cercle_id, commune_id, count(*), count(people), sum(people),
       coalesce(sum(people) FILTER (WHERE sure), 0),
       coalesce(sum(people) FILTER (WHERE sure OR {possible}), 0)
FROM (
    -- OFFSET 0: the condition is worked out once a row, not once in each sum.
    SELECT *, {sure} AS sure FROM coverage_settlementreach WHERE region_id IS NOT NULL OFFSET 0
) reach
GROUP BY region_id, cercle_id, commune_id
"""

REACHED_IN = """
SELECT count(*), sum(people),
       CASE WHEN count(people) > 0 THEN coalesce(sum(people) FILTER (WHERE sure), 0) END,
       CASE WHEN count(people) > 0 THEN coalesce(sum(people) FILTER (WHERE sure OR {possible}), 0) END
FROM (SELECT *, {sure} AS sure FROM coverage_settlementreach WHERE {column} = %(area)s) reach
"""
COLUMNS = {Level.REGION: "region_id", Level.CERCLE: "cercle_id", Level.COMMUNE: "commune_id"}

# Few settlements lie in closed cercles: their neighbours are looked up once, and kept as a set.
MAY_HOLD_MORE = """cercle_id IS NULL OR cercle_id = ANY(%(open)s) OR reach.settlement_id IN (
    SELECT distance.settlement_id
    FROM coverage_settlementreach closed
    JOIN coverage_cercledistance distance ON distance.settlement_id = closed.settlement_id
    WHERE closed.cercle_id <> ALL(%(open)s)
      AND distance.metres <= %(limit)s AND distance.cercle_id = ANY(%(open)s)
)"""

GAINED_BY_WORKS = """
SELECT place.work, reach.region_id, reach.cercle_id, reach.commune_id,
       coalesce(sum(reach.people) FILTER (WHERE NOT (reach.sure OR {possible})), 0),
       sum(reach.people)
FROM coverage_measuredplace place
JOIN boundaries_settlement settlement ON ST_DWithin(settlement.location, place.location, %(widest)s)
JOIN (SELECT *, {sure} AS sure FROM coverage_settlementreach) reach ON reach.settlement_id = settlement.id
WHERE place.work = ANY(%(works)s) AND NOT reach.sure AND reach.region_id IS NOT NULL
  AND round(ST_Distance(settlement.location, place.location)::numeric, 3) <= %(limit)s
GROUP BY place.work, reach.region_id, reach.cercle_id, reach.commune_id
HAVING sum(reach.people) > 0
ORDER BY place.work
"""

# Only settlements that the institution reaches from one of its two places and not from the other change.
# Where the nearest of its group is nearer than itself, or near and itself not, another of them reaches;
# else the others are measured.
CHANGED_BY_MOVING = """
WITH place AS (
    SELECT ST_SetSRID(ST_MakePoint(%(from_longitude)s, %(from_latitude)s), 4326)::geography AS before,
           ST_SetSRID(ST_MakePoint(%(to_longitude)s, %(to_latitude)s), 4326)::geography AS after
), near AS MATERIALIZED (
    SELECT settlement.id, settlement.location,
           round(ST_Distance(settlement.location, place.before)::numeric, 3)::float8 AS metres_before,
           round(ST_Distance(settlement.location, place.after)::numeric, 3)::float8 AS metres_after
    FROM place
    JOIN boundaries_settlement settlement
      ON ST_DWithin(settlement.location, place.before, %(sieve)s, false)
      OR ST_DWithin(settlement.location, place.after, %(sieve)s, false)
), changed AS MATERIALIZED (
    SELECT reach.*, near.location, near.metres_after <= %(limit)s AS becomes,
           coalesce(metres[%(own)s] <= %(limit)s, false) AND CASE
               WHEN near.metres_before > %(limit)s OR metres[%(own)s] < near.metres_before THEN true
               ELSE EXISTS (
                   SELECT 1 FROM coverage_measuredplace like_it
                   WHERE like_it.group_id = %(group)s AND like_it.id <> %(moved)s
                     AND round(ST_Distance(like_it.location, near.location)::numeric, 3) <= %(limit)s
               ) END AS like_it_reaches
    FROM near JOIN coverage_settlementreach reach ON reach.settlement_id = near.id
    WHERE (near.metres_before <= %(limit)s) <> (near.metres_after <= %(limit)s)
      AND reach.cercle_id IS NOT NULL
)
SELECT cercle_id, becomes, count(*), count(people),
       coalesce(sum(people) FILTER (WHERE NOT (sure OR {possible})), 0),
       coalesce(sum(people) FILTER (WHERE NOT sure), 0)
FROM (SELECT *, {sure} AS sure FROM changed) reach
GROUP BY cercle_id, becomes
"""


def _rows(statement, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _run(statement, parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def wait_for_measuring():
    """Wait until no other transaction measures; held to the end of this one."""
    _rows("SELECT pg_advisory_xact_lock(%s)", [MEASURING])


def _look_again():
    """Tell the planner of rows written a moment ago: taken for none, each is compared with each (minutes)."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK_AGAIN)


def settlements_in_cells():
    """Return (id, region, cercle, commune, class, cell) of every settlement; on a border, the first cell."""
    return _rows(SETTLEMENTS_IN_CELLS)


def write_people(rows):
    """Write (settlement, region, cercle, commune, people); the distances of known settlements stay."""
    columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * 5
    return _run(WRITE_PEOPLE, columns)


def measure_cercles(cercles):
    """Write how far each settlement is from each of these cercles that it does not lie in."""
    _look_again()
    return _run(MEASURE_CERCLES, [list(cercles), LONGEST_METRES + HALF_A_MILLIMETRE, LONGEST_METRES])


def measure_places(*, added, removed):
    """Bring distances up to date after places, each (position of its group, longitude, latitude), changed."""
    return _run(
        MEASURE_PLACES,
        {
            **_columns("added", added),
            **_columns("removed", removed),
            "last": max(position for position, *_ in [*added, *removed]),
            "longest": LONGEST_METRES + HALF_A_MILLIMETRE,
            "longest_exactly": LONGEST_METRES,
        },
    )


def _columns(name, places):
    return {
        f"{name}_positions": [position for position, _, _ in places],
        f"{name}_longitudes": [longitude for _, longitude, _ in places],
        f"{name}_latitudes": [latitude for _, _, latitude in places],
    }


class Reach:
    """
    Which settlements an answer counts as reached.

    `sure` and `possible` are positions of groups, `open_cercles` the cercles where more may stand than
    the register holds; None: all of them.
    """

    def __init__(self, *, limit, sure, possible, open_cercles):
        self.parameters = {"limit": limit, "open": open_cercles}
        self.sure = self._within(sure, "sure")
        self.possible = f"({self._within(possible, 'possible')} OR {self._may_hold_more()})"

    def _within(self, positions, name):
        """Return the condition that one of the groups is within the limit; an absent one is NULL, so not."""
        named = {f"{name}{number}": position for number, position in enumerate(sorted(positions))}
        self.parameters |= named
        if not named:
            return "false"
        elements = ", ".join(f"metres[%({each})s]" for each in named)
        return f"coalesce(LEAST({elements}) <= %(limit)s, false)"

    def _may_hold_more(self):
        if self.parameters["open"] is None:
            return "true"
        return MAY_HOLD_MORE if self.parameters["open"] else "false"

    def people(self):
        """
        Return (region, cercle, commune, settlements, those with a figure, people, surely reached,
        possibly reached) of each commune, or cercle where there is none.
        """
        return _rows(REACHED.format(sure=self.sure, possible=self.possible), self.parameters)

    def within(self, area):
        """Return (settlements, people, surely reached, possibly reached) of one area; None: no figure."""
        statement = REACHED_IN.format(sure=self.sure, possible=self.possible, column=COLUMNS[area.level])
        return _rows(statement, self.parameters | {"area": area.pk})[0]

    def gained_by(self, works):
        """
        Return (work, region, cercle, commune, least, most): the people that each planned work brings within
        reach who are not surely so. Works that lie near each other each count theirs.
        """
        about = {"works": list(works), "widest": self.parameters["limit"] + HALF_A_MILLIMETRE}
        return _rows(GAINED_BY_WORKS.format(sure=self.sure, possible=self.possible), self.parameters | about)

    def changed_by_moving(self, place, *, is_sure, longitude, latitude):
        """
        Return (cercle, whether gained, settlements, those with a figure, least, most).

        `place` (a MeasuredPlace) is thought at another longitude and latitude. This reach leaves out its
        group, of which the others count for sure if `is_sure`. The least: people whom nothing else, even
        what may stand unrecorded, reaches; the most: whom nothing else that is known does.
        """
        statement = CHANGED_BY_MOVING.format(
            sure=f"({self.sure} OR like_it_reaches)" if is_sure else self.sure,
            possible=self.possible if is_sure else f"({self.possible} OR like_it_reaches)",
        )
        about = {
            "moved": place.pk,
            "group": place.group_id,
            "own": place.group.position,
            "from_longitude": place.location.x,
            "from_latitude": place.location.y,
            "to_longitude": longitude,
            "to_latitude": latitude,
            "sieve": self.parameters["limit"] * SPHERE_AT_MOST_OFF,
        }
        return _rows(statement, self.parameters | about)
