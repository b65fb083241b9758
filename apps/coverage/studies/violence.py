"""Violent events near settlements, and how much more people weigh by them. Heavy."""

from collections import Counter
from datetime import date

import numpy as np

from apps.events.asked import Asked, months_before
from apps.events.queries import end_of_month, placed_in
from geo.reach import HALF_OF_VIOLENCE, violence_weights
from geo.vocabulary import VIOLENT_EVENT_TYPES, Level

MONTHS = 36
"""The period when nobody says: the last three years known, as the targeting of the programme has it."""

DAYS_A_YEAR = 365.25


class Violence:
    """
    The violent events of a period, at the places that are known to the cercle at least.

    Those known only to the region are near nobody: they are counted apart (`not_placed`).
    """

    def __init__(self, ground, told):
        self.km, asked = told["km"], Asked()
        self.source, span = asked.counted_source, asked.span
        self.is_known = span is not None
        self.weights = np.ones(len(ground))
        if not self.is_known:
            return
        self.until = _day(told["until"]) or end_of_month(span.last)
        self.since = _day(told["since"]) or months_before(self.until.replace(day=1), MONTHS - 1)
        events = asked.versions().between(self.since, self.until)
        violent = events.filter(event_type__in=VIOLENT_EVENT_TYPES, region__isnull=False)
        placed = violent.filter(placed_in(Level.CERCLE))
        at = Counter((point.x, point.y) for point in placed.values_list("location", flat=True))
        self.events, self.not_placed = at.total(), violent.count() - at.total()
        near = np.zeros(len(ground))
        points = sorted(at)
        for point, found in zip(points, ground.metres_between(points, self.km), strict=True):
            near[found.indices] += at[point]
        self.weights = violence_weights(near / self.years)

    @property
    def years(self):
        return ((self.until - self.since).days + 1) / DAYS_A_YEAR

    def told(self):
        """Return what an answer says of the weights; None where no event is loaded."""
        if not self.is_known:
            return None
        return {
            "km": self.km,
            "since": self.since,
            "until": self.until,
            "source": self.source,
            "events": self.events,
            "events_not_placed": self.not_placed,
            "half": HALF_OF_VIOLENCE,
            "most": 2.0,
        }


def _day(text):
    return text and date.fromisoformat(text)
