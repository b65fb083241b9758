"""Recording loads and refusals, and telling caches that a layer changed."""

import hashlib
from dataclasses import replace
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.sources.models import LayerRevision, Load, Refusal

MOST_REFUSALS_KEPT = 1000
"""A file of the wrong kind refuses every row: a thousand say as much as a million."""


def together(sources, *, name=""):
    """Return one source for files that belong together: hashes joined, and names where no `name` is given."""
    if len(sources) == 1:
        return sources[0]
    ordered = sorted(sources, key=lambda source: source.path.name)
    digest = hashlib.sha256("".join(source.sha256 for source in ordered).encode()).hexdigest()
    joined = name or " + ".join(source.path.name for source in ordered)
    return replace(ordered[0], path=Path(joined), sha256=digest)


def name_of_folder(folder):
    """Return what the files of a folder, loaded together, are called."""
    folder = folder.resolve()
    return f"{folder.name} ({folder.parent.name})"


def same_file_in_use(kind, sha256):
    """Return the load in use that read these very bytes, after noting that it was checked now; else None."""
    load = Load.objects.in_use().of_kind(kind).filter(sha256=sha256).first()
    if load:
        note_checked(load)
    return load


def note_checked(load):
    """Write down that the file of this load was compared now, and is the same."""
    load.last_checked = timezone.now()
    load.save(update_fields=["last_checked"])


def record_load(
    kind, source, *, edition="", as_of=None, rows_read, rows_written, problems, left_out=None, in_use
):
    """Write down a load of this source (a `SourceFile`) and what it refused or doubted; return it."""
    load = Load.objects.create(
        kind=kind,
        file_name=source.path.name,
        sha256=source.sha256,
        publisher=source.publisher,
        url=source.url,
        licence=source.licence,
        licence_url=source.licence_url,
        attribution=source.attribution,
        access=source.access,
        edition=edition or source.edition,
        retrieved=source.retrieved,
        as_of=as_of,
        is_simulated=source.simulated,
        is_approximate=source.approximate,
        note=source.note,
        rows_read=rows_read,
        rows_written=rows_written,
        rows_refused=sum(problem.is_fatal for problem in problems),
        counts={"left_out": left_out} if left_out else {},
        in_use=in_use,
        last_checked=timezone.now(),
    )
    Refusal.objects.bulk_create(_refusal(load, problem) for problem in problems[:MOST_REFUSALS_KEPT])
    return load


def complete_load(load, *, as_of, rows_read, rows_written, rows_refused, problems, counts):
    """Write down what came of a load that was recorded before its rows were read."""
    load.as_of = as_of
    load.rows_read, load.rows_written, load.rows_refused = rows_read, rows_written, rows_refused
    load.counts = counts
    load.save(update_fields=["as_of", "rows_read", "rows_written", "rows_refused", "counts"])
    Refusal.objects.bulk_create(_refusal(load, problem) for problem in problems[:MOST_REFUSALS_KEPT])


def _refusal(load, problem):
    return Refusal(
        load=load,
        where=problem.where[:200],
        row=problem.row,
        field=problem.field[:100],
        value=problem.value[:300],
        reason=problem.reason[:500],
        remedy=problem.remedy[:500],
        is_doubt=not problem.is_fatal,
    )


def retire_loads(kind, *, but):
    """Take every other load of this kind out of use."""
    Load.objects.in_use().of_kind(kind).exclude(pk=but.pk).update(in_use=False)


@transaction.atomic
def touch(*layers):
    """Say that the rows of these layers changed: bodies rendered before are out of date."""
    now = timezone.now()
    for layer in layers:
        row, made = LayerRevision.objects.get_or_create(layer=layer, defaults={"changed_at": now})
        if not made:
            LayerRevision.objects.filter(pk=row.pk).update(revision=F("revision") + 1, changed_at=now)
