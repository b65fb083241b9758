"""
What the file of an import holds, and its rows as values of its kind. Heavy: for the worker and commands.
"""

from apps.imports import uploads
from apps.imports.differences import Action
from apps.imports.models import SavedMapping
from layers.imports.columns import ambiguities, match_columns
from layers.imports.formats import Format
from layers.imports.kinds import KINDS
from layers.imports.opening import inspect, open_sheet
from layers.imports.reading import read_rows
from layers.imports.refusals import refusals_name, sentence, write_refusals
from layers.imports.signs import signs_of
from layers.readers.problems import Problem, UnreadableFile
from layers.readers.wording import quoted


def seen_in(import_):
    """
    Return what a page shows of the file: sheets, headers, first lines, the match of each column, remarks.

    Raises UnreadableFile.
    """
    facts = inspect(uploads.path_of(import_), import_.file_name)
    sheet = _chosen(facts, import_.sheet)
    kind, saved = KINDS[import_.kind], _saved(import_)
    matches = match_columns(sheet.headers, sheet.hxl, kind, saved.mapping if saved else None)
    unsure = ambiguities(sheet.headers, sheet.hxl, kind, saved.mapping if saved else None)
    return {
        "format": facts.format.value,
        "sheets": [each.name for each in facts.sheets],
        "sheet": sheet.name,
        "headers": list(sheet.headers),
        "rows": sheet.rows_estimate,
        "lines": [cells for _, cells in sheet.first_lines],
        "remarks": list(dict.fromkeys([*sheet.remarks, *facts.remarks])),
        "matches": {
            name: {"header": match.header, "how": match.how.value} for name, match in matches.items()
        },
        "unsure": {name: list(headers) for name, headers in unsure.items()},
        "saved_options": saved.options if saved else {},
    }


def _chosen(facts, name):
    named = {each.name: each for each in facts.sheets}
    if name and name not in named:
        raise UnreadableFile(
            f"{facts.file_name}\u00a0: pas de feuille {quoted(name)}. Feuilles\u00a0: {', '.join(named)}."
        )
    return named[name] if name else facts.sheets[0]


def _saved(import_):
    if not import_.publisher:
        return None
    return SavedMapping.objects.filter(kind=import_.kind, publisher=import_.publisher).first()


def columns_of(import_):
    """Return the header of each field that was matched."""
    return {name: match["header"] for name, match in import_.found["matches"].items()}


def are_swapped(import_):
    """Return whether most points of the file lie in Mali only with longitude and latitude exchanged."""
    mapping = import_.mapping
    if not (mapping.get("longitude") and mapping.get("latitude")):
        return False
    kind = KINDS[import_.kind]
    return signs_of(
        table_of(import_), kind, {name: mapping[name] for name in ("longitude", "latitude")}
    ).are_swapped


def rows_of(import_):
    """Return an iterator over the rows of the file. Raises UnreadableFile."""
    return read_rows(table_of(import_), KINDS[import_.kind], import_.mapping, import_.options)


def give_back(import_, difference):
    """Write the rows that stay out as a file like the one received, with a column that says why."""
    uploads.forget_refusals(import_.pk)
    said = {}
    for item in difference.of(Action.REFUSED, Action.WAITING):
        said.setdefault(item.line, []).append(sentence(_problem(item)))
    if not said or None in said:
        return
    out = uploads.refusals_folder(import_.pk) / refusals_name(
        uploads.safe_name(import_.file_name), Format(import_.found["format"])
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    told = {line: " ".join(sentences) for line, sentences in said.items()}
    write_refusals(uploads.path_of(import_), import_.file_name, import_.sheet or None, told, out)


def _problem(item):
    return Problem(
        where="",
        row=item.line,
        field=item.field,
        value=item.told,
        reason=item.reason,
        remedy=item.remedy,
        is_fatal=True,
    )


def table_of(import_):
    """Return the sheet of the import, opened. Raises UnreadableFile."""
    return open_sheet(uploads.path_of(import_), import_.file_name, import_.sheet or None)
