"""Events coming in: versions, deletions, refusals, and nothing that differs when nothing differs."""

import io
from datetime import date
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from apps.events import loading
from apps.events.models import ConflictEvent, EventCount
from apps.sources.models import Load
from geo.vocabulary import AccessClass, EventSource, PlacePrecision, UcdpEventType
from layers.readers.events import records_from_rows
from layers.readers.problems import UnreadableFile
from layers.sources_toml import Contents
from tests import small_country
from tests.events.told import UCDP_45, UCDP_49, acled, source_of, ucdp, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.happened()


@pytest.fixture
def load(tmp_path):
    """Return a function that loads rows as a file of ACLED, each file under another name."""
    number = iter(range(1000))

    def load(*rows, columns=None, **how):
        path = written(
            tmp_path / f"acled_{next(number)}.csv", rows, **({"columns": columns} if columns else {})
        )
        return loading.load_file(path, source_of(path), reader="acled", **how)

    return load


@pytest.fixture
def load_ucdp(tmp_path):
    """Return a function that loads rows as a file of UCDP."""
    number = iter(range(1000))

    def load(*rows, columns=UCDP_49, below_header=(), **how):
        path = written(
            tmp_path / f"GEDEvent_{next(number)}.csv", rows, columns=columns, below_header=below_header
        )
        return loading.load_file(path, source_of(path, Contents.UCDP_EVENTS), reader="ucdp", **how)

    return load


def numbers(difference):
    return difference.added, difference.changed, difference.deleted, difference.unchanged, difference.refused


def current():
    events = ConflictEvent.objects.current().order_by("source_event_id")
    return list(events.values_list("source_event_id", "fatalities"))


def test_the_same_content_in_other_bytes_changes_nothing(load):
    first = load(acled("MLI1"), acled("MLI2", fatalities="3"))
    again = load(
        acled("MLI2", fatalities="3.0", latitude="13,250", event_date="15 October 2020"), acled("MLI1")
    )
    assert (numbers(first), numbers(again)) == ((2, 0, 0, 0, 0), (0, 0, 0, 2, 0))
    assert ConflictEvent.objects.count() == 2
    assert {event.load for event in ConflictEvent.objects.all()} == {first.load}
    assert (again.load.in_use, again.load.as_of) == (True, date(2020, 10, 15))


def test_the_same_bytes_are_not_read_again(load, tmp_path):
    path = written(tmp_path / "acled.csv", [acled("MLI1")])
    first = loading.load_file(path, source_of(path), reader="acled")
    again = loading.load_file(path, source_of(path), reader="acled")
    assert (again.is_same_file, again.load, again.unchanged) == (True, first.load, 1)


def test_a_part_loaded_as_the_whole_is_read_again(load, tmp_path):
    load(acled("MLI1"), acled("MLI2"))
    path = written(tmp_path / "acled.csv", [acled("MLI1")])
    assert loading.load_file(path, source_of(path), reader="acled", whole=False).deleted == 0
    assert loading.load_file(path, source_of(path), reader="acled").deleted == 1


def test_a_changed_event_keeps_its_former_version_and_both_are_known_at_their_time(load):
    first = load(acled("MLI1", fatalities="2"))
    second = load(acled("MLI1", fatalities="5"))
    assert numbers(second) == (0, 1, 0, 0, 0)
    former, now = ConflictEvent.objects.order_by("known_from")
    assert (former.fatalities, former.known_until, former.ended_by) == (2, now.known_from, second.load)
    assert (now.fatalities, now.known_until) == (5, None)
    known = ConflictEvent.objects.known_at(first.load.loaded_at)
    assert [event.fatalities for event in known] == [2]
    assert [event.fatalities for event in ConflictEvent.objects.known_at(second.load.loaded_at)] == [5]


def test_an_example_shows_what_differs_and_no_more(load):
    load(acled("MLI1", fatalities="2"))
    [example] = load(acled("MLI1", fatalities="5", latitude="13.3")).examples["changed"]
    assert (example.row, example.source_event_id) == (2, "MLI1")
    assert example.former == {"fatalities": 2, "latitude": 13.25}
    assert example.new == {"fatalities": 5, "latitude": 13.3}


def test_what_the_file_lacks_within_its_days_is_closed_not_erased(load):
    load(acled("MLI1"), acled("MLI2"), acled("MLI3", event_date="2019-01-01"))
    difference = load(acled("MLI1"))
    assert numbers(difference) == (0, 0, 1, 1, 0)
    assert current() == [("MLI1", 0), ("MLI3", 0)]
    assert ConflictEvent.objects.get(source_event_id="MLI2").ended_by == difference.load


def test_of_a_part_nothing_is_deleted(load):
    load(acled("MLI1"), acled("MLI2"))
    assert numbers(load(acled("MLI3"), whole=False)) == (1, 0, 0, 0, 0)
    assert [identifier for identifier, _ in current()] == ["MLI1", "MLI2", "MLI3"]


def test_a_deleted_event_that_is_told_again_begins_anew(load):
    load(acled("MLI1"), acled("MLI2"))
    load(acled("MLI2"))
    assert numbers(load(acled("MLI1"), acled("MLI2"))) == (1, 0, 0, 1, 0)
    assert ConflictEvent.objects.filter(source_event_id="MLI1").count() == 2


def test_a_dry_run_tells_the_same_and_writes_nothing(load):
    load(acled("MLI1"), acled("MLI2"))
    rows = acled("MLI1", fatalities="9"), acled("MLI3"), acled("MLI4", fatalities="?")
    before = list(ConflictEvent.objects.values()), list(EventCount.objects.values()), Load.objects.count()
    tried = load(*rows, dry_run=True)
    assert tried.load is None
    assert (
        list(ConflictEvent.objects.values()),
        list(EventCount.objects.values()),
        Load.objects.count(),
    ) == before
    done = load(*rows)
    assert numbers(tried) == numbers(done) == (1, 1, 1, 0, 1)
    assert tried.examples == done.examples
    assert [str(problem)[13:] for problem in tried.problems] == [
        str(problem)[13:] for problem in done.problems
    ]


def test_a_broken_row_leaves_its_event_as_it_was(load):
    load(acled("MLI1", fatalities="4"), acled("MLI2"))
    difference = load(acled("MLI1", fatalities="beaucoup"), acled("MLI2"))
    assert numbers(difference) == (0, 0, 0, 1, 1)
    assert current() == [("MLI1", 4), ("MLI2", 0)]
    refusal = difference.load.refusals.get()
    assert (refusal.row, refusal.field, refusal.value) == (2, "fatalities", "beaucoup")


def test_a_broken_row_without_identifier_deletes_no_event_that_it_may_be(load):
    told = {
        "actor1": "Groupe Z",
        "actor2": "",
        "location": "Hameau",
        "latitude": "13.75",
        "longitude": "-4.25",
    }
    earlier = acled("MLI2", event_date="2020-10-01")
    load(acled("MLI1", **told), earlier, acled("MLI3", event_date="2020-10-02"), acled("MLI4"))
    difference = load(acled("", **told), earlier, acled("MLI4"))
    assert (numbers(difference), difference.withheld) == ((0, 0, 1, 2, 1), 1)
    assert [identifier for identifier, _ in current()] == ["MLI1", "MLI2", "MLI4"]


def test_a_row_cut_in_two_names_its_event_by_its_cells(load, tmp_path):
    load(acled("MLI1"), acled("MLI2"))
    path = written(tmp_path / "cut.csv", [acled("MLI2"), acled("MLI1")])
    path.write_text(path.read_text()[:-60] + "\n")
    difference = loading.load_file(path, source_of(path), reader="acled")
    assert (numbers(difference), difference.withheld) == ((0, 0, 0, 1, 1), 1)


def test_a_row_that_may_be_any_event_keeps_all(load, tmp_path):
    load(acled("MLI1"), acled("MLI2"))
    path = written(tmp_path / "odd.csv", [acled("MLI2")])
    path.write_text(path.read_text() + "rien,de,lisible\n")
    difference = loading.load_file(path, source_of(path), reader="acled")
    assert (numbers(difference), difference.withheld) == ((0, 0, 0, 1, 1), 1)


def test_the_second_row_of_an_identifier_is_refused(load):
    difference = load(acled("MLI1", fatalities="1"), acled("MLI2"), acled("MLI1", fatalities="2"))
    assert numbers(difference) == (2, 0, 0, 0, 1)
    assert current() == [("MLI1", 1), ("MLI2", 0)]
    [problem] = difference.problems
    assert (problem.row, problem.value) == (4, "MLI1")
    assert problem.reason == "Cette valeur est déjà à la ligne 2."


def test_rows_from_before_digests_are_compared_by_their_columns(load):
    load(acled("MLI1"), acled("MLI2"))
    ConflictEvent.objects.update(digest=UUID(int=0))
    assert numbers(load(acled("MLI1"), acled("MLI2", fatalities="1"))) == (0, 1, 0, 1, 0)
    assert not ConflictEvent.objects.current().filter(digest=UUID(int=0)).exists()


def test_a_digest_is_of_what_is_told_alone(load):
    load(acled("MLI1"))
    digest = ConflictEvent.objects.get().digest
    small_country.make("Autre édition")
    ConflictEvent.objects.all().delete()
    load(acled("MLI0"), acled("MLI1", latitude="13,25"))
    assert ConflictEvent.objects.get(source_event_id="MLI1").digest == digest


def test_only_the_months_touched_are_counted_again(load):
    load(acled("MLI1"), acled("MLI2", event_date="2020-11-01"), acled("MLI3", event_date="2020-12-01"))
    kept = {count.month: count.pk for count in EventCount.objects.all()}
    load(
        acled("MLI1", event_date="2020-12-31", year="2020"),
        acled("MLI2", event_date="2020-11-01"),
        acled("MLI3", event_date="2020-12-01"),
    )
    counts = {count.month: (count.pk, count.events) for count in EventCount.objects.all()}
    assert set(counts) == {date(2020, 11, 1), date(2020, 12, 1)}
    assert counts[date(2020, 11, 1)] == (kept[date(2020, 11, 1)], 1)
    assert counts[date(2020, 12, 1)][1] == 2
    assert counts[date(2020, 12, 1)][0] != kept[date(2020, 12, 1)]


def test_counts_of_another_source_stay(load, load_ucdp):
    load_ucdp(ucdp("1"))
    [kept] = EventCount.objects.values_list("pk", flat=True)
    load(acled("MLI1"))
    assert EventCount.objects.get(source="ucdp").pk == kept


def test_counts_are_made_where_there_are_none(load):
    load(acled("MLI1"))
    EventCount.objects.all().delete()
    said = io.StringIO()
    call_command("count_events", stdout=said)
    call_command("count_events", stdout=said)
    assert said.getvalue() == "Counted the events in 1 sums by place and month.\n"


def test_civilians_are_targeted_as_the_source_says(load):
    load(
        acled("MLI1", civilian_targeting="Civilian targeting"),
        acled("MLI2", event_type="Violence against civilians"),
    )
    assert [event.civilians_targeted for event in ConflictEvent.objects.order_by("source_event_id")] == [
        True,
        False,
    ]


def test_ucdp_events_are_a_layer_of_their_own_public_and_dated_by_two_days(load, load_ucdp):
    load(acled("MLI1"))
    difference = load_ucdp(ucdp("7", date_end="2020-10-18", date_prec="2", where_prec="3"))
    event = ConflictEvent.objects.get(source=EventSource.UCDP)
    assert (event.occurred_on, event.last_day) == (date(2020, 10, 15), date(2020, 10, 18))
    assert (event.event_type, event.geo_precision) == (UcdpEventType.STATE_BASED, PlacePrecision.CERCLE)
    assert (event.fatalities_low, event.fatalities, event.fatalities_high, event.clarity) == (2, 3, 5, 1)
    assert (difference.load.kind, difference.load.access) == ("ucdp_events", AccessClass.PUBLIC)
    assert {load.kind for load in Load.objects.in_use() if "events" in load.kind} == {"events", "ucdp_events"}


def test_45_columns_then_49_and_a_row_of_hashtags_are_the_same_events(load_ucdp):
    load_ucdp(ucdp("7"), columns=UCDP_45)
    tags = {"latitude": "#geo+lat", "longitude": "#geo+lon", "date_start": "#date+start"}
    assert numbers(load_ucdp(ucdp("7"), columns=UCDP_49, below_header=[tags])) == (0, 0, 0, 1, 0)


def test_a_file_of_another_country_is_refused_with_the_way_out(load_ucdp):
    away = {"country": "Bangladesh", "latitude": "23.7", "longitude": "90.4"}
    with pytest.raises(UnreadableFile, match=r'Bangladesh \(2\).*--country "Bangladesh"'):
        load_ucdp(ucdp("1", **away), ucdp("2", **away))
    difference = load_ucdp(ucdp("1", **away), ucdp("2", **away), country="bangladesh")
    assert (difference.added, difference.outside) == (2, 2)


def test_a_folder_may_hold_a_file_of_another_country(tmp_path):
    away = ucdp("1", country="Bangladesh", latitude="23.7", longitude="90.4")
    path = written(tmp_path / "ucdp_ged_sample.csv", [away], columns=UCDP_49)
    said = io.StringIO()
    call_command("load_events", "ucdp", str(path), "--skip-other-countries", stdout=said)
    assert said.getvalue().startswith("ucdp_ged_sample.csv is left aside: ")
    with pytest.raises(CommandError, match="Bangladesh"):
        call_command("load_events", "ucdp", str(path))


def test_the_whole_of_one_country_deletes_nothing_of_another(load_ucdp):
    load_ucdp(ucdp("1"))
    away = ucdp("2", country="Bangladesh", latitude="23.7", longitude="90.4")
    assert numbers(load_ucdp(away, country="Bangladesh")) == (1, 0, 0, 0, 0)
    mixed = load_ucdp(ucdp("1"), away)
    assert (numbers(mixed), mixed.left_out) == ((0, 0, 0, 1, 0), {"Bangladesh": 1})


def test_real_events_take_the_place_of_simulated_ones(load):
    small_country.happened(small_country.event(-4.5, 13.5), simulated=True)
    load(acled("MLI1"))
    assert [event.source for event in ConflictEvent.objects.all()] == ["acled"]
    assert not EventCount.objects.filter(source="simulated").exists()
    assert not Load.objects.in_use().filter(kind="events", is_simulated=True).exists()


def test_simulated_events_are_refused_beside_real_ones(load, tmp_path):
    load(acled("MLI1"))
    columns = [*acled("x"), "simulated"]
    path = written(tmp_path / "simulated.csv", [acled("SIM1", simulated="true")], columns=columns)
    with pytest.raises(loading.NotBeside, match="installation sans événements réels"):
        loading.load_file(path, source_of(path, Contents.SIMULATED_EVENTS), reader="simulated")


def test_rows_of_an_answer_are_checked_like_those_of_a_file_and_give_the_same_events(load):
    load(acled("MLI1"), acled("MLI2"))
    answer = [acled("MLI1", latitude=13.25, fatalities=0, timestamp=1700000000), acled("MLI3", fatalities=-1)]
    reading = records_from_rows(answer, "acled")
    source = small_country.source(Contents.ACLED_EVENTS, "réponse")
    difference = loading.upsert_records(
        reading.records, source, source="acled", deleted_ids=["MLI2"], problems=reading.problems
    )
    assert numbers(difference) == (0, 0, 1, 1, 1)
    assert current() == [("MLI1", 0)]


def test_texts_with_the_signs_of_a_copy_come_in_whole(load):
    odd = 'a\\b\t"c"\nd'
    load(acled("MLI1", actor1=odd, notes=odd))
    event = ConflictEvent.objects.get()
    assert (event.actor1, event.other_columns["notes"]) == (odd, odd)


def test_a_file_without_a_good_row_leaves_everything(load):
    load(acled("MLI1"))
    with pytest.raises(UnreadableFile, match="aucune ligne"):
        load(acled("MLI1", fatalities="?"))
    assert current() == [("MLI1", 0)]


def test_the_command_says_what_differs_in_one_line(load, tmp_path):
    load(acled("MLI1"), acled("MLI2"))
    path = written(
        tmp_path / "acled_new.csv", [acled("MLI1", fatalities="1"), acled("MLI9", country="Niger")]
    )
    said = io.StringIO()
    call_command("load_events", "acled", str(path), "--dry-run", stdout=said)
    assert said.getvalue() == (
        "acled_new.csv: would write 1, refuse 0. Nothing written. "
        "0 added, 1 changed, 1 deleted, 0 unchanged, left out 1 (Niger 1).\n"
    )
    said = io.StringIO()
    call_command("load_events", "acled", str(path), stdout=said)
    number = Load.objects.in_use().get(kind="events").pk
    assert said.getvalue().startswith(
        f"Wrote 1 rows of events from acled_new.csv, refused 0 (load {number})."
    )
    with pytest.raises(CommandError, match="no such file"):
        call_command("load_events", "acled", str(tmp_path / "rien.csv"))
