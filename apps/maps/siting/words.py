"""How the parts of a question of where to build are called."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.sources.models import Document
from layers.institutions import INSTITUTION_KINDS

AIMS = {
    "budget": gettext_lazy("un budget"),
    "number": gettext_lazy("un nombre de sites"),
    "years": gettext_lazy("un budget par an"),
    "share": gettext_lazy("une part à atteindre"),
}
CANDIDATES = {
    "cercle_seats": gettext_lazy("chefs-lieux de cercle"),
    "commune_seats": gettext_lazy("chefs-lieux de commune"),
    "settlements": gettext_lazy("localités d’une taille"),
    "points": gettext_lazy("lieux que je dessine"),
}
OBJECTIVES = {
    "people": gettext_lazy("le plus de personnes"),
    "violence": gettext_lazy("le plus là où il y a des violences"),
    "chains": gettext_lazy("police, tribunal et prison ensemble"),
}
COUNTED = {
    "people_years": gettext_lazy("chaque année où elles sont à portée"),
    "end": gettext_lazy("une fois, à la fin"),
}
SENSES = {
    "nominal": gettext_lazy("au registre"),
    "functional": gettext_lazy("qui travaille"),
    "none": gettext_lazy("rien ne compte"),
}
RULES = {
    "must": gettext_lazy("imposé"),
    "must_not": gettext_lazy("écarté"),
    "exclude": gettext_lazy("sans accès"),
}
UPGRADES = {
    "jpce_to_ti": gettext_lazy("Transformer une JPCE en tribunal d’instance"),
    "rehabilitate": gettext_lazy("Réhabiliter ce qui ne travaille plus"),
}
ACTIONS = {
    "transform": gettext_lazy("transformation d’une JPCE"),
    "rehabilitate": gettext_lazy("réhabilitation"),
}
OBJECTIVE_UNITS = {
    "people": gettext_lazy("personnes"),
    "violence": gettext_lazy("personnes pondérées par les violences"),
    "chains": gettext_lazy("personnes"),
}
BINDING = {
    "budget": gettext_lazy("Avec le coût d’un site de plus, %(gain)s de plus."),
    "number": gettext_lazy("Avec un site de plus, %(gain)s de plus."),
    "floor": gettext_lazy("Sans le plancher de %(name)s, %(gain)s de plus."),
    "must": gettext_lazy("Sans le site imposé à %(name)s, %(gain)s de plus."),
    "must_not": gettext_lazy("Si %(name)s n’était pas écarté, %(gain)s de plus."),
    "exclude": gettext_lazy("Avec un accès à %(name)s, %(gain)s de plus."),
    "order": gettext_lazy("Sans l’ordre de la police avant le tribunal à %(name)s, %(gain)s de plus."),
}
"""What a rule costs, by its name in an answer."""

RULE_TITLES = {
    "budget": gettext_lazy("le budget"),
    "share": gettext_lazy("la part à atteindre"),
    "number": gettext_lazy("le nombre de sites"),
    "floor": gettext_lazy("le plancher de %(name)s"),
    "must": gettext_lazy("le site imposé à %(name)s"),
    "must_not": gettext_lazy("%(name)s écarté"),
    "exclude": gettext_lazy("%(name)s sans accès"),
    "alone": gettext_lazy("un seul ouvrage d’un service à %(name)s"),
    "order": gettext_lazy("la police avant le tribunal à %(name)s"),
}
FOUND_BY = gettext_lazy(
    "Couverture maximale sous budget (Church et ReVelle, 1974), résolue exactement par HiGHS ; "
    "la borne dit de "
    "combien un autre choix pourrait au plus faire mieux."
)
PARTS = {
    "kinds": gettext_lazy("Ce qu’on construit"),
    "upgrades": gettext_lazy("Ce qu’on construit"),
    "budget": gettext_lazy("Budget, en USD"),
    "number": gettext_lazy("Nombre de sites"),
    "share": gettext_lazy("Part de la population à portée, en %"),
    "years": gettext_lazy("Budget par an"),
    "limit": gettext_lazy("Limite"),
    "candidates": gettext_lazy("Où l’on peut construire"),
    "costs": gettext_lazy("Ce que coûte un site"),
    "floors": gettext_lazy("Au moins tant de sites dans une région"),
    "existing": gettext_lazy("Ce qui existe déjà"),
    "draws": gettext_lazy("Tirages qui disent quels sites tiennent"),
    "name": gettext_lazy("Nom de l’exécution"),
    **dict.fromkeys(("must", "must_not", "exclude"), gettext_lazy("Lieux imposés, écartés, sans accès")),
}
"""By name of a part of the question."""


def question_part(name):
    return str(PARTS.get(name, ""))


def rule_title(rule):
    """Return what a rule of an answer is called."""
    return RULE_TITLES[rule["key"]] % {"name": rule["name"] or rule["area"]}


def kind_title(kind, action="build"):
    """Return what is built, in the words of the layer; an upgrade in those of the form."""
    if kind in UPGRADES:
        return str(UPGRADES[kind])
    title = INSTITUTION_KINDS[kind].in_language(get_language())
    return f"{title} ({ACTIONS[action]})" if action in ACTIONS else title


def plan_titles():
    return {"chosen": _("Choix exact"), "planned": _("Programme"), "greedy": _("Site après site (glouton)")}


def document_titles_of(keys):
    """Return {key: « title (publisher, date) »} of documents."""
    title = f"title_{get_language()}"
    return {
        document.key: f"{getattr(document, title)} ({document.publisher}, {document.date_told})"
        for document in Document.objects.filter(key__in=set(keys))
    }
