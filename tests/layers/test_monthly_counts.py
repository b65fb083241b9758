"""The tables of ACLED on HDX and those of HDX HAPI, by their columns. The counts here are made up."""

from datetime import date

import pytest

from layers.readers.monthly_counts import CountCategory, read_hapi, read_hdx
from layers.readers.problems import UnreadableFile

HDX = "Country,Admin1,Admin2,ISO3,Admin2 Pcode,Admin1 Pcode,Month,Year,Events,Fatalities\n"
HAPI = (
    "location_code,admin1_code,admin1_name,admin2_code,admin2_name,event_type,events,fatalities,"
    "reference_period_start,reference_period_end\n"
)
TAGS = (
    "#country+code,#adm1+code,#adm1+name,#adm2+code,#adm2+name,#event+type,#event+num,#affected+killed,"
    "#date+start,#date+end\n"
)


@pytest.fixture
def file_of(tmp_path):
    def write(text, name="acled_monthly.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_table_of_hdx_tells_month_and_year_apart(file_of):
    path = file_of(HDX + "Mali,Mopti,Koro,MLI,ML0505,ML05,October,2020,12,30\n")
    [count] = read_hdx(path, CountCategory.CIVILIAN_TARGETING).records
    assert (count.month, count.pcode, count.name, count.region) == (
        date(2020, 10, 1),
        "ML0505",
        "Koro",
        "Mopti",
    )
    assert (count.events, count.fatalities) == (12, 30)
    assert count.category == "civilian_targeting"


@pytest.mark.parametrize(
    ("name", "category", "doubts"),
    [
        ("mali_demonstration_events_by_month-year.csv", "demonstration", 0),
        ("mali_political_violence_events_and_fatalities_by_month-year.csv", "political_violence", 0),
        ("acled_monthly_by_cercle.csv", "political_violence", 1),
    ],
)
def test_the_name_tells_what_is_counted_or_a_doubt_says_so(file_of, name, category, doubts):
    reading = read_hdx(file_of(HDX + "Mali,Mopti,Koro,MLI,ML0505,ML05,May,2020,1,\n", name))
    assert reading.records[0].category == category
    assert len(reading.remarks) == doubts


def test_deaths_that_are_not_told_are_missing(file_of):
    columns = HDX.replace(",Fatalities", "")
    [count] = read_hdx(file_of(columns + "Mali,Mopti,Koro,MLI,ML0505,ML05,May,2020,1\n")).records
    assert count.fatalities is None


def test_broken_rows_of_hdx_are_refused_by_name(file_of):
    rows = (
        "Mali,Mopti,Koro,MLI,ML0505,ML05,Brumaire,2020,1,0\n"
        "Mali,Mopti,Koro,MLI,ML0505,ML05,May,2020,beaucoup,0\n"
        "Mali,Mopti,Koro,MLI,ML0505,ML05,May,2021,1,0\n"
        "Mali,Mopti,Koro,MLI,ML0505,ML05,May,2021,2,0\n"
        "Niger,Tillabéri,Ayorou,NER,NER001,NE01,May,2021,2,0\n"
    )
    reading = read_hdx(file_of(HDX + rows), CountCategory.ALL)
    assert [(refusal.row, refusal.field) for refusal in reading.refusals] == [
        (2, "Month"),
        (3, "Events"),
        (5, "Admin2"),
    ]
    assert "déjà un compte de ce mois à la ligne 4" in reading.refusals[2].reason
    assert reading.left_out == {"NER": 1}


def test_a_table_of_hapi_has_three_categories_and_perhaps_tags(file_of):
    rows = (
        "MLI,ML05,Mopti,ML0505,Koro,political_violence,3,7,2026-09-01T00:00:00,2026-09-30T23:59:59\n"
        "MLI,ML05,Mopti,ML0505,Koro,civilian_targeting,1,2,2026-09-01T00:00:00,2026-09-30T23:59:59\n"
        "MLI,ML05,Mopti,ML0505,Koro,demonstration,0,,2026-09-01,2026-09-30\n"
    )
    for text in (HAPI + rows, HAPI + TAGS + rows):
        counts = read_hapi(file_of(text, "hdx_hapi_conflict_event_mli.csv")).records
        assert [(each.category, each.events, each.fatalities) for each in counts] == [
            ("political_violence", 3, 7),
            ("civilian_targeting", 1, 2),
            ("demonstration", 0, None),
        ]


def test_rows_of_hapi_that_are_no_month_of_a_cercle_are_told(file_of):
    rows = (
        "MLI,ML05,Mopti,,,demonstration,1,0,2026-09-01,2026-09-30\n"
        "MLI,ML05,Mopti,ML0505,Koro,demonstration,1,0,2026-09-15,2026-09-30\n"
        "MLI,ML05,Mopti,ML0505,Koro,demonstration,1,0,2026-01-01,2026-12-31\n"
        "MLI,ML05,Mopti,ML0505,Koro,riots,1,0,2026-09-01,2026-09-30\n"
    )
    reading = read_hapi(file_of(HAPI + rows))
    assert reading.left_out == {"sans P-code de cercle": 1}
    assert [refusal.field for refusal in reading.refusals] == [
        "reference_period_start",
        "reference_period_end",
        "event_type",
    ]


def test_a_missing_column_is_named(file_of):
    with pytest.raises(UnreadableFile, match="event_type"):
        read_hapi(file_of("location_code,admin2_code\nMLI,ML0505\n"))
