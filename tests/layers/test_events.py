from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from geo.vocabulary import DatePrecision, EventType, PlacePrecision, UcdpEventType
from layers.readers import events
from layers.readers.problems import UnreadableFile

BAD = Path(__file__).parent / "bad/events"

OLDER_COLUMNS = """\
data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,\
assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,\
latitude,longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3
1,466,INV7,7,2020-03-02,2020,2,Violence against civilians,Attack,Group A,,3,Civilians,Farmers; Herders,7,37,\
Western Africa,Mali,Mopti,Koro,Koro,Koro,14.06,-3.08,2,Radio,National,,4,1600000000,MLI
"""
NEWER_COLUMNS = """\
event_id_cnty;event_date;year;time_precision;disorder_type;event_type;sub_event_type;actor1;assoc_actor_1;\
inter1;actor2;assoc_actor_2;inter2;interaction;civilian_targeting;iso;region;country;admin1;admin2;admin3;\
location;latitude;longitude;geo_precision;source;source_scale;notes;fatalities;tags;timestamp
INV8;31 October 2020;2020;1;Demonstrations;Protests;Peaceful protest;Protesters;;Protesters;;;;\
Protesters only;;466;Western Africa;Mali;Bamako;Bamako;;Bamako;12,65;-8,00;1;Radio;\
National;;0;crowd size=no report;1604351342
"""
SIMULATED = """\
event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,admin1,admin2,admin3,location,\
latitude,longitude,geo_precision,fatalities,simulated
SIM1,2024-05-06,1,Riots,Mob violence,A,,Gao,Gao,Gao,Gao,16.27,-0.04,1,0,true
"""


@pytest.fixture
def file_of(tmp_path):
    """Return a function that writes a text into a file and returns its path."""

    def write(text, *, encoding="utf-8"):
        path = tmp_path / "events.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def problems_of(name, read=events.read_acled):
    """Return (line, column, reason, is fatal) of what is wrong in a bad file."""
    reading = read(BAD / name)
    return [(each.row, each.field, each.reason, each.is_fatal) for each in reading.problems]


def test_an_older_export_is_read_by_column_name(file_of):
    [event] = events.read_acled(file_of(OLDER_COLUMNS)).records
    assert event.source_event_id == "INV7"
    assert event.occurred_on == date(2020, 3, 2)
    assert event.time_precision is DatePrecision.WEEK
    assert event.event_type is EventType.VIOLENCE_AGAINST_CIVILIANS
    assert (event.longitude, event.latitude) == (-3.08, 14.06)
    assert event.geo_precision is PlacePrecision.NEAR
    assert event.fatalities == 4
    assert event.source_updated == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
    assert event.row == 2
    assert event.other == {
        "data_id": "1",
        "iso": "466",
        "event_id_no_cnty": "7",
        "inter1": "3",
        "assoc_actor_2": "Farmers; Herders",
        "inter2": "7",
        "interaction": "37",
        "region": "Western Africa",
        "source": "Radio",
        "source_scale": "National",
        "iso3": "MLI",
    }


def test_a_newer_export_with_semicolons_decimal_commas_and_dates_in_words_is_read(file_of):
    [event] = events.read_acled(file_of(NEWER_COLUMNS)).records
    assert event.occurred_on == date(2020, 10, 31)
    assert (event.longitude, event.latitude) == (-8.0, 12.65)
    assert event.actor2 == event.admin3 == ""
    assert event.other["tags"] == "crowd size=no report"
    assert event.other["disorder_type"] == "Demonstrations"


def test_the_order_of_columns_does_not_matter(file_of):
    header, row = SIMULATED.splitlines()
    backwards = "\n".join(",".join(reversed(line.split(","))) for line in (header, row)) + "\n"
    forwards = events.read_simulated(file_of(SIMULATED)).records
    assert events.read_simulated(file_of(backwards)).records == forwards


def test_events_of_other_countries_are_counted_not_refused(file_of):
    elsewhere = OLDER_COLUMNS.splitlines()[1].replace(",Mali,", ",Niger,")
    reading = events.read_acled(file_of(f"{OLDER_COLUMNS}{elsewhere}\n"))
    assert len(reading.records) == 1
    assert reading.left_out == {"Niger": 1}
    assert reading.problems == []


def test_cells_that_look_like_formulas_are_kept_as_they_are(file_of):
    [event] = events.read_acled(file_of(OLDER_COLUMNS.replace("Group A", "=1+1"))).records
    assert event.actor1 == "=1+1"


def test_an_instant_that_is_none_is_a_remark_and_the_event_is_kept(file_of):
    reading = events.read_acled(file_of(OLDER_COLUMNS.replace("1600000000", "last week")))
    assert reading.records[0].source_updated is None
    assert [(each.field, each.is_fatal) for each in reading.problems] == [("timestamp", False)]


def test_simulated_events_say_so_in_every_row(file_of):
    [event] = events.read_simulated(file_of(SIMULATED)).records
    assert event.source_event_id == "SIM1"
    assert problems_of("not_all_simulated.csv", events.read_simulated) == [
        (3, "simulated", "Cette ligne ne se dit pas simulée.", True),
        (4, "simulated", "Cette ligne ne se dit pas simulée.", True),
    ]


def test_simulated_events_are_never_read_as_real_ones():
    with pytest.raises(UnreadableFile, match=r"simulated_as_real.csv.*ces événements sont simulés"):
        events.read_acled(BAD / "simulated_as_real.csv")


def test_real_events_are_never_read_as_simulated_ones(file_of):
    with pytest.raises(UnreadableFile, match="colonnes absentes\u00a0: simulated"):
        events.read_simulated(file_of(OLDER_COLUMNS))


def test_points_out_of_place_are_refused_with_the_likely_cause():
    place = "longitude, latitude"
    assert problems_of("swapped_coordinates.csv") == [
        (3, place, "Longitude et latitude semblent échangées.", True)
    ]
    assert problems_of("outside_mali.csv") == [(3, place, "Ce point est hors du Mali.", True)]
    assert problems_of("minus_sign_lost.csv") == [
        (4, place, "Le signe moins de la longitude semble manquer.", True),
    ]
    assert problems_of("metres.csv") == [(2, place, "Ces coordonnées ne sont pas des degrés.", True)]


def test_fatalities_are_a_whole_number_and_missing_is_not_zero():
    assert problems_of("fatalities.csv") == [
        (2, "fatalities", "La valeur manque.", True),
        (3, "fatalities", "Un nombre d'au moins 0 est attendu.", True),
        (4, "fatalities", "Un nombre entier est attendu.", True),
        (5, "fatalities", "Ce n'est pas un nombre.", True),
    ]
    assert [event.fatalities for event in events.read_acled(BAD / "fatalities.csv").records] == [3]


def test_impossible_and_ambiguous_dates_are_refused():
    assert problems_of("dates.csv") == [
        (2, "event_date", "Ce jour n'existe pas.", True),
        (3, "event_date", "Le jour et le mois peuvent être échangés.", True),
        (4, "event_date", "Un tableur a changé cette date en nombre.", True),
        (5, "event_date", "«\u00a0hier\u00a0» n'est pas une date.", True),
        (6, "event_date", "La colonne «\u00a0year\u00a0» dit 2020.", True),
        (7, "event_date", "ACLED commence en 1997.", True),
        (8, "event_date", "L'événement est daté d'après sa saisie.", True),
        (9, "event_date", "La valeur manque.", True),
    ]


def test_a_repeated_identifier_names_the_first_line():
    assert problems_of("repeated_id.csv") == [
        (4, "event_id_cnty", "Cette valeur est déjà à la ligne 2.", True)
    ]


def test_unknown_words_are_refused_and_close_ones_offered():
    reading = events.read_acled(BAD / "words.csv")
    assert [each.row for each in reading.problems] == [2, 3, 4, 5]
    assert reading.problems[0].remedy.endswith("Vouliez-vous «\u00a0Battles\u00a0»\u202f?")
    assert "Vouliez-vous" not in reading.problems[1].remedy
    assert reading.problems[2].remedy == "Valeurs possibles\u00a0: 1, 2, 3."
    assert reading.problems[3].reason == "La valeur manque."


@pytest.mark.geodata
def test_every_real_event_is_read(geodata):
    reading = events.read_acled(geodata / "events/acled_mali_1997_2020.csv")
    assert len(reading.records) == 4318
    assert reading.problems == []
    assert reading.left_out == {}
    assert len({event.source_event_id for event in reading.records}) == 4318
    days = [event.occurred_on for event in reading.records]
    assert (min(days), max(days)) == (date(1997, 1, 6), date(2020, 10, 31))
    assert sum(event.geo_precision is PlacePrecision.REGION for event in reading.records) == 107
    assert sum(event.admin3 == "" for event in reading.records) == 4


@pytest.mark.geodata
def test_events_of_another_publisher_are_refused_by_their_columns(geodata):
    with pytest.raises(UnreadableFile, match="colonnes absentes\u00a0: event_id_cnty, event_date"):
        events.read_acled(geodata / "events/ucdp_ged_sample_bangladesh.csv")


UCDP = """\
id,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,country,date_prec,date_start,\
date_end,best,high,low,event_clarity,conflict_new_id
7,1,Government of Mali,JNIM,3,Koro,14.06,-3.08,Mali,3,2020-03-02 00:00:00.000,2020-03-08,4,6,2,1,11347
8,3,Katiba Macina,Civilians,6,Mali,13,-4,Mali,1,2020-03-02,2020-03-02,2,2,2,2,9
"""


def test_ucdp_is_read_by_name_with_its_own_types_precisions_and_estimates(file_of):
    event, one_sided = events.read_ucdp(file_of(UCDP)).records
    assert (event.occurred_on, event.last_day) == (date(2020, 3, 2), date(2020, 3, 8))
    assert (event.time_precision, event.geo_precision) == (DatePrecision.WEEK, PlacePrecision.CERCLE)
    assert event.event_type is UcdpEventType.STATE_BASED
    assert (event.fatalities_low, event.fatalities, event.fatalities_high) == (2, 4, 6)
    assert (event.actor1, event.actor2, event.clarity) == ("Government of Mali", "JNIM", 1)
    assert event.other == {"conflict_new_id": "11347"}
    assert not event.civilians_targeted
    assert (one_sided.last_day, one_sided.geo_precision) == (None, PlacePrecision.COUNTRY)
    assert one_sided.civilians_targeted


@pytest.mark.parametrize(
    ("told", "precision"),
    [(1, "EXACT"), (2, "NEAR"), (3, "CERCLE"), (4, "REGION"), (5, "AREA"), (6, "COUNTRY"), (7, "COUNTRY")],
)
def test_the_seven_precisions_of_ucdp_are_on_our_scale(file_of, told, precision):
    event = events.read_ucdp(file_of(UCDP.replace("JNIM,3,", f"JNIM,{told},"))).records[0]
    assert event.geo_precision.name == precision


def test_an_event_that_ends_before_it_begins_is_refused(file_of):
    reading = events.read_ucdp(file_of(UCDP.replace("2020-03-08", "2020-03-01")))
    assert [(each.field, each.reason) for each in reading.problems] == [
        ("date_end", "L'événement finit avant de commencer.")
    ]


def test_a_missing_column_of_ucdp_is_named(file_of):
    with pytest.raises(UnreadableFile, match="colonnes absentes\u00a0: where_prec"):
        events.read_ucdp(file_of(UCDP.replace("where_prec", "precision")))


@pytest.mark.parametrize(
    ("text", "reader"),
    [(OLDER_COLUMNS, "acled"), (NEWER_COLUMNS, "acled"), (SIMULATED, "simulated"), (UCDP, "ucdp")],
)
def test_by_columns_the_same_is_read_as_row_by_row(file_of, text, reader):
    path = file_of(text)
    read = {"acled": events.read_acled, "simulated": events.read_simulated, "ucdp": events.read_ucdp}[reader]
    [piece] = events.EventStream(path, reader).pieces()
    assert piece.events == events.columns_of(read(path).records)


@pytest.mark.parametrize("name", sorted(path.name for path in BAD.glob("*.csv") if "simul" not in path.name))
def test_by_columns_the_same_is_refused_in_the_same_words(name):
    """A repeated identifier is found when rows are compared, not when they are read."""
    expected = events.read_acled(BAD / name).problems
    stream = events.EventStream(BAD / name, "acled", piece=2)
    found = [problem for piece in stream.pieces() for problem in piece.problems]
    assert found == [problem for problem in expected if "déjà" not in problem.reason]


def test_lines_cut_in_two_and_open_quotes_are_refused_with_what_can_be_read_of_them(file_of):
    header, row = OLDER_COLUMNS.splitlines()
    open_quote = row.replace("INV7", "INV8").replace("Radio", '"Radio')
    path = file_of(f"{header}\n{row}\n2,466,INV9,9,2020\n{open_quote}\n")
    pieces = list(events.EventStream(path, "acled").pieces())
    assert [(each.row, each.field) for piece in pieces for each in piece.problems] == [
        (3, "ligne"),
        (4, "guillemets"),
    ]
    lost = [each for piece in pieces for each in piece.lost]
    assert "INV9" in next(each for each in lost if each.row == 3).cells
    assert "INV8" in next(each for each in lost if each.row == 4).cells[0]


@pytest.mark.geodata
def test_the_ucdp_sample_of_another_country_is_refused_politely_and_read_when_asked_for(geodata):
    path = geodata / "events/ucdp_ged_sample_bangladesh.csv"
    with pytest.raises(UnreadableFile, match=r'Bangladesh \(\d+\).*--country "Bangladesh"'):
        events.read_ucdp(path)
    reading = events.read_ucdp(path, country="Bangladesh")
    assert len(reading.records) == 601
    assert reading.refusals == []
    assert {event.other["country"] for event in reading.records} == {"Bangladesh"}
