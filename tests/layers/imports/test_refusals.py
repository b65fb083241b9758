import datetime
import json

import geopandas
import pytest
import shapely

from layers.imports.cells import StoredDate, StoredNumber
from layers.imports.columns import match_columns
from layers.imports.formats import Format
from layers.imports.kinds import KINDS
from layers.imports.opening import inspect, open_sheet
from layers.imports.reading import read_rows
from layers.imports.refusals import COLUMN, refusals_name, sentence, write_refusals
from layers.readers.problems import Problem
from tests.layers.imports import makers


def read(path, kind):
    table = open_sheet(path, path.name)
    found = match_columns(table.headers, table.hxl, KINDS[kind])
    return list(read_rows(table, KINDS[kind], {name: match.header for name, match in found.items()}))


def sentences_of(path, kind):
    return {row.line: " ".join(map(sentence, row.problems)) for row in read(path, kind) if row.values is None}


def test_a_sentence_names_line_column_value_reason_and_remedy():
    problem = Problem(
        where="cercles.csv, ligne 214",
        row=214,
        field="admin2",
        value="Tenenku",
        reason="«\u00a0Tenenku\u00a0» n'est pas un cercle\u202f;",
        remedy="vouliez-vous «\u00a0Ténenkou\u00a0» (ML0507)\u202f?",
        is_fatal=True,
    )
    assert sentence(problem) == (
        "ligne 214, colonne admin2\u00a0: «\u00a0Tenenku\u00a0» n'est pas un cercle\u202f; "
        "vouliez-vous «\u00a0Ténenkou\u00a0» (ML0507)\u202f?"
    )


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "cp1252"), (",", "utf-8-sig"), ("\t", "utf-16")])
def test_a_csv_comes_back_as_it_was_and_goes_in_once_mended(tmp_path, delimiter, encoding):
    path = tmp_path / "cercles.csv"
    lines = ["Titre de la feuille", "cercle;population", "#adm2+name;#population", "Koro;1", "Ségou;beaucoup"]
    text = "\r\n".join([*lines, ""]).replace(";", delimiter)
    path.write_bytes(text.encode(encoding))
    out = tmp_path / refusals_name("cercles.csv", Format.CSV)
    assert write_refusals(path, "cercles.csv", None, sentences_of(path, "population"), out) == 1
    (back,) = open_sheet(out, out.name).rows()
    assert back == (
        3,
        [
            *("Ségou", "beaucoup"),
            "ligne 5, colonne population\u00a0: «\u00a0beaucoup\u00a0»\u00a0: Ce n'est pas un nombre. "
            "Écrivez un nombre comme 14.5 ou 14,5.",
        ],
    )
    content = out.read_bytes().decode(encoding)
    assert inspect(out, out.name).encoding == encoding
    out.write_bytes(content.replace(f"Ségou{delimiter}beaucoup", f"Ségou{delimiter}12").encode(encoding))
    (row,) = read(out, "population")
    assert (row.values["name"], row.values["people"]) == ("Ségou", 12)
    # Given back twice, the file has one such column still.
    again = tmp_path / "again.csv"
    write_refusals(out, out.name, None, {3: "encore"}, again)
    assert open_sheet(again, "again.csv").headers == ["cercle", "population", COLUMN]


def test_an_old_encoding_keeps_the_sentence_readable(tmp_path):
    path, out = tmp_path / "a.csv", tmp_path / "out.csv"
    path.write_bytes("nom;pays\nSégou;Mali\n".encode("latin-1") + b"\x81;x\n")
    write_refusals(path, "a.csv", None, {2: "non\u202f; l’état… «\u00a0x\u00a0»"}, out)
    assert "non\u00a0; l'état... «\u00a0x\u00a0»" in out.read_bytes().decode("latin-1")


def test_no_spreadsheet_runs_what_comes_back(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,nom,x\n1,"=HYPERLINK(""http://x"")",-3.5\n2,@A1,- tiret\n', encoding="utf-8")
    out = tmp_path / "out.csv"
    assert write_refusals(path, "a.csv", None, {2: "non", 3: "=non()"}, out) == 2
    assert [cells for _, cells in open_sheet(out, "out.csv").rows()] == [
        ["1", '\'=HYPERLINK("http://x")', "-3.5", "non"],
        ["2", "'@A1", "- tiret", "'=non()"],
    ]


def test_a_workbook_comes_back_with_its_numbers_and_dates(tmp_path):
    day = datetime.datetime(2020, 1, 2)
    path = makers.workbook(
        tmp_path / "a.xlsx",
        [
            ["Cercle", "Population", None, "Date"],
            [None, "Hommes", "Femmes", None],
            ["Koro", 1, 2, day],
            ["Bla", 3.5, "=1+1", day],
        ],
        merged=[(0, 1, 0, 2, "Population")],
        sheet="Cercles du [Mali]".replace("[", "(").replace("]", ")"),
    )
    out = tmp_path / "out.xlsx"
    assert write_refusals(path, "a.xlsx", "Cercles du (Mali)", {4: "non"}, out) == 1
    table = open_sheet(out, "out.xlsx")
    assert (table.name, table.headers) == (
        "Cercles du (Mali)",
        ["Cercle", "Population Hommes", "Population Femmes", "Date", COLUMN],
    )
    [(line, cells)] = table.rows()
    assert (line, cells) == (2, ["Bla", "3.5", "'=1+1", "2020-01-02", "non"])
    assert [type(cell) for cell in cells] == [str, StoredNumber, str, StoredDate, str]


def test_an_open_document_comes_back_as_xlsx(tmp_path):
    path = makers.open_document(tmp_path / "a.ods", [["nom", "rang"], ["Koro", 1], ["Bla", 2]])
    out = tmp_path / refusals_name("a.ods", Format.ODS)
    assert out.name == "a_refus.xlsx"
    assert write_refusals(path, "a.ods", None, {2: "non"}, out) == 1
    assert list(open_sheet(out, out.name).rows()) == [(2, ["Koro", "1", "non"])]


@pytest.mark.parametrize("is_lines", [True, False])
def test_geojson_comes_back_with_its_geometry(tmp_path, is_lines):
    features = [
        {
            "type": "Feature",
            "id": n,
            "properties": {"nom": name},
            "geometry": {"type": "Point", "coordinates": [n, n]},
        }
        for n, name in enumerate(["Koro", "Bla"])
    ]
    path = tmp_path / "a.geojson"
    if is_lines:
        path.write_text("\n".join(map(json.dumps, features)))
    else:
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    out = tmp_path / "out.geojson"
    assert write_refusals(path, "a.geojson", None, {2: "entité 2\u00a0: non"}, out) == 1
    table = open_sheet(out, "out.geojson")
    assert table.format is (Format.GEOJSON_LINES if is_lines else Format.GEOJSON)
    assert dict(zip(table.headers, next(table.rows())[1], strict=True)) == {
        "nom": "Bla", "id": "1", COLUMN: "entité 2\u00a0: non", "longitude": "1.0", "latitude": "1.0",
    }  # fmt: skip


@pytest.mark.parametrize("is_zipped", [True, False])
def test_a_geopackage_or_a_shapefile_comes_back_as_a_geopackage_in_its_crs(tmp_path, monkeypatch, is_zipped):
    monkeypatch.setattr("layers.imports.geofiles.WINDOW_ROWS", 2)
    shapes = [shapely.box(-4 - n, 14, -3 - n, 15) for n in range(3)]
    frame = geopandas.GeoDataFrame({"nom": ["Koro", "Bla", "San"]}, geometry=shapes, crs=4326).to_crs(32630)
    path = tmp_path / "cercles.gpkg"
    if is_zipped:
        frame.to_file(tmp_path / "cercles.shp")
        parts = {part.name: part.read_bytes() for part in tmp_path.glob("cercles.*")}
        path = makers.zipped(tmp_path / "a.zip", parts)
    else:
        frame.to_file(path, layer="cercles")
    out = tmp_path / "out.gpkg"
    told = "entité 3\u00a0: " + "non " * 100
    assert write_refusals(path, path.name, "cercles", {1: "non", 3: told}, out) == 2
    table = open_sheet(out, "out.gpkg")
    assert (table.name, table.crs) == ("cercles", "EPSG:32630")
    assert [cells[:2] for _, cells in table.rows()] == [["Koro", "non"], ["San", told]]
