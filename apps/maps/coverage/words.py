"""What the modules `static/js/coverage*.js` say."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.maps import words
from apps.maps.coverage import sentences as said
from geo.vocabulary import Completeness
from layers.institutions import INSTITUTION_KINDS, INSTITUTION_STATUSES


def page():
    """Return every phrase that changes while the reader moves over the map; `{n}` … are filled."""
    of_the_map = words.map_page()
    shared = ("noData", "retry", "cancel", "cancelled", "failed", "waitingAreas", "institutions")
    return {name: of_the_map[name] for name in shared} | _own() | counts() | _choices()


def _own():
    return {
        "waitingFigures": _("Calcul de la couverture…"),
        "interval": _("{low} à {high}"),
        "beyond": {
            "one": _("{people} personne au-delà ({share})"),
            "other": _("{people} personnes au-delà ({share})"),
        },
        "people": {"one": _("{n} personne placée"), "other": _("{n} personnes placées")},
        "settlements": {"one": _("{n} localité"), "other": _("{n} localités")},
        "then": _(" ; "),
        "noPeople": _("Population inconnue : pas de donnée, et non zéro."),
        "nobodyLives": _("Personne n’est placé ici : aucune part à dire."),
        "nobodyBeyond": _("0, personne au-delà"),
        "noneCounted": _("Aucune institution ne compte : une absence veut dire inconnu."),
        "nearest": _("Les plus proches de son milieu, à vol d’oiseau :"),
        "state": _("état {status}"),
        "planned": _("Ouvrage prévu"),
        "letGo": _("Fermer"),
        "sheetOf": _("Fiche de {name}"),
        "swipe": {
            "at": _("{left} de la carte à gauche, {right} à droite"),
            "counts": _("{areas} à gauche | à droite"),
            "sides": _("À gauche : {left}. À droite : {right}."),
        },
        "moving": {
            "move": _("Déplacer, sans rien enregistrer"),
            "marker": _(
                "{name}, à déplacer : flèches du clavier, Majuscule pour aller loin, Échap pour annuler"
            ),
            "hint": _("Faites glisser, ou poussez avec les flèches"),
            "waiting": _("Calcul de ce qui change…"),
            "change": "+{gained} / −{lost}",
            "most": _("{change} personnes au plus"),
        },
        "countTitles": {"regions": _("régions"), "cercles": _("cercles"), "communes": _("communes")},
        "bounds": {"high": _("au plus, borne haute"), "low": _("au moins, borne basse")},
    }


def counts():
    """Return how many areas there are, and how many are left of them."""
    return {
        "allAreas": {
            "regions": {"one": _("{n} région"), "other": _("{n} régions")},
            "cercles": {"one": _("{n} cercle"), "other": _("{n} cercles")},
            "communes": {"one": _("{n} commune"), "other": _("{n} communes")},
        },
        "someAreas": {
            "regions": {"one": _("{n} région sur {total}"), "other": _("{n} régions sur {total}")},
            "cercles": {"one": _("{n} cercle sur {total}"), "other": _("{n} cercles sur {total}")},
            "communes": {"one": _("{n} commune sur {total}"), "other": _("{n} communes sur {total}")},
        },
    }


def _choices():
    language = get_language()
    return {
        "registers": {
            Completeness.COMPLETE: _("Registre complet"),
            Completeness.PARTIAL: _("Registre partiel"),
            Completeness.UNKNOWN: _("Registre inconnu"),
        },
        "placesTold": said.places_told(),
        "kinds": {kind: told.in_language(language) for kind, told in INSTITUTION_KINDS.items()},
        "statuses": {status: told.in_language(language) for status, told in INSTITUTION_STATUSES.items()},
    }
