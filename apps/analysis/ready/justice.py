"""Ready questions on police, courts and prisons: who is far from them, and what is known of how they work."""

from apps.analysis.ready.building import (
    COUNT,
    COURT,
    JUSTICE,
    LARGE_COMMUNES,
    PRISON,
    Ready,
    asked,
    features,
    standing,
    step,
    where,
    working,
)
from geo.vocabulary import InstitutionStatus
from layers.declaration import Words

QUESTIONS = (
    Ready(
        "large-communes-without-working-court",
        JUSTICE,
        Words(
            "Quelles communes de plus de 50\u202f000\u00a0habitants n’ont aucun tribunal connu comme "
            "fonctionnel à 60\u00a0km ou moins\u202f?",
            "Which communes of over 50\u202f000 people have no court known to work within 60 km?",
        ),
        Words(
            "Un tribunal dont le juge siège ailleurs est au registre et ne juge personne.",
            "A court whose judge sits elsewhere is on the register and judges nobody.",
        ),
        asked(step(LARGE_COMMUNES, "beyond_km", working(COURT), km=60)),
    ),
    Ready(
        "large-communes-without-any-court",
        JUSTICE,
        Words(
            "Quelles communes de plus de 50\u202f000\u00a0habitants n’ont aucun tribunal connu, quel que "
            "soit son état, à 60\u00a0km ou moins\u202f?",
            "Which communes of over 50\u202f000 people have no court known at all, whatever its "
            "status, within 60 km?",
        ),
        Words(
            "Là où la question d’avant en nomme davantage, c’est l’état des tribunaux qu’il faut "
            "savoir d’abord.",
            "Where the question before names more, what courts do must be known first.",
        ),
        asked(
            step(
                LARGE_COMMUNES,
                "beyond_km",
                features("institutions", where("family", "=", COURT.value)),
                km=60,
            )
        ),
    ),
    Ready(
        "nearest-prison-of-each-court",
        JUSTICE,
        Words(
            "Quelle est la prison la plus proche de chaque tribunal, et à combien de kilomètres\u202f?",
            "Which is the prison nearest to each court, and how many kilometres away?",
        ),
        Words(
            "La chaîne pénale se rompt sur la route entre le juge et l’établissement pénitentiaire.",
            "The criminal chain breaks on the road between the judge and the prison.",
        ),
        asked(step(standing(COURT), "nearest", standing(PRISON), count=1)),
    ),
    Ready(
        "area-near-a-court",
        JUSTICE,
        Words(
            "Quelle part de la superficie de chaque région est à 50\u00a0km ou moins d’un tribunal\u202f?",
            "Which share of the area of each region lies within 50 km of a court?",
        ),
        Words(
            "Le maillage se lit d’abord en territoire\u00a0: ce qui reste hors de portée de toute justice.",
            "Coverage is first read on the ground: what stays out of reach of any court.",
        ),
        asked(step(features("regions"), "share_of_area", standing(COURT), km=50)),
    ),
    Ready(
        "status-unknown-by-cercle",
        JUSTICE,
        Words(
            "Dans quels cercles l’état des institutions est-il inconnu, et de combien\u202f?",
            "In which cercles is the status of institutions unknown, and of how many?",
        ),
        Words(
            "C’est la liste de ce qu’il faut demander au terrain avant toute carte du fonctionnement.",
            "It is the list of what to ask the field before any map of what works.",
        ),
        asked(
            step(features("institutions", where("status", "=", InstitutionStatus.UNKNOWN.value))),
            by=["cercle"],
            measure=COUNT,
        ),
    ),
    Ready(
        "known-not-to-work",
        JUSTICE,
        Words(
            "Quelles institutions sont connues pour être fermées, détruites, relocalisées ou "
            "encore en construction\u202f?",
            "Which institutions are known to be closed, destroyed, relocated or still being built?",
        ),
        Words(
            "Construire à neuf à côté d’un bâtiment à rouvrir coûte deux fois.",
            "Building anew beside a building that could reopen costs twice.",
        ),
        asked(
            step(
                features(
                    "institutions",
                    where("status", "in", ["closed", "destroyed", "relocated", "under_construction"]),
                )
            )
        ),
    ),
)
