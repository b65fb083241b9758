"""Sheets of XLSX, XLS and ODS workbooks, with values as the workbook stores them; macros are never run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import python_calamine
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from layers.imports import headers
from layers.imports.cells import Rows, SheetRows, StoredDate, StoredNumber
from layers.imports.formats import MOST_CELLS, MOST_COLUMNS, Format
from layers.imports.safety import AGAIN, refusal
from layers.readers.problems import UnreadableFile
from layers.readers.wording import did_you_mean, quoted


def sheet_names(path: Path, file_name: str) -> list[str]:
    """Return the names of the visible sheets. Raises UnreadableFile when there are none."""
    with _opened(path, file_name) as workbook:
        names = [
            each.name
            for each in workbook.sheets_metadata
            if each.typ == python_calamine.SheetTypeEnum.WorkSheet
            and each.visible == python_calamine.SheetVisibleEnum.Visible
        ]
    if not names:
        raise refusal(file_name, "ce classeur n'a aucune feuille visible", AGAIN)
    return names


def open_table(path: Path, file_name: str, found: Format, name: str) -> SheetRows:
    """Return the table of a sheet. Raises UnreadableFile when the sheet is absent or only a header."""
    with _opened(path, file_name) as workbook:
        if name not in workbook.sheet_names:
            raise refusal(
                file_name,
                f"il n'a pas de feuille {quoted(name)}",
                f"Feuilles\u00a0: {', '.join(workbook.sheet_names)}."
                f"{did_you_mean(name, workbook.sheet_names)}",
            )
        sheet = workbook.get_sheet_by_name(name)
        _refuse_too_wide(file_name, name, sheet)
        lines = [
            [text(cell) for cell in cells] for cells in islice(sheet.iter_rows(), headers.SEARCHED_LINES)
        ]
        last = sheet.end[0] + 1 if sheet.end else 0
        header = headers.found(lines, _merged(sheet))
    rows = last - header.height
    is_blank = last <= headers.SEARCHED_LINES and not any(map(any, lines[header.height :]))
    if rows < 1 or is_blank:
        raise refusal(
            file_name,
            f"la feuille {quoted(name)} n'a qu'un en-tête, et aucune ligne de données",
            "Complétez-la, ou choisissez une autre feuille.",
        )
    table = SheetRows(
        path=path,
        file_name=file_name,
        format=found,
        name=name,
        headers=header.names,
        hxl=header.hxl,
        unit="ligne",
        reading=_Below(sheet, header.height),
        rows_estimate=rows,
        header_line=header.first + 1,
    )
    for sentence in header.remarks:
        table.remark("en-tête", sentence, "Vérifiez les colonnes.")
    return table


def text(cell: Any) -> str:
    """
    Return the text of a cell: numbers with a point and no useless decimals, dates in ISO 8601.

    >>> text(12.0), text(12.5), text(True), text(date(2020, 1, 2)), text("Koro")
    ('12', '12.5', 'true', '2020-01-02', 'Koro')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, (int, float)):
        return StoredNumber(int(cell) if cell == int(cell) and abs(cell) < 1e15 else repr(cell))
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return StoredDate(cell.date().isoformat() if midnight else cell.isoformat(sep=" "))
    if isinstance(cell, date):
        return StoredDate(cell.isoformat())
    return str(cell) if isinstance(cell, (time, timedelta)) else ""


@dataclass(frozen=True)
class _Below:
    """
    The rows below the header of a sheet; blank ones are left out, the others keep their number.

    The sheet stays in memory, unpacked once: a workbook cannot be read row by row.
    """

    sheet: CalamineSheet
    height: int

    def __call__(self, table: SheetRows) -> Rows:
        """Yield each row."""
        rows = islice(self.sheet.iter_rows(), self.height, None)
        for line, cells in enumerate(rows, start=self.height + 1):
            texts = [text(cell) for cell in cells]
            if any(texts):
                yield line, texts


@contextmanager
def _opened(path: Path, file_name: str) -> Iterator[CalamineWorkbook]:
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            yield workbook
    except UnreadableFile:
        raise
    except python_calamine.PasswordError as error:
        raise refusal(
            file_name, "ce classeur est protégé par un mot de passe", "Ôtez le mot de passe."
        ) from error
    except (CalamineError, OSError) as error:
        raise refusal(file_name, f"le classeur est coupé ou abîmé ({error})", AGAIN) from error


def _refuse_too_wide(file_name: str, name: str, sheet: CalamineSheet) -> None:
    if sheet.width > MOST_COLUMNS or sheet.width * sheet.height > MOST_CELLS:
        raise refusal(
            file_name,
            f"la feuille {quoted(name)} a {sheet.height} lignes et {sheet.width} colonnes, ce qui est trop",
            "Effacez les cases perdues loin du tableau, ou donnez un CSV.",
        )


def _merged(sheet: CalamineSheet) -> list[headers.Range]:
    """Return the merged cells, counted from the first filled column; old formats do not tell them."""
    left = sheet.start[1] if sheet.start else 0
    return [
        ((top, max(start - left, 0)), (bottom, end - left))
        for (top, start), (bottom, end) in sheet.merged_cell_ranges or []
    ]
