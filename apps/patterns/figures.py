"""What was measured, as pages and the API read it. Imports nothing that measures."""

from dataclasses import asdict, dataclass, field

from apps.patterns.models import Pattern
from apps.patterns.periods import periods
from geo.vocabulary import Level

HOT_SPOT_LABELS = ("hot_99", "hot_95", "hot_90", "not_significant", "cold_90", "cold_95", "cold_99")
CONFLICT_CLASS_LABELS = ("clustered_high", "dispersed_high", "clustered_low", "dispersed_low")
LABELS = {
    Pattern.Measure.HOT_SPOT: HOT_SPOT_LABELS,
    Pattern.Measure.DIFFUSION: (),
    Pattern.Measure.CONFLICT_CLASS: CONFLICT_CLASS_LABELS,
}
"""What an area may be called, in the order of a legend."""

UNITS = {
    Pattern.Measure.HOT_SPOT: "z",
    Pattern.Measure.DIFFUSION: "share of inhabited cells of 10 km",
    Pattern.Measure.CONFLICT_CLASS: "violent events by 1000 km² and year",
}
"""Of `value`."""


@dataclass(frozen=True)
class AreaPattern:
    """What was measured of an area. `value` None: not known, and `why` (a code of `Pattern.Why`) says it."""

    pcode: str
    name: str
    value: float | None
    p: float | None
    q: float | None
    label: str
    why: str
    detail: dict = field(default_factory=dict)


def measured(measure, source, level, period):
    """
    Return the pattern of each area of the active edition by P-code; empty where nothing was measured yet.

    `period` is one of `periods(source)`.
    """
    rows = Pattern.objects.filter(
        measure=measure,
        source=source,
        level=level,
        since=period.since,
        until=period.until,
        area__edition__is_active=True,
    )
    columns = ("area__pcode", "area__name", "value", "p_value", "q_value", "label", "why", "detail")
    told = (AreaPattern(*row) for row in rows.order_by("area__pcode").values_list(*columns))
    return {each.pcode: each for each in told}


def measured_at(measure, source):
    """Return when a measure of a source was made last; None before."""
    return (
        Pattern.objects.filter(measure=measure, source=source)
        .order_by("-made_at")
        .values_list("made_at", flat=True)
        .first()
    )


def as_answer(measure, source, level, period):
    """Return one map of a measure: every area, how many have each label, and how it was measured."""
    areas = measured(measure, source, level, period) if period else {}
    counts = dict.fromkeys(LABELS[measure], 0)
    for area in areas.values():
        if area.label:
            counts[area.label] += 1
    return {
        "measure": measure,
        "unit": UNITS[measure],
        "events_source": source,
        "level": Level(level).name.lower(),
        "period": asdict(period) if period else None,
        "periods": list(periods(source)),
        "measured_at": measured_at(measure, source),
        "labels": counts,
        "not_known": sum(not area.label and bool(area.why) for area in areas.values()),
        "areas": [_told(measure, area) for area in areas.values()],
    }


def _told(measure, area):
    told = asdict(area)
    if measure == Pattern.Measure.HOT_SPOT:
        told["z"] = area.value
    return told
