"""What the page and the memo of a siting run say first: the answer, and one plan against the other."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.maps import formats
from apps.maps.coverage import sentences as said
from apps.maps.runs.told import joined
from apps.maps.siting.words import kind_title

MUCH = 1.05
"""From so many times as many on, the sentence says how many times. Our choice."""


def sites_counted(n):
    return ngettext("%(n)s site", "%(n)s sites", said.form_of(n)) % {"n": formats.number(n)}


def dollars(value):
    return f"{formats.number(round(value))}\u00a0USD"


def sentence(reading):
    """Return the answer: how many sites, at what cost, for how many people."""
    plan = reading.chosen
    if plan is None:
        return _("Aucun choix ne tient toutes les règles de cette question.")
    told = {
        "sites": sites_counted(len(plan["sites"])),
        "cost": dollars(plan["cost"]),
        "limit": reading.limit_told(),
        "what": what(reading),
        "people": people_of(plan["people"]),
    }
    return (
        _("%(sites)s, pour %(cost)s : à moins de %(limit)s %(what)s vivent ainsi %(people)s de plus.") % told
    )


def what(reading):
    """Return what people come within reach of: « d’une police ou gendarmerie »."""
    if reading.question["objective"] == "chains":
        return _("de la police, d’un tribunal et d’une prison")
    return _(" ou ").join(said.what(kinds) for kinds in reading.answer["families"].values())


def people_of(people):
    """Return « 1,2 million de personnes (0 à 1,5 million) »: by the register, and the interval."""
    low, high = said.short(people["low"]), said.short(people["high"])
    point = said.people(people["point"])
    if low == high:
        return point
    return _("%(point)s (%(low)s à %(high)s)") % {"point": point, "low": low, "high": high}


def floor():
    """Return the sentence that the register is a floor: what it lacks may already cover these people."""
    return _(
        "Le registre des institutions est un plancher : une institution qui n’y figure pas couvre peut-être "
        "déjà ces personnes. Le nombre donné compte contre le registre ; la borne basse, contre tout ce qui "
        "peut exister sans y figurer ; la borne haute, contre ce qui est sûr seulement."
    )


def against(reading):
    """Return the chosen plan against that of the programme, in sentences; nothing without the latter."""
    chosen, planned = reading.chosen, reading.planned
    if not chosen or not planned or not planned["sites"]:
        return []
    told = {
        "sites": sites_counted(len(planned["sites"])),
        "cost": dollars(planned["cost"]),
        "people": people_of(planned["people"]),
    }
    lines = [_("Le programme, avec %(sites)s pour %(cost)s : %(people)s.") % told]
    lines.append(_more(chosen, planned))
    lines.append(_places(reading))
    return lines


def _more(chosen, planned):
    ours, theirs = chosen["people"]["point"], planned["people"]["point"]
    if round(chosen["cost"]) != round(planned["cost"]):
        return _("Les deux plans n’ont pas le même coût : comparez les personnes pour 100 000 USD.")
    if ours <= theirs:
        return _("Le choix du programme fait aussi bien, contre le registre.")
    told = {"more": said.people(ours - theirs)}
    if not theirs or ours / theirs < MUCH:
        return _("Contre le registre, le choix exact en compte %(more)s de plus.") % told
    told["times"] = formats.number(ours / theirs, 1)
    return _("Contre le registre, le choix exact en compte %(more)s de plus : %(times)s fois autant.") % told


def _places(reading):
    chosen, planned = reading.chosen["sites"], reading.planned["sites"]
    has_kinds = len({site["kind"] for site in (*chosen, *planned)}) > 1

    def name(site):
        return f"{site['name']} ({kind_title(site['kind'])})" if has_kinds else site["name"]

    parts = [
        (_("dans les deux plans : %(names)s"), [each for each in chosen if reading.is_planned(each)]),
        (_("seulement dans le choix exact : %(names)s"), [e for e in chosen if not reading.is_planned(e)]),
        (_("seulement au programme : %(names)s"), [e for e in planned if not reading.is_chosen(e)]),
    ]
    told = [text % {"names": joined(map(name, sites))} for text, sites in parts if sites]
    text = _(" ; ").join(told)
    return f"{text[:1].upper()}{text[1:]}."


def measure_note(reading):
    """Return how the limit is measured."""
    return _("à vol d’oiseau") if reading.limit_km else _("de trajet")
