"""What somebody wrote in a field arrives as it was written: as a text, never as a formula or an address."""

import csv
import io
import json
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from apps.catalogue.texts import feature
from apps.exports.writers.workbook import Styles, write_cell
from layers.spreadsheets import FORMULA_STARTS, as_csv

DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "http://example.org", "{=1+1}")
WRITTEN = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
"""What a form takes: no control character."""

FEW = settings(max_examples=25, deadline=None)
"""Each is a whole workbook."""


def sheet_of(values):
    """Return the cells of a column of these values, as openpyxl reads the workbook."""
    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        sheet, styles = book.add_worksheet(), Styles(book)
        for row, value in enumerate(values):
            write_cell(sheet, row, 0, value, styles)
    sheet = openpyxl.load_workbook(file).active
    return [sheet.cell(row + 1, 1) for row in range(len(values))]


def lines_of(values):
    """Return the cells of a column of these values, as a program reads the CSV."""
    text = as_csv(["value"], [[value] for value in values]).decode("utf-8-sig")
    return [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_dangerous_text_stays_one(text):
    cell = sheet_of([text])[0]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert unescape(cell.value) == text
    line = lines_of([text])[0]
    assert not line.startswith(FORMULA_STARTS)
    assert line.removeprefix("'") == text


def test_values_are_what_they_are_in_a_workbook():
    told = [cell.value for cell in sheet_of([-1.5, -3, 0, True, False, date(2021, 3, 1), None])]
    assert told[:5] == [-1.5, -3, 0, True, False]
    assert told[5].date() == date(2021, 3, 1)
    assert told[6] is None, "not known is not zero"


def test_values_are_what_they_are_in_a_csv():
    told = lines_of([-1.5, -3, 0, True, False, date(2021, 3, 1)])
    assert told == ["-1.5", "-3", "0", "true", "false", "2021-03-01"]
    assert lines_of([None]) == [""]


def test_a_day_before_the_days_of_excel_is_a_text():
    assert sheet_of([date(1899, 12, 31)])[0].value == "1899-12-31"


def test_lines_quotes_and_commas_stay_in_their_cell():
    text = 'Koro, dit "le marché"\nprès du puits'
    assert sheet_of([text])[0].value == text
    assert lines_of([text]) == [text]


@FEW
@given(st.lists(WRITTEN, min_size=1, max_size=20))
def test_any_text_survives_a_workbook(texts):
    cells = sheet_of(texts)
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == texts


@given(WRITTEN)
def test_any_text_survives_a_csv_and_is_no_formula(text):
    line = lines_of([text])[0]
    assert not line.startswith(FORMULA_STARTS)
    assert line == ("'" + text if text.startswith(FORMULA_STARTS) else text)


@given(st.text(max_size=40))
def test_any_text_survives_geojson_on_one_line(text):
    told = feature((1, text, None), ["name"])
    assert "\n" not in told
    assert json.loads(told)["properties"] == {"name": text}
