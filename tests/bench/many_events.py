"""Half a million events, and five: loaded, placed and counted, beside the usual way."""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import date
from itertools import islice
from pathlib import Path

from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.utils import timezone

from apps.boundaries.models import Area
from apps.events import services
from apps.events.models import ConflictEvent, EventCount
from apps.events.staging import queries as sql
from apps.sources.models import Load
from geo.vocabulary import EventSource, Level
from layers.readers.events import READERS, read_acled, read_simulated
from tests.bench.say import say, timed, told

ROOT = Path(__file__).resolve().parents[2]
MANY = 500_000
VERY_MANY = 5_000_000
NAIVELY = 20_000
"""Rows of the usual way, which is timed on these and scaled: half a million would take minutes."""
NOTES = (
    "On this day an armed group attacked a village of the commune; several were killed, cattle was taken. "
)
"""The real file comes with its notes blanked: here they have a length again."""

LOAD = """
import json, re, resource, sys, time
import django; django.setup()
from pathlib import Path
from apps.events.loading import load_file
from layers import known_files
from layers.sources_toml import Contents
path, reader, dry_run = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "dry"
contents = Contents.ACLED_EVENTS if reader == "acled" else Contents.SIMULATED_EVENTS
begun = time.perf_counter()
source = known_files.source_of(path, otherwise=contents)
difference = load_file(path, source, reader=reader, dry_run=dry_run)
seconds = time.perf_counter() - begun
own = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
# A large file is read in a process of its own: its memory and its time count too.
reader = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "seconds": seconds,
    "cpu": time.process_time() + reader.ru_utime + reader.ru_stime,
    "megabytes": (own + reader.ru_maxrss) // 1024,
    "rows": difference.added + difference.changed + difference.unchanged,
    "outside": difference.outside,
}))
"""

PLACE_BY_SQL = """
UPDATE events_conflictevent event
SET commune_id = area.id, cercle_id = cercle.id, region_id = cercle.parent_id
FROM boundaries_area area
JOIN boundaries_edition edition ON edition.id = area.edition_id
JOIN boundaries_area cercle ON cercle.id = area.parent_id
WHERE edition.is_active AND area.level = 3 AND ST_Contains(area.boundary, event.location::geometry)
"""


def load_many_events(geodata):
    """500 000 events of one file validated, placed in communes, written and counted; then the usual way."""
    path, reader = sample(geodata)
    with tempfile.TemporaryDirectory() as folder:
        many = repeated(path, Path(folder) / "acled_many.csv", MANY)
        megabytes = many.stat().st_size / 1e6
        forget_events()
        naive_ms, _ = timed(lambda: naively(many, reader), 1)
        found = loaded(many, reader)
    naive_ms *= MANY / NAIVELY
    say(
        f"{found['rows']:,} events loaded, placed, counted",
        naive_ms,
        1000 * found["seconds"],
        f"naive scaled from {NAIVELY:,} rows",
    )
    told(
        f"  file of {megabytes:.0f} MB, {found['outside']:,} outside",
        f"{found['megabytes']} MB at most in both processes, {found['cpu']:.1f} s of their time",
    )
    counts_of_many_events()


def counts_of_many_events():
    """The counts kept of what was just loaded, as maps and tables ask them."""
    lowest = Level(Area.objects.active().order_by("-level").values_list("level", flat=True)[0])
    column = lowest.name.lower()
    [(source, month, area)] = (
        EventCount.objects.exclude(**{column: None})
        .order_by("-month", "-events")
        .values_list("source", "month", column)[:1]
    )
    counts = EventCount.objects.filter(source=source)
    since = date(month.year - 1, month.month, 1)
    year = counts.in_months(since, month)
    told(f"  kept counts: {counts.count():,} rows", "")
    for name, asked in (
        (f"  one month, every {column}", counts.in_months(month, month).summed_by(column, level=lowest)),
        (f"  a year, one {column}", year.filter(**{column: area}).summed_by("month", level=lowest)),
        (f"  a year, every {column}", year.summed_by("month", column, level=lowest)),
    ):
        milliseconds, rows = timed(lambda asked=asked: list(asked.all()))
        told(name, f"{milliseconds:.1f} ms, {len(rows):,} sums")
    milliseconds, _ = timed(lambda: count_one_month_again(source, month), 3)
    told("  one month counted again", f"{milliseconds:.1f} ms")


def stream_five_million_events(geodata):
    """5 million events read, validated, placed, staged and compared: the memory that it takes."""
    path, reader = sample(geodata)
    with tempfile.TemporaryDirectory() as folder:
        many = repeated(path, Path(folder) / "acled_many.csv", VERY_MANY)
        gigabytes = many.stat().st_size / 1e9
        forget_events()
        found = loaded(many, reader, dry_run=True)
    told(
        f"{found['rows']:,} events, {gigabytes:.1f} GB, dry run",
        f"{found['megabytes']} MB at most in both processes, {found['seconds']:.0f} s",
    )


def sample(geodata):
    if geodata is None:
        return ROOT / "data" / "events" / "standin_events.csv", "simulated"
    return geodata / "events" / "acled_mali_1997_2020.csv", "acled"


def repeated(path, many, number, *, simulated=False):
    """
    Write the rows of a file so often, each time with other identifiers, half of them shifted a little.

    `simulated` marks each row as the reader of simulated events wants it.
    """
    chance = random.Random(1)
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    at = {name: position for position, name in enumerate(header)}
    with many.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        marks = [] if "simulated" in at or not simulated else ["simulated"]
        writer.writerow(header + marks)
        for each in range(number):
            row = list(rows[each % len(rows)])
            row[at["event_id_cnty"]] = f"MLI{each}"
            if "notes" in at:
                row[at["notes"]] = NOTES * 2
            if each >= len(rows) and chance.random() < 0.5:
                row[at["longitude"]] = f"{float(row[at['longitude']]) + chance.gauss(0, 0.03):.4f}"
                row[at["latitude"]] = f"{float(row[at['latitude']]) + chance.gauss(0, 0.03):.4f}"
            writer.writerow(row + ["true"] * len(marks))
    return many


def forget_events():
    ConflictEvent.objects.all()._raw_delete("default")
    EventCount.objects.all()._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE events_conflictevent")


def loaded(path, reader, *, dry_run=False):
    """Load a file in a process of its own; return what it says of itself."""
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    printed = subprocess.run(
        [sys.executable, "-c", LOAD, str(path), reader, "dry" if dry_run else "write"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    return json.loads(printed.splitlines()[-1])


def naively(many, reader):
    """Load the first rows of the file by records, bulk_create and one UPDATE, then undo it."""
    read = {"acled": read_acled, "simulated": read_simulated}[reader]
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder) / "acled_few.csv"
        with many.open(encoding="utf-8") as lines:
            few.write_text("".join(islice(lines, NAIVELY + 1)), encoding="utf-8")
        with transaction.atomic():
            load = Load.objects.in_use().of_kind(Load.Kind.EVENTS).get()
            source = READERS[reader].source
            ConflictEvent.objects.bulk_create(event_of(each, load, source) for each in read(few).records)
            with connection.cursor() as cursor:
                cursor.execute(PLACE_BY_SQL)
            services.refresh_counts()
            transaction.set_rollback(True)


def event_of(record, load, source):
    told_fields = (
        "source_event_id",
        "occurred_on",
        "time_precision",
        "event_type",
        "sub_event_type",
        "actor1",
    )
    further = ("actor2", "fatalities", "geo_precision", "location_name", "admin1", "admin2", "admin3")
    return ConflictEvent(
        **{name: getattr(record, name) for name in (*told_fields, *further)},
        load=load,
        source=source,
        digest=sql.NOT_HASHED,
        known_from=timezone.now(),
        source_updated=record.source_updated,
        other_columns=record.other,
        is_simulated=source is EventSource.SIMULATED,
        location=Point(record.longitude, record.latitude, srid=4326),
    )


@transaction.atomic
def count_one_month_again(source, month):
    sql.ask(sql.PREPARE)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO event_month VALUES (%s)", [month])
    services.count_months_again(EventSource(source))
