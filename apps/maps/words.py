"""What the modules in `static/js` say. Here, so that one catalogue holds every word."""

from django.urls import reverse
from django.utils.translation import gettext as _


def every_page():
    """Return words and addresses that `page.js` and `format.js` need."""
    return {
        "search": {
            "url": reverse("search"),
            "none": _("Aucun lieu de ce nom. Essayez une autre orthographe ou un nom plus court."),
            "waiting": _("Recherche…"),
            "failed": _("La recherche n’a pas répondu. Vérifiez la connexion, puis réessayez."),
            "levels": levels(),
            "found": {"one": _("{n} lieu trouvé"), "other": _("{n} lieux trouvés")},
        },
        "missing": {"short": _("n. d."), "long": _("pas de donnée")},
        "menu": {"open": _("Ouvrir le menu"), "close": _("Fermer le menu")},
    }


def levels():
    """Return what each place of the search is."""
    return {"region": _("région"), "cercle": "cercle", "commune": "commune", "settlement": _("localité")}


def legend():
    """Return words of the legend, for `areas.js`."""
    return {
        "upTo": _("jusqu’à {high}"),
        "between": _("{low} à {high}"),
        "zero": _("0, aucun signalé"),
        "noData": _("Pas de donnée"),
        "none": _("aucun"),
    }


def map_page():
    """Return words of the map page, for `map.js` and the layers it loads."""
    return {
        "countTitles": {"cercles": _("cercles"), "regions": _("régions")},
        "simulated": _("données simulées"),
        "noData": _("pas de donnée"),
        "openSheet": _("Ouvrir la fiche"),
        "retry": _("Réessayer"),
        "cancel": _("Annuler"),
        "waitingAreas": _("Chargement des limites…"),
        "waitingFigures": _("Calcul des chiffres…"),
        "waitingLayer": _("Chargement : {title}…"),
        "failed": _(
            "Le serveur n’a pas répondu ({what}). Rien n’est perdu : vérifiez la connexion, puis réessayez."
        ),
        "cancelled": _("Chargement annulé : {what}."),
        "panel": {"open": _("Ouvrir le panneau"), "close": _("Fermer le panneau")},
        "events": {
            "title": _("Événements"),
            "one": _("un événement"),
            "many": _("plusieurs, avec leur nombre"),
            "ring": _("l’anneau grandit avec les morts signalés"),
            "shown": {"one": _("{n} événement dessiné"), "other": _("{n} événements dessinés")},
            "regionOnly": {
                "one": _("{n} événement connu à la région seulement n’est pas dessiné"),
                "other": _("{n} événements connus à la région seulement ne sont pas dessinés"),
            },
            "deaths": {"one": _("{n} mort signalé"), "other": _("{n} morts signalés")},
            "noDeaths": _("aucun mort signalé"),
            "simulatedOne": _("Événement simulé"),
            "clusterLabel": {"one": _("{n} événement ; agrandir"), "other": _("{n} événements ; agrandir")},
            "none": _("Aucun événement entre ces deux dates. Élargissez la période."),
            "wrongDates": _("La date de fin est avant la date de début : échangez-les."),
        },
        "institutions": {
            "title": _("Police, justice, prisons"),
            "families": {
                "sign-shield": _("police (ou sorte non précisée)"),
                "sign-square": _("gendarmerie"),
                "sign-scales": _("tribunal"),
                "sign-bars": _("prison"),
            },
            "status": _("État"),
            "register": _("Registre"),
            "incomplete": _("Registre incomplet : une absence veut dire inconnu, pas aucun."),
            "clusterLabel": {
                "one": _("{n} institution ; agrandir"),
                "other": _("{n} institutions ; agrandir"),
            },
            "many": _("plusieurs, avec leur nombre"),
            "known": _("connues du registre"),
            "unnamed": _("sans nom dans le registre"),
        },
        "targets": {
            "title": _("Cercles cibles du programme"),
            "outline": {"one": _("{n} cercle cible"), "other": _("{n} cercles cibles")},
        },
        "settlements": {
            "title": _("Localités"),
            "dot": _("chef-lieu ou village"),
            "closer": _("Agrandissez la carte pour voir les localités."),
            "tooMany": _(
                "Seules les {n} premières localités de cette vue sont dessinées : agrandissez la carte."
            ),
        },
        "asOf": _("au {day}"),
    }
