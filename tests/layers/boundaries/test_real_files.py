"""The official editions: all areas, no problem."""

from datetime import date

import pytest

from geo.vocabulary import Level
from layers.readers.boundaries import check, newest_edition, read

EDITIONS = [
    ("boundaries/mli_adm{}_cod2021_full.geojson", (10, 53, 701), date(2021, 12, 20)),
    ("boundaries/mli_adm{}_cod2019_full.geojson", (9, 50, 701), date(2019, 8, 2)),
    ("boundaries/cod2015_shapefiles/mli_admbnda_adm{}_gov_ocha*.zip", (9, 50, 701), date(2015, 4, 8)),
]


@pytest.mark.geodata
@pytest.mark.parametrize(("pattern", "counts", "valid_on"), EDITIONS)
def test_an_official_edition_is_read_whole_and_fits(geodata, pattern, counts, valid_on):
    readings = [read(next(geodata.glob(pattern.format(level)))) for level in Level]
    assert tuple(len(reading.records) for reading in readings) == counts
    assert [problem for reading in readings for problem in reading.problems] == []
    areas = [area for reading in readings for area in reading.records]
    assert check(areas) == []
    assert {area.valid_on for area in areas} == {valid_on}


@pytest.mark.geodata
def test_menaka_is_a_region_of_four_cercles_whose_communes_keep_their_codes(geodata):
    communes = read(geodata / "boundaries/mli_adm3_cod2021_full.geojson").records
    (anderamboukane,) = [area for area in communes if area.parent_pcode == "ML1002"]
    assert anderamboukane.pcode.startswith("ML0704")


@pytest.mark.geodata
def test_the_newest_official_edition_is_found_in_the_operators_folder(geodata):
    edition = newest_edition(geodata)
    assert edition.name == "2021-12-20"
    assert [path.name for path in edition.files.values()] == [
        f"mli_adm{level}_cod2021_full.geojson" for level in Level
    ]
