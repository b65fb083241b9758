"""Ready questions on people and places: how many are within reach."""

from apps.analysis.ready.building import COUNT, PEOPLE, POLICE, SEATS, Ready, asked, features, standing, step
from layers.declaration import Words

QUESTIONS = (
    Ready(
        "people-near-police",
        PEOPLE,
        Words(
            "Quelle part des habitants de chaque cercle vit à 30\u00a0km ou moins d’une police\u202f?",
            "Which share of the people of each cercle lives within 30 km of police?",
        ),
        Words(
            "C’est le maillage que les plans nationaux de redéploiement veulent rendre.",
            "It is the coverage that the national redeployment plans want to restore.",
        ),
        asked(step(features("cercles"), "share_of_people", standing(POLICE), km=30)),
    ),
    Ready(
        "seats-without-any-institution",
        PEOPLE,
        Words(
            "Combien de chefs-lieux, par région, n’ont aucune institution connue à 50\u00a0km ou "
            "moins\u202f?",
            "How many seats, by region, have no institution known within 50 km?",
        ),
        Words(
            "Un chef-lieu sans police, justice ni prison autour de lui est un vide du maillage.",
            "A seat with no police, court or prison around it is a gap in the coverage.",
        ),
        asked(step(SEATS, "beyond_km", features("institutions"), km=50), by=["region"], measure=COUNT),
    ),
)
