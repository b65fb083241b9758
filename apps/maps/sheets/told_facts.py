"""What the documents tell of services: mechanisms of peace, and counts of a region that name no facility."""

from apps.infrastructure.models import Fact
from apps.maps.sheets.cited import date_or_none
from apps.maps.sheets.place import split_by_place, told_of
from layers.programme.facts import MECHANISM_KINDS


def facts_told(place, references, language):
    """Return the mechanisms of peace and the other facts, of places in here and of the region around."""
    here, around = split_by_place(told_of(Fact.objects.filter(institution__isnull=True), place), place)
    rows = [(fact, False) for fact in here] + [(fact, True) for fact in around]
    told = [(bool(fact.mechanism), _fact(fact, of_region, references, language)) for fact, of_region in rows]
    return {
        "mechanisms": [fact for is_mechanism, fact in told if is_mechanism],
        "facts": [fact for is_mechanism, fact in told if not is_mechanism],
    }


def _fact(fact, of_region, references, language):
    return {
        "service": _service(fact, language),
        "place": fact.place.replace(";", ", "),
        "places": fact.place.count(";") + 1,
        "is_of_region": of_region,
        "status": fact.status or None,
        "count": fact.count if fact.fact_kind == "aggregate" else None,
        "count_out_of": fact.count_out_of if fact.fact_kind == "aggregate" else None,
        "as_of": date_or_none(fact.as_of),
        "holder": fact.holder or None,
        **references.of(fact),
    }


def _service(fact, language):
    """Return how the mechanism is called; for another service, the words of the document."""
    words = MECHANISM_KINDS.get(fact.mechanism)
    return words.in_language(language) if words else fact.infra_type
