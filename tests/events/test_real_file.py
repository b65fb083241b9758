"""The file of ACLED for Mali, whole, twice, and as a copy with every kind of change and fault in it."""

import csv
import random

import pytest

from apps.events import loading
from apps.events.models import ConflictEvent
from layers import known_files
from layers.readers.events import EventStream, columns_of, read_acled
from layers.sources_toml import Contents

pytestmark = [pytest.mark.django_db, pytest.mark.geodata]

FAULTS = (
    ("event_id_cnty", "", "event_id_cnty"),
    ("event_date", "2020-02-30", "event_date"),
    ("event_date", "03/04/2020", "event_date"),
    ("event_date", "44105", "event_date"),
    ("year", "1999", "event_date"),
    ("event_date", "", "event_date"),
    ("time_precision", "9", "time_precision"),
    ("event_type", "Batles", "event_type"),
    ("fatalities", "-1", "fatalities"),
    ("fatalities", "1,234", "fatalities"),
    ("fatalities", "beaucoup", "fatalities"),
    ("longitude", "3,1 ouest", "longitude"),
    ("latitude", "48.85", "longitude, latitude"),
    ("geo_precision", "", "geo_precision"),
    ("actor1", "x" * 301, "actor1"),
)
"""The column broken, with what, and the column that the refusal names: fifteen ways."""


@pytest.fixture
def path(geodata):
    return geodata / "events" / "acled_mali_1997_2020.csv"


@pytest.fixture
def load():
    def load(path, **how):
        return loading.load_file(
            path, known_files.source_of(path, otherwise=Contents.ACLED_EVENTS), reader="acled", **how
        )

    return load


def numbers(difference):
    return difference.added, difference.changed, difference.deleted, difference.unchanged, difference.refused


def test_columns_and_rows_read_alike(path):
    by_row = columns_of(read_acled(path).records)
    by_column = [piece.events for piece in EventStream(path, "acled", piece=1000).pieces()]
    assert [row for events in by_column for row in events.rows] == by_row.rows
    for name, texts in by_row.texts.items():
        assert [text for events in by_column for text in events.texts[name]] == texts


def test_loaded_twice_nothing_changes_and_fifteen_faults_are_told_one_by_one(path, load, tmp_path):
    assert numbers(load(path)) == (4318, 0, 0, 0, 0)
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    semicolons = tmp_path / "acled_again.csv"
    with semicolons.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    assert numbers(load(semicolons)) == (0, 0, 0, 4318, 0)
    assert ConflictEvent.objects.filter(source="acled").count() == 4318

    copy, broken = changed_copy(tmp_path / "acled_new.csv", header, rows)
    tried = load(copy, dry_run=True)
    difference = load(copy)
    assert numbers(tried) == numbers(difference) == (30, 50, 20, 4318 - 50 - 20 - 15, 15)
    refusals = [problem for problem in difference.problems if problem.is_fatal]
    assert [(problem.row, problem.field) for problem in refusals] == broken
    assert all(problem.reason and problem.remedy for problem in refusals)
    assert ConflictEvent.objects.current().filter(source="acled").count() == 4318 + 30 - 20


def changed_copy(path, header, rows):
    """Write a copy with 50 rows edited, 20 taken out, 30 put in, 15 broken; return it and where."""
    chance = random.Random(7)
    at = {name: position for position, name in enumerate(header)}
    # The first and the last day stay, so that those taken out lie between.
    chosen = chance.sample(range(100, len(rows) - 100), 85)
    edited, gone, broken = chosen[:50], set(chosen[50:70]), chosen[70:]
    rows = [list(row) for row in rows]
    for position in edited:
        rows[position][at["notes"]] = "edited"
    faults = dict(zip(sorted(broken), FAULTS, strict=True))
    for position, (column, value, _) in faults.items():
        rows[position][at[column]] = value
    new = [list(row) for row in rows[:30]]
    for number, row in enumerate(new):
        row[at["event_id_cnty"]] = f"MLI99{number:03}"
    lines, told = [], []
    for position, row in enumerate(rows):
        if position in gone:
            continue
        lines.append(row)
        if position in faults:
            told.append((len(lines) + 1, faults[position][2]))
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *lines, *new])
    return path, told
