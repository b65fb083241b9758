"""Every way in which a boundary file is known to go wrong, and the message its keeper reads."""

import struct
import tomllib
import zipfile
from pathlib import Path

import pytest

from layers.readers.boundaries import read, read_levels
from layers.readers.problems import UnreadableFile

BAD = Path(__file__).parents[1] / "bad" / "boundaries"
NB, THIN = "\u00a0", "\u202f"

TOLD = tomllib.loads(BAD.with_suffix(".toml").read_text(encoding="utf-8"))


def french(text):
    """Put the no-break spaces that French typography asks for."""
    for mark in (" :", "« ", " »"):
        text = text.replace(mark, mark.replace(" ", NB))
    return text.replace(" ;", f"{THIN};")


def refusal(path):
    with pytest.raises(UnreadableFile) as raised:
        read(path)
    return str(raised.value)


@pytest.mark.parametrize("name", TOLD["features"])
def test_a_faulty_feature_is_named_with_its_remedy(name):
    told = TOLD["features"][name]
    (problem,) = read(BAD / name).problems
    assert str(problem) == french(f"{name}, {told['message']}")
    assert problem.is_fatal is told["is_fatal"]
    assert problem.row == int(told["message"].split()[1])


def test_a_repaired_area_says_so():
    assert [area.repaired for area in read(BAD / "ring_crosses_itself.geojson").records] == [False, True]


@pytest.mark.parametrize("name", TOLD["files"])
def test_a_useless_file_is_refused_with_a_way_out(name):
    assert refusal(BAD / name) == french(f"{name} : {TOLD['files'][name]['message']}")


def test_a_file_without_levels_is_refused_by_levels_too():
    with pytest.raises(UnreadableFile, match="aucune colonne de P-codes"):
        read_levels(BAD / "no_pcode_column.geojson")


def test_every_bad_file_has_its_message():
    assert {path.name for path in BAD.iterdir()} == {*TOLD["features"], *TOLD["files"]}


def test_an_absent_file_and_a_folder_are_refused(tmp_path):
    assert refusal(tmp_path / "mli.geojson") == french(
        f"{tmp_path}/mli.geojson : ce fichier n'existe pas. Vérifiez son nom et son dossier."
    )
    (tmp_path / "mli.shp").mkdir()
    assert refusal(tmp_path / "mli.shp").startswith(french("mli.shp : c'est un dossier."))


# Shapefiles and GeoPackages


@pytest.mark.parametrize("suffix", [".dbf", ".shx"])
def test_a_shapefile_that_came_alone_is_refused(cercles, tmp_path, suffix):
    cercles.to_file(tmp_path / "mli.shp")
    (tmp_path / f"mli{suffix}").unlink()
    assert refusal(tmp_path / "mli.shp") == french(
        f"mli.shp : le fichier mli{suffix} manque à côté. Un Shapefile va par quatre (.shp, .shx, .dbf, "
        ".prj) : remettez-les ensemble."
    )


@pytest.mark.parametrize("suffix", [".shp", ".dbf"])
def test_half_a_shapefile_is_refused(cercles, tmp_path, suffix):
    cercles.to_file(tmp_path / "mli.shp")
    part = tmp_path / f"mli{suffix}"
    part.write_bytes(part.read_bytes()[:-60])
    assert refusal(tmp_path / "mli.shp") == french(
        "mli.shp : le fichier est coupé, il en manque la fin. Téléchargez ou exportez le fichier de nouveau."
    )


def test_a_file_called_shp_that_is_none_is_refused(cercles, tmp_path):
    cercles.to_file(tmp_path / "mli.shp")
    (tmp_path / "mli.shp").write_text("adm2_pcode")
    assert refusal(tmp_path / "mli.shp") == french(
        "mli.shp : ce n'est pas un Shapefile. Téléchargez ou exportez le fichier de nouveau."
    )


def test_half_a_geopackage_is_refused(cercles, tmp_path):
    path = tmp_path / "mli.gpkg"
    cercles.to_file(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    message = refusal(path)
    assert message.startswith(french("mli.gpkg : le fichier est abîmé (GDAL : "))
    assert message.endswith("Téléchargez ou exportez le fichier de nouveau.")


# Zips


def zip_of(tmp_path, **members):
    path = tmp_path / "mli.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number, name in members.items():
            archive.writestr(name, number)
    return path


@pytest.mark.parametrize("name", ["../mli.shp", "/etc/mli.shp", "a/../../mli.shp", "C:mli.shp"])
def test_a_zip_that_would_write_elsewhere_is_refused(tmp_path, name):
    assert refusal(zip_of(tmp_path, a=name)) == french(
        f"mli.zip : « {name} » veut s'écrire hors de son dossier. Ne vous fiez pas à ce zip ; "
        "reprenez-le chez son éditeur."
    )
    assert list(tmp_path.iterdir()) == [tmp_path / "mli.zip"]


TOO_LARGE = (
    "mli.zip : trop grand pour être lu sans danger (plus de 500 Mo ou de 1000 fichiers). Ne gardez que les "
    "limites du Mali."
)


def in_central_directory(path, offset, form, value):
    """Change a field of the first entry of a zip's directory: what a zip says of itself can be a lie."""
    content = bytearray(path.read_bytes())
    struct.pack_into(form, content, content.rindex(b"PK\x01\x02") + offset, value)
    path.write_bytes(content)


def test_a_zip_that_says_it_unpacks_to_too_much_is_refused(tmp_path):
    path = zip_of(tmp_path, a="mli.shp")
    in_central_directory(path, 24, "<I", 600_000_000)
    assert refusal(path) == french(TOO_LARGE)


def test_a_zip_that_hides_its_size_is_not_unpacked_beyond_it(tmp_path):
    path = tmp_path / "mli.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mli.shp", b"\0" * 5_000_000)
    in_central_directory(path, 24, "<I", 10)
    assert refusal(path).startswith(french("mli.zip : le zip est coupé ou abîmé"))


def test_a_zip_of_too_many_files_is_refused(tmp_path):
    path = tmp_path / "mli.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1001):
            archive.writestr(f"{number}.txt", "")
    assert refusal(path) == french(TOO_LARGE)


def test_a_locked_zip_is_refused(tmp_path):
    path = zip_of(tmp_path, a="mli.shp")
    in_central_directory(path, 8, "<H", 1)
    assert refusal(path) == french("mli.zip : le zip est protégé par un mot de passe. Ôtez-le.")


def test_half_a_zip_and_what_is_no_zip_are_refused(tmp_path):
    path = zip_of(tmp_path, a="mli.shp")
    path.write_bytes(path.read_bytes()[:-30])
    assert refusal(path) == french(
        "mli.zip : le zip est coupé ou abîmé (File is not a zip file). Téléchargez ou exportez le fichier de "
        "nouveau."
    )


def test_a_zip_without_boundaries_is_refused(tmp_path):
    assert refusal(zip_of(tmp_path, a="lisez-moi.txt")) == french(
        "mli.zip : le zip ne contient ni .shp, ni .geojson, ni .gpkg. Donnez le zip des limites."
    )


def test_a_faulty_member_is_named_with_its_zip(tmp_path):
    assert refusal(zip_of(tmp_path, a="mli_adm2.geojson")).startswith(
        french("mli.zip/mli_adm2.geojson : le JSON s'arrête ou se brise")
    )
