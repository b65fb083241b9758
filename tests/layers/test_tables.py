from pathlib import Path

import pytest

from layers.readers.problems import UnreadableFile
from layers.readers.tables import Table

BAD = Path(__file__).parent / "bad"
COLUMNS = {"name": ("name", "nom"), "people": ("people", "population")}


@pytest.fixture
def table_of(tmp_path):
    """Return a function that writes bytes into towns.csv and opens it as a table of names and people."""

    def open_table(content, *, optional=()):
        path = tmp_path / "towns.csv"
        path.write_bytes(content)
        return Table(path, COLUMNS, optional=optional)

    return open_table


def rows_of(table):
    reading = table.read(lambda row: (row.line, row.text("name"), row.optional_whole("people")))
    return reading.records, [(each.row, each.reason, each.is_fatal) for each in reading.problems]


@pytest.mark.parametrize(
    "content",
    [
        "name,people\nSégou,12\n".encode(),
        "\ufeffName;PEOPLE\r\nSégou;12\r\n".encode(),
        "nom\tpopulation\nSégou\t1\u202f2\n".encode(),
        "NOM|Population\n Ségou | 12 \n".encode(),
        "name,people\nSégou,12\n".encode("utf-16"),
        "people,other,name\n12,x,Ségou\n".encode(),
        "name,people\n\nSégou,12\n".encode(),
        "name,people\n#loc+name,#population\nSégou,12\n".encode(),
        "name,people,,\nSégou,12,,\n".encode(),
        "name,people\nSégou,12,,\n".encode(),
    ],
    ids=[
        *("plain", "semicolons with a mark", "tabs", "bars and spaces", "UTF-16", "other order"),
        *("empty line", "HXL tags", "empty columns", "empty cells at the end"),
    ],
)
def test_a_table_is_the_same_whatever_wrote_it(table_of, content):
    [[(_, name, people)], problems] = rows_of(table_of(content))
    assert (name, people) == ("Ségou", 12)
    assert problems == []


def test_an_old_windows_file_is_read_and_said(table_of):
    [[(line, name, _)], [problem]] = rows_of(table_of("name,people\nSégou – centre,12\n".encode("cp1252")))
    assert (line, name) == (2, "Ségou – centre")
    assert problem[0] is None
    assert "Windows-1252" in problem[1]
    assert problem[2] is False


def test_bytes_that_windows_does_not_know_are_read_as_latin_1(table_of):
    [[(_, name, _)], [_]] = rows_of(table_of(b"name,people\nS\xe9gou\x81,12\n"))
    assert name == "Ségou\x81"


def test_accents_encoded_twice_are_a_remark(table_of):
    [_, [problem]] = rows_of(table_of("name,people\nSégou,12\n".encode().decode("cp1252").encode()))
    assert problem == (
        None,
        "Des accents semblent abîmés («\u00a0Ã©\u00a0» au lieu de «\u00a0é\u00a0»).",
        False,
    )


def test_a_row_is_named_by_its_first_line_even_after_a_cell_of_several_lines(table_of):
    [records, _] = rows_of(table_of(b'name,people\n"Koro\ntown",1\n\nBla,2\n'))
    assert [(line, name) for line, name, _ in records] == [(2, "Koro\ntown"), (5, "Bla")]


def test_cells_that_say_nothing_are_no_value(table_of):
    [records, problems] = rows_of(table_of(b"name,people\n<Null>,\n#N/A,NULL\n"))
    assert records == [(2, "", None), (3, "", None)]
    assert problems == []


def test_an_optional_column_may_be_absent(table_of):
    table = table_of(b"name\nBla\n", optional=("people",))
    assert not table.has("people")
    assert rows_of(table) == ([(2, "Bla", None)], [])


def test_a_file_cut_in_its_last_line_is_recognised(table_of):
    [records, [problem]] = rows_of(table_of(b"name,people\nBla,1\nKor"))
    assert [name for _, name, _ in records] == ["Bla"]
    assert problem == (3, "Cette ligne a 1 valeur pour 2 colonnes. Le fichier est coupé ici.", True)


def test_a_last_line_without_end_is_kept_and_said(table_of):
    [records, [problem]] = rows_of(table_of(b"name,people\nBla,1\nKoro,27"))
    assert records[-1] == (3, "Koro", 27)
    assert (problem[0], problem[2]) == (3, False)
    assert "peut-être coupée" in problem[1]


def test_a_file_cut_within_quotes_is_recognised(table_of):
    [records, [problem]] = rows_of(table_of(b'name,people\nBla,1\n"Kor'))
    assert [name for _, name, _ in records] == ["Bla"]
    assert problem[0] == 3
    assert "peut-être coupé" in problem[1]


def test_a_line_of_another_width_does_not_stop_the_others(table_of):
    [records, problems] = rows_of(table_of(b"name,people\nBla,big,1\nKoro\nSan,3\n"))
    assert records == [(4, "San", 3)]
    assert problems == [
        (2, "Cette ligne a 3 valeurs pour 2 colonnes.", True),
        (3, "Cette ligne a 1 valeur pour 2 colonnes.", True),
    ]


def test_broken_quotes_do_not_stop_the_others(table_of):
    [records, [problem]] = rows_of(table_of(b'name,people\n"Bla" town,1\nSan,3\n'))
    assert records == [(3, "San", 3)]
    assert problem[0] == 2


def test_a_missing_column_is_named_with_the_nearest_header(table_of):
    with pytest.raises(UnreadableFile, match=r"absentes\u00a0: people[.] Vouliez-vous «\u00a0peopel\u00a0»"):
        table_of(b"name,peopel\nBla,1\n")


def test_two_columns_of_one_name_are_refused(table_of):
    with pytest.raises(UnreadableFile, match=r"towns.csv.*«\u00a0people\u00a0» apparaît deux fois"):
        table_of(b"name,people,People\nBla,1,2\n")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("workbook.csv", "un classeur ou une archive"),
        ("web_page.csv", "une page web"),
        ("empty.csv", "est vide"),
        ("binary.csv", "n'est pas du texte"),
        ("absent.csv", "est absent"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name(name, told):
    with pytest.raises(UnreadableFile, match=rf"{name}.*{told}"):
        Table(BAD / "tables" / name, COLUMNS)


def test_a_file_of_columns_alone_has_no_rows(table_of):
    assert rows_of(table_of(b"name,people\n")) == ([], [])


def test_a_problem_names_file_line_column_and_value(table_of):
    reading = table_of(b"name,Population\nBla,-4\n").read(lambda row: row.whole("people"))
    [problem] = reading.problems
    assert problem.where == "towns.csv, ligne 2"
    assert (problem.field, problem.value) == ("Population", "-4")
