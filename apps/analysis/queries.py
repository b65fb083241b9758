"""
The one statement that answers a question of space. All spatial SQL of this app is here.

Each step is a table of the statement: `w1` what is asked, `o1` of what, `hit1` how they are related, `step1`
what is kept. `sure` is false of events that are known only to a wider unit which the relation may reach:
they are never counted, and told beside. Distances are geodesic on the ellipsoid, after a sieve of boxes that
indexes find.
"""

from django.db import connection

from apps.analysis.composing import TRUE, Sql, all_of, any_of, bound, composed, joined
from apps.analysis.reading import TYPES
from geo.vocabulary import Level, PlacePrecision

COLUMN = {Level.REGION: "region_id", Level.CERCLE: "cercle_id", Level.COMMUNE: "commune_id"}

NEAR_ENOUGH = (PlacePrecision.EXACT, PlacePrecision.NEAR)
"""The precisions of events that stand at their point for a distance or a drawn shape."""

NAMES_SHOWN = 3

SPHERE_AT_MOST_OFF = 1.01
"""How far the mean sphere may be off the ellipsoid: less than 0.6 %."""

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
           told.geom, told.geom::geography AS globe, NULL::bigint AS region_id,
           NULL::bigint AS cercle_id, NULL::bigint AS commune_id, NULL::bigint[] AS areas,
           NULL::smallint AS place_precision, NULL::bigint AS people, NULL::float8 AS area_km2, true AS sure
    FROM (SELECT ST_SetSRID(ST_GeomFromGeoJSON({shape}), 4326) AS geom) told
)"""

SELECTION = """
{name} AS NOT MATERIALIZED (
    SELECT area.id AS key, area.pcode::text AS fid, area.name::text AS name, own.boundary AS geom,
           own.boundary::geography AS globe, area.region_id, area.cercle_id, area.commune_id,
           NULL::bigint[] AS areas, NULL::smallint AS place_precision, area.people, area.area_km2,
           true AS sure
    FROM area JOIN boundaries_area own ON own.id = area.id WHERE area.id = ANY({ids})
)"""

KEPT_BEFORE = """
{name} AS NOT MATERIALIZED (SELECT * FROM step{step})"""

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

PAIRED = """
hit{k} AS MATERIALIZED (
    SELECT pair.key, count(*) AS related, {metres} AS metres, {names} AS names
    FROM (SELECT close.*, {measured} AS metres FROM ({close}) close WHERE {condition} OFFSET 0) pair
    GROUP BY pair.key
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


def features(name, told, sure, condition):
    """Return the table of the rows of a layer; `told` is (SQL, parameters, names of columns)."""
    text, params, names = told
    extra = [each for each in names if each not in TYPES]
    columns = [f"{_told(each, names)} AS {each}" for each in TYPES]
    return composed(
        FEATURES,
        name=name,
        columns=", ".join([*columns, *(f"told.{each}" for each in extra)]),
        sure=sure,
        rows=Sql(text, params),
        names=", ".join(names),
        condition=condition,
    )


def _told(column, names):
    """Return the SQL of a column that all features have."""
    if column not in names:
        return f"NULL::{TYPES[column]}"
    if column in ("key", "geom", "globe"):  # as they are: a cast would hide them from their index
        return f"told.{column}"
    return "coalesce(nullif(told.name, ''), '—')" if column == "name" else f"told.{column}::{TYPES[column]}"


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


def answered(statement):
    """Return the (part, JSON) rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return cursor.fetchall()
