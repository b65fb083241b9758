"""Measuring patterns anew where events, boundaries or people changed."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from apps.boundaries.models import Area, Edition
from apps.boundaries.queries import copy_rows
from apps.events.models import EventCount
from apps.patterns import queries
from apps.patterns.counted import in_period
from apps.patterns.measures import MEASURES, Land, Question
from apps.patterns.methods import METHODS
from apps.patterns.models import Pattern
from apps.patterns.periods import periods
from apps.sources import services as sources
from apps.sources.models import LayerRevision, Load
from geo.vocabulary import Level

METHOD = 2
"""Counted up when a measure changes, so that what was measured before is measured again."""

LAYERS_COUNTED = ("events", "ucdp_events", "event_counts")


def counted_sources():
    """Return the sources of the events that are loaded."""
    return sorted(EventCount.objects.order_by().values_list("source", flat=True).distinct())


def inputs_now():
    """Return a hash of all that patterns rest on: events, edition, people, and how they are measured."""
    edition = Edition.objects.filter(is_active=True).first()
    density = Load.objects.in_use().of_kind(Load.Kind.DENSITY).first()
    revisions = LayerRevision.objects.filter(layer__in=LAYERS_COUNTED).order_by("layer")
    state = {
        "edition": edition and [edition.pk, str(edition.activated_at)],
        "density": density and density.pk,
        "events": list(revisions.values_list("layer", "revision")),
        "method": [METHOD, {kind.value: told for kind, told in METHODS.items()}],
    }
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def out_of_date(inputs):
    """Return each (measure, source) that was measured from something else, or never."""
    current = set(
        Pattern.objects.filter(inputs=inputs).order_by().values_list("measure", "source").distinct()
    )
    return [
        (measure, source)
        for source in counted_sources()
        for measure in MEASURES
        if (measure.value, source) not in current
    ]


@transaction.atomic
def forget_sources_gone():
    """Delete the patterns of sources of which no event is loaded."""
    Pattern.objects.exclude(source__in=counted_sources()).delete()


def new_land():
    """Return the areas of the active edition, to be measured."""
    areas = Area.objects.active().order_by("level", "pcode").values_list("level", "pk")
    by_level = {level: [] for level in Level}
    for level, area in areas:
        by_level[Level(level)].append(area)
    return Land(by_level)


@transaction.atomic
def measure(kind, source, land, inputs):
    """Measure one kind of pattern of one source anew, over every level and period; return how many rows."""
    queries.wait_for_measuring()
    Pattern.objects.filter(measure=kind, source=source).delete()
    rows = list(_rows(kind, source, land, inputs))
    copy_rows(queries.COPY_PATTERNS, rows)
    sources.touch("patterns")
    return len(rows)


def _rows(kind, source, land, inputs):
    # While events are few, two periods may be the same days.
    asked = list({(each.since, each.until): each for each in periods(source).values()}.values())
    if not asked:
        return
    now = timezone.now()
    surfaces = dict(Area.objects.active().values_list("pk", "area_km2"))
    events = queries.violent_events(
        source, since=min(each.since for each in asked), until=max(each.until for each in asked)
    )
    for level, areas in land.areas_of.items():
        for period in asked:
            areas_km2 = [surfaces[area] for area in areas]
            question = Question(level, period, in_period(events, period), areas, areas_km2, land)
            for area, found in zip(areas, MEASURES[kind](question), strict=True):
                yield _row(kind, source, question, area, found, inputs, now)


def _row(kind, source, question, area, found, inputs, now):
    """Return the values of a pattern in the order of COPY_PATTERNS."""
    return (
        kind.value,
        source,
        question.level.value,
        question.period.since,
        question.period.until,
        area,
        found.value,
        found.p,
        found.q,
        found.label,
        json.dumps(found.detail),
        found.why,
        inputs,
        now,
    )
