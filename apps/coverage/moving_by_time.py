"""
What would change by travel time if one institution stood elsewhere: the worker says, once for the same data.

Light: pages and the API ask; what computes is named (settings.RUN_KINDS).
"""

import json
from datetime import timedelta

from django.utils import timezone

from apps.coverage.moving import Change, areas_changed, moved_of, standing
from apps.coverage.register import Register
from apps.coverage.studies.inputs import inputs_of, loads_of
from apps.runs import services as runs
from apps.runs.models import Run

KIND = "move"

KEPT = timedelta(days=1)
"""What is thought is no decision: its answers go after a day."""


def moved_by_time(question, move, *, reader):
    """
    Return the `Moved`, or the run that is to answer it and has not yet, or failed.

    Asked by who is signed in, for it takes the worker's time; raises PermissionError, CannotMove.
    """
    if not reader.is_authenticated:
        raise PermissionError(move.institution)
    found = standing(move, reader)
    run = _asked(_question(question, move))
    if run.state != Run.State.DONE:
        return run
    answer = json.loads(run.answer)
    changes = {area.pop("cercle"): Change(**area) for area in answer["areas"]}
    areas = areas_changed(changes, Register(question).areas)
    walking_only = answer["walking_only"]
    return moved_of(
        question, move, found, answer["counts"], areas, minutes=move.minutes, walking_only=walking_only
    )


def _question(question, move):
    return {
        "kinds": list(question.kinds),
        "sense": question.sense,
        "limit_km": question.limit_km,
        "day": question.day,
        "with_periodic": question.with_periodic,
        "with_works": question.with_works,
        "institution": move.institution,
        "lon": move.longitude,
        "lat": move.latitude,
        "minutes": move.minutes,
    }


def _asked(asked):
    """Return the run of this very question of this very data, begun if there is none."""
    inputs = inputs_of(asked, loads_of(asked))
    same = Run.objects.of_kind(KIND).of_inputs(inputs).first()
    if same:
        return same
    Run.objects.of_kind(KIND).filter(created__lt=timezone.now() - KEPT).delete()
    return runs.begin(KIND, asked, name=KIND, inputs=inputs)
