"""What an answer rests on: the loads behind its layers, their access, whether simulated or approximate."""

from datetime import datetime

from apps.accounts.access import access_class, strictest
from apps.analysis.features import COUNT_LAYERS, EVENT_LAYERS, LAYERS_WITH_PEOPLE, layers_of
from apps.analysis.questions import PEOPLE, RATE, SHARE_OF_PEOPLE
from apps.analysis.resolving import asked_of
from apps.catalogue.loads import active_edition, readable_as
from apps.events.queries import end_of_month
from apps.runs.snapshot import snapshot
from apps.sources.models import Load
from geo.vocabulary import EventSource
from layers.catalogue import LAYERS

KINDS_OF_PEOPLE = (Load.Kind.POPULATION, Load.Kind.SETTLEMENTS, Load.Kind.DENSITY, Load.Kind.COMMUNE_PEOPLE)


def sources_of(question):
    """Return the members of an answer that tell what it rests on."""
    names = layers_of(question)
    events = [_load_of_events(question, name) for name in names if name in (*EVENT_LAYERS, *COUNT_LAYERS)]
    events = [load for load in events if load]
    kinds = {LAYERS[name].load_kind for name in names if name not in (*EVENT_LAYERS, *COUNT_LAYERS)}
    kinds |= {Load.Kind.BOUNDARIES.value} | _kinds_of_people(question, names)
    told = snapshot(sorted(kinds), also=events)
    edition = active_edition()
    return {
        "sources": told,
        "edition": edition.name,
        "approximate": edition.is_approximate,
        "simulated": any(each["is_simulated"] for each in told),
        "events_until": _events_until(question, names),
        "known_at": question["events"]["known_at"],
        "access": strictest(_access(question, names)).value,
    }


def _kinds_of_people(question, names):
    measure = (question["measure"] or {}).get("kind")
    shares = any((step["relation"] or {}).get("kind") == SHARE_OF_PEOPLE for step in question["steps"])
    asks = measure in (PEOPLE, RATE) or shares or set(names) & set(LAYERS_WITH_PEOPLE)
    return {kind.value for kind in KINDS_OF_PEOPLE} if asks else set()


def _load_of_events(question, name):
    """Return the load that brought the events as they were known at the instant asked; None of none."""
    asked = asked_of(question["events"], name)
    known_at = question["events"]["known_at"]
    kind = Load.Kind.UCDP_EVENTS if asked.source is EventSource.UCDP else Load.Kind.EVENTS
    loads = Load.objects.of_kind(kind).filter(is_simulated=asked.source is EventSource.SIMULATED)
    if known_at:
        loads = loads.filter(loaded_at__lte=datetime.fromisoformat(known_at))
    return loads.order_by("-loaded_at", "-pk").first()


def _events_until(question, names):
    """Return the last day of events that the answer rests on."""
    spans = [
        asked_of(question["events"], name).span for name in names if name in (*EVENT_LAYERS, *COUNT_LAYERS)
    ]
    last = max((end_of_month(span.last) for span in spans if span), default=None)
    until = question["events"]["until"]
    return last and min(last.isoformat(), until or last.isoformat())


def _access(question, names):
    """Return the access classes of the layers read: of events, that of the source that counts."""
    for name in names:
        if name in EVENT_LAYERS:
            load = _load_of_events(question, name)
            yield access_class(LAYERS[name], load)
        else:
            yield readable_as(LAYERS[name])[1]
