"""Recording loads and refusals, and telling caches that a layer changed."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.sources.models import LayerRevision, Load, Refusal
from geo.vocabulary import AccessClass

MOST_REFUSALS_KEPT = 1000
"""A file of the wrong kind refuses every row: a thousand say as much as a million."""


@dataclass(frozen=True)
class Provenance:
    """Where a file comes from, as the operator, its sources.toml or the publisher tells."""

    publisher: str = ""
    title: str = ""
    url: str = ""
    licence: str = ""
    attribution: str = ""
    access: AccessClass = AccessClass.PUBLIC
    edition: str = ""
    as_of: date | None = None
    is_simulated: bool = False
    is_approximate: bool = False
    note: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a load did: its row in the database, and whether anything changed."""

    load: Load
    changed: bool
    sentence: str = field(default="")

    def __str__(self):
        return self.sentence or (
            f"{self.load}: wrote {self.load.rows_written}, refused {self.load.rows_refused} (load {self.load.pk})."
            if self.changed
            else f"{self.load}: unchanged since load {self.load.pk}."
        )


def sha256_of(*paths):
    """Return the sha256 of the files' bytes, one after the other in the order given."""
    digest = hashlib.sha256()
    for path in paths:
        with Path(path).open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def same_file_in_use(kind, sha256):
    """Return the load in use that read these very bytes, after noting that it was checked now; else None."""
    load = Load.objects.in_use().of_kind(kind).filter(sha256=sha256).first()
    if load:
        load.last_checked = timezone.now()
        load.save(update_fields=["last_checked"])
    return load


def record_load(kind, *, file_name, sha256, provenance, rows_read, rows_written, refused, counts, in_use):
    """Write down a load and what it refused; return it."""
    load = Load.objects.create(
        kind=kind,
        file_name=file_name,
        sha256=sha256,
        publisher=provenance.publisher,
        title=provenance.title,
        url=provenance.url,
        licence=provenance.licence,
        attribution=provenance.attribution,
        access=provenance.access,
        edition=provenance.edition,
        as_of=provenance.as_of,
        is_simulated=provenance.is_simulated,
        is_approximate=provenance.is_approximate,
        note=provenance.note,
        rows_read=rows_read,
        rows_written=rows_written,
        rows_refused=sum(problem.is_fatal for problem in refused),
        counts=counts,
        in_use=in_use,
        last_checked=timezone.now(),
    )
    Refusal.objects.bulk_create(_refusal(load, problem) for problem in refused[:MOST_REFUSALS_KEPT])
    return load


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
