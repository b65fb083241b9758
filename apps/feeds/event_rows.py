"""Events of an answer going in: no answer empties a layer, and none without news leaves a load behind."""

from dataclasses import replace

from django.db import transaction

from apps.events.loading import KIND_OF, Difference, upsert_records
from apps.events.models import ConflictEvent
from apps.sources.models import Load
from apps.sources.services import note_checked
from layers.readers.problems import UnreadableFile


class _NoNews(Exception):
    """Ends the writing of an answer that tells what is known."""


def take_events(reading, source_file, *, source, deleted_ids):
    """Write what an answer tells of a source, and close what it withdrew; return the difference."""
    withdrawn = _known(source, deleted_ids)
    if not reading.records and not withdrawn:
        return _nothing(reading, source_file)
    difference = None
    try:
        with transaction.atomic():
            difference = upsert_records(
                reading.records,
                source_file,
                source=source,
                deleted_ids=withdrawn,
                problems=reading.problems,
                left_out=reading.left_out,
            )
            if difference.is_empty and not difference.refused:
                raise _NoNews
    except _NoNews:
        return replace(difference, load=_checked(KIND_OF[source]))
    return difference


def _known(source, identifiers):
    """Return those of these events that are current: others, of years not loaded, are no news."""
    current = ConflictEvent.objects.current().filter(source=source, source_event_id__in=identifiers)
    return list(current.values_list("source_event_id", flat=True))


def _nothing(reading, source_file):
    if reading.refusals:
        raise UnreadableFile(
            f"{source_file.path.name}\u00a0: aucune ligne n'a pu être lue. Les lignes d'avant sont entières. "
            f"{reading.refusals[0]}"
        )
    return Difference()


def _checked(kind):
    load = Load.objects.in_use().of_kind(kind).first()
    if load:
        note_checked(load)
    return load
