"""Pages of features at /ogc/, beside tipg on the same tables; rows made GeoJSON by SQL alone as the floor."""

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from tests.bench.say import timed, told
from tests.bench.tipg_server import tipg

PAGE = 1000
MOST_MS = 50
"""What a page of a thousand features may take."""

TABLES = {
    "events": "public.events_conflictevent",
    "settlements": "public.boundaries_settlement",
    "communes": "public.boundaries_area",
}
"""Layer -> the table that tipg serves: every column of it, areas of all levels."""

FLOOR = """
SELECT json_build_object('type', 'FeatureCollection', 'features', json_agg(ST_AsGeoJSON(page.*)::json))::text
FROM (SELECT * FROM {table} ORDER BY id LIMIT {limit}) page
"""


def ogc_features_beside_tipg(geodata):
    """A thousand features of three layers: ours and tipg's, both compressed, and what SQL alone takes."""
    client = _reader()
    with tipg(*TABLES.values()) as beside:
        for layer, table in TABLES.items():
            address = f"/ogc/collections/{layer}/items?limit={PAGE}"
            ours_ms, ours = timed(lambda address=address: client.get(address))
            theirs_ms, (status, _) = timed(
                lambda table=table: beside(f"/collections/{table}/items", limit=PAGE, f="geojson")
            )
            floor_ms, _ = timed(lambda table=table: _floor(table))
            assert (ours.status_code, status) == (200, 200)
            features = client.get(address, headers={"accept-encoding": ""}).json()["numberReturned"]
            told(f"{features} {layer}: ours, tipg, SQL", f"{ours_ms:.0f}, {theirs_ms:.0f}, {floor_ms:.0f} ms")
            each_second = (1000 * features / ours_ms, 1000 * PAGE / theirs_ms)
            told("  features a second: ours, tipg", "{:.0f}, {:.0f}".format(*each_second))
            told(f"  a page under {MOST_MS} ms", "yes" if ours_ms < MOST_MS else "no")


def _reader():
    """Return the client of a reader who may read events."""
    reader = get_user_model().objects.create_user("bench-ogc")
    client = Client(headers={"host": "localhost", "accept-encoding": "br, gzip"})
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _floor(table):
    with connection.cursor() as cursor:
        cursor.execute(FLOOR.format(table=table, limit=PAGE))
        return cursor.fetchone()[0]
