"""The questions of the gallery: their p95 as loaded and at 500 000 events; SQL by hand as the floor."""

import os
import tempfile
import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import connection

from apps.analysis.answering import answer
from apps.analysis.bounds import TooLarge
from apps.analysis.computing import answer_to
from apps.analysis.gallery import GALLERY
from apps.analysis.questions import checked
from apps.analysis.resolving import resolved
from tests.bench.many_events import MANY, forget_events, loaded, repeated, sample
from tests.bench.say import told

RUNS = 20
NO_LONGER_THAN_SECONDS = 30
"""A question this slow is told by the runs that there were."""
MOST_MS_REAL, MOST_MS_MANY = 300, 3000
"""What the gallery may take, p95, on the real data and with half a million events."""

FLOORS = {
    "events-near-project-sites": """
WITH event AS MATERIALIZED (
    SELECT location, location::geometry AS point FROM events_conflictevent
    WHERE known_until IS NULL AND geo_precision IN (1, 2) AND source = %(source)s
      AND occurred_on BETWEEN %(since)s AND %(until)s)
SELECT site.id, count(*), min(ST_Distance(site.location, event.location))
FROM projects_presence site JOIN event
  ON event.point && ST_Expand(site.location::geometry, 0.2)
 AND ST_DWithin(site.location, event.location, 20000)
WHERE site.reach = 'point'
GROUP BY site.id
""",
    "exposed-and-far-from-police": """
WITH event AS MATERIALIZED (
    SELECT location, location::geometry AS point FROM events_conflictevent
    WHERE known_until IS NULL AND geo_precision IN (1, 2) AND source = %(source)s
      AND occurred_on BETWEEN %(since)s AND %(until)s),
exposed AS MATERIALIZED (
    SELECT place.id FROM event JOIN boundaries_settlement place
      ON place.location::geometry(Point,4326) && ST_Expand(event.point, 0.1)
     AND ST_DWithin(place.location, event.location, 10000)
    GROUP BY place.id HAVING count(*) >= 3)
SELECT place.cercle_id, sum(reach.people) FROM exposed
JOIN coverage_settlementreach reach ON reach.settlement_id = exposed.id
JOIN boundaries_settlement place ON place.id = exposed.id
WHERE NOT EXISTS (
    SELECT 1 FROM infrastructure_institution police
    WHERE same_as_id IS NULL AND family = 'police' AND status NOT IN ('destroyed', 'under_construction')
      AND ST_DWithin(police.location, place.location, 30000))
GROUP BY place.cercle_id
""",
    "people-near-police": """
WITH near AS MATERIALIZED (
    SELECT DISTINCT place.id FROM infrastructure_institution police JOIN boundaries_settlement place
      ON ST_DWithin(police.location, place.location, 30000)
    WHERE same_as_id IS NULL AND family = 'police' AND status NOT IN ('destroyed', 'under_construction'))
SELECT reach.cercle_id, sum(reach.people) FILTER (WHERE near.id IS NOT NULL) / sum(reach.people)::float8
FROM coverage_settlementreach reach LEFT JOIN near ON near.id = reach.settlement_id
GROUP BY reach.cercle_id
""",
}
"""Key -> the least that SQL must do for its number: no rules, no pairs, no words, no steps told."""


def analyse_the_gallery(geodata):
    """Each question asked 20 times by an administrator, warm; then again with half a million events."""
    reader = get_user_model().objects.filter(is_superuser=True).first()
    reader = reader or get_user_model().objects.create_superuser("bench", password="bench")
    _every_question(reader, "as loaded", MOST_MS_REAL)
    path, _reader = sample(geodata)
    with tempfile.TemporaryDirectory() as folder:
        many = repeated(path, Path(folder) / "simulated_many.csv", MANY, simulated=True)
        forget_events()
        found = loaded(many, "simulated")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    _every_question(reader, f"{found['rows']:,} simulated events", MOST_MS_MANY)


def _every_question(reader, data, most_ms):
    load, *_longer = os.getloadavg()
    told(f"the gallery, {data}", f"p95 of {RUNS}, at most {most_ms} ms; load of the machine {load:.1f}")
    for ready in GALLERY:
        question = resolved(checked(ready.question))
        try:
            answer(ready.question, reader)
            milliseconds, note = _p95(lambda ready=ready: answer(ready.question, reader)), ""
        except TooLarge:
            milliseconds, note = _p95(lambda question=question: answer_to(question)), "as a job"
        if ready.key in FLOORS:
            floor = _p95(lambda key=ready.key, question=question: _floor(key, question))
            note += f"  raw SQL {floor:.0f} ms, {milliseconds / floor:.1f}x"
        slow = "  TOO SLOW" if milliseconds > most_ms else ""
        told(f"  {ready.key}", f"{milliseconds:.0f} ms  {note}{slow}")


def _p95(call):
    times, begun = [], time.perf_counter()
    call()
    while len(times) < RUNS and (len(times) < 3 or time.perf_counter() - begun < NO_LONGER_THAN_SECONDS):
        start = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[int(0.95 * (len(times) - 1))]


def _floor(key, question):
    of = next((step["of"] for step in question["steps"] if (step["of"] or {}).get("layer") == "events"), {})
    asked = {"source": question["events"]["source"], "since": of.get("since"), "until": of.get("until")}
    with connection.cursor() as cursor:
        cursor.execute(FLOORS[key], asked)
        return cursor.fetchall()
