"""Every way in which an import is known to go wrong, and the sentence its keeper reads."""

import tomllib
import zipfile
from pathlib import Path

import pytest

from layers.imports import formats, safety
from layers.imports.columns import match_columns
from layers.imports.kinds import KINDS
from layers.imports.opening import inspect, open_sheet
from layers.imports.reading import read_rows
from layers.readers.problems import UnreadableFile
from tests.layers.imports import makers

BAD = Path(__file__).parent / "bad"
TOLD = tomllib.loads(BAD.with_suffix(".toml").read_text(encoding="utf-8"))


def plain(text):
    """Return a message with ordinary spaces, as the expected ones are written."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def refusal(path, name=None):
    with pytest.raises(UnreadableFile) as raised:
        inspect(path, name or path.name)
    return plain(str(raised.value))


def problems(path, kind):
    table = open_sheet(path, path.name)
    found = match_columns(table.headers, table.hxl, KINDS[kind])
    rows = read_rows(table, KINDS[kind], {name: match.header for name, match in found.items()})
    return [problem for row in rows for problem in row.problems]


@pytest.mark.parametrize("name", [name for name, told in TOLD["files"].items() if "kind" not in told])
def test_a_useless_file_is_refused_with_a_way_out(name):
    assert refusal(BAD / name) == f"{name} : {TOLD['files'][name]['message']}"


@pytest.mark.parametrize("name", [name for name, told in TOLD["files"].items() if "kind" in told])
def test_a_file_without_a_needed_column_is_refused_with_those_it_has(name):
    with pytest.raises(UnreadableFile) as raised:
        problems(BAD / name, TOLD["files"][name]["kind"])
    assert plain(str(raised.value)) == f"{name} : {TOLD['files'][name]['message']}"


@pytest.mark.parametrize("name", TOLD["rows"])
def test_a_bad_row_is_told_by_line_column_value_reason_and_remedy(name):
    told = TOLD["rows"][name]
    found = [plain(str(each)) for each in problems(BAD / name, told["kind"])]
    assert found == [f"{name}, {message}" for message in told["messages"]]


def test_every_bad_file_has_its_sentence():
    assert {path.name for path in BAD.iterdir()} == {*TOLD["files"], *TOLD["rows"]}


# What a file is, whatever its name says


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", b"%PDF-1.7", "c'est un PDF, pas un tableau"),
        ("a.csv", b"\x89PNG\r\n", "c'est une image PNG"),
        ("a.csv", b"\xff\xd8\xff\xe0", "c'est une image JPEG"),
        ("a.xlsx", b"MZ\x90\x00", "c'est un programme Windows"),
        ("a.csv", b"\x7fELF\x02", "c'est un programme"),
        ("a.csv", b"\x1f\x8b\x08", "c'est une archive gzip"),
        ("a.zip", b"7z\xbc\xaf\x27\x1c", "c'est une archive 7-Zip"),
        ("a.csv", b"PAR1", "c'est un fichier Parquet"),
        ("a.csv", b"nom,\x00\x01\x02,b\n", "ce n'est ni du texte ni un classeur connu"),
        ("a.gpkg", makers.sqlite_of(), "c'est une base SQLite, pas un GeoPackage"),
        ("a.gpkg", makers.sqlite_of(application=b"GPKG", pages=9), "le GeoPackage est coupé"),
        ("a.doc", makers.compound("Root Entry", "WordDocument"), "un document Office, mais pas un classeur"),
        ("a.xlsx", makers.compound("EncryptedPackage"), "protégé par un mot de passe"),
        ("a.xls", makers.compound("Workbook"), "le classeur est coupé ou abîmé"),
        ("a.xlsx", b"PK\x03\x04 and no more", "le fichier est coupé ou abîmé"),
        ("a.docx", makers.zip_bytes({"word/document.xml": "x"}), "un document Word ou PowerPoint"),
        ("a.xlsb", makers.zip_bytes({"xl/workbook.bin": "x"}), "c'est un classeur binaire"),
        (
            "a.odt",
            makers.zip_bytes({"mimetype": "application/vnd.oasis.opendocument.text"}),
            "pas un classeur",
        ),
        ("a.zip", makers.zip_bytes({"lisez-moi.txt": "x"}), "ni classeur ni Shapefile, mais lisez-moi.txt"),
        ("a.zip", makers.zip_bytes({"b.zip": "x"}), "il contient une autre archive, « b.zip »"),
        ("a.zip", makers.zip_bytes({}), "ni classeur ni Shapefile, mais rien"),
    ],
)
def test_content_decides_what_a_file_is(tmp_path, name, content, told):
    path = tmp_path / "received"
    path.write_bytes(content)
    said = refusal(path, name)
    assert said.startswith(f"{name} : ")
    assert told in said
    assert said.endswith(".")


def test_an_absent_file_is_refused(tmp_path):
    assert "ce fichier est absent" in refusal(tmp_path / "a.csv")


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(formats.LARGEST_BYTES + 1)
    assert "il fait 200 Mo, la limite est de 200 Mo" in refusal(path)


def test_a_locked_open_document_is_refused(tmp_path):
    path = makers.open_document(tmp_path / "a.ods", [["a"]], manifest="<x><manifest:encryption-data/></x>")
    assert "protégé par un mot de passe" in refusal(path)


def test_an_open_document_without_its_manifest_is_refused(tmp_path):
    path = makers.zipped(tmp_path / "a.ods", {"mimetype": makers.OPEN_DOCUMENT, "content.xml": "<x/>"})
    assert "le fichier est coupé ou abîmé" in refusal(path)


# Zips made to harm


@pytest.mark.parametrize("name", ["/etc/cron.d/x", "../x.shp", "a/../../x.shp", "C:/x.shp"])
def test_a_member_that_leads_outside_is_refused(tmp_path, name):
    path = makers.zipped(tmp_path / "a.zip", {name: "x"})
    assert "veut s'écrire hors de son dossier" in refusal(path)


def test_a_member_with_backslashes_is_refused(tmp_path):
    path = makers.zipped(tmp_path / "a.zip", {"ab..cdx.shp": "x"})
    path.write_bytes(path.read_bytes().replace(b"ab..cdx", b"..\\..\\x"))
    assert "veut s'écrire hors de son dossier" in refusal(path)


def test_a_link_in_a_zip_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(*makers.link("a.shp", "/etc/passwd"))
    assert "« a.shp » est un lien" in refusal(path)


def test_a_locked_zip_is_refused(tmp_path):
    path = makers.zipped(tmp_path / "a.zip", {"a.shp": "x"})
    content = bytearray(path.read_bytes())
    # The bit that says so, in the local header and in the directory (APPNOTE 4.3.7, 4.3.12).
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "protégé par un mot de passe" in refusal(path)


def test_a_zip_that_unpacks_to_far_more_is_refused(tmp_path):
    path = makers.workbook(tmp_path / "a.xlsx", [["nom"], ["Koro"]])
    makers.with_member(path, "xl/media/zeros.bin", bytes(formats.RATIO_FROM_BYTES + 1))
    said = refusal(path)
    assert "déplié, il ferait 10 Mo pour 0.0 Mo reçus, ce qui est trop" in said


def test_a_zip_of_too_many_files_is_refused(tmp_path):
    many = {f"{number}.txt": "" for number in range(formats.MOST_MEMBERS + 1)}
    assert "il contient 2001 fichiers" in refusal(makers.zipped(tmp_path / "a.zip", many))


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path):
    path = makers.workbook(tmp_path / "a.xlsx", [["nom"], ["Koro"]])
    makers.with_member(path, "xl/worksheets/sheet9.xml", b"<row>" * 1000)
    content = path.read_bytes()
    assert content.count((5000).to_bytes(4, "little")) == 2
    path.write_bytes(content.replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little")))
    assert "le fichier est coupé ou abîmé" in refusal(path)


def test_a_cut_workbook_is_refused(tmp_path):
    path = makers.workbook(tmp_path / "a.xlsx", [["nom"], ["Koro"]])
    path.write_bytes(path.read_bytes()[:-200])
    assert "le fichier est coupé ou abîmé" in refusal(path)


def test_a_cell_lost_far_from_its_table_does_not_fill_the_memory(tmp_path):
    path = tmp_path / "a.xlsx"
    makers.workbook(path, [["nom"], ["Koro"]])
    makers.with_member(
        path, "xl/worksheets/sheet2.xml", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    assert "s'étend sur 1048576 lignes et 16384 colonnes" in refusal(path)


@pytest.mark.parametrize(
    "after",
    [
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="1024"/>'
        "</table:table-row>",
        '<table:table-row table:number-rows-repeated="1000000"/><table:table-row>'
        '<table:table-cell table:number-columns-repeated="1000"/>'
        '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>',
    ],
    ids=["a full row repeated", "a lost cell"],
)
def test_repetitions_do_not_fill_the_memory(tmp_path, after):
    path = makers.open_document(tmp_path / "a.ods", [["nom"], ["Koro"]], after=after)
    assert "colonnes, ce qui est trop" in refusal(path)


def test_the_blank_end_of_a_sheet_costs_nothing(tmp_path):
    after = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    path = makers.open_document(tmp_path / "a.ods", [["nom", "population"], ["Koro", 12]], after=after)
    assert safety.recognised(path, "a.ods") is formats.Format.ODS
    assert list(open_sheet(path, "a.ods").rows()) == [(2, ["Koro", "12"])]


# Shapefiles


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (("a.shp",), ".shx (l'index des entités), .dbf (les attributs), .prj (le système de coordonnées)"),
        (("a.shp", "a.shx", "A.DBF"), "à côté de « a.shp » il manque .prj (le système de coordonnées)"),
        (("a.shp", "b.shx", "a.dbf", "a.prj"), "il manque .shx (l'index des entités)"),
    ],
)
def test_a_shapefile_without_its_companions_is_told_which(tmp_path, kept, told):
    said = refusal(makers.zipped(tmp_path / "a.zip", dict.fromkeys(kept, "x")))
    assert told in said
    assert said.endswith("remettez-les tous dans le zip.")


def test_a_shapefile_cut_short_is_refused(tmp_path):
    parts = dict.fromkeys(("a.shp", "a.shx", "a.dbf", "a.prj"), "x")
    assert "ce n'est pas un Shapefile" in refusal(makers.zipped(tmp_path / "a.zip", parts))
