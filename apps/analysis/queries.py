"""
The one statement that answers a question of space: its features, its steps, and how it is asked.

Each step is a table of the statement: `w1` what is asked, `o1` of what, `hit1` how they are related, `step1`
what is kept. `sure` is false of events that are known only to a wider unit which the relation may reach:
they are never counted, and told beside.
"""

from django.db import connection

from apps.analysis.composing import Sql, bound, composed
from apps.analysis.reading import TYPES

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


def answered(statement):
    """Return the (part, JSON) rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return cursor.fetchall()
