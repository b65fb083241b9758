"""Whose events a page counts, until when and as known when: its question, its words, its links."""

from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.events.asked import WrongAsked, asked_from
from apps.events.figures import period_of
from apps.maps import formats
from apps.maps.questions import WrongParameter
from layers.events import SOURCES


def asked_question(parameters):
    """Return what the address asks of events; raises WrongParameter."""
    try:
        return asked_from(parameters)
    except WrongAsked as error:
        raise WrongParameter(str(error)) from error


def asked_told(asked):
    """Return what templates/maps/_asked*.html and the links of a page need."""
    return {
        "question": asked,
        "sources": [(source.value, title_of(source)) for source in asked.loaded],
        "is_newest": not asked.parameters(),
        "is_dated": bool(asked.events_until or asked.known_at),
        "line": line(asked),
        "brief": brief(asked),
        "unknown": unknown(asked),
        "known_day": asked.known_at and timezone.localdate(asked.known_at),
        "query": query_of(asked),
        "more": query_of(asked, "&"),
    }


def query_of(asked, begin="?"):
    """Return what a link must end with to ask the same; nothing for the newest."""
    query = urlencode(asked.parameters())
    return f"{begin}{query}" if query else ""


def title_of(source):
    """Return how a source is called on a page."""
    return SOURCES[source].in_language(get_language())


def line(asked):
    """Return whose events count, until which day, as known when, and since when they are known here."""
    if asked.counted_source is None:
        return ""
    until = period_of("all", asked).until
    told = {
        "source": title_of(asked.counted_source),
        "until": formats.day(asked.events_until or until) or "—",
        "known": _("au %(day)s") % {"day": _instant(asked.known_at)} if asked.known_at else _("aujourd’hui"),
        "first": formats.day(timezone.localdate(asked.first_known)),
    }
    sentence = _(
        "Événements : %(source)s, jusqu’au %(until)s, tels que connus %(known)s (premiers chargés ici le "
        "%(first)s)."
    )
    return f"{sentence % told} {_others(asked)}".rstrip()


def brief(asked):
    """Return the dates alone where the newest is asked: a sheet names its source, and has two pages."""
    if asked.counted_source is None or asked.parameters():
        return line(asked)
    told = _("Connus ici depuis le %(first)s.") % {
        "first": formats.day(timezone.localdate(asked.first_known))
    }
    return f"{told} {_others(asked)}".rstrip()


def _others(asked):
    """Return that the events of the other sources loaded are not added; empty where there is none."""
    others = [title_of(source) for source in asked.loaded if source is not asked.counted_source]
    alone = _("Ceux d’une autre source (%(others)s) ne s’y ajoutent jamais.")
    return alone % {"others": ", ".join(others)} if others else ""


def unknown(asked):
    """Return why nothing can be counted where events are loaded all the same; empty where it can."""
    if asked.counted_source is None or asked.span is not None or not (asked.events_until or asked.known_at):
        return ""
    if not asked.was_known:
        return _(
            "Rien de cette source n’était connu ici avant le %(first)s : au %(known)s, les nombres sont "
            "inconnus, pas nuls."
        ) % {
            "first": formats.day(timezone.localdate(asked.first_known)),
            "known": formats.day(timezone.localdate(asked.known_at)),
        }
    return _(
        "Aucun événement n’est chargé pour une date aussi ancienne : les nombres sont inconnus, pas nuls."
    )


def _instant(instant):
    """Return the day, and the hour where it is not the end of that day."""
    local = timezone.localtime(instant)
    day = formats.day(local.date())
    return day if (local.hour, local.minute) == (23, 59) else f"{day}, {local:%H:%M}"
