"""What the page of the choice says, on the server and in `static/js/targeting.js`."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.maps import formats
from layers.programme.targets import ZONE_LOGICS


def criteria():
    """Return the words of each criterion: of its slider, of its column, inside a sentence."""
    per_100k = _("pour 100 000 hab.")
    return {
        "violent_per_100k": {
            "mark": "violent_per_100k",
            "title": _("Événements violents"),
            "unit": per_100k,
            "inSentence": _("événements violents pour 100 000 habitants"),
            "decimals": 1,
        },
        "fatalities_per_100k": {
            "mark": "fatalities_per_100k",
            "title": _("Morts signalés"),
            "unit": per_100k,
            "inSentence": _("morts signalés pour 100 000 habitants"),
            "decimals": 1,
        },
        "people": {
            "mark": "people",
            "title": _("Population"),
            "unit": _("habitants"),
            "inSentence": _("population"),
            "decimals": 0,
        },
    }


def page():
    """Return every phrase that changes while the reader moves a slider or chooses; `{n}` … are filled."""
    return {
        "criteria": criteria(),
        "sentence": _("Cercles classés par {criteria}, de {since} à {until}."),
        "sentenceWithoutEvents": _("Cercles classés par {criteria}."),
        "and": _(" et "),
        "share": _("soit {share}"),
        "noWeight": _("Tous les poids sont à zéro : il n’y a rien à classer. Montez-en au moins un."),
        "noRanking": _("Aucun classement : voyez ce qui manque à la question."),
        "sentenceByZone": _("Cercles classés zone par zone. {criteria}."),
        "zoneSentence": _("{zone}, par {criteria}"),
        "noZone": _("hors des zones"),
        "picked": {
            "one": _("Ces règles retiennent {n} cercle."),
            "other": _("Ces règles retiennent {n} cercles."),
        },
        "pickedAgreement": {
            "one": _("Des {picked} cercles que ces règles retiennent, {n} est une cible."),
            "other": _("Des {picked} cercles que ces règles retiennent, {n} sont des cibles."),
        },
        "waitingQuestion": _("Calcul de la question…"),
        "communes": {"one": _("{n} commune"), "other": _("{n} communes")},
        "eventsShare": _("{share} de ceux du pays"),
        "cost": _("coût {cost}"),
        "lassoOn": _("Entourez des cercles sur la carte : ceux dont le milieu est dedans sont choisis."),
        "lassoed": {"one": _("{n} cercle entouré."), "other": _("{n} cercles entourés.")},
        "neighbours": {
            "one": _("{n} voisin ajouté au choix."),
            "other": _("{n} voisins ajoutés au choix."),
        },
        "waitingCommunes": _("Chargement des communes…"),
        "noScore": _("pas de donnée : {what}"),
        "unknownPeople": _("population"),
        "unknownEvents": _("événements"),
        "points": _("{what} : {points} points"),
        "then": _(" ; "),
        "scoreLine": _("Score {score} sur 100, rang {rank}"),
        "chosen": {
            "one": _("{n} cercle choisi sur {total}"),
            "other": _("{n} cercles choisis sur {total}"),
        },
        "noneChosen": _("Aucun cercle choisi sur {total}. Cliquez sur la carte ou dans le tableau."),
        "people": {"one": _("{n} habitant"), "other": _("{n} habitants")},
        "peopleShare": _("{share} de la population connue"),
        "peopleUnknown": {
            "one": _("population inconnue pour {n} d’entre eux"),
            "other": _("population inconnue pour {n} d’entre eux"),
        },
        "violentEvents": {"one": _("{n} événement violent"), "other": _("{n} événements violents")},
        "fatalities": {"one": _("{n} mort signalé"), "other": _("{n} morts signalés")},
        "agreement": {
            "one": _("{n} des {first} premiers du classement est parmi les {targets} cercles cibles."),
            "other": _("{n} des {first} premiers du classement sont parmi les {targets} cercles cibles."),
        },
        "chosenAgreement": {
            "one": _("De vos choix, {n} sur {chosen} est une cible."),
            "other": _("De vos choix, {n} sur {chosen} sont des cibles."),
        },
        "ofProgramme": _("cercle cible"),
        "rank": _("Rang"),
        "imprecise": {
            "one": _(
                "{n} événement de cette période ({share}) n’est pas connu au cercle près : il ne compte dans "
                "aucun taux ni aucun score."
            ),
            "other": _(
                "{n} événements de cette période ({share}) ne sont pas connus au cercle près : ils ne "
                "comptent dans aucun taux ni aucun score."
            ),
        },
        "signs": _("Signes"),
        "rankClass": _("{low} à {high}"),
        "noScoreClass": _("Pas de score : donnée manquante"),
        "cercles": _("cercles"),
        "chosenSign": _("Cercle choisi"),
        "programmeSign": {"one": _("{n} cercle cible"), "other": _("{n} cercles cibles")},
        "simulated": _("données simulées"),
        "simulatedEvents": _("événements simulés"),
        "cleared": {"one": _("{n} cercle retiré du choix."), "other": _("{n} cercles retirés du choix.")},
        "undo": _("Annuler"),
        "retry": _("Réessayer"),
        "cancel": _("Arrêter"),
        "cancelled": _("Arrêté : {what}"),
        "waitingAreas": _("Chargement des limites…"),
        "waitingFigures": _("Calcul des chiffres de la période…"),
        "waitingSave": _("Enregistrement…"),
        "failed": _(
            "Le serveur n’a pas répondu ({what}). Votre choix est intact : vérifiez la "
            "connexion, puis réessayez."
        ),
        "wrongPeriod": _("La période finit avant de commencer : échangez les deux mois."),
        "outOfBounds": _(
            "Choisissez des mois entre {since} et {until} : aucun événement n’est chargé au-delà."
        ),
        "saved": _("Choix enregistré : « {name} »."),
        "openSaved": _("Ouvrir"),
        "nothingToSave": _("Choisissez d’abord au moins un cercle."),
        "zoneLogics": {value: words.in_language(get_language()) for value, words in ZONE_LOGICS.items()},
    }


def fill(text, **values):
    """Return the phrase with its `{names}` filled, as `fill` of static/js/format.js does."""
    return text.format(**values)


def plural(forms, count, **values):
    """Return the form that this count asks for, {n} filled: zero is singular in French only."""
    is_one = count < 2 if get_language() == "fr" else count == 1
    return fill(forms["one" if is_one else "other"], n=formats.number(count), **values)
