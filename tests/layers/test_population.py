from pathlib import Path

import pytest

from layers.readers import population
from layers.readers.problems import UnreadableFile

BAD = Path(__file__).parent / "bad/population"


@pytest.fixture
def file_of(tmp_path):
    """Return a function that writes a text into a file of this name and returns its path."""

    def write(text, name="people_2020.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_layout_of_cod_ps_has_codes_and_sexes(file_of):
    path = file_of(
        "\ufeffadmin2Name_fr,admin2Pcode,admin2RefName,admin1Name_fr,admin1Pcode,M_TL,F_TL,T_TL\n"
        "Ségou,ML0406,<Null>,Ségou,ML04,424 465,433 522,857 987\n"
    )
    [record] = population.read(path).records
    assert (record.name, record.region_name, record.pcode) == ("Ségou", "Ségou", "ML0406")
    assert (record.people, record.men, record.women, record.year) == (857987, 424465, 433522, 2020)


def test_the_layout_of_the_census_tells_its_year_in_a_header(file_of):
    path = file_of("region,cercle,area_km2,population_2009,note\nGao,Ménaka,73664,56104,\n", "census.csv")
    [record] = population.read(path).records
    assert (record.pcode, record.men, record.women) == (None, None, None)
    assert (record.people, record.year, record.row) == (56104, 2009, 2)


def test_newer_names_of_columns_are_known(file_of):
    path = file_of(
        "ADM1_NAME;ADM2_NAME;ADM2_PCODE;T_TL\nKidal;Kidal;ML0802;41 248\n", "mli_admpop_adm2_2021.csv"
    )
    [record] = population.read(path).records
    assert (record.name, record.people, record.year) == ("Kidal", 41248, 2021)


def test_faults_are_told_one_a_row():
    reading = population.read(BAD / "codps_faults_2020.csv")
    assert [(each.row, each.field, each.reason) for each in reading.problems] == [
        (3, "admin2Pcode", "Ce n'est pas le P-code d'un cercle."),
        (4, "T_TL", "Hommes et femmes font 110, pas le total de cette ligne."),
        (5, "M_TL", "Un nombre d'au moins 0 est attendu."),
        (6, "T_TL", "La valeur manque."),
        (7, "T_TL", "Un nombre d'au moins 1 est attendu."),
        (8, "T_TL", "Un nombre entier est attendu."),
        (9, "admin2Name_fr", "Ce cercle est déjà à la ligne 2."),
        (10, "admin2Name_fr", "La valeur manque."),
        (11, "admin2Pcode", "Ce n'est pas le P-code d'un cercle."),
    ]
    assert [record.name for record in reading.records] == ["Aaa"]
    assert reading.left_out == {"total": 1}


def test_a_file_that_tells_no_year_is_refused():
    with pytest.raises(UnreadableFile, match=r"no_year.csv.*de quelle année.*no_year_2020.csv"):
        population.read(BAD / "no_year.csv")


def test_a_column_of_years_goes_before_the_name_of_the_file():
    reading = population.read(BAD / "no_year_in_a_row_2020.csv")
    assert [(record.name, record.year) for record in reading.records] == [("Aaa", 2009)]
    assert [(each.row, each.field, each.value) for each in reading.problems] == [
        (3, "year", ""),
        (4, "year", "209"),
    ]


@pytest.mark.parametrize(
    ("name", "year", "rows", "people"),
    [
        ("population_adm2_2020_codps.csv", 2020, 50, 17_907_114),
        ("population_2009_census_by_cercle.csv", 2009, 50, 14_517_176),
    ],
)
@pytest.mark.geodata
def test_the_real_totals_are_those_of_the_publisher(geodata, name, year, rows, people):
    reading = population.read(geodata / "population" / name)
    assert reading.problems == []
    assert len(reading.records) == rows
    assert sum(record.people for record in reading.records) == people
    assert {record.year for record in reading.records} == {year}
