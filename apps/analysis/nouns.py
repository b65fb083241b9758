"""What the features of each layer are called in a sentence, in French and in English."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Noun:
    """The names of one and of several features; `is_feminine` of the French one."""

    one: str
    several: str
    one_en: str
    several_en: str
    is_feminine: bool = False


NOUNS = {
    "regions": Noun("région", "régions", "region", "regions", True),
    "cercles": Noun("cercle", "cercles", "cercle", "cercles"),
    "communes": Noun("commune", "communes", "commune", "communes", True),
    "target_cercles": Noun("cercle cible", "cercles cibles", "target cercle", "target cercles"),
    "settlements": Noun("localité", "localités", "settlement", "settlements", True),
    "events": Noun("événement", "événements", "event", "events"),
    "ucdp_events": Noun("événement de l’UCDP", "événements de l’UCDP", "event of UCDP", "events of UCDP"),
    "institutions": Noun("institution", "institutions", "institution", "institutions", True),
    "planned_works": Noun("ouvrage prévu", "ouvrages prévus", "planned work", "planned works"),
    "peace_mechanisms": Noun(
        "mécanisme de paix", "mécanismes de paix", "peace mechanism", "peace mechanisms"
    ),
    "institution_facts": Noun(
        "fait sur un service", "faits sur les services", "fact on a service", "facts on services"
    ),
    "results_2020_2021": Noun(
        "résultat de 2020-2021", "résultats de 2020-2021", "result of 2020-2021", "results of 2020-2021"
    ),
    "project_presences": Noun(
        "présence de projet", "présences de projets", "presence of a project", "presences of projects", True
    ),
    "projects": Noun("projet", "projets", "project", "projects"),
    "event_counts": Noun(
        "compte mensuel par cercle",
        "comptes mensuels par cercle",
        "monthly count by cercle",
        "monthly counts by cercle",
    ),
    "commune_counts": Noun(
        "compte mensuel par commune",
        "comptes mensuels par commune",
        "monthly count by commune",
        "monthly counts by commune",
    ),
    "published_counts": Noun(
        "compte mensuel publié",
        "comptes mensuels publiés",
        "published monthly count",
        "published monthly counts",
    ),
}
