"""Rows as a CSV that a spreadsheet opens well: accents read, formulas inert, missing values empty."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins so: it is kept a text instead (OWASP, CSV injection)."""


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """
    Return the rows as CSV: UTF-8 with a byte order mark, which spreadsheets need to read accents, and commas.

    >>> as_csv(["cercle", "people"], [["Koro", None]]).decode("utf-8-sig")
    'cercle,people\\r\\nKoro,\\r\\n'
    """
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def cell(value: object) -> object:
    """
    Return a value as a spreadsheet may hold it.

    >>> cell("=1+1"), cell(True), cell(None), cell(-1.5)
    ("'=1+1", 'true', '', -1.5)
    """
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value
