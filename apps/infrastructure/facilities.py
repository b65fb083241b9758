"""
Which facts of the documents name a facility, and what their words say of its status and its day.

A phrase that is not in the tables here is never guessed: the status is unknown, and the load tells it.
"""

import re
from datetime import date

from geo.names import fold
from geo.vocabulary import InstitutionKind, InstitutionStatus, MechanismKind

KINDS = {
    "TGI": InstitutionKind.TGI,
    "TI": InstitutionKind.TI,
    "JPCE": InstitutionKind.JPCE,
    "EPES (prison)": InstitutionKind.EPES,
    "EPES (prison) Femmes et Mineurs": InstitutionKind.EPES,
    "one-stop center": InstitutionKind.ONE_STOP_CENTRE,
    "Tribunal militaire": InstitutionKind.MILITARY_COURT,
    "PJS (pôle judiciaire spécialisé)": InstitutionKind.PJS,
    "PEF (pôle économique et financier)": InstitutionKind.PEF,
    "BIS (brigade d’investigation spécialisée)": InstitutionKind.BIS,
    "commissariat": InstitutionKind.COMMISSARIAT,
}
"""The service as the table writes it -> the kind of institution. A PJS antenna is none: nothing stands."""

MECHANISMS = {
    "COFO": MechanismKind.COFO,
    "COFO villageoises": MechanismKind.COFO,
    "CCR": MechanismKind.CCR,
    "CCS": MechanismKind.CCS,
    "CCS communal": MechanismKind.CCS,
    "CCS régional": MechanismKind.CCS,
    "ERAR": MechanismKind.ERAR,
    "CNDH antenna": MechanismKind.CNDH_ANTENNA,
    "OSC relais de la CNDH": MechanismKind.CNDH_RELAY,
    "CVJR regional antenna": MechanismKind.CVJR_ANTENNA,
    "centre de paix": MechanismKind.PEACE_CENTRE,
    "Laboratoires de paix": MechanismKind.PEACE_LABORATORY,
}

NAMES_A_FACILITY = ("point", "implied")
"""The sorts of fact that are about one facility; the others count, or describe a region."""

NOTHING_STANDS = {
    "nouvel EPES à construire",
    "absent (à créer)",
}
"""Said of a facility that is wanted: it does not stand."""

_EXISTS = InstitutionStatus.UNKNOWN
"""It exists; whether it works is not told."""

STATUSES = {
    "existant": _EXISTS,
    "existant (évalué)": _EXISTS,
    "existant (étude récidive 2015)": _EXISTS,
    "existant (évalué); transformation en TI testée par le PIP": _EXISTS,
    "existant, à transformer en TI": _EXISTS,
    "à réhabiliter et équiper": _EXISTS,
    "siège, compétence nationale": _EXISTS,
    "siège, compétence nationale; très appuyé": _EXISTS,
    "une quarantaine d’enquêteurs, tous à Bamako": _EXISTS,
    "hébergé dans un bâtiment en location (ACI 2000)": _EXISTS,
    "non entièrement opérationnel "
    "(siège dans une maison; magistrats non déployés; procureur à nommer)": _EXISTS,
    "travaux non finalisés": InstitutionStatus.UNDER_CONSTRUCTION,
    "construction démarrée": InstitutionStatus.UNDER_CONSTRUCTION,
    "en construction par l’Etat": InstitutionStatus.UNDER_CONSTRUCTION,
    "non fonctionnel": InstitutionStatus.CLOSED,
    "non fonctionnel pour l’Etat; ouvert sous contrôle d’éléments du MNLA": InstitutionStatus.CLOSED,
}
"""The document's words -> the status; the reasons are in docs/data.md."""

_VOWELS = tuple("aeiou")
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def kind_of(fact):
    """Return the kind of institution that a fact names; None when it names none that stands."""
    if fact.fact_kind not in NAMES_A_FACILITY or fact.status in NOTHING_STANDS or fact.count == 0:
        return None
    return KINDS.get(fact.infra_type)


def status_of(words):
    """Return the status that a document's words tell; None when they are not in the table."""
    return STATUSES.get(words)


def first_day(told):
    """
    Return the first day of a time told as 2021, 2020-12 or 2020-12-31; None when it is told otherwise.

    >>> first_day("2020-12")
    datetime.date(2020, 12, 1)
    """
    written = _DAY.fullmatch(told.strip())
    if not written:
        return None
    year, month, day = written.groups()
    try:
        return date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None


def source_id(fact, kind):
    """Return what the facility is called in the register of the documents, the same at every load."""
    return f"fait:{kind}:{fact.place}"


def name_of(fact):
    """Return a name to show: the document's word for the service, and the place."""
    service = fact.infra_type.replace(" (prison)", "").partition(" (")[0]
    of = "d’" if fold(fact.place)[:1] in _VOWELS else "de "
    return f"{service[:1].upper()}{service[1:]} {of}{fact.place}"
