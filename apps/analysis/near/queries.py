"""
What lies near what, meets it or covers it: relations of shapes and kilometres.

Distances are geodesic on the ellipsoid, after a sieve of boxes that indexes find. A table `w1` is what is
asked, `o1` of what.
"""

from apps.analysis.composing import TRUE, any_of, bound, composed
from apps.analysis.placing import COLUMN, near_precision, unit_of
from geo.vocabulary import PlacePrecision

SPHERE_AT_MOST_OFF = 1.01
"""How far the mean sphere may be off the ellipsoid: less than 0.6 %."""

# The box, in degrees, of what lies within some kilometres: a degree of latitude is never under 110.5 km, one
# of longitude shrinks with the cosine of the latitude.
BOX = """ST_Expand({geom}, {km} / (111.3 * cos(radians(least(89, {km} / 110.5
         + greatest(abs(ST_YMin({geom})), abs(ST_YMax({geom}))))))), {km} / 110.5)"""

# The sphere is three times quicker and at most 0.6 % off: it decides all but those near the limit.
WITHIN_KM = """(ST_DWithin({one}, {other}, {outer}, false)
    AND (ST_DWithin({one}, {other}, {inner}, false) OR ST_DWithin({one}, {other}, {metres})))"""

# OFFSET 0: the box is made once a feature, and only those in it are measured.
CLOSE = """
SELECT w.{key} AS key, w.geom AS one, w.globe AS globe, o.key AS other_key, o.name, o.geom AS other,
       o.globe AS other_globe
FROM (SELECT *, {box} AS box FROM {o} WHERE {o_sure} OFFSET 0) o
JOIN (SELECT * FROM {w} WHERE {w_sure}) w ON w.geom && o.box AND {not_itself} OFFSET 0"""

METRES = "ST_Distance(globe, other_globe)"

NEAREST_NAMES = "(array_agg(pair.name ORDER BY pair.metres, pair.name, pair.other_key))[1:{most}]"

PAIRED = """
hit{k} AS MATERIALIZED (
    SELECT pair.key, count(*) AS related, {metres} AS metres, {names} AS names
    FROM (SELECT close.*, {measured} AS metres FROM ({close}) close WHERE {condition} OFFSET 0) pair
    GROUP BY pair.key
)"""

# <-> measures on a sphere, up to 0.53 % off: it may only choose who is measured on the ellipsoid.
# Where only whether there are enough is asked: each is looked for until they are found.
ENOUGH = """
hit{k} AS MATERIALIZED (
    SELECT w.key, near.related, NULL::float8 AS metres, NULL::text[] AS names
    FROM (SELECT *, {box} AS box FROM w{k} WHERE geom IS NOT NULL OFFSET 0) w
    CROSS JOIN LATERAL (
        SELECT count(*) AS related FROM (
            SELECT 1 FROM o{k} o
            WHERE o.geom && w.box AND {o_sure} AND {not_itself} AND {condition} LIMIT {least}
        ) found
    ) near
    WHERE near.related >= {least}
)"""

NEAREST = """
hit{k} AS MATERIALIZED (
    SELECT w.key, count(*) AS related, min(near.metres) AS metres,
           array_agg(near.name ORDER BY near.metres, near.key) AS names,
           string_agg(round(near.metres::numeric / 1000, 3)::text, '; ' ORDER BY near.metres, near.key) AS km
    FROM w{k} w CROSS JOIN LATERAL (
        SELECT close.key, close.name, ST_Distance(w.globe, close.globe) AS metres
        FROM (SELECT o.* FROM near{k} o WHERE {other}
              ORDER BY w.globe <-> o.globe LIMIT {sieve}) close
        ORDER BY metres, close.key LIMIT {count}
    ) near
    WHERE w.geom IS NOT NULL AND {w_sure}
    GROUP BY w.key
)"""

FOR_NEAREST = """
near{k} AS MATERIALIZED (SELECT key, name, globe FROM o{k} WHERE geom IS NOT NULL AND {o_sure})"""

COVER = """
cover{k} AS MATERIALIZED (SELECT ST_Union({shape}) AS geom FROM o{k} WHERE geom IS NOT NULL AND {o_sure})"""

# ST_Buffer of a geography measures on a map of its own choice, up to 0.1 % off: points do without it.
WIDENED = """CASE WHEN ST_GeometryType({geom}) = 'ST_Point' THEN
    (SELECT ST_MakePolygon(ST_AddPoint(edge, ST_StartPoint(edge))) FROM (
        SELECT ST_MakeLine(ST_Project({geom}::geography, {metres}, radians(bearing))::geometry
                           ORDER BY bearing)
        FROM generate_series(0, 359) bearing) circle (edge))
    ELSE ST_Buffer({geom}::geography, {metres}, 'quad_segs=32')::geometry END"""

# Borders are straight on the plane, as files tell them; the ellipsoid bends an edge between two vertices:
# with vertices so many degrees apart nothing of it is left.
SHARE_OF_AREA = """
hit{k} AS MATERIALIZED (
    SELECT w.key, NULL::bigint AS related, NULL::float8 AS metres, NULL::text[] AS names,
           coalesce(ST_Area(
               ST_CollectionExtract(ST_Intersection(drawn.geom, cover{k}.geom), 3)::geography), 0)
               AS part,
           ST_Area(drawn.geom::geography) AS whole
    FROM w{k} w CROSS JOIN cover{k} CROSS JOIN LATERAL (SELECT ST_Segmentize(w.geom, 0.05) AS geom) drawn
)"""

REACHED_PEOPLE = """
settlement{k} AS NOT MATERIALIZED (
    SELECT settlement.id AS key, settlement.location::geometry(Point,4326) AS geom,
           settlement.location AS globe, reach.region_id, reach.cercle_id, reach.commune_id
    FROM boundaries_settlement settlement
    JOIN coverage_settlementreach reach ON reach.settlement_id = settlement.id
),
reached{k} AS MATERIALIZED (SELECT DISTINCT close.key FROM ({close}) close WHERE {condition})"""

SETTLEMENTS_IN_AREAS = """
SELECT w.key FROM settlement{k} w JOIN (SELECT * FROM o{k} WHERE {o_sure}) o ON {condition}"""

SHARE_OF_PEOPLE = """
hit{k} AS MATERIALIZED (
    SELECT reach.{column} AS key, NULL::bigint AS related, NULL::float8 AS metres, NULL::text[] AS names,
           CASE WHEN count(reach.people) > 0 THEN
               coalesce(sum(reach.people) FILTER (WHERE reached{k}.key IS NOT NULL), 0) END::float8 AS part,
           sum(reach.people)::float8 AS whole
    FROM coverage_settlementreach reach LEFT JOIN reached{k} ON reached{k}.key = reach.settlement_id
    WHERE reach.{column} IS NOT NULL
    GROUP BY reach.{column}
)"""


def box(geom, km):
    return composed(BOX, geom=geom, km=bound(float(km)))


def within_km(one, other, km):
    """Return the condition that two shapes (geography) lie at most so far apart; the limit counts."""
    metres = float(km) * 1000
    return composed(
        WITHIN_KM,
        one=one,
        other=other,
        outer=bound(metres * SPHERE_AT_MOST_OFF),
        inner=bound(metres / SPHERE_AT_MOST_OFF),
        metres=bound(metres),
    )


REACHED_UNITS = """
loose{k} AS MATERIALIZED (
    SELECT unit.id AS key, unit.boundary AS geom, unit.boundary::geography AS globe
    FROM (SELECT DISTINCT {unit} AS id FROM w{k} w WHERE NOT {near}) loose
    JOIN boundaries_area unit ON unit.id = loose.id
),
unit{k} AS MATERIALIZED (
    SELECT close.key FROM ({close}) close WHERE {condition} GROUP BY close.key HAVING count(*) >= {least}
)"""

PERHAPS_NEAR = """
SELECT 'perhaps' AS part, json_build_array(s.fid, sum(loose.n))
FROM ({listed}) s
JOIN (
    SELECT {unit} AS id, coalesce(o.place_precision = {country}, false) AS is_country, count(*) AS n
    FROM o{k} o WHERE NOT {near} GROUP BY 1, 2
) loose ON true
LEFT JOIN boundaries_area unit ON unit.id = loose.id
WHERE loose.is_country OR loose.id IN (s.region_id, s.cercle_id)
   OR (unit.boundary && {box} AND {condition})
GROUP BY s.fid"""


def perhaps_near(step, listed):
    """Return what tells how many imprecise events may lie near each feature listed: those whose unit does."""
    km = step.relation["km"]
    return composed(
        PERHAPS_NEAR,
        listed=listed,
        unit=unit_of("o"),
        country=bound(PlacePrecision.COUNTRY.value),
        k=step.number,
        near=near_precision("o"),
        box=box(composed("s.geom"), km),
        condition=within_km(composed("s.globe"), composed("unit.boundary::geography"), km),
    )


def close(step, w, w_sure, *, key="key", not_itself=TRUE):
    """Return the SELECT of the pairs whose boxes meet, of a table `w` and the other side of a step."""
    km = step.relation.get("km")
    return composed(
        CLOSE,
        key=key,
        box=box(composed("geom"), km) if km is not None else composed("geom"),
        o=step.of.name,
        o_sure=step.of.near_enough(step.of.name),
        w=w,
        w_sure=w_sure,
        not_itself=not_itself,
    )


def enough(step):
    """Return the table of the features with as many of the other side within the kilometres as are asked."""
    km = step.relation["km"]
    return composed(
        ENOUGH,
        k=step.number,
        box=box(composed("geom"), km),
        o_sure=step.of.near_enough("o"),
        not_itself=not_itself(step),
        condition=within_km(composed("w.globe"), composed("o.globe"), km),
        least=bound(step.relation.get("at_least", 1)),
    )


def reached_units(step):
    """Return the tables of the units of imprecise events that the relation of a step reaches."""
    km = step.relation.get("km")
    return composed(
        REACHED_UNITS,
        k=step.number,
        unit=unit_of("w"),
        near=near_precision("w"),
        close=close(step, f"loose{step.number}", TRUE),
        condition=composed("ST_Intersects(one, other)")
        if km is None
        else within_km(composed("globe"), composed("other_globe"), km),
        least=bound(step.relation.get("at_least", 1)),
    )


def unit_reached(step):
    """Return the condition that an event known to a unit alone may stand in the relation of a step."""
    return composed(
        "(NOT {near} AND ({unit} IN (SELECT key FROM unit{k}) OR ({unit} IS NULL AND"
        " (SELECT count(*) FROM o{k} o) >= {least})))",
        near=near_precision("w"),
        unit=unit_of("w"),
        k=step.number,
        least=bound(step.relation.get("at_least", 1)),
    )


def pair_of(step):
    """Return the condition of a pair whose boxes meet."""
    kind, km = step.relation["kind"], step.relation.get("km")
    if km is not None:
        return within_km(composed("globe"), composed("other_globe"), km)
    if kind == "touches" and not step.of.is_shape:
        return composed("ST_Intersects(one, other)")
    function = {
        "within": "ST_CoveredBy",
        "contains": "ST_Covers",
        "intersects": "ST_Intersects",
        "touches": "ST_Touches",
    }[kind]
    return composed("{f}(one, other)", f=function)


def not_itself(step):
    """
    Return the condition that two features can be related: none is to itself.

    Areas of one edition share borders and do not overlap: those that meet, neither in the other, touch.
    """
    if step.kind == "touches" and not step.of.is_shape:
        return composed(
            "{apart}",
            apart=" AND ".join(
                f"o.key IS DISTINCT FROM w.{column} AND w.key IS DISTINCT FROM o.{column}"
                for column in COLUMN.values()
            ),
        )
    is_same = step.what.layer and step.of.layer and step.what.layer.name == step.of.layer.name
    both_areas = step.what.is_admin and step.of.is_admin
    return composed("o.key <> w.key") if is_same or both_areas else TRUE


def buffered(geom, km):
    """Return the SQL of a shape widened by kilometres: around a point, a polygon of 360 geodesic corners."""
    if not km:
        return composed("{geom}", geom=geom)
    return composed(WIDENED, geom=geom, metres=bound(float(km) * 1000))


def reached_people(step):
    """Return the tables of the settlements that count as reached by a feature of the other side."""
    k, km = step.number, step.relation.get("km")
    if km is None and not step.of.is_shape:
        condition = any_of(composed("w.{column} = o.key", column=COLUMN[level]) for level in step.of.levels)
        o_sure = step.of.near_enough(step.of.name)
        pairs = composed(SETTLEMENTS_IN_AREAS, k=k, o_sure=o_sure, condition=condition)
        return composed(REACHED_PEOPLE, k=k, close=pairs, condition=TRUE)
    near = composed("ST_Intersects(one, other)")
    if km is not None:
        near = within_km(composed("globe"), composed("other_globe"), km)
    return composed(REACHED_PEOPLE, k=k, close=close(step, f"settlement{k}", TRUE), condition=near)
