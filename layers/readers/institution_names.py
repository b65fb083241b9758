"""What the name of an institution on a map tells: its kind, or that it is something else."""

import re

from geo.names import fold
from geo.vocabulary import InstitutionFamily, InstitutionKind

_NOT_TOLD = {
    InstitutionFamily.POLICE: InstitutionKind.POLICE_NOT_TOLD,
    InstitutionFamily.COURT: InstitutionKind.COURT_NOT_TOLD,
    InstitutionFamily.PRISON: InstitutionKind.PRISON_NOT_TOLD,
}
# Written as in _words: no accents, one space between words. Spellings are those met in OpenStreetMap.
_POLICE = r"\bpolice|\bcommissariat|\bg[ae]ndar?m|\bbrigade"
_COURT = r"\btribuna[lu]|\bcourt\b|\bjustice|\btgi\b|\bjpce\b"
_PRISON = r"\bprison|\bmaison (?:centrale )?d arret|\bepes\b|\bpenitenti"
_KINDS = [
    (InstitutionKind.COMMISSARIAT, r"\bcommissariat"),
    (InstitutionKind.BRIGADE, r"\bg[ae]ndar?m|\bbrigade"),
    (InstitutionKind.TGI, r"\btgi\b|\btribunal de grande instance"),
    (InstitutionKind.TI, r"\bti\b|\btribunal d instance"),
    (InstitutionKind.JPCE, r"\bjpce\b|\bjustice de paix"),
    (InstitutionKind.EPES, r"\bepes\b|\bmaison (?:centrale )?d arret|\betablissement penitentiaire"),
]
_COMMANDS = r"\bdirection\b|\blegion\b|\bgroupement\b|\betat major\b|\becole\b|\bunite\b|\binspection\b"
"""Parts of a force that receive nobody: their name says the force, not a brigade or a commissariat."""

_OTHER_THINGS = [
    ("la douane", r"\bdouan|\bcustom"),
    ("une mosquée", r"\bmosqu"),
    ("une église", r"\beglise|\bchurch"),
    ("une école", r"\bschool|\blycee|\bmedersa"),
    ("une mairie", r"\bmairie|\btown ?hall"),
    ("les pompiers", r"\bpompier|\bprotection civile|\bfire\b"),
    ("la garde nationale", r"\bgarde nationale|\bnational guard"),
    ("l'armée", r"\barmee\b|\bmilitaire|\bbarracks"),
    ("un lieu de soins", r"\bhopital|\bhospital|\bclini|\bcscom|\bcsref"),
    ("un marché", r"\bmarche\b|\bmarket"),
    ("une banque", r"\bbanque|\bbank\b"),
]
_FAMILIES = [
    (InstitutionFamily.POLICE, "la police", _POLICE),
    (InstitutionFamily.COURT, "la justice", _COURT),
    (InstitutionFamily.PRISON, "une prison", _PRISON),
]


def kind_of(name: str, family: InstitutionFamily) -> InstitutionKind:
    """
    Return the kind that `name` tells, else that of `family` whose kind is not told.

    >>> kind_of("Gandarmerie de Diré", InstitutionFamily.POLICE).value
    'brigade'
    >>> kind_of("Palais de justice", InstitutionFamily.COURT).value
    'court_not_told'
    """
    words = _words(name)
    if re.search(_COMMANDS, words) or other_thing(name, family):
        return _NOT_TOLD[family]
    told = (kind for kind, pattern in _KINDS if kind.family is family and re.search(pattern, words))
    return next(told, _NOT_TOLD[family])


def other_thing(name: str, family: InstitutionFamily) -> str | None:
    """
    Return, in French, what `name` says that is none of `family`; None when it does not contradict it.

    >>> other_thing("Mosque", InstitutionFamily.COURT)
    'une mosquée'
    """
    words = _words(name)
    if any(re.search(pattern, words) for own, _, pattern in _FAMILIES if own is family):
        return None
    others = [*_OTHER_THINGS, *((thing, pattern) for own, thing, pattern in _FAMILIES if own is not family)]
    return next((thing for thing, pattern in others if re.search(pattern, words)), None)


def _words(name: str) -> str:
    return " ".join(filter(None, map(fold, re.split(r"[\W_]+", name))))
