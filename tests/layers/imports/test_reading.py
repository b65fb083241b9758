from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.imports.cell_values import is_formula
from layers.imports.cells import StoredNumber
from layers.imports.columns import match_columns
from layers.imports.kinds import KINDS
from layers.imports.opening import open_sheet
from layers.imports.reading import read_rows
from layers.imports.signs import signs_of
from layers.readers.problems import UnreadableFile
from layers.spreadsheets import FORMULA_STARTS
from tests.layers.imports import makers


@pytest.fixture
def reading(tmp_path):
    """Return a function that reads the text of a CSV as a kind, its columns matched."""

    def read(text, kind, **options):
        path = tmp_path / "a.csv"
        path.write_text(text, encoding="utf-8")
        table = open_sheet(path, "a.csv")
        found = match_columns(table.headers, table.hxl, KINDS[kind])
        mapping = {name: match.header for name, match in found.items()}
        return list(read_rows(table, KINDS[kind], mapping, options))

    return read


def reasons(rows):
    return [(row.line, problem.reason) for row in rows for problem in row.problems]


def test_a_row_has_every_field_of_its_kind(reading):
    [row] = reading("cercle,région,population,année\nKoro,Mopti,17 907,2020\n", "population")
    assert row.values == {
        "pcode": None,
        "name": "Koro",
        "region": "Mopti",
        "year": 2020,
        "people": 17907,
        "men": None,
        "women": None,
    }
    assert (row.line, row.problems, row.cells[0]) == (2, [], "Koro")


@pytest.mark.parametrize("nothing", ["", " ", "-", "—", "NULL", "n/a", "nd", "#N/A"])
def test_words_that_say_there_is_no_value_are_none(reading, nothing):
    [row] = reading(f"cercle,population,hommes\nKoro,3,{nothing}\n", "population")
    assert row.values["men"] is None


def test_choices_are_read_in_french_and_english_and_by_their_short_names(reading):
    rows = reading(
        "id,type,état,cercle\n1,Tribunal d'instance,FERMÉ,Koro\n2,jpce,functional,Koro\n"
        "3,gendarmerie,,Koro\n",
        "institutions",
    )
    assert [(row.values["kind"], row.values["status"]) for row in rows] == [
        *(("ti", "closed"), ("jpce", "functional"), ("brigade", None)),
    ]


def test_a_choice_is_offered_for_a_slip_of_the_pen_and_never_for_another_thing(reading):
    rows = reading("id,type,cercle\n1,comissariat de polise,Koro\n2,fire_station,Koro\n", "institutions")
    slip, other = (row.problems[0].remedy for row in rows)
    assert slip == "Vouliez-vous «\u00a0Commissariat de police\u00a0»\u202f?"
    assert other.startswith("Valeurs possibles")


def test_place_codes_of_acled_are_told_on_our_scale(reading):
    [row] = reading(
        "event_id_cnty,event_date,event_type,fatalities,longitude,latitude,geo_precision\n"
        "MLI1,2020-10-31,Battles,0,-3.1,14.6,3\n",
        "events",
    )
    assert (row.values["geo_precision"], row.values["occurred_on"]) == ("5", date(2020, 10, 31))


def test_the_decimal_mark_is_that_of_the_column(reading):
    rows = reading("code;title;montant;devise\nA;x;1,5;XOF\nB;x;1,234;XOF\nC;x;1.234;XOF\n", "projects")
    assert [row.values["amount"] for row in rows] == [1.5, 1.234, 1234]


def test_without_a_sign_a_doubtful_number_is_refused_until_the_keeper_says(reading):
    text = "code;title;montant;devise\nB;x;1,234;XOF\n"
    assert reasons(reading(text, "projects")) == [
        (2, "Ce nombre se lit de deux façons\u00a0: 1234, ou 1.234.")
    ]
    assert reading(text, "projects", decimal=",")[0].values["amount"] == 1.234
    assert reading(text, "projects", decimal=".")[0].values["amount"] == 1234


def test_the_order_of_day_and_month_is_that_of_the_column(reading):
    doubtful = "id;statut;date\n1;fermé;03/04/2020\n"
    rows = reading(doubtful + "2;fermé;13/04/2020\n", "statuses")
    assert rows[0].values["as_of"] == date(2020, 4, 3)
    assert reading(doubtful, "statuses")[0].values is None
    assert reading(doubtful, "statuses", day_first=False)[0].values["as_of"] == date(2020, 3, 4)


def test_coordinates_with_three_decimals_are_no_thousands(reading):
    [row] = reading('id,type,longitude,latitude\n1,TGI,"-3,125",14.600\n', "institutions")
    assert (row.values["longitude"], row.values["latitude"]) == (-3.125, 14.6)


SWAPPED = "id,type,longitude,latitude\n1,TGI,14.6,-3.1\n2,TGI,14.5,-3.2\n3,TGI,-3.1,14.6\n"


def test_swapped_coordinates_are_told_and_exchanged_on_demand(reading, tmp_path):
    rows = reading(SWAPPED, "institutions")
    assert [row.values is None for row in rows] == [True, True, False]
    assert "demandez l'échange" in rows[0].problems[0].remedy
    exchanged = reading(SWAPPED, "institutions", swap=True)
    assert (exchanged[0].values["longitude"], exchanged[0].values["latitude"]) == (-3.1, 14.6)
    table = open_sheet(tmp_path / "a.csv", "a.csv")
    signs = signs_of(table, KINDS["institutions"], {"longitude": "longitude", "latitude": "latitude"})
    assert (signs.points, signs.swapped, signs.are_swapped) == (3, 2, True)


def test_points_of_another_country_pass_when_it_is_named(reading):
    text = "id,type,longitude,latitude\n1,TGI,90.4,23.8\n2,TGI,190,23\n"
    assert reasons(reading(text, "institutions", country="Bangladesh")) == [
        (3, "Ces coordonnées ne sont pas des degrés.")
    ]
    assert len(reasons(reading(text, "institutions", country="Mali"))) == 2


def test_every_problem_of_a_row_is_told(reading):
    [row] = reading("id,type,état,longitude,latitude\n1,x,y,14.6,-3.1\n", "institutions")
    assert row.values is None
    assert [each.field for each in row.problems] == ["type", "état", "longitude, latitude"]


def test_a_refused_row_does_not_hide_the_good_one_that_repeats_its_key(reading):
    rows = reading("id,type,cercle\n1,x,Koro\n1,TGI,Koro\n1,TI,Koro\n", "institutions")
    assert reasons(rows)[1:] == [(4, "C'est déjà dit à la ligne 3.")]


def test_rows_without_an_identifier_are_told_apart_by_the_rest(reading):
    rows = reading("type,nom,cercle\nTGI,A,Koro\nTGI,B,Koro\nTGI,a,koro\n", "institutions")
    assert reasons(rows) == [(4, "C'est déjà dit à la ligne 2.")]


def test_a_row_that_tells_no_place_is_refused(reading):
    [row] = reading("id,type,longitude,latitude,cercle\n1,TGI,,,\n", "institutions")
    assert row.problems[0].remedy == "Remplissez l'une de ces colonnes\u00a0: longitude, latitude ou cercle."


def test_columns_chosen_as_values_are_numbers_when_every_cell_is(reading):
    text = 'pcode,taux,avis,code\nML0505,"12,5",bon,1\nML0502,,moyen,2\n'
    rows = reading(text, "area_table", values=["taux", "avis", "code"], texts=["code"])
    assert [row.values["values"] for row in rows] == [
        {"taux": 12.5, "avis": "bon", "code": "1"},
        {"taux": None, "avis": "moyen", "code": "2"},
    ]


def test_a_column_that_is_gone_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("cercle,population\nKoro,1\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"plus de colonne «\u00a0populations\u00a0».*Vouliez-vous"):
        list(
            read_rows(
                open_sheet(path, "a.csv"), KINDS["population"], {"name": "cercle", "people": "populations"}
            )
        )


def test_a_workbook_with_merged_headers_and_french_decimals_is_read(tmp_path):
    path = makers.workbook(
        tmp_path / "a.xlsx",
        [
            ["Cercle", "P-code", "Population", None, None],
            [None, None, "Total", "Hommes", "Femmes"],
            ["Koro", "ML0505", "17 907", 8907, 9000.0],
        ],
        merged=[(0, 2, 0, 4, "Population")],
    )
    table = open_sheet(path, "a.xlsx")
    found = match_columns(table.headers, None, KINDS["population"])
    mapping = {name: match.header for name, match in found.items()}
    [row] = read_rows(table, KINDS["population"], mapping)
    assert mapping == {
        "pcode": "P-code",
        "name": "Cercle",
        "people": "Population Total",
        "men": "Population Hommes",
        "women": "Population Femmes",
    }
    assert (row.values["people"], row.values["men"], row.values["women"]) == (17907, 8907, 9000)


def test_an_apostrophe_that_keeps_a_formula_a_text_is_taken_off_and_told(reading):
    [row] = reading("id,type,nom,cercle\n1,TGI,'=A1,Koro\n", "institutions")
    assert row.problems[0].value == "=A1"


@given(st.text(max_size=6))
def test_what_begins_as_no_formula_is_none(cell):
    assert is_formula(cell) is False or cell.startswith(FORMULA_STARTS)
    assert not is_formula(StoredNumber("-3.25"))


def test_the_real_files_are_read_whole(geodata):
    told = {
        "population/population_adm2_2020_codps.csv": ("population", 50),
        "population/population_2009_census_by_cercle.csv": ("population", 50),
        "boundaries/mli_adm1_cod2021_full.geojson": ("boundaries", 10),
        "boundaries/cod2015_shapefiles/mli_admbnda_adm2_gov_ocha_itos.zip": ("boundaries", 50),
    }
    for name, (kind, count) in told.items():
        table = open_sheet(geodata / name, name)
        found = match_columns(table.headers, table.hxl, KINDS[kind])
        rows = list(read_rows(table, KINDS[kind], {field: match.header for field, match in found.items()}))
        assert len(rows) == count
        assert [row for row in rows if row.problems] == []
