"""With which numbers each measure is made: choices and their sources, as the API and the pages tell them."""

from apps.patterns.models import Pattern
from geo.conflict_classes import HIGH_FROM
from geo.diffusion import CELL_KM, LEAST_EVENTS_A_YEAR, LEAST_PEOPLE

PERMUTATIONS = 9_999
"""With 999, p is never below 0.002, and false-discovery control over 701 communes finds nothing at 99 %."""

SEED = 20_201_031
"""The last day of the first events. Any number would do; kept, so that the same data give the same map."""

LEAST_AREAS = 30
"""Below it a hot spot says little: the rule of thumb of Esri's documentation of the tool."""

KM2_TOLD = 1000
"""Intensities are told by 1 000 km²."""

METHODS = {
    Pattern.Measure.HOT_SPOT: {
        "statistic": "Getis-Ord Gi* of violent events placed with confidence; neighbours touch",
        "permutations": PERMUTATIONS,
        "seed": SEED,
        "sides": 2,
        "false_discovery": "Benjamini-Hochberg",
        "least_areas": LEAST_AREAS,
    },
    Pattern.Measure.DIFFUSION: {
        "cell_km": CELL_KM,
        "least_people": LEAST_PEOPLE,
        "least_events_a_year": LEAST_EVENTS_A_YEAR,
    },
    Pattern.Measure.CONFLICT_CLASS: {
        "high_from_events_by_1000_km2": HIGH_FROM * KM2_TOLD,
        "clustered_below": 1,
    },
}
