"""The words of the form of a question: relations, comparisons, groups, measures."""

from django.utils.translation import gettext_lazy

from apps.analysis.features import GROUNDS
from layers.catalogue import LAYERS
from layers.declaration import FieldType

RELATIONS = {
    "": gettext_lazy("(toutes, sans relation)"),
    "within": gettext_lazy("qui se trouvent dans"),
    "contains": gettext_lazy("qui contiennent"),
    "intersects": gettext_lazy("qui croisent"),
    "touches": gettext_lazy("qui touchent"),
    "within_km": gettext_lazy("à telle distance ou moins de"),
    "beyond_km": gettext_lazy("à plus de telle distance de"),
    "nearest": gettext_lazy("avec les plus proches parmi"),
    "share_of_area": gettext_lazy("dont la surface est couverte, pour telle part, par"),
    "share_of_people": gettext_lazy("dont les habitants vivent, pour telle part, à portée de"),
}

NUMBERS = {
    "km": gettext_lazy("Kilomètres"),
    "count": gettext_lazy("Combien des plus proches"),
    "at_least": gettext_lazy("Au moins combien"),
    "first": gettext_lazy("Garder les premières"),
}
"""What each number of a relation is called."""

COMPARISONS = {
    "=": gettext_lazy("est"),
    "!=": gettext_lazy("n’est pas"),
    "<": gettext_lazy("moins de"),
    "<=": gettext_lazy("au plus"),
    ">": gettext_lazy("plus de"),
    ">=": gettext_lazy("au moins"),
    "in": gettext_lazy("est l’un de"),
    "contains": gettext_lazy("contient"),
    "known": gettext_lazy("est connu"),
    "unknown": gettext_lazy("est inconnu"),
}

ORDERED = ("=", "!=", "<", "<=", ">", ">=", "in", "known", "unknown")
COMPARISONS_OF = {
    FieldType.STRING: ("=", "!=", "in", "contains", "known", "unknown"),
    FieldType.INTEGER: ORDERED,
    FieldType.NUMBER: ORDERED,
    FieldType.DATE: ("=", "<", "<=", ">", ">=", "known", "unknown"),
    FieldType.BOOLEAN: ("=", "known", "unknown"),
}

GROUPS = {
    "region": gettext_lazy("région"),
    "cercle": "cercle",
    "commune": "commune",
    "month": gettext_lazy("mois"),
    "year": gettext_lazy("année"),
}
IN_TIME = ("month", "year")

MEASURES = {
    "": gettext_lazy("la liste, ou le nombre"),
    "count": gettext_lazy("le nombre"),
    "sum": gettext_lazy("la somme d’un champ"),
    "mean": gettext_lazy("la moyenne d’un champ"),
    "distinct": gettext_lazy("le nombre de valeurs différentes d’un champ"),
    "rate": gettext_lazy("le taux pour 100 000 habitants"),
    "area": gettext_lazy("la superficie (km²)"),
    "people": gettext_lazy("les habitants"),
    "share": gettext_lazy("la part"),
}
OF_A_FIELD = ("sum", "mean", "distinct", "rate")

KEEPS = {
    "": gettext_lazy("tous les groupes"),
    "first": gettext_lazy("les premiers"),
    "at_least": gettext_lazy("ceux d’au moins"),
}

THEMES = {
    "security": gettext_lazy("Violence et sécurité"),
    "justice": gettext_lazy("Police, justice, prisons"),
    "programme": gettext_lazy("Programme et projets"),
    "people": gettext_lazy("Habitants et territoires"),
}


def asked_layers():
    """Return the layers that a question can be of."""
    return [layer for layer in LAYERS.values() if layer.name in GROUNDS]
