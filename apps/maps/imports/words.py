"""What the pages of imports call states, rows, and what a step may answer."""

from django.utils.translation import gettext_lazy as _

from apps.imports.models import Import, StagedRow
from apps.imports.services import (
    ALL_OR_NOTHING,
    CHANGED_SINCE,
    CUT_SHORT,
    ELSEWHERE,
    NO_BYTES,
    NOTHING_NEW,
    WOULD_REMOVE,
)

State, Action = Import.State, StagedRow.Action

STATES = {
    State.LOOKING: _("lecture en cours"),
    State.RECEIVED: _("colonnes à vérifier"),
    State.TRYING: _("essai en cours"),
    State.TRIED: _("différence à vérifier"),
    State.APPLYING: _("chargement en cours"),
    State.APPLIED: _("chargé"),
    State.REFUSED: _("refusé"),
    State.CANCELLED: _("annulé"),
    State.FAILED: _("interrompu"),
}

ACTIONS = {
    Action.ADDED: _("Nouvelles"),
    Action.CHANGED: _("Modifiées"),
    Action.UNCHANGED: _("Inchangées"),
    Action.GONE: _("Disparues"),
    Action.REFUSED: _("Refusées"),
    Action.WAITING: _("Lieu à décider"),
}

MESSAGES = {
    CHANGED_SINCE: _(
        "Ce qui est chargé a changé depuis l’essai : rien n’a été écrit. Voici la différence d’aujourd’hui."
    ),
    NOTHING_NEW: _("Ce fichier ne change rien : tout ce qu’il dit est déjà chargé. Rien n’a été écrit."),
    CUT_SHORT: _(
        "Le travail s’est arrêté sur une erreur de Maillage. Rien n’a été écrit ; les données d’avant sont "
        "entières. Essayez de nouveau, et prévenez un administrateur si cela se répète."
    ),
    ELSEWHERE: _("Cet import a avancé entre-temps : voici où il en est."),
    NO_BYTES: _("Les octets de ce fichier ne sont plus ici : envoyez-le de nouveau."),
    WOULD_REMOVE: _("Rien n’a été chargé : cochez d’abord que ce fichier est complet."),
    ALL_OR_NOTHING: _(
        "Une édition de limites entre entière ou pas du tout : corrigez d’abord ce qui est refusé."
    ),
}

MATCHED = {
    "saved": _("corrigée avant pour cet éditeur"),
    "hxl": _("par son étiquette HXL"),
    "known": _("nom connu"),
    "fuzzy": _("nom semblable : à vérifier"),
    "hand": _("choisie ici"),
}
"""How a column was matched to a field."""

UNDER_WAY = {
    State.LOOKING: _("Le fichier est ouvert et ses colonnes sont reconnues."),
    State.TRYING: _("Chaque ligne est lue et comparée à ce qui est chargé. Rien n’est écrit."),
    State.APPLYING: _("La différence est écrite d’un seul tenant : tout, ou rien."),
}


def said(message):
    """Return a message in the language of the page, and whether it is in French whatever that is."""
    return (MESSAGES[message], False) if message in MESSAGES else (message, bool(message))
