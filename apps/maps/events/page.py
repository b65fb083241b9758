"""What templates/maps/events/indicators.html shows: sentences, form, map of hot spots, table, sources."""

from collections import Counter
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.boundaries.models import Area
from apps.events.asked import loaded_sources
from apps.events.figures import counts_by_type, figures_between, imprecise, load_of_source, provenance
from apps.events.incidents import shared
from apps.maps import formats
from apps.maps.events import words
from apps.maps.events.rows import COLUMNS, Row, in_order
from apps.maps.events.sparkline import sparkline
from apps.maps.events.spots_map import spots_map
from apps.maps.load_words import KINDS
from apps.maps.tables import direction, next_sort
from apps.patterns.figures import HOT_SPOT_LABELS, measured, measured_at
from apps.patterns.models import Pattern
from apps.patterns.trends import trends
from apps.sources.models import Load
from geo.vocabulary import EventSource, Level
from layers.events import EVENT_TYPES, UCDP_EVENT_TYPES

ROWS_A_PAGE = 100


def indicators_context(question, page_number):
    """Return what the template needs to answer `question` (an EventQuestion)."""
    context = form_context(question)
    if question.period is None:
        return context
    patterns = patterns_of(question)
    rows = in_order(rows_of(question, patterns), question)
    page = Paginator(rows, ROWS_A_PAGE).get_page(page_number)
    return context | {
        "rows": [(each, sparkline(each.months.counts)) for each in page],
        "page": page,
        "count": len(rows),
        "columns": columns(question),
        "name_sort": sort_of(question, "name"),
        "region_sort": sort_of(question, "region_name"),
        **_by_type(page.object_list, types_met(rows)),
        "sentences": sentences(question, rows),
        "imprecise": imprecise([each.figures for each in rows]),
        "map": spots_map(question.level, _spots(patterns)),
        "provenance": provenance(question.asked),
        "source_loads": source_loads(question),
        "measured_at": measured_at(Pattern.Measure.HOT_SPOT, question.asked.counted_source),
        "shared": _shared(question, context["sources"]),
        "file": f"{reverse('event-indicators-file')}?{urlencode(question.parameters())}",
    }


def form_context(question):
    """Return the choices of the form, and which are made."""
    return {
        "question": question,
        "levels": _levels(),
        "periods": {key: words.period_title(key, period) for key, period in question.periods.items()},
        "sources": {source: words.SOURCES[source] for source in loaded_sources()},
        "source": question.asked.counted_source,
        "source_title": words.SOURCES.get(question.asked.counted_source),
        "cercles": _cercles() if question.level is Level.COMMUNE else [],
    }


def _levels():
    has_communes = Area.objects.communes().exists()
    return {name: title for name, title in words.LEVELS.items() if name != "commune" or has_communes}


def _cercles():
    return Area.objects.cercles().order_by("name").values_list("pcode", "name")


def rows_of(question, patterns):
    """Return the rows of every area asked, in the order of P-codes; `patterns` as `patterns_of` has them."""
    level, period, asked = question.level, question.period, question.asked
    months = trends(level, period, asked)
    by_type = counts_by_type(level, period, asked)
    return [
        Row(
            figures,
            months.of(figures["pcode"]),
            {measure: areas.get(figures["pcode"]) for measure, areas in patterns.items()},
            by_type.get(figures["pcode"], {}),
        )
        for figures in figures_between(level, period, asked).areas
        if not question.cercle or figures.get("cercle") == question.cercle
    ]


def patterns_of(question):
    """Return what was measured for this very question, by measure; nothing of events as known before."""
    if question.asked.known_at is not None:
        return {}
    source = question.asked.counted_source
    return {
        measure: measured(measure, source, question.level, question.period) for measure in Pattern.Measure
    }


def _spots(patterns):
    """Return the label of each area of the country, empty where there is none."""
    areas = patterns.get(Pattern.Measure.HOT_SPOT, {})
    return {pcode: area.label for pcode, area in areas.items()}


def columns(question):
    """Return the columns of figures, each with its sorting."""
    return [(column, sort_of(question, column.key)) for column in COLUMNS]


def sort_of(question, key):
    first = "" if key in ("name", "region_name") else "-"
    return {"direction": direction(question, key), "next": next_sort(question, key, first=first)}


def types_met(rows):
    """Return the types of events met in these rows, in the order of their codebook, with their titles."""
    met = {each for row in rows for each in row.types}
    known = {**EVENT_TYPES, **UCDP_EVENT_TYPES}
    return {each: told.in_language(get_language()) for each, told in known.items() if each in met}


def _by_type(rows, types):
    """Return the titles of the types, and the counts of each row in their order; None: there are none."""
    return {
        "types": types,
        "type_rows": [{"name": row.name, "counts": [row.types.get(each) for each in types]} for row in rows],
    }


def source_loads(question):
    """Return (what it is, load) of everything that the numbers of the page rest on."""
    loads = list(Load.objects.in_use())
    kinds = (Load.Kind.POPULATION, Load.Kind.DENSITY, Load.Kind.BOUNDARIES)
    events = load_of_source(question.asked.counted_source, loads)
    others = {load.kind: load for load in loads}
    used = [events, *(others.get(kind) for kind in kinds)]
    return [(KINDS[load.kind], load) for load in used if load]


def sentences(question, rows):
    """Return what the table says first: where violence gathers, and where it rises or falls."""
    return [told for told in (_spots_told(question, rows), _trends_told(rows)) if told]


def _spots_told(question, rows):
    hot = [each for each in rows if each.spot.startswith("hot")]
    if not hot and any(each.spot for each in rows):
        return _("Aucun point chaud sûr à 90 % sur cette période.")
    hot.sort(key=lambda each: (HOT_SPOT_LABELS.index(each.spot), -each.cell("hot_spot").value))
    names = ", ".join(each.name for each in hot)
    return _("Points chauds, les plus sûrs d’abord : %(names)s.") % {"names": names} if hot else ""


def _trends_told(rows):
    told = Counter(each.months.trend.direction for each in rows if each.months.trend)
    if not told:
        return ""
    return _(
        "Tendance des événements violents : à la hausse dans %(up)s, à la baisse dans %(down)s, incertaine "
        "dans %(unclear)s ; trop peu d’événements dans %(none)s."
    ) % {
        "up": formats.number(told["rising"]),
        "down": formats.number(told["falling"]),
        "unclear": formats.number(told["unclear"]),
        "none": formats.number(len(rows) - told.total()),
    }


def _shared(question, loaded):
    """Return what both sources share in the period, where both are loaded."""
    if not {EventSource.ACLED, EventSource.UCDP} <= set(loaded):
        return None
    return shared(question.period.since, question.period.until)
