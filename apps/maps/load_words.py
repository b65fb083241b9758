"""How loads and access classes are called on a page."""

from django.utils.translation import gettext_lazy

from apps.sources.models import Load
from geo.vocabulary import AccessClass

KINDS = {
    Load.Kind.BOUNDARIES: gettext_lazy("Limites administratives"),
    Load.Kind.CODES: gettext_lazy("Codes des éditions"),
    Load.Kind.DENSITY: gettext_lazy("Densité de population"),
    Load.Kind.POPULATION: gettext_lazy("Population"),
    Load.Kind.COMMUNE_PEOPLE: gettext_lazy("Population par commune"),
    Load.Kind.SETTLEMENTS: gettext_lazy("Localités"),
    Load.Kind.EVENTS: gettext_lazy("Événements"),
    Load.Kind.UCDP_EVENTS: gettext_lazy("Événements de l’UCDP"),
    Load.Kind.MONTHLY_COUNTS: gettext_lazy("Comptes mensuels d’un éditeur"),
    Load.Kind.INSTITUTIONS: gettext_lazy("Institutions"),
    Load.Kind.PROGRAMME: gettext_lazy("Tables du programme"),
    Load.Kind.JUDICIAL_MAP: gettext_lazy("Carte judiciaire"),
    Load.Kind.TRAVEL_ROADS: gettext_lazy("Routes et pistes"),
    Load.Kind.TRAVEL_RIVERS: gettext_lazy("Cours d’eau et plans d’eau"),
    Load.Kind.TRAVEL_BARRIERS: gettext_lazy("Obstacles aux déplacements"),
    Load.Kind.TRAVEL_LAND_COVER: gettext_lazy("Couverture du sol"),
    Load.Kind.TRAVEL_SLOPE: gettext_lazy("Pente"),
    Load.Kind.TRAVEL_FRICTION: gettext_lazy("Temps de déplacement par mètre"),
    Load.Kind.PROJECTS: gettext_lazy("Projets importés"),
    Load.Kind.AREA_TABLE: gettext_lazy("Tableaux par P-code"),
}
"""In the order of the pages: each kind finds its places in those before it."""

ACCESS = {
    AccessClass.PUBLIC: gettext_lazy("publique"),
    AccessClass.SIGNED_IN: gettext_lazy("personnes connectées"),
    AccessClass.DATA_KEEPERS: gettext_lazy("gardiens des données"),
}
