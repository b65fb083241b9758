"""Writing one layer as one file: for the worker, and for a web process where the format is light."""

import json

from apps.exports.about import about
from apps.exports.selection import selection_of

LARGEST_AT_ONCE = 5_000
"""Rows that a web process writes while a reader waits. Ours: a tenth of a second to half a second."""


def write(asked, folder, *, step):
    """Write what is asked (canonical JSON of a selection) into a folder; return its path, what it tells."""
    selection = selection_of(json.loads(asked))
    path = folder / f"{selection.layer.name}.{selection.format.extension}"
    selection.format.write(selection, path, step=step)
    return path, about(selection).as_dict()


def is_written_at_once(selection):
    """Return whether a web process may write the file while its reader waits."""
    return selection.format.is_light and selection.count <= LARGEST_AT_ONCE
