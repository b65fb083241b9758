"""The same two squares in every format, naming, CRS and encoding give the same two cercles."""

import json
import zipfile
from datetime import date

import pytest
import shapely

from geo.vocabulary import Level
from layers.readers.boundaries import read, read_levels
from layers.readers.problems import UnreadableFile

# Column names of COD-AB over the years: today's, HDX until 2023, the ITOS files of 2015 and their .dbf.
NAMINGS = {
    "today": ("adm1_pcode", "adm2_pcode", "adm2_name", "valid_on"),
    "capitals": ("ADM1_PCODE", "ADM2_PCODE", "ADM2_FR", "VALID_ON"),
    "camel": ("admin1Pcode", "admin2Pcode", "admin2Name_fr", "validOn"),
    "cut by dbf": ("admin1Pcod", "admin2Pcod", "admin2Name", "validOn"),
}


def assert_two_cercles(reading):
    first, second = reading.records
    assert (first.level, first.pcode, first.name, first.parent_pcode) == (2, "ML0101", "Bafoulabé", "ML01")
    assert (second.pcode, second.name, second.row) == ("ML0102", "Diéma", 2)
    assert first.valid_on == date(2021, 12, 20)
    assert not first.repaired
    # Within a metre, for those that came by way of another CRS.
    assert shapely.hausdorff_distance(first.boundary, shapely.box(-10, 14, -9, 15)) < 1e-5


def zipped(folder, pattern, name="mli.zip"):
    with zipfile.ZipFile(folder / name, "w") as archive:
        for path in sorted(folder.glob(pattern)):
            archive.write(path, path.name)
    return folder / name


# A .dbf cuts names after ten letters: it cannot hold the camel ones.
FORMATS = [(suffix, naming) for suffix in ("geojson", "gpkg") for naming in NAMINGS]
FORMATS += [("shp", naming) for naming in ("today", "capitals", "cut by dbf")]


@pytest.mark.parametrize(("suffix", "naming"), FORMATS)
def test_every_format_and_naming_gives_the_same_areas(cercles, tmp_path, suffix, naming):
    parent, pcode, name, valid_on = NAMINGS[naming]
    renamed = cercles.drop(columns="adm1_name").rename(
        columns={"adm1_pcode": parent, "adm2_pcode": pcode, "adm2_name": name, "valid_on": valid_on}
    )
    path = tmp_path / f"cercles.{suffix}"
    renamed.to_file(path)
    reading = read(path)
    assert_two_cercles(reading)
    assert reading.problems == []


def test_the_french_name_goes_before_the_others(cercles, tmp_path):
    path = tmp_path / "cercles.geojson"
    cercles.assign(ADM2_EN="Timbuktu", adm2_ref_name="x", adm2_name1="y").rename(
        columns={"adm2_name": "ADM2_FR"}
    ).to_file(path)
    assert_two_cercles(read(path))


def test_a_zipped_shapefile_is_read_in_folders_too(cercles, tmp_path):
    cercles.to_file(tmp_path / "mli_adm2.shp")
    with zipfile.ZipFile(tmp_path / "mli.zip", "w") as archive:
        for path in tmp_path.glob("mli_adm2.*"):
            archive.write(path, f"données/{path.name}")
        archive.writestr("__MACOSX/données/._mli_adm2.shp", b"\x00\x05\x16\x07")
    reading = read(tmp_path / "mli.zip")
    assert_two_cercles(reading)
    assert reading.records[0].where == "mli.zip/données/mli_adm2.shp, entité 1 (ML0101)"


@pytest.mark.parametrize("crs", ["EPSG:32629", "EPSG:3857", "ESRI:102022"])
@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "shp"])
def test_any_crs_is_brought_to_degrees(cercles, tmp_path, suffix, crs):
    path = tmp_path / f"cercles.{suffix}"
    cercles.to_crs(crs).to_file(path)
    assert_two_cercles(read(path))


def test_a_file_without_crs_around_mali_is_taken_for_degrees_and_says_so(cercles, tmp_path):
    cercles.to_file(tmp_path / "cercles.shp")
    (tmp_path / "cercles.prj").unlink()
    reading = read(tmp_path / "cercles.shp")
    assert_two_cercles(reading)
    assert list(map(str, reading.remarks)) == [
        "cercles.shp, CRS\u00a0: Le système de coordonnées n'est pas dit\u202f; EPSG:4326 a été supposé. "
        "Vérifiez-le."
    ]


def test_a_file_without_crs_elsewhere_is_refused(cercles, tmp_path):
    cercles.to_crs("EPSG:32629").to_file(tmp_path / "cercles.shp")
    (tmp_path / "cercles.prj").unlink()
    with pytest.raises(UnreadableFile) as refusal:
        read(tmp_path / "cercles.shp")
    assert str(refusal.value) == (
        "cercles.shp\u00a0: le système de coordonnées n'est pas dit, et ce ne sont pas des degrés au Mali. "
        "Ajoutez le .prj qui manque, ou exportez le fichier en EPSG:4326."
    )


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "CP1252", "UTF-8"])
@pytest.mark.parametrize("has_cpg", [True, False])
def test_accents_survive_with_and_without_cpg(cercles, tmp_path, encoding, has_cpg):
    cercles.to_file(tmp_path / "cercles.shp", encoding=encoding)
    if not has_cpg:
        (tmp_path / "cercles.cpg").unlink(missing_ok=True)
    reading = read(tmp_path / "cercles.shp")
    assert_two_cercles(reading)
    assert reading.problems == []


@pytest.mark.parametrize(
    ("encoding", "told", "seen"), [("CP1252", "UTF-8", "cp1252"), ("UTF-8", "ISO-8859-1", "utf-8")]
)
def test_a_cpg_that_lies_is_not_believed(cercles, tmp_path, encoding, told, seen):
    cercles.to_file(tmp_path / "cercles.shp", encoding=encoding)
    (tmp_path / "cercles.cpg").write_text(told)
    reading = read(tmp_path / "cercles.shp")
    assert_two_cercles(reading)
    assert [problem.reason for problem in reading.remarks] == [
        f"Le .cpg annonce «\u00a0{told}\u00a0», mais les textes sont en {seen} et ont été lus ainsi."
    ]


def test_a_cpg_that_nobody_knows_is_left_aside(cercles, tmp_path):
    cercles.to_file(tmp_path / "cercles.shp", encoding="UTF-8")
    (tmp_path / "cercles.cpg").write_text("klingon")
    reading = read(tmp_path / "cercles.shp")
    assert_two_cercles(reading)
    assert [problem.reason for problem in reading.remarks] == [
        "Le .cpg annonce «\u00a0klingon\u00a0», qui est inconnu\u202f; les textes ont été lus en utf-8."
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_geojson_with_a_mark_or_in_windows_letters_is_read(cercles, tmp_path, encoding):
    (tmp_path / "cercles.json").write_text(cercles.to_json(ensure_ascii=False), encoding=encoding)
    reading = read(tmp_path / "cercles.json")
    assert_two_cercles(reading)
    assert [problem.reason for problem in reading.remarks] == (
        ["Le fichier n'est pas en UTF-8\u202f; il a été lu comme Windows-1252."]
        if encoding == "cp1252"
        else []
    )


def test_heights_are_dropped(cercles, tmp_path):
    high = cercles.set_geometry(shapely.force_3d(cercles.geometry, 300.0))
    high.to_file(tmp_path / "cercles.geojson")
    assert not read(tmp_path / "cercles.geojson").records[0].boundary.has_z


def test_regions_have_mali_for_parent_whether_told_or_not(cercles, tmp_path):
    regions = cercles.dissolve("adm1_pcode").reset_index()[["adm1_pcode", "adm1_name", "geometry"]]
    for name, file in (("", regions), ("adm0_pcode", regions.assign(adm0_pcode="ML"))):
        file.to_file(tmp_path / f"regions{name}.geojson")
        (region,) = read(tmp_path / f"regions{name}.geojson").records
        assert (region.level, region.pcode, region.parent_pcode) == (Level.REGION, "ML01", "ML")
        assert region.valid_on is None


def test_the_level_picks_the_layer_of_a_geopackage(cercles, tmp_path):
    path = tmp_path / "mli.gpkg"
    regions = cercles.dissolve("adm1_pcode").reset_index()[["adm1_pcode", "adm1_name", "geometry"]]
    regions.to_file(path, layer="admin1")
    cercles.to_file(path, layer="admin2")
    regions.set_geometry(regions.boundary).to_file(path, layer="lines")
    assert_two_cercles(read(path, level=Level.CERCLE))
    assert [region.name for region in read(path, level=Level.REGION).records] == ["Kayes"]
    with pytest.raises(UnreadableFile) as refusal:
        read(path)
    assert str(refusal.value) == (
        "mli.gpkg\u00a0: plusieurs couches de limites\u00a0: mli.gpkg/admin1 (régions), mli.gpkg/admin2 "
        "(cercles). Dites le niveau à lire, ou séparez-les."
    )


def test_a_zip_that_holds_all_levels_is_read_by_level(cercles, tmp_path):
    cercles.to_file(tmp_path / "mli_adm2.shp")
    cercles.dissolve("adm1_pcode").reset_index()[["adm1_pcode", "adm1_name", "geometry"]].to_file(
        tmp_path / "mli_adm1.shp"
    )
    path = zipped(tmp_path, "mli_adm*.*")
    assert_two_cercles(read(path, level=Level.CERCLE))
    assert len(read(path, level=Level.REGION).records) == 1
    assert [area.pcode for area in read_levels(path).records] == ["ML01", "ML0101", "ML0102"]


def test_two_layers_of_one_level_are_refused_rather_than_chosen_among(cercles, tmp_path):
    path = tmp_path / "mli.gpkg"
    cercles.to_file(path, layer="admin2")
    cercles.to_file(path, layer="copie")
    with pytest.raises(UnreadableFile) as refusal:
        read_levels(path)
    assert str(refusal.value) == (
        "mli.gpkg\u00a0: plusieurs couches de limites\u00a0: mli.gpkg/admin2 (cercles), mli.gpkg/copie "
        "(cercles). Dites le niveau à lire, ou séparez-les."
    )


def test_a_file_of_one_level_is_read_by_levels_too(cercles, tmp_path):
    cercles.to_file(tmp_path / "cercles.geojson")
    assert_two_cercles(read_levels(tmp_path / "cercles.geojson"))


def test_a_level_that_the_file_has_not_is_refused(cercles, tmp_path):
    cercles.to_file(tmp_path / "cercles.geojson")
    with pytest.raises(UnreadableFile) as refusal:
        read(tmp_path / "cercles.geojson", level=Level.COMMUNE)
    assert str(refusal.value) == (
        "cercles.geojson\u00a0: pas de communes, le fichier contient des cercles. "
        "Donnez un autre fichier ou un autre niveau."
    )


def test_what_gdal_warns_of_is_kept_as_a_remark(cercles, tmp_path):
    collection = json.loads(cercles.to_json(ensure_ascii=False))
    collection["features"][0]["geometry"]["coordinates"][0].pop()
    (tmp_path / "cercles.geojson").write_text(json.dumps(collection), encoding="utf-8")
    reading = read(tmp_path / "cercles.geojson")
    assert len(reading.remarks) == 1
    assert reading.remarks[0].reason.startswith("GDAL signale\u00a0: Non closed ring detected.")
