"""What every file says of its rows before anything else: what to doubt, what may be done with them."""

from layers.declaration import Words

DOUBTS = {
    "simulated": Words(
        "Données simulées : rien de cela n’est arrivé. À ne pas utiliser pour décider.",
        "Simulated data: none of this happened. Not to be used for a decision.",
    ),
    "approximate": Words(
        "Limites approximatives : à ne pas utiliser pour mesurer ni pour décider.",
        "Approximate boundaries: not to be used to measure or to decide.",
    ),
    "stale": Words(
        "Données anciennes : l’éditeur en a sans doute de plus récentes.",
        "Old data: the publisher probably has newer ones.",
    ),
}
"""By the names of `About.warnings`."""

NO_LICENCE = Words("Licence non indiquée par l’éditeur", "No licence stated by the publisher")
NO_RECOGNITION = Words(
    "Les limites et les noms indiqués n’impliquent aucune reconnaissance officielle.",
    "Boundaries and names shown imply no official recognition.",
)


def doubts_of(told):
    """Return the sentences that every view of these rows must tell, in the language of the file."""
    return [DOUBTS[name].in_language(told.language) for name in told.warnings]


def licence_of(told):
    """Return the licence of a file in words; that none is stated, where none is."""
    return told.licence or NO_LICENCE.in_language(told.language)
