"""Ready questions on planned works and projects: what is built where, and who works with whom."""

from apps.analysis.ready.building import (
    AGAINST_CIVILIANS,
    COUNT,
    EVENTS,
    FIRST_STEP,
    PROGRAMME,
    Ready,
    asked,
    features,
    step,
    where,
)
from layers.declaration import Words

QUESTIONS = (
    Ready(
        "works-in-most-violent-cercles",
        PROGRAMME,
        Words(
            "Quels ouvrages sont prévus dans les cinq cercles qui ont eu le plus d’événements en "
            "12\u00a0mois\u202f?",
            "Which works are planned in the five cercles that had the most events in 12 months?",
        ),
        Words(
            "Des chantiers là où l’accès est le plus incertain\u00a0: à commencer tôt, ou à déplacer.",
            "Works where access is least certain: to begin early, or to move.",
        ),
        asked(
            step(features("cercles"), "contains", EVENTS, first=5),
            step(features("planned_works"), "within", FIRST_STEP),
        ),
    ),
    Ready(
        "works-near-violence-against-civilians",
        PROGRAMME,
        Words(
            "Quels ouvrages prévus sont à 10\u00a0km ou moins d’événements visant des civils en "
            "12\u00a0mois\u202f?",
            "Which planned works lie within 10 km of events targeting civilians in 12 months?",
        ),
        Words(
            "Le point est celui du chef-lieu ou de la localité\u00a0: c’est là qu’un chantier demande "
            "une escorte.",
            "The point is that of the seat or the settlement: that is where works need an escort.",
        ),
        asked(step(features("planned_works"), "within_km", AGAINST_CIVILIANS, km=10)),
    ),
    Ready(
        "cost-of-works-by-cercle",
        PROGRAMME,
        Words(
            "Combien de dollars les ouvrages prévus apportent-ils à chaque cercle\u202f?",
            "How many dollars do the planned works bring to each cercle?",
        ),
        Words(
            "Les lignes qui se partagent un montant sont laissées de côté\u00a0: on les compterait "
            "deux fois.",
            "Rows that share one amount are left out: they would be counted twice.",
        ),
        asked(
            step(features("planned_works", where("alignment_confidence", "!=", "joint"))),
            by=["cercle"],
            measure={"kind": "sum", "field": "usd_total"},
        ),
    ),
    Ready(
        "several-donors-on-a-theme",
        PROGRAMME,
        Words(
            "Sur quels thèmes au moins deux donateurs travaillent-ils dans une même région\u202f?",
            "On which themes do at least two donors work in the same region?",
        ),
        Words(
            "Le premier risque du programme est la multiplicité des interventions et leur duplication.",
            "The first risk of the programme is the multiplicity of interventions and their duplication.",
        ),
        asked(
            step(features("project_presences", where("donors", "known"), where("themes", "known"))),
            by=["region", "themes"],
            measure={"kind": "distinct", "field": "donors"},
            keep={"at_least": 2},
        ),
    ),
    Ready(
        "presences-by-theme-and-region",
        PROGRAMME,
        Words(
            "Combien de présences de projets sont dites dans chaque région, par thème\u202f?",
            "How many presences of projects are told in each region, by theme?",
        ),
        Words(
            "Qui travaille où, et sur quoi\u00a0: ce qu’un partenaire demande avant d’ajouter une activité.",
            "Who works where, and on what: what a partner asks before adding an activity.",
        ),
        asked(
            step(features("project_presences", where("themes", "known"))),
            by=["region", "themes"],
            measure=COUNT,
        ),
    ),
    Ready(
        "peace-mechanisms-in-violent-cercles",
        PROGRAMME,
        Words(
            "Quels mécanismes de paix connaît-on dans les dix cercles qui ont eu le plus "
            "d’événements en 12\u00a0mois\u202f?",
            "Which peace mechanisms are known in the ten cercles that had the most events in 12 months?",
        ),
        Words(
            "Une commission foncière ou un centre de paix y trouve, ou non, sur qui s’appuyer.",
            "A land commission or a peace centre finds there, or not, whom to lean on.",
        ),
        asked(
            step(features("cercles"), "contains", EVENTS, first=10),
            step(features("peace_mechanisms"), "within", FIRST_STEP),
        ),
    ),
)
