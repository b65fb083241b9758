"""How long it takes to say what a moved institution changes, beside asking the whole country twice."""

from datetime import date

from apps.coverage.figures import coverage
from apps.coverage.models import MeasuredPlace
from apps.coverage.moving import moved
from apps.coverage.questions import CoverageQuestion, Move, kinds_of
from geo.vocabulary import CoverageSense, InstitutionFamily
from tests.bench.say import say, timed

LIMITS_KM = (30, 100)
WALK_DEGREES = 0.05
"""How far it is thought away: some 5 km, one press of a key."""


def an_institution_moved(geodata):
    """One of the middle of the register moved by a key, at the usual and at the longest distance."""
    places = MeasuredPlace.objects.filter(institution_id__isnull=False).order_by("pk")
    place = places[places.count() // 2]
    move = Move(place.institution_id, place.location.x + WALK_DEGREES, place.location.y)
    for limit_km in LIMITS_KM:
        asked = CoverageQuestion(
            kinds_of(InstitutionFamily.POLICE), CoverageSense.NOMINAL, limit_km, date(2026, 11, 1)
        )
        # Without the answer for one move, the country would be measured and asked again: asked twice here.
        naive_ms, _ = timed(lambda asked=asked: [coverage(asked), coverage(asked)], 3)
        ours_ms, _ = timed(lambda asked=asked: moved(asked, move), 5)
        say(f"An institution moved, {limit_km} km", naive_ms, ours_ms, "naive: the country asked twice")
