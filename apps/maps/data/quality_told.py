"""The quality of a layer as its page tells it: of rows that a reader may not read, shares alone."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.catalogue.quality import FEWEST_TOLD, OTHERS, pooled, precision, quality, refusals
from apps.sources.freshness import freshness

MOST_REASONS = 6
"""Of refusals, told of a load: the page of the load tells all."""


@dataclass(frozen=True)
class Bar:
    """A share with its words; `count` and `part` are None where they may not be told."""

    label: str
    count: int | None
    part: float | None
    name: str = ""

    @property
    def width(self):
        """Return the length of its bar, of a hundred."""
        return 0 if self.part is None else round(self.part * 100, 1)


def quality_context(layer, user, *, is_readable, loads):
    """Return what templates/maps/data/_quality.html needs."""
    measured = quality(layer, user)
    today = timezone.localdate()
    is_told = measured.rows and (is_readable or measured.rows >= FEWEST_TOLD)
    reasons = refusals(loads, user)
    weakest = measured.weakest if is_told else []
    return {
        "quality": measured,
        "is_told": is_told,
        "shows_counts": is_readable,
        "fewest": FEWEST_TOLD,
        "weakest": [_field_bar(*each, is_readable=is_readable) for each in weakest],
        "whole": ", ".join(_told(field.label) for field in measured.whole),
        "precision": [
            (_told(field.label), _bars(shares, is_readable=is_readable))
            for field, shares in precision(layer, user)
            if is_told and shares
        ],
        "ages": [(load, freshness(load, today)) for load in loads],
        "refused": [(load, load.pk in reasons, _most(reasons.get(load.pk, []))) for load in loads],
    }


def _field_bar(field, share, *, is_readable):
    label = _told(field.label)
    if is_readable:
        return Bar(label, share.count, share.part, field.name)
    return Bar(label, None, None if share.tells_of_few else share.part, field.name)


def _bars(shares, *, is_readable):
    told = shares if is_readable else pooled(shares)
    return [Bar(_words(share.words), share.count if is_readable else None, share.part) for share in told]


def _words(words):
    if words is None:
        return _("non dit")
    return _("autres") if words == OTHERS else _told(words)


def _most(reasons):
    """Return the most frequent reasons, and how many rows the others are."""
    return reasons[:MOST_REASONS], sum(count for *_told_before, count in reasons[MOST_REASONS:])


def _told(words):
    return words.in_language(get_language())
