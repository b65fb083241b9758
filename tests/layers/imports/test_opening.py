import datetime
import math
import struct
import tracemalloc

import geopandas
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.imports import csv_files
from layers.imports.cells import StoredDate, StoredNumber
from layers.imports.formats import Format
from layers.imports.kinds import KINDS
from layers.imports.opening import inspect, open_sheet
from layers.imports.reading import read_rows
from layers.readers.problems import UnreadableFile
from tests.layers.imports import makers

ROWS = [["nom", "population"], ["Ségou", "12,5"], ["Koro", "3,25"]]


def written(path, content, encoding="utf-8"):
    path.write_bytes(content.encode(encoding))
    return path


def rows_of(path, sheet=None):
    return list(open_sheet(path, path.name, sheet).rows())


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_csv_is_the_same_whatever_wrote_it(tmp_path, delimiter, encoding):
    path = written(tmp_path / "a.csv", f"nom{delimiter}pays\r\nSégou – ville{delimiter}Mali\r\n", encoding)
    table = open_sheet(path, "a.csv")
    assert (table.format, table.delimiter, table.headers) == (Format.CSV, delimiter, ["nom", "pays"])
    assert list(table.rows()) == [(2, ["Ségou – ville", "Mali"])]


def test_the_facts_of_a_csv(tmp_path):
    path = written(
        tmp_path / "a.csv", "nom;population\n#loc+name;#population\nSégou;12,5\nKoro;3\n", "cp1252"
    )
    facts = inspect(path, "Mes données.csv")
    (sheet,) = facts.sheets
    assert (facts.format, facts.encoding, facts.delimiter, facts.decimal) == ("csv", "cp1252", ";", ",")
    assert (facts.size, len(facts.sha256)) == (path.stat().st_size, 64)
    assert (sheet.headers, sheet.hxl) == (["nom", "population"], ["#loc+name", "#population"])
    assert (sheet.header_line, sheet.rows_estimate) == (1, 2)
    assert sheet.first_lines == [(3, ["Ségou", "12,5"]), (4, ["Koro", "3"])]
    assert "Windows-1252" in facts.remarks[0]


def test_delimiters_within_quotes_part_no_cells(tmp_path):
    path = written(tmp_path / "a.csv", 'nom,note\nKoro,"a; b; c"\nBla,"d; e; f"\n')
    assert rows_of(path) == [(2, ["Koro", "a; b; c"]), (3, ["Bla", "d; e; f"])]


def test_bytes_that_windows_does_not_know_are_read_as_latin_1(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"nom,pays\nS\xe9gou\x81,Mali\n")
    assert open_sheet(path, "a.csv").encoding == "latin-1"
    assert rows_of(path) == [(2, ["Ségou\x81", "Mali"])]


def test_accents_encoded_twice_are_a_remark(tmp_path):
    path = written(tmp_path / "a.csv", "nom,pays\nSÃ©gou,Mali\n")
    assert "accents semblent abîmés" in inspect(path, "a.csv").remarks[0]


def test_titles_above_the_header_are_left_and_said(tmp_path):
    path = written(tmp_path / "a.csv", "Recensement du Mali, 2009\n\ncercle;population\nKoro;12\n")
    table = open_sheet(path, "a.csv")
    assert (table.headers, table.header_line) == (["cercle", "population"], 3)
    assert list(table.rows()) == [(4, ["Koro", "12"])]
    assert table.remarks[0].reason == "L'en-tête est à la ligne 3. Les lignes 1 à 2 sont laissées."


def test_a_row_is_named_by_its_first_line_even_after_a_cell_of_several_lines(tmp_path):
    path = written(tmp_path / "a.csv", 'nom,pays\n"Koro\nville",Mali\n\nBla,Mali\n')
    assert [line for line, _ in rows_of(path)] == [2, 5]


def test_a_table_of_one_column_has_a_header_too(tmp_path):
    assert rows_of(written(tmp_path / "a.csv", "cercle\nKoro\nBla\n")) == [(2, ["Koro"]), (3, ["Bla"])]


def test_a_header_of_years_is_a_header(tmp_path):
    table = open_sheet(written(tmp_path / "a.csv", "cercle,2009\nKoro,1\nBla,2\n"), "a.csv")
    assert table.headers == ["cercle", "2009"]


def test_a_first_row_under_a_blank_header_is_a_row(tmp_path):
    path = written(tmp_path / "a.csv", ",nom,note\na,Koro,\nb,Bla,x\n")
    assert rows_of(path) == [(2, ["a", "Koro", ""]), (3, ["b", "Bla", "x"])]


def test_a_csv_saved_from_merged_headers_is_joined(tmp_path):
    path = written(tmp_path / "a.csv", "Cercle;Population;;Source\n;Hommes;Femmes;\nKoro;1;2;x\n")
    table = open_sheet(path, "a.csv")
    assert table.headers == ["Cercle", "Population Hommes", "Population Femmes", "Source"]


def test_a_repeated_header_is_counted_and_said(tmp_path):
    table = open_sheet(written(tmp_path / "a.csv", "nom,nom,x\nKoro,Bla,1\n"), "a.csv")
    assert table.headers == ["nom", "nom (2)", "x"]
    assert "apparaît plusieurs fois" in table.remarks[0].reason


def test_a_last_line_without_an_end_is_a_doubt(tmp_path):
    table = open_sheet(written(tmp_path / "a.csv", "nom,pays\nKoro,Ma"), "a.csv")
    assert list(table.rows()) == [(2, ["Koro", "Ma"])]
    assert "peut-être coupée" in table.remarks[0].reason


CELLS = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=8)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6),
    st.sampled_from(csv_files.DELIMITERS),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_what_is_written_as_csv_is_read_back(tmp_path, rows, delimiter, encoding):
    # The first cell holds a letter, so that no row is blank and none looks like hashtags.
    rows = [[f"a{first}", *others] for first, *others in rows]
    path = tmp_path / "a.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv_files.csv.writer(file, delimiter=delimiter).writerows([["un", "deux", "trois"], *rows])
    assert [cells for _, cells in rows_of(path)] == rows


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(CELLS, st.floats(-1e9, 1e9)), min_size=1, max_size=6))
def test_what_is_written_as_xlsx_is_read_back(tmp_path, rows):
    path = makers.workbook(
        tmp_path / "a.xlsx", [["un", "deux"], *([f"a{word}", number] for word, number in rows)]
    )
    found = [(word, float(number)) for _, (word, number) in rows_of(path)]
    assert found == [(f"a{word}", pytest.approx(number)) for word, number in rows]


def test_a_large_csv_is_read_in_little_memory(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("w") as file:
        file.write("nom,population,note\n")
        for _ in range(30):
            file.write(f"Koro,12,{'une longue note ' * 60}\n" * 1_040)
    assert path.stat().st_size > 30_000_000
    tracemalloc.start()
    count = sum(1 for _ in open_sheet(path, "a.csv").rows())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 31_200
    assert peak < 8_000_000


# Workbooks


def test_a_workbook_gives_numbers_and_dates_as_it_stores_them(tmp_path):
    day = datetime.datetime(2020, 1, 2)
    path = makers.workbook(
        tmp_path / "a.xlsx", [["nom", "part", "rang", "date"], ["Koro", "1 234,5", 1.25, day]]
    )
    [(line, cells)] = rows_of(path)
    assert (line, cells) == (2, ["Koro", "1 234,5", "1.25", "2020-01-02"])
    assert [type(cell) for cell in cells] == [str, str, StoredNumber, StoredDate]


def test_merged_headers_of_two_lines_are_joined(tmp_path):
    path = makers.workbook(
        tmp_path / "a.xlsx",
        [
            ["Population 2009 du Mali"],
            [],
            ["Cercle", "Population", None, "Source"],
            [None, "Hommes", "Femmes", None],
            ["Koro", 5, 6, "INSTAT"],
        ],
        merged=[(0, 0, 0, 3, "Population 2009 du Mali"), (2, 1, 2, 2, "Population"), (2, 0, 3, 0, "Cercle")],
    )
    table = open_sheet(path, "a.xlsx")
    assert table.headers == ["Cercle", "Population Hommes", "Population Femmes", "Source"]
    assert list(table.rows()) == [(5, ["Koro", "5", "6", "INSTAT"])]
    assert [each.reason for each in table.remarks] == [
        "L'en-tête est à la ligne 3. Les lignes 1 à 2 sont laissées.",
        "L'en-tête tient sur les lignes 3 à 4, jointes.",
    ]


def test_headers_of_three_lines_are_joined(tmp_path):
    path = makers.workbook(
        tmp_path / "a.xlsx",
        [
            ["Cercle", "Population", None, None, None],
            [None, "Urbaine", None, "Rurale", None],
            [None, "H", "F", "H", "F"],
            ["Koro", 1, 2, 3, 4],
        ],
        merged=[
            (0, 0, 2, 0, "Cercle"),
            (0, 1, 0, 4, "Population"),
            (1, 1, 1, 2, "Urbaine"),
            (1, 3, 1, 4, "Rurale"),
        ],
    )
    table = open_sheet(path, "a.xlsx")
    assert table.headers == [
        *("Cercle", "Population Urbaine H", "Population Urbaine F"),
        *("Population Rurale H", "Population Rurale F"),
    ]
    assert list(table.rows()) == [(4, ["Koro", "1", "2", "3", "4"])]


def test_a_group_above_the_header_joins_it(tmp_path):
    path = makers.workbook(
        tmp_path / "a.xlsx",
        [[None, "Population", None, None], ["Cercle", "Hommes", "Femmes", "Année"], ["Koro", 5, 6, 2009]],
        merged=[(0, 1, 0, 2, "Population")],
    )
    assert open_sheet(path, "a.xlsx").headers == ["Cercle", "Population Hommes", "Population Femmes", "Année"]


def test_the_sheet_with_rows_is_taken_unless_another_is_named(tmp_path):
    path = tmp_path / "a.xlsx"
    with makers.xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Lisez-moi").write(0, 0, "Bonjour")
        data = book.add_worksheet("Données")
        data.write_row(0, 0, ["nom", "pays"])
        data.write_row(1, 0, ["Koro", "Mali"])
        hidden = book.add_worksheet("Brouillon")
        hidden.write_row(0, 0, ["x", "y"])
        hidden.hide()
    assert [sheet.name for sheet in inspect(path, "a.xlsx").sheets] == ["Données"]
    assert open_sheet(path, "a.xlsx").name == "Données"
    with pytest.raises(UnreadableFile, match="pas de feuille «\u00a0Donnees\u00a0»"):
        open_sheet(path, "a.xlsx", "Donnees")


def test_formulas_are_read_as_their_values_and_macros_are_left_alone(tmp_path):
    path = tmp_path / "a.xlsm"
    with makers.xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["nom", "double"])
        page.write_string(1, 0, "Koro")
        page.write_formula(1, 1, "=2*21", value=42)
    makers.with_member(path, "xl/vbaProject.bin", b"Sub AutoOpen()")
    assert rows_of(path) == [(2, ["Koro", "42"])]


def test_a_sheet_of_a_header_alone_is_refused(tmp_path):
    path = makers.workbook(tmp_path / "a.xlsx", [["nom", "population"]])
    with pytest.raises(UnreadableFile, match="n'a qu'un en-tête"):
        open_sheet(path, "a.xlsx")


# Geographic files

POINTS = (
    '{"type": "FeatureCollection", "name": "x", "features": ['
    '{"type": "Feature", "id": 7, "properties": {"nom": "Koro", "code": "01", "habitants": 12, "vu": true},'
    ' "geometry": {"type": "Point", "coordinates": [-3.1, 14.6, 250]}},'
    '{"type": "Feature", "properties": {"nom": null, "liste": ["a"]}, "geometry": null}], "licence": "ODbL"}'
)


def test_geojson_points_become_longitude_and_latitude(tmp_path):
    path = written(tmp_path / "a.geojson", POINTS)
    table = open_sheet(path, "a.geojson")
    assert table.headers == ["nom", "code", "habitants", "vu", "id", "liste", "longitude", "latitude"]
    assert list(table.rows()) == [
        (1, ["Koro", "01", "12", "true", "7", "", "-3.1", "14.6"]),
        (2, ["", "", "", "", "", '["a"]', "", ""]),
    ]
    assert table.where(2) == "a.geojson, entité 2"


def test_a_feature_wider_than_what_is_read_at_once_is_whole(tmp_path):
    note = "é" * 700_000
    path = written(tmp_path / "a.geojson", POINTS.replace("ODbL", note).replace('"Koro"', f'"{note}"'))
    assert rows_of(path)[0][1][0] == note


def test_features_a_line_each_are_read(tmp_path):
    line = '{"type": "Feature", "properties": {"nom": "Koro"}, "geometry": null}'
    path = written(tmp_path / "a.geojsonl", f"\x1e{line}\n{line}\n")
    assert rows_of(path) == [(1, ["Koro"]), (2, ["Koro"])]


@pytest.fixture
def squares():
    """Return two squares of one degree, named, with a number."""
    shapes = [shapely.box(-4, 14, -3, 15), shapely.box(-5, 14, -4, 15)]
    return geopandas.GeoDataFrame(
        {"nom": ["Ségou", "Koro"], "rang": [1, 2]}, geometry=shapes, crs="EPSG:4326"
    )


def test_areas_of_a_geopackage_come_in_degrees_whatever_their_crs(tmp_path, squares):
    path = tmp_path / "a.gpkg"
    squares.to_crs("EPSG:32630").to_file(path, layer="cercles")
    (sheet,) = inspect(path, "a.gpkg").sheets
    assert (sheet.name, sheet.headers, sheet.rows_estimate) == ("cercles", ["nom", "rang", "geometry"], 2)
    [(_, (name, rank, shape)), _] = rows_of(path)
    assert (name, rank) == ("Ségou", "1")
    assert shapely.from_wkb(shape).symmetric_difference(squares.geometry[0]).area < 1e-9


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_layer_without_a_crs_is_refused_with_the_way_out(tmp_path, squares):
    squares.set_crs(None, allow_override=True).to_file(tmp_path / "a.gpkg", layer="cercles")
    with pytest.raises(UnreadableFile, match="le système de coordonnées n'est pas dit"):
        open_sheet(tmp_path / "a.gpkg", "a.gpkg")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_zipped_shapefile_is_read_in_its_encoding(tmp_path, squares, encoding):
    squares.to_file(tmp_path / "cercles.shp", encoding=encoding)
    parts = {part.name: part.read_bytes() for part in tmp_path.glob("cercles.*")}
    path = makers.zipped(tmp_path / "a.zip", {"__MACOSX/._cercles.shp": b"x", **parts})
    table = open_sheet(path, "a.zip")
    assert (table.name, table.headers) == ("cercles", ["nom", "rang", "geometry"])
    assert [cells[:2] for _, cells in table.rows()] == [["Ségou", "1"], ["Koro", "2"]]


def test_a_shapefile_whose_encoding_is_told_badly_is_read_by_its_bytes(tmp_path, squares):
    squares.to_file(tmp_path / "cercles.shp", encoding="utf-8")
    parts = {part.name: part.read_bytes() for part in tmp_path.glob("cercles.*")}
    path = makers.zipped(tmp_path / "a.zip", {**parts, "cercles.cpg": b"UTF\x00-8"})
    table = open_sheet(path, "a.zip")
    assert next(table.rows())[1][0] == "Ségou"
    assert "qui est inconnu" in table.remarks[0].reason


def test_a_shape_that_cannot_be_read_refuses_its_row_only(tmp_path, squares):
    squares.to_file(tmp_path / "cercles.shp")
    parts = {part.name: part.read_bytes() for part in tmp_path.glob("cercles.*")}
    # The first corner is nowhere: none closes on it (Esri 1998: 100 bytes, 8, 44, 4, then corners).
    shape = bytearray(parts["cercles.shp"])
    shape[156 : 156 + 8] = struct.pack("<d", math.nan)
    path = makers.zipped(tmp_path / "a.zip", {**parts, "cercles.shp": bytes(shape)})
    table = open_sheet(path, "a.zip")
    rows = read_rows(table, KINDS["boundaries"], {"pcode": "nom", "name": "nom", "geometry": "geometry"})
    assert [[each.reason for each in row.problems] for row in rows] == [["La géométrie est illisible."], []]


def test_a_layer_is_read_window_after_window(tmp_path, monkeypatch):
    monkeypatch.setattr("layers.imports.geofiles.WINDOW_ROWS", 2)
    points = geopandas.GeoDataFrame(
        {"latitude": ["a", "b", "c"]}, geometry=geopandas.points_from_xy([-3, -4, -5], [14, 15, 16]), crs=4326
    )
    points.to_file(tmp_path / "a.gpkg", layer="points")
    table = open_sheet(tmp_path / "a.gpkg", "a.gpkg")
    # A column of that name is there already.
    assert table.headers == ["latitude", "geometry_longitude", "geometry_latitude"]
    assert [(row, cells[0], float(cells[1])) for row, cells in table.rows()] == [
        *((1, "a", -3), (2, "b", -4), (3, "c", -5)),
    ]
