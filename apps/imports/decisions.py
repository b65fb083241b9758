"""What a data keeper decides of a place that a file tells, and how a decision is taken back."""

from django.db import transaction
from django.utils import timezone

from apps.boundaries import aliases
from apps.imports.models import PlaceQuestion
from geo.names import key_of


@transaction.atomic
def decide(question, area, *, by, remembered):
    """
    Write that the place asked about is `area`, or None: no area, its rows are refused.

    `remembered`: the name becomes another name of the area, certain in the next file. A place told by a
    code alone is decided for this file only: a code means nothing without its edition.
    """
    PlaceQuestion.objects.filter(pk=question.pk).update(area=area, decided_by=by, decided_at=timezone.now())
    if remembered and area and can_be_remembered(question):
        aliases.remember(
            area, name=question.told, parent=question.parent_told, code=question.code_told.upper(), by=by
        )


def can_be_remembered(question):
    """Return whether a name was told: what an alias is of."""
    return bool(key_of(question.told))


@transaction.atomic
def reopen(question):
    """Take the decision back: the place waits again. What was remembered of it is undone on its own."""
    PlaceQuestion.objects.filter(pk=question.pk).update(area=None, decided_by=None, decided_at=None)


def waiting():
    """Return every place that waits, with its import."""
    return PlaceQuestion.objects.filter(decided_at=None).select_related("of_import")
