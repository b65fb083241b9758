"""
The one statement that answers a question of space. All spatial SQL of this app is here.

Each step is a table of the statement: `w1` what is asked, `o1` of what, `hit1` how they are related, `step1`
what is kept. `sure` is false of events that are known only to a wider unit which the relation may reach:
they are never counted, and told beside. Distances are geodesic on the ellipsoid, after a sieve of boxes that
indexes find.
"""

from django.db import connection

from apps.analysis.composing import Sql, all_of, any_of, bound, composed, joined
from apps.analysis.reading import TYPES
from geo.vocabulary import Level, PlacePrecision

COLUMN = {Level.REGION: "region_id", Level.CERCLE: "cercle_id", Level.COMMUNE: "commune_id"}

NEAR_ENOUGH = (PlacePrecision.EXACT, PlacePrecision.NEAR)
"""The precisions of events that stand at their point for a distance or a drawn shape."""

NAMES_SHOWN = 3

AREAS = """
area AS MATERIALIZED (
    SELECT own.id, own.level, own.pcode, own.name, own.area_km2,
           CASE own.level WHEN 1 THEN own.id WHEN 2 THEN own.parent_id ELSE around.parent_id END AS region_id,
           CASE own.level WHEN 2 THEN own.id WHEN 3 THEN own.parent_id END AS cercle_id,
           CASE own.level WHEN 3 THEN own.id END AS commune_id,
           coalesce(told.people, estimate.people) AS people
    FROM boundaries_area own
    JOIN boundaries_edition edition ON edition.id = own.edition_id AND edition.is_active
    LEFT JOIN boundaries_area around ON around.id = own.parent_id
    LEFT JOIN boundaries_population told ON told.area_id = own.id
    LEFT JOIN coverage_communeestimate estimate ON estimate.commune_id = own.id
)"""

FEATURES = """
{name} AS NOT MATERIALIZED (
    SELECT {columns}, {sure} AS sure FROM ({rows}) AS told ({names}) WHERE {condition}
)"""

SHAPE = """
{name} AS MATERIALIZED (
    SELECT 0::bigint AS key, {title}::text AS fid, {title}::text AS name,
           ST_SetSRID(ST_GeomFromGeoJSON({shape}), 4326) AS geom, NULL::bigint AS region_id,
           NULL::bigint AS cercle_id, NULL::bigint AS commune_id, NULL::bigint[] AS areas,
           NULL::smallint AS place_precision, NULL::bigint AS people, NULL::float8 AS area_km2, true AS sure
)"""

SELECTION = """
{name} AS NOT MATERIALIZED (
    SELECT area.id AS key, area.pcode::text AS fid, area.name::text AS name, own.boundary AS geom,
           area.region_id, area.cercle_id, area.commune_id, NULL::bigint[] AS areas,
           NULL::smallint AS place_precision, area.people, area.area_km2, true AS sure
    FROM area JOIN boundaries_area own ON own.id = area.id WHERE area.id = ANY({ids})
)"""

KEPT_BEFORE = """
{name} AS NOT MATERIALIZED (SELECT * FROM step{step})"""

# The box, in degrees, of what lies within some kilometres: a degree of latitude is never under 110.5 km, one
# of longitude shrinks with the cosine of the latitude.
BOX = """ST_Expand({geom}, {km} / (111.3 * cos(radians(least(89, {km} / 110.5
         + greatest(abs(ST_YMin({geom})), abs(ST_YMax({geom}))))))), {km} / 110.5)"""

WITHIN_KM = """{one} && {box} AND ST_DWithin({one}::geography, {other}::geography, {metres})"""

PAIRED = """
hit{k} AS MATERIALIZED (
    SELECT w.key, count(*) AS related, min(pair.metres) AS metres, {names} AS names
    FROM (SELECT * FROM o{k} WHERE {o_sure}) o
    JOIN (SELECT * FROM w{k} WHERE {w_sure}) w ON {condition}
    CROSS JOIN LATERAL (SELECT {metres} AS metres) pair
    GROUP BY w.key
)"""

COUNTED_IN_AREAS = """
hit{k} AS MATERIALIZED (
    SELECT place.area AS key, count(DISTINCT o.key) AS related, NULL::float8 AS metres, {names} AS names
    FROM o{k} o CROSS JOIN LATERAL ({places}) place
    WHERE o.sure AND {o_placed}
    GROUP BY place.area
)"""

IN_AREAS = """
hit{k} AS MATERIALIZED (
    SELECT w.key, count(DISTINCT o.key) AS related, NULL::float8 AS metres, {names} AS names
    FROM w{k} w CROSS JOIN LATERAL ({places}) place JOIN o{k} o ON o.key = place.area
    WHERE {w_sure}
    GROUP BY w.key
)"""

# <-> measures on a sphere, up to 0.53 % off: it may only choose who is measured on the ellipsoid.
NEAREST = """
hit{k} AS MATERIALIZED (
    SELECT w.key, count(*) AS related, min(near.metres) AS metres,
           array_agg(near.name ORDER BY near.metres, near.key) AS names,
           string_agg(round(near.metres::numeric / 1000, 3)::text, '; ' ORDER BY near.metres, near.key) AS km
    FROM w{k} w CROSS JOIN LATERAL (
        SELECT close.key, close.name, ST_Distance(w.geom::geography, close.geom::geography) AS metres
        FROM (SELECT o.* FROM near{k} o WHERE {other}
              ORDER BY w.geom::geography <-> o.geom::geography LIMIT {sieve}) close
        ORDER BY metres, close.key LIMIT {count}
    ) near
    WHERE w.geom IS NOT NULL AND {w_sure}
    GROUP BY w.key
)"""
FOR_NEAREST = """
near{k} AS MATERIALIZED (SELECT key, name, geom FROM o{k} WHERE geom IS NOT NULL AND {o_sure})"""

COVER = """
cover{k} AS MATERIALIZED (SELECT ST_Union({shape}) AS geom FROM o{k} WHERE geom IS NOT NULL AND {o_sure})"""

SHARE_OF_AREA = """
hit{k} AS MATERIALIZED (
    SELECT w.key, NULL::bigint AS related, NULL::float8 AS metres, NULL::text[] AS names,
           coalesce(ST_Area(ST_CollectionExtract(ST_Intersection(w.geom, cover{k}.geom), 3)::geography), 0)
               AS part,
           ST_Area(w.geom::geography) AS whole
    FROM w{k} w CROSS JOIN cover{k}
)"""

REACHED_PEOPLE = """
reached{k} AS MATERIALIZED (
    SELECT DISTINCT w.id AS key FROM (SELECT * FROM o{k} WHERE {o_sure}) o
    JOIN (SELECT settlement.id, settlement.location::geometry(Point,4326) AS geom, reach.region_id,
                 reach.cercle_id, reach.commune_id
          FROM boundaries_settlement settlement
          JOIN coverage_settlementreach reach ON reach.settlement_id = settlement.id) w ON {condition}
)"""

SHARE_OF_PEOPLE = """
hit{k} AS MATERIALIZED (
    SELECT reach.{column} AS key, NULL::bigint AS related, NULL::float8 AS metres, NULL::text[] AS names,
           CASE WHEN count(reach.people) > 0 THEN
               coalesce(sum(reach.people) FILTER (WHERE reached{k}.key IS NOT NULL), 0) END AS part,
           sum(reach.people) AS whole
    FROM coverage_settlementreach reach LEFT JOIN reached{k} ON reached{k}.key = reach.settlement_id
    WHERE reach.{column} IS NOT NULL
    GROUP BY reach.{column}
)"""

STEP = """
step{k} AS MATERIALIZED (
    SELECT {columns}, {sure} AS sure, {extras}
    FROM w{k} w {join}
    WHERE {kept}
)"""

STEP_TOLD = """
SELECT 'step' AS part, json_build_object('step', {k}, 'read', read.n, 'without_place', {without_place},
       'related', {related}, 'kept', kept.n, 'imprecise', {imprecise})
FROM (SELECT count(*) FILTER (WHERE sure) AS n, count(*) FILTER (WHERE geom IS NULL) AS no_point,
             count(*) FILTER (WHERE {no_place}) AS no_place, count(*) FILTER (WHERE NOT {w_sure}) AS loose
      FROM w{k} w) read,
     (SELECT count(*) FILTER (WHERE sure) AS n FROM step{k}) kept"""


def near_enough(alias, is_event):
    """Return the condition that a feature stands at its point: of events, by their precision."""
    if not is_event:
        return composed("{alias}.sure", alias=alias)
    precisions = bound([each.value for each in NEAR_ENOUGH])
    return composed("({a}.sure AND {a}.place_precision = ANY({p}))", a=alias, p=precisions)


def placed_in(alias, level):
    """Return the condition that an event counts with confidence in the area of a level that it lies in."""
    precisions = bound([each.value for each in PlacePrecision if each.is_placed_in(level)])
    return composed("{a}.place_precision = ANY({p})", a=alias, p=precisions)


def unit_in(alias, level, regions, cercles):
    """
    Return the condition that an event not placed in areas of a level may lie in some, by its wider unit.

    `regions` and `cercles` are the SQL of the identifiers of those in which the areas lie.
    """
    loose = [each for each in PlacePrecision if not each.is_placed_in(level)]
    ways = []
    for unit, ids in ((Level.CERCLE, cercles), (Level.REGION, regions)):
        precisions = bound([each.value for each in loose if each.unit is unit])
        ways.append(
            composed(
                "({a}.place_precision = ANY({p}) AND {a}.{column} IN ({ids}))",
                a=alias,
                p=precisions,
                column=COLUMN[unit],
                ids=ids,
            )
        )
    country = bound([each.value for each in loose if each.unit is None])
    return any_of([*ways, composed("{a}.place_precision = ANY({p})", a=alias, p=country)])


def box(geom, km):
    return composed(BOX, geom=geom, km=bound(float(km)))


def within_km(one, other, km):
    """Return the condition that two shapes lie at most so far apart; the limit counts."""
    return composed(WITHIN_KM, one=one, other=other, box=box(other, km), metres=bound(float(km) * 1000))


def features(name, told, sure, condition):
    """Return the table of the rows of a layer; `told` is (SQL, parameters, names of columns)."""
    text, params, names = told
    extra = [each for each in names if each not in TYPES]
    columns = [
        f"told.{each}::{kind}"
        if each in names and each not in ("geom", "key")
        else f"told.{each}"
        if each in names
        else f"NULL::{kind} AS {each}"
        for each, kind in TYPES.items()
    ]
    columns = [
        f"{each} AS {column}" if each.startswith("told.") else each
        for each, column in zip(columns, TYPES, strict=True)
    ]
    return composed(
        FEATURES,
        name=name,
        columns=", ".join([*columns, *(f"told.{each}" for each in extra)]),
        sure=sure,
        rows=Sql(text, params),
        names=", ".join(names),
        condition=condition,
    )


def shape(name, title, geojson):
    return composed(SHAPE, name=name, title=bound(title), shape=bound(geojson))


def selection(name, ids):
    return composed(SELECTION, name=name, ids=bound(ids))


def kept_before(name, step):
    return composed(KEPT_BEFORE, name=name, step=step)


def places(alias, ground, levels):
    """Return the SQL of the areas, of these levels, that a feature lies in."""
    if ground.areas:
        columns = ", ".join(f"(place.{COLUMN[level]})" for level in levels)
        return composed(
            "SELECT DISTINCT up.area FROM area place, LATERAL (VALUES {columns}) up (area)"
            " WHERE place.id = ANY({alias}.areas) AND up.area IS NOT NULL",
            columns=columns,
            alias=alias,
        )
    return composed(
        "SELECT up.area FROM (VALUES {columns}) up (area) WHERE up.area IS NOT NULL",
        columns=", ".join(f"({alias}.{COLUMN[level]})" for level in levels),
    )


def told_in(alias, ground, ids):
    """Return the condition that a feature lies in one of these areas: {Level: identifiers}."""
    levels = [level for level, told in ids.items() if told]
    if ground.areas:
        inside = any_of(
            composed("place.{column} = ANY({ids})", column=COLUMN[level], ids=bound(ids[level]))
            for level in levels
        )
        return composed(
            "EXISTS (SELECT 1 FROM area place WHERE place.id = ANY({alias}.areas) AND {inside})",
            alias=alias,
            inside=inside,
        )
    return any_of(
        composed("{alias}.{column} = ANY({ids})", alias=alias, column=COLUMN[level], ids=bound(ids[level]))
        for level in levels
        if getattr(ground, level.name.lower())
    )


def event_in(alias, known):
    """Return (surely, perhaps): an event lies in one of these `Places`."""
    level = known.finest
    surely = all_of(
        [
            any_of(
                composed(
                    "{a}.{column} = ANY({ids})", a=alias, column=COLUMN[each], ids=bound(known.ids[each])
                )
                for each in known.levels
            ),
            placed_in(alias, level),
        ]
    )
    regions, cercles = (
        composed("SELECT unnest({ids}::bigint[])", ids=bound(known.around[each]))
        for each in (Level.REGION, Level.CERCLE)
    )
    return surely, all_of([composed("NOT {surely}", surely=surely), unit_in(alias, level, regions, cercles)])


REACHED_UNITS = """
unit{k} AS MATERIALIZED (
    SELECT unit.id AS key
    FROM (SELECT DISTINCT {unit} AS id FROM w{k} w WHERE NOT {near}) loose
    JOIN boundaries_area unit ON unit.id = loose.id
    JOIN (SELECT * FROM o{k} WHERE {o_sure}) o ON {condition}
    GROUP BY unit.id HAVING count(*) >= {least}
)"""


def near_precision(alias):
    """Return the condition that an event stands at its point for a distance or a drawn shape."""
    return composed("{a}.place_precision = ANY({p})", a=alias, p=bound([each.value for each in NEAR_ENOUGH]))


def negated(condition):
    return composed("NOT {condition}", condition=condition)


def unit_of(alias):
    """Return the SQL of the area that an imprecise event stands for; NULL: the country."""
    ways = []
    for level in (Level.CERCLE, Level.REGION):
        told = [each.value for each in PlacePrecision if each.unit is level and each not in NEAR_ENOUGH]
        ways.append(
            composed(
                "WHEN {a}.place_precision = ANY({p}) THEN {a}.{column}",
                a=alias,
                p=bound(told),
                column=COLUMN[level],
            )
        )
    return composed("(CASE {ways} END)", ways=joined(" ", ways))


def reached_units(step):
    """Return the table of the units of imprecise events that the relation of a step reaches."""
    return composed(
        REACHED_UNITS,
        k=step.number,
        unit=unit_of("w"),
        near=near_precision("w"),
        o_sure=step.of.near_enough(step.of.name),
        condition=near_to("unit.boundary", step),
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


def near_to(geom, step):
    """Return the condition that a shape may hold a point related to a feature of the other side."""
    km = step.relation.get("km")
    if km is None:
        return composed("ST_Intersects({geom}, o.geom)", geom=geom)
    return within_km(composed(geom), composed("o.geom"), km)


def pair_of(step):
    """Return (the condition of a pair, the SQL of its metres) of a relation between shapes."""
    kind = step.relation["kind"]
    if step.relation.get("km") is not None:
        condition = within_km(composed("w.geom"), composed("o.geom"), step.relation["km"])
        return condition, composed("ST_Distance(w.geom::geography, o.geom::geography)")
    if kind == "touches" and not step.of.is_shape:
        return _neighbours(), composed("NULL::float8")
    function = {
        "within": "ST_CoveredBy",
        "contains": "ST_Covers",
        "intersects": "ST_Intersects",
        "touches": "ST_Touches",
    }[kind]
    return composed("{f}(w.geom, o.geom)", f=function), composed("NULL::float8")


def _neighbours():
    """Areas of one edition share borders and do not overlap: those that meet, neither in the other, touch."""
    apart = " AND ".join(
        f"o.key IS DISTINCT FROM w.{column} AND w.key IS DISTINCT FROM o.{column}"
        for column in COLUMN.values()
    )
    return composed("ST_Intersects(w.geom, o.geom) AND {apart}", apart=apart)


def buffered(geom, km):
    """Return the SQL of a shape widened by kilometres, as a polygon of 128 sides around a point."""
    if not km:
        return composed("{geom}", geom=geom)
    return composed(
        "ST_Buffer({geom}::geography, {metres}, 'quad_segs=32')::geometry",
        geom=geom,
        metres=bound(float(km) * 1000),
    )


def people_reached(step):
    """Return the condition that a settlement counts as reached by a feature of the other side."""
    km = step.relation.get("km")
    if km:
        return within_km(composed("w.geom"), composed("o.geom"), km)
    if step.of.is_shape:
        return composed("ST_Intersects(w.geom, o.geom)")
    return any_of(composed("w.{column} = o.key", column=COLUMN[level]) for level in step.of.levels)


def answered(statement):
    """Return the (part, JSON) rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return cursor.fetchall()
