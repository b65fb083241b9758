"""XLSX: the rows as a planner reads them, what they rest on, and the words of their fields."""

import contextlib
from datetime import date, datetime

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.exceptions import FileCreateError

from apps.exports.about import about
from apps.exports.doubts import NO_RECOGNITION, doubts_of, licence_of
from apps.exports.writers.plain_csv import has_place, table_rows
from apps.exports.writers.readme import source_line
from layers.declaration import FieldType

STEP_ROWS = 1000
LONGEST_TEXT = 32_767
"""Letters in a cell: the limit of Excel."""
CUT = "…"
LONGEST_TITLE = 31
"""Letters in the name of a sheet."""
NOT_IN_A_TITLE = str.maketrans("[]:*?/\\", "       ")

MADE_ON = datetime(2000, 1, 1)
"""The day the workbook says it was made: the same rows are to give the same bytes."""

WIDTHS = {FieldType.INTEGER: 12, FieldType.NUMBER: 12, FieldType.DATE: 12, FieldType.BOOLEAN: 10}
WIDTH, WIDTH_OF_WORDS = 22, 28


def write(selection, path, *, step):
    """
    Write three sheets: the rows, with a filter on each column; what they rest on; their fields.

    Texts are written as texts: none that begins with = becomes a formula, none an address to follow. Dates
    are dates, numbers numbers, a value not known an empty cell. Beside a code stand its words.
    """
    try:
        write_book(selection, path, step=step)
    except FileCreateError as error:
        # A disk that is full, say: what the other writers raise.
        raise error.args[0] from error


def write_book(selection, path, *, step):
    told = about(selection)
    # Rows go to the disk one by one, beside the file: memory does not grow with them.
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    options |= {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book, closed_rows(book):
        book.set_properties({"title": told.title, "comments": licence_of(told), "created": MADE_ON})
        styles = Styles(book)
        write_rows(book.add_worksheet(sheet_title(told.title)), selection, styles, step=step)
        write_about(book.add_worksheet(_("À propos")), told, styles)
        write_fields(book.add_worksheet(_("Champs")), selection, styles)


@contextlib.contextmanager
def closed_rows(book):
    """Close the files in which rows wait for a book that fails: nobody else does."""
    try:
        yield
    except BaseException:
        for sheet in book.worksheets():
            with contextlib.suppress(OSError):
                sheet.row_data_fh.close()
        raise


class Styles:
    """The formats of cells."""

    def __init__(self, book):
        head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF1F6"}
        self.head = book.add_format(head)
        self.name = book.add_format({"bold": True, "valign": "top"})
        self.doubt = book.add_format({"bold": True, "font_color": "#A33B12", "text_wrap": True})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})


def sheet_title(title):
    """
    Return a title that Excel accepts for a sheet.

    >>> sheet_title("Police, justice, prisons : ce qui est connu")
    'Police, justice, prisons   ce q'
    """
    return title.translate(NOT_IN_A_TITLE)[:LONGEST_TITLE].strip("'")


def write_rows(sheet, selection, styles, *, step):
    columns = columns_of(selection)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, styles.head)
    sheet.freeze_panes(1, 1)
    for number, row in enumerate(table_rows(selection), start=1):
        for place, column in enumerate(columns):
            write_cell(sheet, number, place, column.value_in(row), styles)
        if number % STEP_ROWS == 0:
            step(number, selection.count)
    sheet.autofilter(0, 0, selection.count, max(0, len(columns) - 1))
    step(selection.count, selection.count)


class Column:
    """A column of the sheet: the value at a place of a row, or the words of the code there."""

    def __init__(self, title, place, width, words=None):
        self.title, self.place, self.width, self.words = title, place, width, words

    def value_in(self, row):
        value = row[self.place]
        if self.words is None or value is None:
            return value
        return self.words.get(str(value), "")


def columns_of(selection):
    """Return the columns of the sheet of rows: a coded field has two, its code and its words."""
    language, columns = selection.language, []
    for place, field in enumerate(selection.fields):
        label = field.label.in_language(language)
        unit = f" ({field.unit.in_language(language)})" if field.unit else ""
        title = f"{label} [code]" if field.choices else label + unit
        columns.append(Column(title, place, WIDTHS.get(field.type, WIDTH)))
        if field.choices:
            words = {code: each.in_language(language) for code, each in field.choices.items()}
            columns.append(Column(label + unit, place, WIDTH_OF_WORDS, words))
    if has_place(selection):
        last = len(selection.fields)
        columns += [Column(_("Longitude (degrés)"), last, 12), Column(_("Latitude (degrés)"), last + 1, 12)]
    return columns


def write_cell(sheet, row, column, value, styles):
    """Write a value as what it is; nothing for None."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime):
        sheet.write_string(row, column, value.isoformat())
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), styles.day)
    elif value is not None:
        sheet.write_string(row, column, fitting(str(value)))


def fitting(text):
    """Return a text as a cell holds it: cut, and marked as cut, past what Excel takes."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + CUT


def write_about(sheet, told, styles):
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 110)
    row = 0
    for doubt in doubts_of(told):
        sheet.write_string(row, 0, _("Attention"), styles.doubt)
        sheet.write_string(row, 1, doubt, styles.doubt)
        row += 1
    for name, value in lines_of(told):
        if value:
            sheet.write_string(row, 0, name, styles.name)
            sheet.write_string(row, 1, fitting(value), styles.words)
            row += 1


def lines_of(told):
    """Yield (what it is, what is told) of all that the rows rest on."""
    yield _("Couche"), told.title
    yield _("Description"), told.description
    yield _("Lignes"), str(told.rows)
    yield _("Choix"), ", ".join(f"{name}={value}" for name, value in told.filter.items()) or _("tout")
    yield _("Licence"), "; ".join(filter(None, (licence_of(told), told.licence_url)))
    yield _("Mention à reprendre"), told.attribution
    yield _("Éditeur"), told.publisher
    yield _("Édition des limites"), told.edition
    yield _("Lignes changées le"), told.changed_at
    yield _("Coordonnées"), _("degrés, WGS 84 (EPSG:4326)")
    yield _("Page de la couche"), told.address
    for source in told.sources:
        yield _("Source"), source_line(source)
    yield "", ""
    yield _("Limites et noms"), NO_RECOGNITION.in_language(told.language)


def write_fields(sheet, selection, styles):
    """Write the name, the words, the type, the unit and the codes of each field."""
    for place, (title, width) in enumerate(
        ((_("Champ"), 24), (_("Sens"), 44), (_("Type"), 12), (_("Unité"), 16), (_("Codes"), 90))
    ):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, styles.head)
    for row, field in enumerate(selection.fields, start=1):
        language = selection.language
        codes = "; ".join(f"{code} = {words.in_language(language)}" for code, words in field.choices.items())
        unit = field.unit.in_language(language) if field.unit else ""
        cells = (field.name, field.label.in_language(language), str(field.type), unit, codes)
        for place, text in enumerate(cells):
            sheet.write_string(row, place, fitting(text), styles.words)
    sheet.freeze_panes(1, 0)
