"""A checked question made whole: months become days; whose events, known when, and the edition are said."""

from datetime import date

from django.utils.translation import gettext as _

from apps.analysis.features import COUNT_LAYERS, EVENT_LAYERS, GROUNDS, layers_of
from apps.analysis.questions import refused, title
from apps.boundaries.models import Area
from apps.catalogue.loads import active_edition
from apps.events.asked import Asked, WrongAsked, asked_from, months_before
from apps.events.queries import end_of_month, last_known
from geo.vocabulary import EventSource, Pcode
from layers.catalogue import LAYERS

UCDP_LAYER = "ucdp_events"
NOT_OF_UCDP = (EventSource.ACLED, EventSource.SIMULATED)


def resolved(question):
    """
    Return the checked question with nothing left to the day it is asked; raises ValidationError.

    Asked again, it reads the same versions of events over the same days, or says that the edition changed.
    """
    edition = active_edition()
    if edition is None:
        raise refused("edition", _("Aucune limite n’est chargée : lancez manage.py load_country."))
    if question["edition"] not in (None, edition.name):
        raise refused(
            "edition",
            _(
                "La question est de l’édition %(asked)s, et %(active)s est en usage : "
                "activez l’autre d’abord."
            ),
            asked=question["edition"],
            active=edition.name,
        )
    _check_areas(question)
    events = _events(question)
    steps = [
        step | {side: _dated(step[side], events) for side in ("what", "of")} for step in question["steps"]
    ]
    return question | {"steps": steps, "events": _plain(events), "edition": edition.name}


def _check_areas(question):
    told = {
        pcode
        for step in question["steps"]
        for side in ("what", "of")
        for pcode in (step[side] or {}).get("areas", ())
    }
    known = set(Area.objects.active().filter(pcode__in=told).values_list("pcode", flat=True))
    if unknown := sorted(told - known):
        raise refused(
            "areas",
            _("%(pcode)s n’est pas dans l’édition en usage : cherchez l’unité par son nom."),
            pcode=unknown[0],
        )
    for step in question["steps"]:
        for side in ("what", "of"):
            _check_finer(step[side] or {})


def _check_finer(features):
    """Refuse areas finer than the areas asked: a region lies in no cercle."""
    level = GROUNDS[features["layer"]].level if features.get("layer") else None
    finer = [pcode for pcode in features.get("areas", ()) if level and Pcode(pcode).level > level]
    if finer:
        raise refused(
            "areas",
            _("« %(layer)s » : %(pcode)s est plus petit que ces unités. Demandez lesquelles le contiennent."),
            layer=title(LAYERS[features["layer"]]),
            pcode=finer[0],
        )


def _events(question):
    """Return whose events are asked (an `Asked`) and as known when; None where the question reads none."""
    if not set(layers_of(question)) & {*EVENT_LAYERS, *COUNT_LAYERS}:
        return None
    told = question["events"]
    try:
        asked = asked_from({**told, "events_until": told["until"]})
    except WrongAsked as wrong:
        raise refused("events", str(wrong)) from None
    source = asked.source or _usual_source(question, asked)
    return Asked(source, asked.events_until, asked.known_at or _last_known(question, source))


def _usual_source(question, asked):
    if UCDP_LAYER in layers_of(question):
        return EventSource.UCDP
    return next((source for source in asked.loaded if source in NOT_OF_UCDP), None)


def _last_known(question, source):
    sources = [source] + ([EventSource.UCDP] if UCDP_LAYER in layers_of(question) else [])
    return max((known for known in map(last_known, filter(None, sources)) if known), default=None)


def _plain(asked):
    if asked is None:
        return {"source": None, "until": None, "known_at": None}
    return {
        "source": asked.source and asked.source.value,
        "until": asked.events_until and asked.events_until.isoformat(),
        "known_at": asked.known_at and asked.known_at.isoformat(),
    }


def _dated(features, asked):
    """Return features with the days that their months stand for, counted back as figures count theirs."""
    if not features or "last_months" not in features:
        return features
    features = dict(features)
    months = features.pop("last_months")
    span = asked_of(_plain(asked), features["layer"]).span if asked else None
    if span is None:
        raise refused("last_months", _("Rien n’est chargé dont compter les mois."))
    until = end_of_month(span.last)
    if asked.events_until:
        until = min(until, asked.events_until)
    since = max(span.first, months_before(span.last, months - 1))
    return features | {"since": since.isoformat(), "until": until.isoformat()}


def asked_of(events, layer):
    """
    Return the `Asked` of a layer of events, from the member `events` of a resolved question.

    Known at the last change or after it is known now: the same rows, by the quicker way.
    """
    source = EventSource(events["source"]) if events["source"] else None
    if layer == UCDP_LAYER:
        source = EventSource.UCDP
    until = date.fromisoformat(events["until"]) if events["until"] else None
    asked = asked_from({"known_at": events["known_at"]})
    last = last_known(source) if source else None
    is_now = asked.known_at is None or last is None or asked.known_at >= last
    return Asked(source, until, None if is_now else asked.known_at)
