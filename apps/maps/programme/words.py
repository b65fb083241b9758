"""How the pages of the programme call what its tables say in codes."""

from django.utils.translation import gettext_lazy as _

PARTS = {
    "1": _("Résultat 1"),
    "2": _("Résultat 2"),
    "3": _("Résultat 3"),
    "4": _("Résultat 4"),
    "MG": _("Gestion, suivi-évaluation, communication"),
    "fees": _("GMS et prélèvement"),
}
"""The parts of the money, from the foot of a column to its head."""

LINES = {
    "product": _("Produit {code}"),
    "technical_support": _("Appui technique"),
    "result": _("Résultat {code}, au total"),
    "grand_total_activities": _("Toutes les activités"),
    "management": _("Gestion, suivi-évaluation, communication"),
    "grand_total_budget": _("Budget du projet"),
    "gms": _("GMS (8 % selon le document)"),
    "levy": _("Prélèvement (1 % selon le document)"),
    "grand_total": _("Total général"),
}

BASES = {
    "result": _("somme de ses produits"),
    "grand_total_activities": _("somme des quatre résultats"),
    "grand_total_budget": _("activités + gestion"),
    "gms": _("8 % du budget du projet"),
    "levy": _("1 % du budget et de la GMS"),
    "grand_total": _("budget + GMS + prélèvement"),
}
"""What the parts of a line are; of a product and of technical support, its activities."""

ACTIONS = {
    "build": _("construire"),
    "equip": _("équiper"),
    "transform": _("transformer"),
    "finish": _("achever"),
    "rehabilitate": _("réhabiliter"),
    "secure": _("sécuriser"),
    "set up": _("mettre en place"),
    "equip (logistic and technical support)": _("équiper (appui logistique et technique)"),
    "equip (pilot computerisation)": _("équiper (informatisation pilote)"),
    "equip (computerisation)": _("équiper (informatisation)"),
}

STATES = {
    "planned": _("prévu"),
    "started in initiation phase": _("commencé en phase d’initiation"),
    "on-going project": _("projet en cours"),
}

CONFIDENCES = {
    "high": _("rapprochement sûr"),
    "medium": _("rapprochement moyen"),
    "low": _("rapprochement faible"),
    "joint": _("montant commun"),
    "none": _("aucun montant"),
    "": _("hors du plan de travail"),
}
"""How surely an amount of the work plan belongs to its place."""


def actions_told(text):
    """Return « construire, équiper » for "build; equip"."""
    return ", ".join(str(ACTIONS.get(action, action)) for action in text.split("; ") if action)
