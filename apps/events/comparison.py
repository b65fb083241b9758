"""
Monthly counts made from events beside those that a publisher counts: how far apart, and why.

A publisher counts an event in the cercle of its point, however well the place is known; we count it there
only when its place is known well enough. So both are told: the events placed, and those whose point alone
lies there.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Max, Min, Q, Sum
from django.db.models.functions import TruncMonth

from apps.boundaries.models import Area
from apps.events.asked import newest
from apps.events.models import ConflictEvent, EventCount, PublishedCount
from apps.events.published import cercles_told, load_of
from apps.sources.models import Load
from geo.names import key_of
from geo.vocabulary import VIOLENT_EVENT_TYPES, EventSource, EventType, Level, PlacePrecision
from layers.readers.monthly_counts import CountCategory

MOB_VIOLENCE = "Mob violence"
"""The sub-type of riots that ACLED counts as political violence (codebook, HDX HAPI event types)."""
IS_MOB_VIOLENCE = Q(event_type=EventType.RIOTS, sub_event_type=MOB_VIOLENCE)
LATE_MONTHS = 12
"""The last months of ours, which publishers correct most. Chosen by Maillage."""


@dataclass(frozen=True)
class Compared:
    """
    One month. `placed` and `point_only` are ours: placed in the cercle, or only their point lies there.

    `published` is None where the publisher tells nothing of the month, which is not 0.
    """

    month: date
    placed: int
    point_only: int
    outside: int
    published: int | None

    @property
    def ours(self):
        """Return our events counted as the publisher counts: by the point, or in no cercle at all."""
        return self.placed + self.point_only + self.outside

    @property
    def difference(self):
        """Return how many more the publisher counts; None where it tells nothing."""
        return None if self.published is None else self.published - self.ours


@dataclass(frozen=True)
class Agreement:
    """How well two series agree over the months that both tell."""

    months: int
    months_alike: int
    months_with_events: int
    months_with_events_alike: int
    ours: int
    published: int
    furthest: Compared | None
    late_difference: int
    """Of the differences, month by month and without their signs, those of the last months of ours."""
    all_difference: int


@dataclass(frozen=True)
class Reasons:
    """What explains the differences, each with its number."""

    events_until: date | None
    events_updated: date | None
    published_until: date | None
    published_after: int
    """Counted by the publisher in months after the last of ours: not compared."""
    by_precision: dict
    """{precision: events} of ours over the months compared."""
    outside: int
    untied: dict
    """{name: (how many cercles of this edition it stands for, events counted under it)}."""
    other_categories: int
    """Events of ours in the same months that this category does not count."""
    elsewhere: int | None
    """Events whose source names another cercle than the one their point lies in; None where it names none."""


@dataclass(frozen=True)
class Comparison:
    series: str
    category: str
    cercle: Area | None
    source: EventSource | None
    is_simulated: bool
    months: list
    agreement: Agreement | None
    reasons: Reasons
    loads: dict


def series_loaded():
    """Return (series, category) pairs that are loaded, in a stable order."""
    rows = PublishedCount.objects.order_by("series", "category").values_list("series", "category")
    return list(dict.fromkeys(rows.distinct()))


def common_span(series, category, source):
    """Return the first and the last month that our events and the series both tell; None without any."""
    ours = EventCount.objects.filter(source=source).aggregate(first=Min("month"), last=Max("month"))
    theirs = PublishedCount.objects.filter(series=series, category=category)
    theirs = theirs.aggregate(first=Min("month"), last=Max("month"))
    if ours["first"] is None or theirs["first"] is None:
        return None
    first, last = max(ours["first"], theirs["first"]), min(ours["last"], theirs["last"])
    return (first, last) if first <= last else None


def compare(series, category, *, cercle=None, since=None, until=None):
    """
    Compare a publisher's series with the source of events in use, in a cercle (an Area) or the country.

    `since` and `until` are months, within those that both tell.
    """
    source = newest().counted_source
    span = common_span(series, category, source)
    asked = _Asked(series, category, cercle, source, _within(span, since, until))
    months = asked.months() if span else []
    return Comparison(
        series=series,
        category=category,
        cercle=cercle,
        source=source,
        is_simulated=source is EventSource.SIMULATED,
        months=months,
        agreement=_agreement(months),
        reasons=asked.reasons(),
        loads=_loads(series, source),
    )


def _within(span, since, until):
    if span is None:
        return None
    return max(since or span[0], span[0]), min(until or span[1], span[1])


class _Asked:
    """One question, and the rows that answer it."""

    def __init__(self, series, category, cercle, source, span):
        self.series, self.category, self.cercle, self.source, self.span = (
            series,
            CountCategory(category),
            cercle,
            source,
            span,
        )

    def months(self):
        first, last = self.span
        counts, outside = self._ours, self._outside
        published = dict(self._published_within().values_list("month").annotate(Sum("events")).order_by())
        return [
            Compared(
                month,
                placed=sum(counts[month, each] for each in PlacePrecision if each.is_placed_in(Level.CERCLE)),
                point_only=sum(
                    counts[month, each] for each in PlacePrecision if not each.is_placed_in(Level.CERCLE)
                ),
                outside=outside[month],
                published=published.get(month),
            )
            for month in _months(first, last)
        ]

    @cached_property
    def _ours(self):
        """Return {(month, precision): events} of the category, whose point lies in the area."""
        rows = self._counts().filter(self._in_counts())
        number = "civilian_events" if self.category is CountCategory.CIVILIAN_TARGETING else "events"
        counts = Counter()
        for month, precision, events in self._by_month(rows, Sum(number)):
            counts[month, precision] += events
        sign = {CountCategory.POLITICAL_VIOLENCE: 1, CountCategory.DEMONSTRATION: -1}.get(self.category)
        if sign:
            mobs = self._events().filter(IS_MOB_VIOLENCE, region__isnull=False)
            mobs = mobs.annotate(month=TruncMonth("occurred_on"))
            for month, precision, events in self._by_month(mobs, Count("pk")):
                counts[month, precision] += sign * events
        return counts

    def _by_month(self, rows, number):
        return rows.order_by().values_list("month", "geo_precision").annotate(number=number)

    def _in_counts(self):
        """Return what keeps the kept counts of this category; mob violence is told apart by its sub-type."""
        match self.category:
            case CountCategory.POLITICAL_VIOLENCE:
                return Q(event_type__in=VIOLENT_EVENT_TYPES)
            case CountCategory.DEMONSTRATION:
                return Q(event_type__in=(EventType.PROTESTS, EventType.RIOTS))
            case _:
                return Q()

    def _in_events(self):
        """Return what keeps the events of this category."""
        match self.category:
            case CountCategory.POLITICAL_VIOLENCE:
                return Q(event_type__in=VIOLENT_EVENT_TYPES) | IS_MOB_VIOLENCE
            case CountCategory.DEMONSTRATION:
                return self._in_counts() & ~IS_MOB_VIOLENCE
            case CountCategory.CIVILIAN_TARGETING:
                return Q(civilians_targeted=True)
            case _:
                return Q()

    def _counts(self):
        rows = EventCount.objects.filter(source=self.source, month__range=self.span)
        return rows.filter(cercle=self.cercle) if self.cercle else rows

    def _events(self):
        events = ConflictEvent.objects.current().filter(source=self.source)
        events = events.filter(occurred_on__gte=self.span[0], occurred_on__lt=_following(self.span[1]))
        return events.filter(cercle=self.cercle) if self.cercle else events

    @cached_property
    def _outside(self):
        """Return {month: events in no area of the edition}; of one cercle none is."""
        if self.cercle:
            return Counter()
        rows = self._events().filter(self._in_events()).outside_every_area()
        rows = rows.annotate(month=TruncMonth("occurred_on")).order_by().values_list("month")
        return Counter(dict(rows.annotate(number=Count("pk"))))

    def _published(self):
        rows = PublishedCount.objects.filter(series=self.series, category=self.category)
        return rows.filter(cercle=self.cercle) if self.cercle else rows

    def _published_within(self):
        return self._published().filter(month__range=self.span)

    def reasons(self):
        if self.span is None:
            return None
        newest_change = self._events().aggregate(last=Max("source_updated"))["last"]
        ours_all = EventCount.objects.filter(source=self.source).aggregate(last=Max("month"))["last"]
        later = self._published().filter(month__gt=ours_all).aggregate(events=Sum("events", default=0))
        counts, outside = self._ours, sum(self._outside.values())
        by_precision = Counter()
        for (_month, precision), events in counts.items():
            by_precision[precision] += events
        everything = self._counts().aggregate(events=Sum("events", default=0))["events"]
        return Reasons(
            events_until=ours_all,
            events_updated=newest_change.date() if newest_change else None,
            published_until=self._published().aggregate(last=Max("month"))["last"],
            published_after=later["events"],
            by_precision={each: by_precision[each] for each in PlacePrecision if by_precision[each]},
            outside=outside,
            untied=self._untied(),
            other_categories=everything - by_precision.total(),
            elsewhere=self._elsewhere(),
        )

    def _untied(self):
        rows = PublishedCount.objects.filter(
            series=self.series, category=self.category, cercle=None, month__range=self.span
        )
        events = dict(rows.order_by().values_list("name_told").annotate(Sum("events")))
        covers = cercles_told() if events else {}
        return {name: (covers[name], number) for name, number in sorted(events.items())}

    def _elsewhere(self):
        """Count the events whose source names another cercle than that of the point, in either of the two."""
        named = ConflictEvent.objects.current().filter(source=self.source).exclude(admin2="")
        named = named.filter(self._in_events(), cercle__isnull=False)
        named = named.filter(occurred_on__gte=self.span[0], occurred_on__lt=_following(self.span[1]))
        pairs = named.order_by().values_list("admin2", "cercle__name").annotate(Count("pk"))
        if not pairs:
            return None
        asked = key_of(self.cercle.name) if self.cercle else None
        apart = ((key_of(told), key_of(name), number) for told, name, number in pairs)
        return sum(number for told, name, number in apart if told != name and asked in (None, told, name))


def _agreement(months):
    both = [month for month in months if month.published is not None]
    if not both:
        return None
    alike = [month for month in both if month.difference == 0]
    told = [month for month in both if month.ours or month.published]
    apart = [month for month in both if month.difference]
    return Agreement(
        months=len(both),
        months_alike=len(alike),
        months_with_events=len(told),
        months_with_events_alike=sum(month.difference == 0 for month in told),
        ours=sum(month.ours for month in both),
        published=sum(month.published for month in both),
        furthest=max(apart, key=lambda month: abs(month.difference), default=None),
        late_difference=sum(abs(month.difference) for month in both[-LATE_MONTHS:]),
        all_difference=sum(abs(month.difference) for month in both),
    )


def _loads(series, source):
    kind = Load.Kind.UCDP_EVENTS if source is EventSource.UCDP else Load.Kind.EVENTS
    in_use = Load.objects.in_use()
    return {
        "events": in_use.of_kind(kind).first(),
        "published": load_of(series),
    }


def _months(first, last):
    month = first
    while month <= last:
        yield month
        month = _following(month)


def _following(month):
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
