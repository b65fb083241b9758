"""How much of each list of a sheet fits on two sheets of paper; the rest is counted."""

from math import ceil

LINES = 91
"""
Lines of a column, in type of 8 points, that two A4 pages hold beside what every sheet prints: two columns
of two pages, less head, map, chart, headings and sources. Measured on the printed sheets of Mali in the
widest of the usual typefaces, DejaVu Sans, which a machine without others prints in.
"""

COLUMN, PAGE, ABOUT_A_WORK, NAMES = 62, 130, 44, 26
"""Letters a line: of a column, of the whole page, of two columns of tables."""

NOTICE = 4
"""Lines of a notice: that an edition has no communes, or that its boundaries are approximate."""

MOST_NAMES = 4
"""Names printed for institutions of one kind and status."""


def lines_of(text, letters=COLUMN):
    """
    Return how many lines a text takes where a line holds so many letters.

    >>> lines_of("a" * 62), lines_of("a" * 63), lines_of("")
    (1, 2, 1)
    """
    return max(1, ceil(len(text) / letters))


def shared_out(lists, lines):
    """
    Return how many rows of each list are printed: a row of each in turn, in order, while there is room.

    `lists` gives the lines that each row takes. A list whose next row does not fit ends there.

    >>> shared_out({"works": [2, 2], "projects": [1, 1, 1, 1]}, 7)
    {'works': 2, 'projects': 3}
    """
    printed, still_open = dict.fromkeys(lists, 0), list(lists)
    while still_open:
        for name in list(still_open):
            rows, number = lists[name], printed[name]
            if number == len(rows) or rows[number] > lines:
                still_open.remove(name)
            else:
                lines -= rows[number]
                printed[name] += 1
    return printed


def printed_rows(sheet):
    """Return for each list that may be cut how many of its rows are printed, and how many are left."""
    lists = {
        "projects": sheet["projects"]["present"],
        "mechanisms": sheet["mechanisms"],
        "facts": sheet["facts"],
        "results": sheet["results"]["here"],
        "results_of_region": sheet["results"]["of_region"],
    }
    lines = {name: [lines_of(_text(row)) for row in rows] for name, rows in lists.items()}
    printed = shared_out(lines, max(0, LINES - _printed_whole(sheet)))
    return {
        name: {"printed": printed[name], "left": len(rows) - printed[name]} for name, rows in lists.items()
    }


def _printed_whole(sheet):
    """Return the lines of a column that uncut lists take; what spans the page takes twice as many."""
    works = sheet["works"]
    communes = ", ".join(each["name"] for each in sheet["communes"] or [])
    return sum(
        (
            *(2 * lines_of(_text(work), ABOUT_A_WORK) for work in works["here"]),
            *(2 * lines_of(_text(row), PAGE) for row in [*works["of_region"], *sheet["targets"]]),
            *(lines_of(_text(work)) for work in works["target_zones"]),
            *(lines_of(_names(group), NAMES) for group in sheet["institutions"]["groups"]),
            *(lines_of(doubt) for doubt in sheet["doubts"]),
            *(1 for _cercle in sheet["cercles"] or []),
            lines_of(communes) if communes else NOTICE,
            2 * NOTICE if sheet["area"]["is_approximate"] else 0,
        )
    )


def _names(group):
    return " ".join([group["kind_told"], *(_text(each) for each in group["named"][:MOST_NAMES])])


def _text(row):
    """Return what is written of a row: its words one after the other."""
    return " ".join(str(value) for value in row.values() if isinstance(value, str | float))
