"""How much a choice hangs on what could have been chosen or known otherwise, as an answer tells it."""

from dataclasses import asdict

from geo.aggregating import Aggregation
from geo.normalising import Normalisation
from geo.robustness import ALWAYS, NEVER, PROBABLE, UNLIKELY, Spread, pool_size, robustness
from geo.sensitivity import leave_one_out, sobol

CLASSES = ("always", "probable", "depends", "unlikely", "never")


def robustness_told(ranking, told, *, step):
    """Return what an answer says of robustness; `step(share)` is called as it goes, from 0 to 1."""
    spread = Spread(
        told["concentration"],
        [Normalisation(each) for each in told["normalisations"]] or [None],
        [Aggregation(each) for each in told["aggregations"]] or [None],
        told["imprecise"],
        told["missing"],
    )
    found = robustness(
        ranking.zones,
        ranking.rules,
        spread=spread,
        seed=told["seed"],
        draws=told["draws"],
        step=lambda done: step(0.6 * done / told["draws"]),
    )
    dropped = leave_one_out(ranking.zones, ranking.rules)
    step(0.7)
    indices = sobol(ranking.zones, ranking.rules, spread=spread, seed=told["seed"])
    step(1.0)
    return {
        "draws": told["draws"],
        "seed": told["seed"],
        "concentration": told["concentration"],
        "placings": pool_size(ranking.zones, "placed") if spread.is_placed else 1,
        "fillings": pool_size(ranking.zones, "filled") if spread.is_filled else 1,
        "classes": dict(zip(CLASSES, (ALWAYS, PROBABLE, UNLIKELY, NEVER, 0), strict=True)),
        "areas": {
            ranking.measuring.pcodes[place]: {
                "probability": found.probability[place],
                "median_rank": found.median_rank[place],
                "low_rank": found.low_rank[place],
                "high_rank": found.high_rank[place],
                "class": class_of(found.probability[place]),
            }
            for place in ranking.zone_of
        },
        "leave_one_out": {
            criterion: exchange and {name: _pcodes(ranking, getattr(exchange, name)) for name in EXCHANGES}
            for by_criterion in dropped.values()
            for criterion, exchange in by_criterion.items()
        },
        "indices": asdict(indices),
    }


EXCHANGES = ("enters", "leaves")


def _pcodes(ranking, places):
    return [ranking.measuring.pcodes[place] for place in places]


def class_of(probability):
    """
    Return by what word a probability of being chosen is told.

    >>> [class_of(share) for share in (1, 0.95, 0.94, 0.75, 0.5, 0.25, 0.06, 0.05, 0)]
    ['always', 'always', 'probable', 'probable', 'depends', 'unlikely', 'unlikely', 'never', 'never']
    """
    if probability >= ALWAYS:
        return "always"
    if probability >= PROBABLE:
        return "probable"
    if probability > UNLIKELY:
        return "depends"
    return "unlikely" if probability > NEVER else "never"
