import csv
import json
from pathlib import Path

import pytest

from geo.names import NameIndex, fold, sound

ALIASES = Path(__file__).parents[2] / "data/places/aliases.csv"


def aliases():
    with ALIASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_alias_names_a_place_and_the_reason():
    for row in aliases():
        assert row["level"] in ("region", "cercle")
        assert row["name"]
        assert row["region"]
        assert row["basis"]
        assert bool(row["cercle"]) == (row["level"] == "cercle")


def test_no_alias_is_there_for_nothing():
    for row in aliases():
        assert sound(row["name"]) != sound(row["cercle"] or row["region"])


def test_no_alias_is_listed_twice():
    names = [(row["level"], fold(row["name"])) for row in aliases()]
    assert len(names) == len(set(names))


@pytest.fixture
def cercles(geodata):
    """Return the index of the 53 cercles of 2021 under their names and aliases."""
    text = (geodata / "boundaries/mli_adm2_cod2021_full.geojson").read_text(encoding="utf-8")
    areas = [feature["properties"] for feature in json.loads(text)["features"]]
    names = [(area["adm2_name"], area["adm2_pcode"]) for area in areas]
    codes = {fold(name): pcode for name, pcode in names}
    others = [(row["name"], codes[fold(row["cercle"])]) for row in aliases() if row["level"] == "cercle"]
    return NameIndex([*names, *others])


@pytest.mark.parametrize(
    ("file", "column", "pcode_column"),
    [
        ("fallback/cercle_seats_53.csv", "adm2_name", "adm2_pcode"),
        ("fallback/cercle_seats_53.csv", "seat", "adm2_pcode"),
        ("codes/mli_pcodes_adm1_2_20211220.csv", "Name", "P-Code"),
        ("codes/crosswalk_pcodes_2015_2019_2021.csv", "adm2_name", "adm2_pcode_2021"),
        ("events/acled_monthly_by_cercle_1997_2021.csv", "Admin2", "Admin2 Pcode"),
    ],
)
@pytest.mark.geodata
def test_every_cercle_name_stands_for_the_cercle_of_its_code(geodata, cercles, file, column, pcode_column):
    rows = [row for row in rows_of(geodata / file) if len(row[pcode_column]) == len("ML0101") and row[column]]
    # Files older than 2021 call all of today's region of Ménaka by the name of its former cercle.
    pairs = {(row[column], row[pcode_column]) for row in rows if not row[pcode_column].startswith("ML10")}
    wrong = [(name, pcode, cercles.find(name)) for name, pcode in pairs if cercles.find(name) != [pcode]]
    assert wrong == []


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("population/population_2009_census_by_cercle.csv", "cercle"),
        ("population/population_adm2_2020_codps.csv", "admin2Name_fr"),
        ("places/settlements_ocha_2015_18769.csv", "adm2_name"),
        ("places/commune_seats.csv", "adm2_name"),
        ("codes/crosswalk_pcodes_2015_2019_2021.csv", "adm2_name_2015"),
        ("events/acled_mali_1997_2020.csv", "admin2"),
        ("../programme/target_cercles.csv", "cercle"),
    ],
)
@pytest.mark.geodata
def test_every_cercle_name_of_a_file_is_exactly_one_cercle(geodata, cercles, file, column):
    names = {row[column] for row in rows_of(geodata / file) if row[column]}
    assert [name for name in names if len(cercles.find(name)) != 1] == []


@pytest.mark.geodata
def test_different_cercles_of_one_file_stay_different(geodata, cercles):
    rows = rows_of(geodata / "population/population_2009_census_by_cercle.csv")
    found = [cercles.find(row["cercle"])[0] for row in rows]
    assert len(set(found)) == 50
    assert cercles.find("Ménaka") == ["ML1001"]
    targets = [cercles.find(row["cercle"])[0] for row in rows_of(geodata / "../programme/target_cercles.csv")]
    assert len(set(targets)) == 21
