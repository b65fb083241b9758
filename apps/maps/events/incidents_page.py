"""What templates/maps/events/incidents.html shows: pairs of events that may be one incident."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.events.incidents import DAYS, METRES, compared
from apps.events.models import SameIncident
from apps.maps import formats
from apps.maps.events import words
from geo.vocabulary import DatePrecision, PlacePrecision
from layers.events import DATE_PRECISIONS, EVENT_TYPES, PLACE_PRECISIONS, UCDP_EVENT_TYPES

PAIRS_A_PAGE = 20
STATES = SameIncident.State


def incidents_context(state, page_number):
    """Return one page of the pairs in a state, the nearest in time and place first, and how many each has."""
    pairs = SameIncident.objects.filter(state=state).select_related("decided_by")
    nearest = pairs.order_by("days", "metres", "pk")
    page = Paginator(
        nearest if state == STATES.PROPOSED else pairs.order_by("-decided_at", "pk"), PAIRS_A_PAGE
    )
    shown = page.get_page(page_number)
    counts = dict(SameIncident.objects.order_by().values_list("state").annotate(Count("pk")))
    return {
        "state": state,
        "states": [(each, told, counts.get(each, 0)) for each, told in _states().items()],
        "page": shown,
        "pairs": [_pair(each) for each in compared(shown)],
        "limits": {
            "day": DAYS[DatePrecision.DAY],
            "month": DAYS[DatePrecision.MONTH],
            "exact_km": METRES[PlacePrecision.EXACT] / 1000,
            "area_km": METRES[PlacePrecision.AREA] / 1000,
        },
    }


def _states():
    return {
        STATES.PROPOSED: _("À décider"),
        STATES.CONFIRMED: _("Confirmées"),
        STATES.REFUSED: _("Refusées"),
    }


def _pair(each):
    return {
        "pair": each.pair,
        "sides": [_side(each.acled), _side(each.ucdp)],
        "km": each.pair.metres / 1000,
        "deaths_agree": each.deaths_agree,
        "words_shared": each.words_shared,
    }


def _side(side):
    event, language = side.event, get_language()
    about = {"source": words.SOURCES[side.source], "id": side.source_event_id, "event": event}
    if event is None:
        return about
    types = {**EVENT_TYPES, **UCDP_EVENT_TYPES}
    return about | {
        "type": types[event.event_type].in_language(language)
        if event.event_type in types
        else event.event_type,
        "days": _days(event),
        "date_precision": DATE_PRECISIONS[str(event.time_precision)].in_language(language),
        "place_precision": PLACE_PRECISIONS[str(event.geo_precision)].in_language(language),
        "area": event.commune or event.cercle,
        "actors": [actor for actor in (event.actor1, event.actor2) if actor],
    }


def _days(event):
    if event.last_day is None:
        return formats.day(event.occurred_on)
    return _("%(since)s – %(until)s") % {
        "since": formats.day(event.occurred_on),
        "until": formats.day(event.last_day),
    }
