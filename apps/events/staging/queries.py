"""The SQL of events coming in. Tables named event_* are of one transaction, and vanish with it."""

from django.db import IntegrityError, connection, transaction

NOT_HASHED = "00000000-0000-0000-0000-000000000000"
"""The digest of rows of before there were digests: they are compared column by column."""

LOCK = "SELECT pg_advisory_xact_lock(hashtext('events'))"

# Identifiers are compared byte by byte here: several times quicker than by the rules of a language.
PREPARE = """
SET LOCAL random_page_cost = 1.1;
SET LOCAL work_mem = '64MB';
DROP TABLE IF EXISTS event_staged, event_seen, event_kept, event_change, event_month;
CREATE TEMP TABLE event_staged (
    number bigint PRIMARY KEY, row integer NOT NULL, digest uuid NOT NULL,
    region_id bigint, cercle_id bigint, commune_id bigint,
    source_event_id varchar(40) COLLATE "C" NOT NULL, occurred_on date NOT NULL, last_day date,
    time_precision smallint NOT NULL, event_type varchar(40) NOT NULL, sub_event_type varchar(60) NOT NULL,
    actor1 varchar(300) NOT NULL, actor2 varchar(300) NOT NULL, civilians_targeted boolean NOT NULL,
    fatalities integer NOT NULL, fatalities_low integer, fatalities_high integer, clarity smallint,
    longitude double precision NOT NULL, latitude double precision NOT NULL, geo_precision smallint NOT NULL,
    location_name varchar(200) NOT NULL, admin1 varchar(100) NOT NULL, admin2 varchar(100) NOT NULL,
    admin3 varchar(100) NOT NULL, source_updated timestamptz, other_columns jsonb NOT NULL
) ON COMMIT DROP;
CREATE TEMP TABLE event_seen (
    source_event_id varchar(40) COLLATE "C" PRIMARY KEY, number bigint NOT NULL, row integer NOT NULL
) ON COMMIT DROP;
CREATE TEMP TABLE event_kept (source_event_id varchar(40) COLLATE "C" PRIMARY KEY) ON COMMIT DROP;
CREATE TEMP TABLE event_change (
    action text NOT NULL, number bigint, former_id bigint, source_event_id varchar(40) COLLATE "C" NOT NULL
) ON COMMIT DROP;
CREATE TEMP TABLE event_month (month date PRIMARY KEY) ON COMMIT DROP;
"""

# A planner that takes the table for empty walks the whole of any index instead of the one by identifier.
HOW_MANY_ROWS_IT_IS_TAKEN_TO_HAVE = (
    "SELECT reltuples FROM pg_class WHERE oid = 'events_conflictevent'::regclass"
)
LOOK_AGAIN = "ANALYZE events_conflictevent (source, source_event_id, occurred_on)"
SURELY_NOT_EMPTY = 1000

EMPTY = "TRUNCATE event_staged, event_change"
COPY = "COPY event_staged FROM STDIN"

SEE = """
INSERT INTO event_seen (source_event_id, number, row)
SELECT source_event_id, number, row FROM event_staged ORDER BY number
"""
SEE_THE_FIRST_OF_EACH = f"{SEE} ON CONFLICT DO NOTHING"

REPEATED = """
SELECT staged.row, staged.source_event_id, seen.row
FROM event_staged staged JOIN event_seen seen USING (source_event_id)
WHERE seen.number <> staged.number
ORDER BY staged.number
"""

UNSTAGE_REPEATED = """
DELETE FROM event_staged staged USING event_seen seen
WHERE seen.source_event_id = staged.source_event_id AND seen.number <> staged.number
"""

# The subquery is asked row by row through the index, however large the table has grown in this transaction.
COMPARE = """
INSERT INTO event_change (action, number, former_id, source_event_id)
SELECT CASE WHEN former.id IS NULL THEN 'added' WHEN former.is_same THEN 'hashed' ELSE 'changed' END,
       staged.number, former.id, staged.source_event_id
FROM event_staged staged
LEFT JOIN LATERAL (
    SELECT event.id, event.digest,
           event.digest = %(not_hashed)s::uuid AND (
               event.occurred_on, event.last_day, event.time_precision, event.event_type,
               event.sub_event_type, event.actor1, event.actor2, event.fatalities,
               event.fatalities_low, event.fatalities_high,
               event.clarity, event.geo_precision, event.location_name, event.admin1, event.admin2,
               event.admin3, event.source_updated, event.other_columns,
               ST_X(event.location::geometry), ST_Y(event.location::geometry)
           ) IS NOT DISTINCT FROM (
               staged.occurred_on, staged.last_day, staged.time_precision, staged.event_type,
               staged.sub_event_type, staged.actor1, staged.actor2, staged.fatalities, staged.fatalities_low,
               staged.fatalities_high, staged.clarity, staged.geo_precision, staged.location_name,
               staged.admin1, staged.admin2, staged.admin3, staged.source_updated, staged.other_columns,
               staged.longitude, staged.latitude
           ) AS is_same
    FROM events_conflictevent event
    WHERE event.source = %(source)s AND event.source_event_id = staged.source_event_id COLLATE "default"
      AND event.known_until IS NULL
    LIMIT 1
) former ON true
WHERE former.id IS NULL OR former.digest <> staged.digest
"""

ALL_ARE_NEW = """
INSERT INTO event_change (action, number, source_event_id)
SELECT 'added', number, source_event_id FROM event_staged
"""

TELLS_SOMETHING_ALREADY = """
SELECT EXISTS (SELECT FROM events_conflictevent WHERE source = %s AND known_until IS NULL)
"""

COUNT_ACTIONS = "SELECT action, count(*) FROM event_change GROUP BY action"

OUTSIDE = "SELECT count(*) FROM event_staged WHERE region_id IS NULL"

MISSING = """
INSERT INTO event_change (action, former_id, source_event_id)
SELECT 'deleted', event.id, event.source_event_id
FROM events_conflictevent event
WHERE event.source = %(source)s AND event.known_until IS NULL AND event.known_from < %(instant)s
  AND (event.source_event_id = ANY(%(deleted_ids)s)
       OR %(is_whole)s AND event.occurred_on BETWEEN %(first_day)s AND %(last_day)s
          AND lower(coalesce(event.other_columns ->> 'country', %(mali)s)) = lower(%(country)s))
  AND NOT EXISTS (SELECT FROM event_seen seen WHERE seen.source_event_id = event.source_event_id COLLATE "C")
  AND NOT EXISTS (SELECT FROM event_kept kept WHERE kept.source_event_id = event.source_event_id COLLATE "C")
"""

TOLD_OF_MISSING = """
SELECT event.source_event_id, event.occurred_on::text, event.sub_event_type, event.actor1, event.actor2,
       event.location_name, event.admin2, event.admin3, ST_X(event.location::geometry)::text,
       ST_Y(event.location::geometry)::text, event.other_columns ->> 'notes',
       event.other_columns ->> 'source_article'
FROM event_change change JOIN events_conflictevent event ON event.id = change.former_id
WHERE change.action = 'deleted'
"""

KEEP_MISSING = "DELETE FROM event_change WHERE action = 'deleted' AND source_event_id = ANY(%s)"

CLOSE = """
UPDATE events_conflictevent event SET known_until = %(instant)s, ended_by_id = %(load)s
FROM event_change change
WHERE change.action IN ('changed', 'deleted') AND event.id = change.former_id
"""

HASH = """
UPDATE events_conflictevent event
SET digest = staged.digest, civilians_targeted = staged.civilians_targeted
FROM event_change change JOIN event_staged staged USING (number)
WHERE change.action = 'hashed' AND event.id = change.former_id
"""

WRITE_STAGED = """
INSERT INTO events_conflictevent (
    load_id, source, source_event_id, digest, known_from, occurred_on, last_day, time_precision, event_type,
    sub_event_type, actor1, actor2, civilians_targeted, fatalities, fatalities_low, fatalities_high, clarity,
    location, geo_precision, location_name, admin1, admin2, admin3, source_updated, other_columns,
    is_simulated, region_id, cercle_id, commune_id)
SELECT %(load)s, %(source)s, staged.source_event_id, staged.digest, %(instant)s, staged.occurred_on,
       staged.last_day, staged.time_precision, staged.event_type, staged.sub_event_type, staged.actor1,
       staged.actor2, staged.civilians_targeted, staged.fatalities, staged.fatalities_low,
       staged.fatalities_high, staged.clarity,
       ST_SetSRID(ST_MakePoint(staged.longitude, staged.latitude), 4326)::geography, staged.geo_precision,
       staged.location_name, staged.admin1, staged.admin2, staged.admin3, staged.source_updated,
       staged.other_columns, %(is_simulated)s, staged.region_id, staged.cercle_id, staged.commune_id
FROM event_staged staged
"""

WRITE = (
    WRITE_STAGED
    + """
JOIN event_change change USING (number)
WHERE change.action IN ('added', 'changed')
"""
)

TOUCH_MONTHS_STAGED = """
INSERT INTO event_month
SELECT DISTINCT date_trunc('month', occurred_on)::date FROM event_staged
ON CONFLICT DO NOTHING
"""

TOUCH_MONTHS = """
INSERT INTO event_month
SELECT date_trunc('month', occurred_on)::date
FROM event_change change JOIN event_staged USING (number)
UNION
SELECT date_trunc('month', event.occurred_on)::date
FROM event_change change JOIN events_conflictevent event ON event.id = change.former_id
ON CONFLICT DO NOTHING
"""

EXAMPLES = """
SELECT staged.row, change.source_event_id,
       to_jsonb(event) || jsonb_build_object('longitude', ST_X(event.location::geometry),
                                             'latitude', ST_Y(event.location::geometry)),
       to_jsonb(staged)
FROM event_change change
LEFT JOIN event_staged staged USING (number)
LEFT JOIN events_conflictevent event ON event.id = change.former_id
WHERE change.action = %s
ORDER BY change.number, change.source_event_id
LIMIT %s
"""

LAST_DAY = "SELECT max(occurred_on) FROM events_conflictevent WHERE source = %s AND known_until IS NULL"

FORGET_COUNTS = "DELETE FROM events_eventcount WHERE source = %s AND month IN (SELECT month FROM event_month)"

# From month to days, so that the index by date finds them.
COUNT_AGAIN = """
INSERT INTO events_eventcount (source, month, event_type, geo_precision, region_id, cercle_id, commune_id,
                               events, fatalities, civilian_events, civilian_fatalities)
SELECT event.source, touched.month, event.event_type, event.geo_precision,
       event.region_id, event.cercle_id, event.commune_id, count(*), sum(event.fatalities),
       count(*) FILTER (WHERE event.civilians_targeted),
       coalesce(sum(event.fatalities) FILTER (WHERE event.civilians_targeted), 0)
FROM event_month touched
JOIN events_conflictevent event
  ON event.occurred_on >= touched.month AND event.occurred_on < (touched.month + interval '1 month')::date
WHERE event.known_until IS NULL AND event.region_id IS NOT NULL AND event.source = %s
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


def ask(statement, parameters=None):
    """Run a statement; return its rows, [] when it has none."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def change(statement, parameters=None):
    """Run a statement; return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def look_again_if_taken_for_empty():
    """Let the planner see the rows that are there now; return whether it takes the table for what it is."""
    for is_second in (False, True):
        [(rows,)] = ask(HOW_MANY_ROWS_IT_IS_TAKEN_TO_HAVE)
        if rows >= SURELY_NOT_EMPTY:
            return True
        if not is_second:
            ask(LOOK_AGAIN)
    return False


def stage(lines):
    """Empty the stage, and put these lines (bytes) on it."""
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
        with cursor.copy(COPY) as copy:
            copy.write(lines)


def see():
    """Keep in mind the identifiers on the stage; return how many were not there before."""
    # That a conflict may come doubles what a row costs, and in most files none does.
    try:
        with transaction.atomic():
            return change(SEE)
    except IntegrityError:
        return change(SEE_THE_FIRST_OF_EACH)


def keep(identifiers):
    """Say that the events of these identifiers stay as they are: their rows were refused."""
    change(
        "INSERT INTO event_kept SELECT DISTINCT left(each, 40) FROM unnest(%s::text[]) each"
        " ON CONFLICT DO NOTHING",
        [identifiers],
    )
