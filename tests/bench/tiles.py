"""Tiles: ours made and remembered, tipg's of the same rows, and the bare statement as the floor."""

import time
from statistics import median

from django.db import connection
from django.test import Client

from apps.sources.models import Load
from apps.sources.services import touch
from tests.bench.say import REPEATS, say, timed, told
from tests.bench.tipg_server import tipg

TILES = (
    ("communes", 6, 31, 29),
    ("communes", 9, 250, 236),
    ("settlements", 7, 62, 59),
    ("events", 8, 124, 118),
)

ROWS = {
    "bench_communes": """
SELECT area.id, area.pcode, area.name, area.area_km2, area.boundary AS geom
FROM boundaries_area area
JOIN boundaries_edition edition ON edition.id = area.edition_id AND edition.is_active
WHERE area.level = 3
""",
    "bench_settlements": """
SELECT id, name, settlement_class, source_id, location::geometry(Point, 4326) AS geom
FROM boundaries_settlement
""",
    "bench_events": """
SELECT id, occurred_on, event_type, sub_event_type, fatalities, geo_precision, location_name,
       location::geometry(Point, 4326) AS geom
FROM events_conflictevent WHERE known_until IS NULL AND geo_precision IN (1, 2)
""",
}
"""What tipg serves: tables with an index of their own, which is more than a view of ours would give it."""

FLOOR = """
SELECT ST_AsMVT(tile, 'floor', 4096, 'geom') FROM (
    SELECT row.name, ST_AsMVTGeom(row.shape, ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 64) AS geom
    FROM bench_drawn row
    WHERE row.from_zoom = %(stored)s AND row.shape && ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 0.0156)
) tile
"""
DRAWN = """
CREATE TABLE bench_drawn AS
SELECT drawn.from_zoom, drawn.shape, area.name FROM boundaries_tileshape drawn
JOIN boundaries_area area ON area.id = drawn.area_id AND area.level = 3
JOIN boundaries_edition edition ON edition.id = area.edition_id AND edition.is_active;
CREATE INDEX ON bench_drawn USING gist (shape);
ANALYZE bench_drawn
"""


def tiles_of_every_kind(geodata):
    """Measure a tile of each kind, made, remembered and by tipg; then communes as one statement."""
    Load.objects.filter(kind="events").update(access="public")
    for name, rows in ROWS.items():
        _run(f"CREATE TABLE {name} AS {rows}; CREATE INDEX ON {name} USING gist (geom); ANALYZE {name}")
    _run(DRAWN)
    try:
        with tipg(*(f"public.{name}" for name in ROWS)) as ask:
            for layer, z, x, y in TILES:
                _compare(ask, layer, z, x, y)
        floor_ms, _ = timed(lambda: _floor(6, 31, 29, stored=0))
        told("tile z6 of communes, the bare statement", f"{floor_ms:.1f} ms")
    finally:
        _run(f"DROP TABLE {', '.join([*ROWS, 'bench_drawn'])}")


def _compare(ask, layer, z, x, y):
    client, address = Client(), f"/tiles/{layer}/{z}/{x}/{y}.mvt"
    theirs_ms, (status, body) = timed(
        lambda: ask(f"/collections/public.bench_{layer}/tiles/WebMercatorQuad/{z}/{x}/{y}")
    )
    if status not in (200, 204):
        raise RuntimeError(f"tipg answered {status}: {body[:200]}")

    made_ms, response = _made(client, layer, address)
    kept_ms, _ = timed(lambda: client.get(address, headers={"accept-encoding": "br"}), repeats=30)
    note = f"{len(body) // 1024} KB by tipg, {len(response.content) // 1024} KB by us"
    say(f"tile z{z} of {layer}, made", theirs_ms, made_ms, note)
    say(f"tile z{z} of {layer}, remembered", theirs_ms, kept_ms)


def _made(client, layer, address):
    """Return the median of the milliseconds of a tile that nobody asked before, and the last answer."""
    times = []
    for _ in range(REPEATS):
        touch(layer)
        start = time.perf_counter()
        response = client.get(address, headers={"accept-encoding": "br"})
        times.append(1000 * (time.perf_counter() - start))
    return median(times), response


def _run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _floor(z, x, y, *, stored):
    with connection.cursor() as cursor:
        cursor.execute(FLOOR, {"z": z, "x": x, "y": y, "stored": stored})
        return cursor.fetchone()[0]
