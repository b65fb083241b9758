"""What a question that is still being written would answer: every cercle's score, rank and fate."""

import json
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.core.cache import cache

from apps.accounts.access import visible_classes
from apps.events.asked import WrongAsked, asked_from
from apps.maps.questions import WrongParameter
from apps.maps.targeting.question_form import checked
from apps.runs.canonical import digest
from apps.runs.services import RunFailed
from apps.sources.models import LayerRevision
from apps.targeting.measuring import Measuring
from apps.targeting.ranking import Ranking
from apps.targeting.zones import zones_of
from geo.vocabulary import Level
from layers.catalogue import LAYERS

SLOW = ("near_violence_km", "border_km", "beyond_share", "works")
"""Indicators that take PostGIS some tenths of a second; their columns hold no row of a table."""

KEPT_S = 3600


class QuickMeasuring(Measuring):
    """Measures as a run does, and remembers slow columns while the data stay the same."""

    @cached_property
    def _stand(self):
        """Return what changes with the data."""
        return LayerRevision.objects.of(*LAYERS)

    def column(self, criterion):
        if criterion["indicator"] not in SLOW:
            return super().column(criterion)
        parts = {name: criterion[name] for name in ("indicator", "since", "until", "threshold", "kinds")}
        asked = [parts, criterion["limit_km"], self.asked.parameters(), self._stand, self.pcodes]
        key = f"column:{digest(json.dumps(asked, sort_keys=True, default=str))}"
        found = cache.get(key)
        if found is None:
            found = super().column(criterion)
            cache.set(key, found, KEPT_S)
        return found


@dataclass(frozen=True)
class Draft:
    """A question as it is told, checked or not; and the run that it was forked from, if any."""

    told: dict
    forked_from: object = None

    @cached_property
    def _checked(self):
        return checked(self.told)

    @property
    def question(self):
        """Return the whole question; None while something is wrong with it."""
        return self._checked[0]

    @property
    def errors(self):
        """Return {place in the question: what is wrong there}."""
        return self._checked[1]

    @cached_property
    def asked(self):
        """Return whose events count, until when and as known when; raises WrongParameter."""
        named = ("source", "events_until", "known_at")
        try:
            return asked_from({name: str(self.told[name]) for name in named if self.told.get(name)})
        except WrongAsked as error:
            raise WrongParameter(str(error)) from error


@dataclass(frozen=True)
class Preview:
    """The ranking of a question, or why there is none."""

    ranking: Ranking | None = None
    failed: str = ""

    @property
    def chosen(self):
        """Return the P-codes that the rules retain, by P-code."""
        if self.ranking is None:
            return []
        areas = self.ranking.measuring.areas
        return sorted(areas[place]["pcode"] for place in np.flatnonzero(self.ranking.chosen))


def preview(draft, user):
    """Return how a draft would rank and choose, from what this user may read."""
    if draft.question is None:
        return Preview()
    measuring = QuickMeasuring(Level.CERCLE, draft.asked, visible_classes(user))
    try:
        return Preview(Ranking(measuring, zones_of(draft.question, measuring), draft.question["rules"]))
    except RunFailed as failure:
        return Preview(failed=str(failure))
