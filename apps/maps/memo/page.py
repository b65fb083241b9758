"""What the page of a run's files shows."""

from django.utils.translation import get_language

from apps.maps.memo.files import FILES
from apps.runs import files
from apps.runs.models import RunFile

State = RunFile.State


def memo_context(run):
    """Return the context of the page: each file and where it stands."""
    found = files.of(run)
    language = get_language()
    rows = [_row(name, named, found.get((named.kind, named.language))) for name, named in FILES.items()]
    # The reader's own language first.
    rows.sort(key=lambda row: row["named"].language != language)
    rows[0]["is_first"] = True
    return {"run": run, "rows": rows, "is_waiting": any(row["is_waiting"] for row in rows)}


def _row(name, named, file):
    is_waiting = file is not None and files.is_under_way(file)
    return {
        "name": name,
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
    asked = {name: found.get((named.kind, named.language)) for name, named in FILES.items()}
    return {
        name: {"state": file.state, "done": file.done, "total": file.total}
        for name, file in asked.items()
        if file is not None
    }
