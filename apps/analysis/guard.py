"""
Who may ask what: access classes hold through every step of a question.

Rows that a reader may not read are only counted, and only as counts of them are published: by region, cercle
or commune, by whole months, by what tells their sort. Then whatever is asked, however often, is a sum of
published cells: no answer, and no difference of two, tells where in a commune or when in a month.
What a question may be follows from the question alone: a refusal says nothing of the rows.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from apps.accounts.access import access_class, may_see, strictest
from apps.analysis.answers import words
from apps.analysis.bounds import web_limits
from apps.analysis.features import EVENT_LAYERS, GROUNDS, LEVEL_NAMES, layer_of, layers_of
from apps.analysis.questions import COUNT, RATE, SHARE_OF_PEOPLE, TIMES, WITHIN
from apps.catalogue.loads import load_of, may_read
from apps.events.queries import end_of_month
from apps.sources.models import Load
from geo.vocabulary import AccessClass, EventSource
from layers.catalogue import LAYERS

FEW = "few"
"""What an answer says in place of a number from 1 to `FEWEST_TOLD` - 1."""

FEWEST_TOLD = 5

SORTS = {
    "events": ("event_type", "events_source", "simulated"),
    "ucdp_events": ("event_type", "events_source"),
}
"""The fields by which counts of the rows of a layer are published."""

COUNTED_COLUMNS = ("count", "count_low", "count_high")
RATE_COLUMNS = ("rate", "rate_low", "rate_high")
PER = 100_000


class NotForReader(APIException):
    """The question is about rows that the reader may not read, and not only about their published counts."""

    status_code = 403


@dataclass(frozen=True)
class Allowed:
    """What a reader is given: the access class that the answer needs, and whether it only counts."""

    access: AccessClass
    counts_only: bool = False

    def limits(self):
        """Return the limits of the question; where only counts are given, no plan is looked at."""
        return web_limits(looks_at_plans=not self.counts_only)


def check(question, user):
    """Return how `user` may be answered a resolved question; raises NotForReader: why not, and what else."""
    names = layers_read(question)
    classes = {name: class_of(name, question) for name in names}
    closed = [name for name in names if not _may_read(user, name, classes[name])]
    if not closed:
        return Allowed(strictest(classes.values()))
    if why := _why_not(question, closed[0]):
        raise NotForReader(_refusal(closed[0], why, user))
    return Allowed(AccessClass.PUBLIC, counts_only=True)


def closed_to(user):
    """Return the names of the layers that can be asked and whose rows `user` may not read."""
    return {name for name in GROUNDS if not may_read(user, LAYERS[name])}


def may_ask(question, closed):
    """Return whether a checked question may be asked by whom these layers are closed to (`closed_to`)."""
    names = [name for name in layers_read(question) if name in closed]
    return not names or _why_not(question, names[0]) is None


def layers_read(question):
    """Return the names of the layers whose rows a question reads: the settlements too, where people count."""
    names = layers_of(question)
    kinds = [(step["relation"] or {}).get("kind") for step in question["steps"]]
    return [*names, "settlements"] if SHARE_OF_PEOPLE in kinds and "settlements" not in names else names


def class_of(name, question):
    """
    Return the access class of the rows of a layer that a question may read.

    Of events, the strictest of all loads that ever brought some of the source asked: they are asked as they
    were known before, too.
    """
    layer = LAYERS[name]
    loads = [load_of(layer)]
    if name in EVENT_LAYERS:
        is_simulated = question["events"]["source"] == EventSource.SIMULATED
        loads += Load.objects.of_kind(layer.load_kind).filter(is_simulated=is_simulated)
    return strictest(access_class(layer, load) for load in loads)


def _may_read(user, name, access):
    return may_read(user, LAYERS[name]) and may_see(user, access)


# --- what may be asked of rows that are only counted ------------------------------------------------------


def _why_not(question, name):
    """Return in words why a question is more than the published counts of a layer; None where it is not."""
    [step, *others] = question["steps"]
    layer = layer_of(question, step["what"])
    if others or layer.name != name:
        return _("rien d’autre ne se choisit, ne se mesure ni ne se lie par elles")
    return (
        _why_not_related(question, step)
        or _why_not_filtered(step["what"], SORTS.get(name, ()))
        or _why_not_dated(question, step["what"])
        or _why_not_measured(question, SORTS.get(name, ()))
    )


def _why_not_related(question, step):
    if step["relation"] is None:
        return None
    of = layer_of(question, step["of"])
    by_area = (of is not None and GROUNDS[of.name].level) or set(step["of"]) == {"areas"}
    if step["relation"]["kind"] == WITHIN and by_area and step["relation"].get("at_least", 1) == 1:
        return None
    return _("elles ne se cherchent ni à une distance, ni dans un tracé, seulement dans des unités")


def _why_not_filtered(what, sorts):
    closed = [each["field"] for each in what["where"] if each["field"] not in sorts]
    if not closed:
        return None
    return _("elles ne se filtrent pas par %(field)s") % {"field": closed[0]}


def _why_not_dated(question, what):
    """Days would tell the day of an event by the difference of two questions."""
    since, until = what.get("since"), [what.get("until"), question["events"]["until"]]
    if since and date.fromisoformat(since).day != 1:
        return _("elles se comptent par mois entiers, du premier jour au dernier")
    if any(day and end_of_month(date.fromisoformat(day)).isoformat() != day for day in until):
        return _("elles se comptent par mois entiers, du premier jour au dernier")
    return None


def _why_not_measured(question, sorts):
    measure = question["measure"]
    if measure is None:
        return _("elles ne se listent pas")
    if measure["kind"] not in (COUNT, RATE) or measure.get("field"):
        return _("elles se comptent seulement, en nombre ou pour 100 000 habitants")
    closed = [name for name in question["by"] if name not in (*LEVEL_NAMES, *TIMES, *sorts)]
    if closed:
        return _("elles ne se comptent pas par %(field)s") % {"field": closed[0]}
    least = (question["keep"] or {}).get("at_least")
    if least is not None and (measure["kind"] == RATE or 1 < least < FEWEST_TOLD):
        return _("un seuil dirait les petits nombres, qui sont tus")
    return None


def _refusal(name, why, user):
    told = {"layer": LAYERS[name].title.in_language(get_language() or "fr"), "why": why}
    ways = _(
        "Vous ne pouvez pas lire les rangées de « %(layer)s » : %(why)s. Elles se comptent par région, "
        "cercle ou commune, par mois entiers et par type."
    )
    more = "" if user.is_authenticated else " " + _("Connectez-vous pour demander le reste.")
    return ways % told + more


# --- what is told of them -------------------------------------------------------------------------------


def suppressed(answer, allowed):
    """
    Return the answer as its reader may know it: of what is only counted, no number from 1 to 4.

    What would give such a number away is withheld too: what was read and kept in all, and the rank of groups
    that have so few.
    """
    answer.access = allowed.access.value
    if not allowed.counts_only:
        return answer
    names = [each["name"] for each in answer.columns]
    rows = [_without_few(row, names) for row in answer.rows]
    kept = [place for place, row in enumerate(rows) if not (answer.question["keep"] and FEW in row)]
    return replace(
        answer,
        rows=[rows[place] for place in kept],
        ids=[answer.ids[place] for place in kept],
        total=len(kept) if answer.question["keep"] else answer.total,
        steps=[dict.fromkeys(step) | {"step": step.get("step")} for step in answer.steps],
        sources=[source | {"rows": None} for source in answer.sources],
        suppressed=any(FEW in row for row in rows),
        notes=[*(each for each in answer.notes if "step" not in each), FEW_NOTE],
    )


FEW_NOTE = words(
    "Sans le droit de lire les rangées, un nombre de 1 à 4 est dit « moins de 5 », et les nombres en "
    "tout ne sont pas dits.",
    "Without the right to read the rows, a number from 1 to 4 is told as “fewer than 5”, and the numbers in "
    "all are not told.",
)


def _without_few(row, names):
    """Return a row without its small numbers; where the number itself is one, its interval goes too."""
    told = dict(zip(names, row, strict=True))
    people = told.get("people")
    numbers = {name: told[name] for name in COUNTED_COLUMNS if name in told}
    numbers |= {
        name: round(told[name] * people / PER)
        for name in RATE_COLUMNS
        if told.get(name) is not None and people
    }
    few = {name for name, number in numbers.items() if number is not None and 0 < number < FEWEST_TOLD}
    if few & {"count", "rate"}:
        few = set(numbers)
    return [FEW if name in few else value for name, value in told.items()]
