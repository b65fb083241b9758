"""What the page of the comparison shows: the question, the chart, the table, and why the two differ."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.boundaries.models import Area, Edition
from apps.events.comparison import compare
from apps.maps.comparison.chart import chart
from apps.maps.events.words import SOURCES
from layers.events import PLACE_PRECISIONS
from layers.published_counts import COUNT_CATEGORIES, COUNT_SERIES
from layers.spreadsheets import as_csv


def page_context(question, wrong):
    """Return what templates/maps/comparison/page.html needs; `question` is None while nothing is loaded."""
    if question is None:
        return {"question": None}
    language = get_language()
    found = compare(
        question.series,
        question.category,
        cercle=question.cercle,
        since=question.since,
        until=question.until,
    )
    return {
        "question": question,
        "wrong": wrong,
        "found": found,
        "source": SOURCES.get(found.source),
        "series_told": COUNT_SERIES[question.series].in_language(language),
        "category_told": COUNT_CATEGORIES[question.category].in_language(language),
        "choices": [
            {
                "value": f"{series}-{category}",
                "title": _("%(series)s : %(category)s")
                % {
                    "series": COUNT_SERIES[series].in_language(language),
                    "category": COUNT_CATEGORIES[category].in_language(language),
                },
                "is_chosen": (series, category) == (question.series, question.category),
            }
            for series, category in question.loaded
        ],
        "cercles": Area.objects.cercles().order_by("name").values_list("pcode", "name"),
        "chart": chart(found.months, found.agreement) if found.agreement else None,
        "precisions": _precisions(found, language),
        "untied": _untied(found),
        "edition": Edition.objects.filter(is_active=True).first(),
        "months_latest_first": found.months[::-1],
        "csv": f"{reverse('events-comparison-file')}?{urlencode(question.query)}",
    }


def _precisions(found, language):
    if found.reasons is None:
        return []
    return [
        (PLACE_PRECISIONS[str(int(precision))].in_language(language), events)
        for precision, events in found.reasons.by_precision.items()
    ]


def _untied(found):
    if found.reasons is None:
        return []
    return [
        {"name": name, "cercles": cercles, "events": events}
        for name, (cercles, events) in found.reasons.untied.items()
    ]


COLUMNS = ("month", "placed", "point_only", "outside", "ours", "published", "difference")


def comparison_csv(question):
    """Return the table as CSV, with the series, the place and the sources on every line."""
    if question is None:
        return as_csv(COLUMNS, [])
    found = compare(
        question.series,
        question.category,
        cercle=question.cercle,
        since=question.since,
        until=question.until,
    )
    loads = found.loads
    about = {
        "cercle": question.cercle.pcode if question.cercle else "",
        "cercle_name": question.cercle.name if question.cercle else "",
        "series": question.series,
        "category": question.category,
        "events_source": found.source,
        "simulated_data": found.is_simulated,
        "source_events": loads["events"].attribution if loads["events"] else "",
        "source_published": loads["published"].attribution if loads["published"] else "",
    }
    rows = ([*(getattr(month, name) for name in COLUMNS), *about.values()] for month in found.months)
    return as_csv([*COLUMNS, *about], rows)
