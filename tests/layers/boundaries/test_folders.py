"""What an operator may drop into a folder, and which files are taken."""

import zipfile
from datetime import date

import pytest

from geo.vocabulary import Level
from layers.readers.boundaries import find, newest_edition, read
from layers.readers.problems import UnreadableFile


@pytest.fixture
def put(cercles, tmp_path):
    """Write the regions or cercles into the operator's folder under a name."""

    def write(name, *, level=2, valid_on="2021-12-20"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        frame = cercles.assign(valid_on=valid_on) if valid_on else cercles.drop(columns="valid_on")
        if level == 1:
            frame = frame.dissolve("adm1_pcode").reset_index().drop(columns=["adm2_pcode", "adm2_name"])
        frame.to_file(path)
        return path

    return write


def test_an_empty_folder_or_none_holds_no_edition(tmp_path):
    assert newest_edition(tmp_path) is None
    assert newest_edition(tmp_path / "absent") is None
    assert find(tmp_path) == {}


def test_the_files_of_each_level_are_found_with_the_date_they_tell(put, tmp_path):
    regions = put("boundaries/mli_adm1_cod2021_full.geojson", level=1)
    cercles = put("boundaries/mli_adm2_cod2021_full.geojson")
    edition = newest_edition(tmp_path)
    assert edition.files == {Level.REGION: regions, Level.CERCLE: cercles}
    assert (edition.name, edition.valid_from) == ("2021-12-20", date(2021, 12, 20))
    assert find(tmp_path) == edition.files


def test_the_newest_edition_is_taken(put, tmp_path):
    put("mli_adm1_cod2019_full.geojson", level=1, valid_on="2019-08-02")
    put("mli_adm2_cod2019_full.geojson", valid_on="2019-08-02")
    newest = put("mli_adm2_cod2021_full.geojson")
    put("mli_adm1_cod2021_full.geojson", level=1)
    assert find(tmp_path)[Level.CERCLE] == newest


def test_a_complete_edition_goes_before_a_newer_one_without_regions(put, tmp_path):
    put("old_adm1.geojson", level=1, valid_on="2019-08-02")
    complete = put("old_adm2.geojson", valid_on="2019-08-02")
    put("new_adm2.geojson")
    assert find(tmp_path)[Level.CERCLE] == complete


def test_files_are_known_by_their_columns_whatever_their_names(put, tmp_path):
    assert find(tmp_path) == {}
    path = put("limites (copie).gpkg")
    assert find(tmp_path) == {Level.CERCLE: path}


def test_one_zip_may_hold_all_levels(put, tmp_path):
    put("levels/mli_admbnda_adm1.shp", level=1)
    put("levels/mli_admbnda_adm2.shp")
    path = tmp_path / "mli_adm_gov_ocha_20211220_shp.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in (tmp_path / "levels").iterdir():
            archive.write(part, part.name)
    assert find(tmp_path) == {Level.REGION: path, Level.CERCLE: path}
    assert len(read(path, level=Level.CERCLE).records) == 2


@pytest.mark.parametrize(
    ("pattern", "name", "valid_from"),
    [
        ("mli_adm{}_20211220.geojson", "2021-12-20", date(2021, 12, 20)),
        ("mli_adm{}_2021-12-20.geojson", "2021-12-20", date(2021, 12, 20)),
        ("mli_adm{}_cod2021_full.geojson", "2021", None),
        ("mli_admin{}.geojson", "mli_adm", None),
    ],
)
def test_without_a_date_in_the_file_its_name_tells_the_edition(put, tmp_path, pattern, name, valid_from):
    put(pattern.format(1), level=1, valid_on=None)
    put(pattern.format(2), valid_on=None)
    edition = newest_edition(tmp_path)
    assert (edition.name, edition.valid_from) == (name, valid_from)
    assert len(edition.files) == 2


def test_the_same_areas_in_two_formats_are_taken_once(put, tmp_path):
    put("mli_adm2.shp")
    geojson = put("mli_adm2.geojson")
    assert find(tmp_path) == {Level.CERCLE: geojson}


def test_the_stand_in_and_files_without_boundaries_are_left_alone(put, cercles, tmp_path):
    put("standin_adm2.geojson")
    police = cercles.set_geometry(cercles.representative_point())[["adm2_name", "geometry"]]
    police.to_file(tmp_path / "police.geojson")
    (tmp_path / "sources.toml").write_text("")
    assert find(tmp_path) == {}


def test_a_damaged_file_is_told_rather_than_passed_over(tmp_path):
    (tmp_path / "mli_adm2.geojson").write_text('{"type": "FeatureCollection", "features": [')
    with pytest.raises(UnreadableFile, match=r"^mli_adm2\.geojson"):
        find(tmp_path)
