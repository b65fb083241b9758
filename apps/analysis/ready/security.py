"""Ready questions on violence: where it happened, who lives near it, who travels to it."""

from apps.analysis.ready.building import (
    AGAINST_CIVILIANS,
    COUNT,
    EVENTS,
    FIRST_STEP,
    INHABITANTS,
    POLICE,
    SECURITY,
    TARGETS,
    Ready,
    asked,
    features,
    standing,
    step,
    where,
)
from layers.declaration import Words

QUESTIONS = (
    Ready(
        "events-near-project-sites",
        SECURITY,
        Words(
            "Combien d’événements y a-t-il eu à 20\u00a0km ou moins de chaque site de projet en "
            "12\u00a0mois\u202f?",
            "How many events were there within 20 km of each project site in 12 months?",
        ),
        Words(
            "Les équipes s’y rendent\u00a0: c’est ce qu’un plan de sécurité doit savoir de chaque site.",
            "Teams travel there: it is what a security plan must know of each site.",
        ),
        asked(step(features("project_presences", where("reach", "=", "point")), "within_km", EVENTS, km=20)),
    ),
    Ready(
        "exposed-and-far-from-police",
        SECURITY,
        Words(
            "Combien d’habitants, par cercle, vivent à 10\u00a0km ou moins d’au moins trois événements "
            "en 12\u00a0mois et à plus de 30\u00a0km de toute police\u202f?",
            "How many people, by cercle, live within 10 km of three or more events in 12 months "
            "and beyond 30 km of any police?",
        ),
        Words(
            "Exposés et sans personne à appeler\u00a0: les premières localités à desservir.",
            "Exposed with nobody to call: the first settlements to serve.",
        ),
        asked(
            step(features("settlements"), "within_km", EVENTS, km=10, at_least=3),
            step(FIRST_STEP, "beyond_km", standing(POLICE), km=30),
            by=["cercle"],
            measure=INHABITANTS,
        ),
    ),
    Ready(
        "events-per-100-000",
        SECURITY,
        Words(
            "Quels cercles cibles ont le plus d’événements pour 100\u202f000\u00a0habitants en "
            "12\u00a0mois\u202f?",
            "Which target cercles have the most events per 100\u202f000 people in 12 months?",
        ),
        Words(
            "Un cercle peu peuplé passe inaperçu quand on ne compte que les événements.",
            "A cercle with few people goes unnoticed when events alone are counted.",
        ),
        asked(step(EVENTS, "within", TARGETS), by=["cercle"], measure={"kind": "rate"}, keep={"first": 10}),
    ),
    Ready(
        "months-in-target-cercles",
        SECURITY,
        Words(
            "Combien d’événements y a-t-il eu chaque mois dans les cercles cibles, en deux ans\u202f?",
            "How many events were there each month in the target cercles, over two years?",
        ),
        Words(
            "Une saison ou une hausse se voit avant d’envoyer une mission ou de lancer un chantier.",
            "A season or a rise shows before a mission is sent or works begin.",
        ),
        asked(step(features("events", last_months=24), "within", TARGETS), by=["month"], measure=COUNT),
    ),
    Ready(
        "deaths-of-civilians",
        SECURITY,
        Words(
            "Quels sont les dix cercles où les événements visant des civils ont fait le plus de "
            "morts en 12\u00a0mois\u202f?",
            "Which ten cercles had the most deaths in events targeting civilians in 12 months?",
        ),
        Words(
            "La protection des civils est un critère du choix des zones.",
            "Protecting civilians is a criterion of the choice of zones.",
        ),
        asked(
            step(AGAINST_CIVILIANS),
            by=["cercle"],
            measure={"kind": "sum", "field": "fatalities"},
            keep={"first": 10},
        ),
    ),
    Ready(
        "around-target-cercles",
        SECURITY,
        Words(
            "Quels cercles touchent un cercle cible, et combien d’événements y a-t-il eu en "
            "12\u00a0mois\u202f?",
            "Which cercles touch a target cercle, and how many events were there in 12 months?",
        ),
        Words(
            "Au sud, le programme prévient l’extension des violences\u00a0: elle arrive par les voisins.",
            "In the South the programme prevents violence from spreading: it arrives through the neighbours.",
        ),
        asked(step(features("cercles"), "touches", TARGETS), step(FIRST_STEP, "contains", EVENTS)),
    ),
)
