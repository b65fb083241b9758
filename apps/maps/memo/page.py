"""What the page of a run's files shows."""

from django.utils.translation import get_language

from apps.maps.memo.files import files_of
from apps.maps.runs.kinds import PAGES
from apps.runs import files
from apps.runs.models import RunFile

State = RunFile.State


def memo_context(run):
    """Return the context of the page: each file and where it stands."""
    found = files.of(run)
    language = get_language()
    rows = [
        _row(run, name, named, found.get((named.kind, named.language)))
        for name, named in files_of(run).items()
    ]
    # The reader's own language first.
    rows.sort(key=lambda row: row["named"].language != language)
    rows[0]["is_first"] = True
    return {"rows": rows, "is_waiting": any(row["is_waiting"] for row in rows)}


def _row(run, name, named, file):
    is_waiting = file is not None and files.is_under_way(file)
    return {
        "name": name,
        "url": PAGES[run.kind].file_url(run, name),
        "named": named,
        "file": file,
        "is_there": file is not None and file.state == State.DONE,
        "is_waiting": is_waiting,
        "has_failed": file is not None and (file.state == State.FAILED or _is_lost(file)),
    }


def _is_lost(file):
    return file.state != State.DONE and not files.is_under_way(file)


def state_of(run):
    """Return where each file stands that was asked for, by name."""
    found = files.of(run)
    asked = {name: found.get((named.kind, named.language)) for name, named in files_of(run).items()}
    return {
        name: {"state": file.state, "done": file.done, "total": file.total}
        for name, file in asked.items()
        if file is not None
    }
