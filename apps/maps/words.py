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
            "imprecise": {
                "one": _("{n} événement au lieu trop vague n’est pas dessiné"),
                "other": _("{n} événements au lieu trop vague ne sont pas dessinés"),
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
            "page": _("Fiche et états dans le temps"),
            "pages": reverse("institution", args=[0]),
            "families": {
                "sign-shield": _("police (ou sorte non précisée)"),
                "sign-square": _("gendarmerie"),
                "sign-scales": _("tribunal"),
                "sign-bars": _("prison"),
                "sign-plus": _("accompagnement des personnes"),
            },
            "status": _("État"),
            "asOf": _("À la date du"),
            "told": _("point d’une localité ou d’un chef-lieu"),
            "placesTold": {
                "settlement": _("Lieu dit par un document : point de la localité."),
                "seat": _("Lieu dit par un document : point du chef-lieu."),
            },
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
            "outline": {"one": _("{n} cercle cible"), "other": _("{n} cercles cibles")},
        },
        "eventTiles": {
            "legend": _("événements comptés par case d’environ {km} km"),
            "one": _("de près, un événement"),
            "cell": {"one": _("{n} événement dans cette case"), "other": _("{n} événements dans cette case")},
            "near": {
                "one": _("{n} n’est connu qu’à une localité près"),
                "other": _("{n} ne sont connus qu’à une localité près"),
            },
            "imprecise": {
                "one": _("{n} autre, au lieu trop vague, n’y est pas compté"),
                "other": _("{n} autres, au lieu trop vague, n’y sont pas comptés"),
            },
            "closer": _("Agrandir ici"),
        },
        "settlementTiles": {
            "communes": _("Chefs-lieux de région et de cercle : agrandissez pour voir ceux des communes."),
            "villages": _("Chefs-lieux : agrandissez pour voir les villages."),
        },
        "settlements": {
            "title": _("Localités"),
            "dot": _("chef-lieu ou village"),
            "closer": _("Agrandissez la carte pour voir les localités."),
            "tooMany": _(
                "Seules les {n} premières localités de cette vue sont dessinées : agrandissez la carte."
            ),
        },
        "pageTitle": _("Carte") + " · Maillage",
        "months": {
            "several": {
                "one": _("{since} (seul mois chargé)"),
                "other": _("{since} – {until} ({n} mois)"),
            },
            "violent": {
                "one": _("{n} événement violent placé"),
                "other": _("{n} événements violents placés"),
            },
            "events": {"one": _("{n} événement placé"), "other": _("{n} événements placés")},
            "imprecise": {
                "cercles": {
                    "one": _("{n} événement au lieu trop vague ne colore aucun cercle."),
                    "other": _("{n} événements au lieu trop vague ne colorent aucun cercle."),
                },
                "regions": {
                    "one": _("{n} événement au lieu trop vague ne colore aucune région."),
                    "other": _("{n} événements au lieu trop vague ne colorent aucune région."),
                },
            },
            "captions": {
                "cercles": _("Chiffres par cercle, {when}"),
                "regions": _("Chiffres par région, {when}"),
            },
            "oneScale": _("Mêmes classes pour les {n} mois chargés."),
            "types": _("types : {types}"),
            "noType": _("aucun"),
            "allTypes": _("tous"),
            "someTypes": _("{n} sur {all}"),
            "noneViolent": _(
                "Aucun des types choisis n’est violent : choisissez l’indicateur « Tous événements »."
            ),
        },
        "hotSpots": {
            "title": _("Points chauds et froids"),
            "column": _("Point chaud ou froid"),
            "unit": _("événements violents placés, Gi* de Getis et Ord"),
            "labels": {
                "hot_99": _("chaud, sûr à 99 %"),
                "hot_95": _("chaud, sûr à 95 %"),
                "hot_90": _("chaud, sûr à 90 %"),
                "cold_90": _("froid, sûr à 90 %"),
                "cold_95": _("froid, sûr à 95 %"),
                "cold_99": _("froid, sûr à 99 %"),
                "not_significant": _("rien de sûr"),
            },
            "figures": _("{label} (z {z} ; q {q})"),
            "about": _("Point chaud ou froid : {words}"),
            "notComputed": _("pas calculé"),
            "none": _("Pas calculé pour ce niveau et cette période. Essayez 12 ou 36 mois."),
            "waiting": _("Pas encore calculé : le calcul suit chaque chargement, en quelques minutes."),
            "method": _(
                "{n} permutations, voisins qui se touchent, fausses découvertes contrôlées "
                "(Benjamini-Hochberg). Chaud : entouré d’événements, pas seulement touché."
            ),
            "few": _("{n} territoires seulement : sous {least}, un point chaud dit peu."),
        },
        "foundIn": _("Lieux retrouvés dans l’édition « {edition} »."),
        "doubt": _("Doute (en anglais) :"),
        "placed": {
            "exact": "",
            "settlement": "",
            "cercle": _("au siège du cercle"),
            "region": _("au siège de la région"),
            "commune": _("au siège de la commune"),
        },
        "works": {
            "unit": _("au plan de travail 2021-2025, en contour"),
            "families": {
                "sign-shield": _("commissariat, brigade"),
                "sign-scales": _("tribunal, pôle judiciaire"),
                "sign-bars": _("prison (EPES)"),
                "sign-plus": _("appui aux personnes"),
                "other": _("autre ouvrage"),
            },
            "many": _("plusieurs au même lieu, avec leur nombre"),
            "atSeat": _("au siège du cercle ou de la région"),
            "told": {"one": _("{n} ouvrage prévu"), "other": _("{n} ouvrages prévus")},
            "nowhere": {
                "one": _("{n} ouvrage sans lieu dit n’est pas dessiné."),
                "other": _("{n} ouvrages sans lieu dit ne sont pas dessinés."),
            },
            "confidence": _("Le rapprochement d’un montant et d’un lieu est dit avec chaque ouvrage."),
            "noAmount": _("aucun montant dans le document"),
            "ofYear": _("{year} : {usd} USD"),
            "inAll": _("{usd} USD en tout"),
        },
        "mechanisms": {
            "unit": _("faits et comptes des documents"),
            "many": _("plusieurs au même lieu, avec leur nombre"),
            "atSeat": _("au siège de la région ou du cercle"),
            "told": {
                "one": _("{n} fait sur un mécanisme de paix"),
                "other": _("{n} faits sur des mécanismes de paix"),
            },
            "nowhere": {
                "one": _("{n} sans lieu dans cette édition : pas dessiné."),
                "other": _("{n} sans lieu dans cette édition : pas dessinés."),
            },
            "incomplete": _("Une absence veut dire inconnu, pas aucun."),
            "outOf": _("{n} sur {of}"),
        },
        "results": {
            "unit": _("lignes des documents, une par résultat et par lieu"),
            "many": _("plusieurs au même lieu, avec leur nombre"),
            "atSeat": _("au siège du cercle ou de la commune"),
            "told": {
                "one": _("{n} résultat de 2020 ou 2021"),
                "other": _("{n} résultats de 2020 et 2021"),
            },
            "nowhere": {
                "one": _("{n} résultat d’une région, d’une zone ou sans lieu trouvé : pas dessiné."),
                "other": _("{n} résultats de régions, de zones ou sans lieu trouvé : pas dessinés."),
            },
            "neverSummed": _("Une valeur commune à plusieurs lieux ne s’additionne pas."),
            "common": _("valeur commune à {n} lieux"),
        },
        "projects": {
            "unit": _("projets connus présents"),
            "atLeast": _("{n} et plus"),
            "dot": _("localité dite"),
            "known": {
                "one": _("{n} projet y est dit présent"),
                "other": _("{n} projets y sont dits présents"),
            },
            "wider": {
                "region": {
                    "one": _("{n} projet dit d’une région entière : compté, pas dessiné."),
                    "other": _("{n} projets dits de régions entières : comptés, pas dessinés."),
                },
                "zone": {
                    "one": _("{n} projet dit d’une zone sans limites : compté, pas dessiné."),
                    "other": _("{n} projets dits de zones sans limites : comptés, pas dessinés."),
                },
                "country": {
                    "one": _("{n} projet dit de tout le pays : compté, pas dessiné."),
                    "other": _("{n} projets dits de tout le pays : comptés, pas dessinés."),
                },
                "lacking": {
                    "one": _("{n} projet dit d’un lieu que cette édition n’a pas : compté, pas dessiné."),
                    "other": _(
                        "{n} projets dits de lieux que cette édition n’a pas : comptés, pas dessinés."
                    ),
                },
            },
            "nowhere": {
                "one": _("{n} projet sur {total} ne dit aucun lieu."),
                "other": _("{n} projets sur {total} ne disent aucun lieu."),
            },
            "elsewhere": _("Présence ailleurs : inconnue."),
            "confirmed": _("confirmé le {day} par {by}"),
            "unconfirmed": _("présence jamais confirmée"),
        },
        "asOf": _("au {day}"),
    }
