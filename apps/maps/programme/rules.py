"""What /programme/regles/ shows: the rules of the document, what would measure each, and whether we can."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from apps.maps.programme import documents
from apps.maps.programme.acronyms import unfolder
from apps.programme.models import TargetingRule

YES, PARTLY, NO = "yes", "partly", "no"

HAVING = {YES: _("oui"), PARTLY: _("en partie"), NO: _("non")}

GROUPS = (
    ("C", _("Choisir : les critères de ciblage")),
    ("X", _("Exclure")),
    ("Z", _("Logiques de zone")),
    ("P", _("Phases")),
    ("S", _("Placer, au-dessous du cercle")),
    ("V", _("Bénéficiaires")),
    ("R", _("Contraintes")),
    ("L", _("Leçons")),
)
"""The first letter of a rule's code, in the order of the page."""


@dataclass(frozen=True)
class Measure:
    """What would measure a rule, and whether Maillage has the data for it. Our reading."""

    told: str
    having: str
    why: str
    page: str = ""
    """URL name of the page that shows the data."""


MEASURES = {
    "C1": Measure(
        _("un inventaire des conflits locaux par cercle"),
        NO,
        _("l’étude cartographique de 2018 n’est pas publique sous forme de table, et ne couvre pas le Sud"),
    ),
    "C2": Measure(
        _("les événements violents par cercle et par période"),
        YES,
        _("les événements sont chargés ; le document ne dit ni période, ni seuil, ni poids"),
        "targeting",
    ),
    "C3": Measure(
        _("les cercles inscrits aux plans Maliko, PSDG et de retour de l’administration"),
        NO,
        _("ces listes ne sont pas dans les documents"),
    ),
    "C4": Measure(
        _("les constructions de sécurité en cours par cercle"),
        PARTLY,
        _("l’annexe 1 nomme des projets, presque jamais leur cercle ; la carte de l’annexe 2 manque"),
    ),
    "X1": Measure(
        _("une appréciation de l’accès, cercle par cercle"),
        NO,
        _("le document ne décrit pas ce jugement ; la violence seule ne le remplace pas"),
        "targeting",
    ),
    "X2": Measure(
        _("un projet du même thème dans le cercle"),
        PARTLY,
        _("les projets connus ont un thème, rarement un cercle"),
    ),
    "Z1": Measure(
        _("l’appartenance du cercle au Centre-Nord"), YES, _("dite par le tableau des cercles"), "programme"
    ),
    "Z2": Measure(
        _("l’appartenance du cercle au Sud ; les infiltrations"),
        PARTLY,
        _("la zone est dite par le tableau ; aucune donnée ne compte les infiltrations"),
        "programme",
    ),
    "P1": Measure(
        _("l’appartenance aux 14 cercles d’initiation"),
        PARTLY,
        _("leurs sept régions sont connues, elles ont 16 cercles dans le tableau ; un seul est nommé"),
        "programme",
    ),
    "P2": Measure(
        _("les fonds disponibles et les résultats des premiers cercles"),
        PARTLY,
        _("les ressources allouées sont connues, pas leur part de chaque cercle"),
        "programme",
    ),
    "P3": Measure(_("la liste des 17 cercles"), NO, _("le document ne la donne pas")),
    "P4": Measure(_("les résultats à la fin du programme"), NO, _("rien n’en est publié par cercle")),
    "S1": Measure(
        _("la distance au chef-lieu ou à un poste de sécurité"),
        PARTLY,
        _("les chefs-lieux sont connus ; le registre des postes est incomplet"),
    ),
    "S2": Measure(
        _("les communes sans mécanisme de réconciliation en marche"),
        PARTLY,
        _("les documents citent des CCR et des ERAR, pas leur recensement par commune"),
    ),
    "S3": Measure(
        _("les localités sans one-stop center"),
        PARTLY,
        _("huit centres sont nommés, dix sont annoncés"),
    ),
    "S4": Measure(
        _("une JPCE dans le cercle, et un poste de sécurité présent ou prévu"),
        PARTLY,
        _("les JPCE citées et les commissariats prévus sont connus ; le registre est incomplet"),
    ),
    "S5": Measure(
        _("le chef-lieu du cercle"),
        YES,
        _("les ouvrages dits d’un cercle sont dessinés à son chef-lieu"),
        "programme",
    ),
    "V1": Measure(
        _("les cercles particulièrement concernés"),
        YES,
        _("trois cercles sont nommés, « notamment »"),
        "programme",
    ),
    "V2": Measure(_("les études de vulnérabilité par cercle"), NO, _("elles restaient à faire en 2021")),
    "R1": Measure(
        _("un volontaire prévu dans le cercle"),
        YES,
        _("dit pour chaque cercle ; le texte parle de 20 cercles, la liste de 19 volontaires"),
        "programme",
    ),
    "L1": Measure(_("le nombre de cercles visés"), YES, _("21, ou 20 selon la section"), "programme"),
    "L2": Measure(
        _("les quatre résultats présents dans le même cercle"),
        PARTLY,
        _("les activités disent rarement leur cercle"),
    ),
}
"""Code of a rule -> its measure. A rule loaded without one is shown without."""


def rules_context():
    """Return what templates/maps/programme/rules.html needs."""
    rules = list(TargetingRule.objects.all())
    cited = documents.cited()
    return {
        "documents": documents.of_rows(rows=rules, documents=cited),
        "groups": [(letter, title, _of_group(letter, rules)) for letter, title in GROUPS],
        "counts": [
            (HAVING[having], sum(_having(rule) == having for rule in rules)) for having in (YES, PARTLY, NO)
        ],
        "total": len(rules),
        "acronyms": unfolder(),
    }


def _of_group(letter, rules):
    return [_told(rule) for rule in rules if rule.criterion_id.startswith(letter)]


def _told(rule):
    measure = MEASURES.get(rule.criterion_id)
    return {"rule": rule, "measure": measure, "having": HAVING[measure.having] if measure else None}


def _having(rule):
    measure = MEASURES.get(rule.criterion_id)
    return measure.having if measure else None
