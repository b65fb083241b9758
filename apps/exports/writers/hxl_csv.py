"""The CSV with a line of HXL tags under the names of its columns."""

from functools import partial

from apps.exports.writers.plain_csv import write_table
from layers.hxl import tags


def write(selection, path, *, step):
    """Write names, tags, then rows, as `plain_csv` does."""
    write_table(selection, path, step=step, tags=partial(tags, selection.layer))
