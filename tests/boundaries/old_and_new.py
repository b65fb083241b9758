"""
A small country in two editions, for codes and names that changed between them. All squares.

Now: region ML91 Ouest with the cercles ML9101 Ténenkou, ML9102 Youwarou and ML9103 Bamako, and region ML92
Ménaka with ML9201 Ménaka and ML9202 Inékar. Each cercle has a commune Benkadi; Bamako has Commune I too.

Before: Ténenkou was ML9102 and Youwarou ML9101, Bamako was ML9103 already, and ML9204 Ménaka of the region
Gao was one cercle.
"""

from geo.vocabulary import Level
from tests import small_country
from tests.small_country import square

OUEST, EST = square(-5, 13, -3, 15), square(-3, 13, -1, 14)

NOW = (
    (Level.REGION, "ML91", "Ouest", "ML", OUEST),
    (Level.REGION, "ML92", "Ménaka", "ML", EST),
    (Level.CERCLE, "ML9101", "Ténenkou", "ML91", square(-5, 13, -4, 14)),
    (Level.CERCLE, "ML9102", "Youwarou", "ML91", square(-4, 13, -3, 14)),
    (Level.CERCLE, "ML9103", "Bamako", "ML91", square(-5, 14, -3, 15)),
    (Level.CERCLE, "ML9201", "Ménaka", "ML92", square(-3, 13, -2, 14)),
    (Level.CERCLE, "ML9202", "Inékar", "ML92", square(-2, 13, -1, 14)),
    (Level.COMMUNE, "ML910101", "Benkadi", "ML9101", square(-5, 13, -4, 14)),
    (Level.COMMUNE, "ML910201", "Benkadi", "ML9102", square(-4, 13, -3, 14)),
    (Level.COMMUNE, "ML910301", "Commune I", "ML9103", square(-5, 14, -4, 15)),
    (Level.COMMUNE, "ML910302", "Benkadi", "ML9103", square(-4, 14, -3, 15)),
    (Level.COMMUNE, "ML920101", "Benkadi", "ML9201", square(-3, 13, -2, 14)),
    (Level.COMMUNE, "ML920201", "Benkadi", "ML9202", square(-2, 13, -1, 14)),
)
BEFORE = (
    (Level.REGION, "ML91", "Ouest", "ML", OUEST),
    (Level.REGION, "ML92", "Gao", "ML", EST),
    (Level.CERCLE, "ML9102", "Tenenkou", "ML91", square(-5, 13, -4, 14)),
    (Level.CERCLE, "ML9101", "Youwarou", "ML91", square(-4, 13, -3, 14)),
    (Level.CERCLE, "ML9103", "Bamako", "ML91", square(-5, 14, -3, 15)),
    (Level.CERCLE, "ML9204", "Ménaka", "ML92", EST),
    (Level.COMMUNE, "ML910201", "Benkadi", "ML9102", square(-5, 13, -4, 14)),
    (Level.COMMUNE, "ML910101", "Benkadi", "ML9101", square(-4, 13, -3, 14)),
    (Level.COMMUNE, "ML910301", "Commune I", "ML9103", square(-5, 14, -4, 15)),
    (Level.COMMUNE, "ML910302", "Benkadi", "ML9103", square(-4, 14, -3, 15)),
    (Level.COMMUNE, "ML920401", "Benkadi", "ML9204", square(-3, 13, -2, 14)),
    (Level.COMMUNE, "ML920402", "Benkadi Est", "ML9204", square(-2, 13, -1, 14)),
)


def make():
    """Load both editions, "2015" inactive and "2021" in use; return them."""
    former = small_country.make("2015", BEFORE, active=False)
    return former, small_country.make("2021", NOW)
