"""What an answer leaves in doubt, gathered: what is unknown, imprecise, filled in, simulated or left out."""

from django.utils.translation import gettext as _

from apps.maps import formats
from apps.maps.runs.reading import NO_DATA, NO_WEIGHT, Reading
from apps.maps.runs.told import counted, day_of, joined, short_title, zone_title
from apps.targeting.indicators import INDICATORS

KNOWN_IN_PART = ("works", "projects", "beyond_share")
"""Indicators whose absence means unknown: their note says so beside the score."""


def doubts(answer):
    """Return the sentences that say what an answer leaves in doubt."""
    reading = Reading(answer)
    told = (*_of_data(reading), *_of_criteria(reading), *_of_areas(reading), *_of_rules(reading))
    return [sentence for sentence in told if sentence]


def _of_data(reading):
    answer = reading.answer
    if answer["source"] == "simulated":
        yield _("Les événements sont simulés : cette réponse montre la méthode, elle ne dit rien du pays.")
    if answer["is_approximate"]:
        yield _("Les limites sont approximatives.")
    if not reading.is_whole:
        yield _(
            "Un critère repose sur un tableau d’accès restreint : vous lisez le choix et l’ordre, pas les "
            "valeurs ni les scores."
        )
    first, until = day_of(answer["first_known"]), day_of(answer["events_until"])
    if first and until and first > until:
        yield _(
            "Les événements ne sont connus ici que depuis le %(first)s : ce que leur source en savait le "
            "%(until)s ne peut pas être retrouvé."
        ) % {"first": formats.day(first), "until": formats.day(until)}


def _of_criteria(reading):
    yield _listed(reading, NO_DATA, _("Ne comptent pas, faute de donnée : %(criteria)s."))
    yield _listed(reading, NO_WEIGHT, _("Connus, mais sans poids dans cette question : %(criteria)s."))
    used = {each["indicator"] for zone in reading.zones for each in reading.used(zone)}
    for indicator in KNOWN_IN_PART:
        if indicator in used:
            about = INDICATORS[indicator]
            yield f"{about.title}{_(' : ')}{about.note}"
    if reading.is_whole:
        yield from map(_filled, filter(lambda criterion: criterion["filled"], reading.answer["criteria"]))


def _listed(reading, status, sentence):
    """Return the sentence with the criteria of this status; with their zone where others use them."""
    found = {}
    for criterion in reading.answer["criteria"]:
        if criterion["status"] == status:
            found.setdefault(short_title(criterion), []).append(criterion["zone"])
    told = [
        title if len(zones) == len(reading.zones) else f"{title} ({_zones(reading, zones)})"
        for title, zones in found.items()
    ]
    return sentence % {"criteria": joined(told)} if told else ""


def _zones(reading, keys):
    return ", ".join(zone_title(reading.zones[key]) for key in keys)


def _filled(criterion):
    return _("« %(criterion)s » : %(n)s valeurs sur %(of)s sont inconnues et remplies par une autre.") % {
        "criterion": short_title(criterion),
        "n": formats.number(criterion["filled"]),
        "of": formats.number(criterion["of"]),
    }


def _of_areas(reading):
    areas = reading.answer["scores"]
    level = reading.answer["question"]["level"]
    if any(zone["regions"] or zone["areas"] for zone in reading.answer["question"]["zones"]):
        yield _(
            "Le choix se fait parmi les %(areas)s des zones de la question : ce qui est hors d’elles "
            "n’est pas comparé."
        ) % {"areas": counted(level, len(areas))}
    if not reading.is_whole:
        return
    yield _without_score(level, [area["name"] for area in areas if area["score"] is None])
    imprecise = sum(bool(area["quality"]["imprecise"]) for area in areas)
    if imprecise:
        yield _("Pour %(n)s sur %(of)s, au moins une valeur n’est connue que dans un intervalle.") % {
            "n": formats.number(imprecise),
            "of": counted(level, len(areas)),
        }
    estimated = sum(area["quality"]["people_estimated"] for area in areas)
    if estimated:
        yield _("Population estimée à partir d’un total plus large : %(areas)s.") % {
            "areas": counted(level, estimated)
        }


MOST_NAMES = 12
"""Names told one by one; beyond it, only how many."""


def _without_score(level, names):
    if len(names) > MOST_NAMES:
        return _("Sans score, faute de donnée : %(names)s.") % {"names": counted(level, len(names))}
    return _("Sans score, faute de donnée : %(names)s.") % {"names": joined(names)} if names else ""


def _of_rules(reading):
    for key in reading.answer["rules"]["unmet"]:
        region = key.partition(".")[2]
        yield _("Le plancher de la région %(region)s n’est pas atteint : trop peu y ont un score.") % {
            "region": reading.regions.get(region, region)
        }
