"""Which sites stay when what is doubtful is otherwise: seeded draws, each solved anew. Heavy."""

import numpy as np

from apps.coverage.studies.drawing import people_known
from apps.siting.problems import problem_of
from apps.siting.reaching import NARROWER, WIDER
from geo.siting import Status, solve

ROBUST, DEPENDS = 0.8, 0.2
"""A site that stays in this share of the draws and more is robust, in less than the other it is not. Ours."""


def robust_told(asked, reaching, options, rules, chosen, weigh, *, step):
    """
    Return in which share of the draws each option is chosen: those chosen now, and those often so in draws.

    A draw takes a limit from `NARROWER` to `WIDER` times the one asked, one method of people, and each
    institution that may count as standing or not, as likely as each other. None without draws.
    """
    if not asked["draws"] or asked["share"] is not None:
        return None
    chance = np.random.default_rng(asked["seed"])
    methods = people_known(reaching.measuring.ground)
    widest = asked["limit"] * WIDER
    doubtful = reaching.doubtful(widest)
    counts, held = np.zeros(len(options)), 0
    for number in range(asked["draws"]):
        limit = asked["limit"] * chance.uniform(NARROWER, WIDER)
        people = methods[sorted(methods)[chance.integers(len(methods))]]
        stands = chance.random(len(doubtful)) < 0.5
        standing = reaching.sure_within(limit)
        for is_there, (family, near, distances) in zip(stands, doubtful, strict=True):
            if is_there:
                standing[family][near[distances <= limit]] = True
        made = reaching.demands(weigh(people), standing, reaching.served(limit))
        found = solve(problem_of(asked, options, rules, made), start=chosen)
        if found.status is not Status.INFEASIBLE:
            held += 1
            counts[list(found.options)] += 1
        step((number + 1) / asked["draws"])
    shares = counts / held if held else counts
    now = {option for option, _ in chosen}
    told = [
        {
            "candidate": option.key,
            "name": option.place.name,
            "share": float(shares[at]),
            "is_chosen": at in now,
            "word": _word(shares[at]),
        }
        for at, option in enumerate(options)
        if at in now or shares[at] >= DEPENDS
    ]
    return {
        "draws": held,
        "seed": asked["seed"],
        "limits": [asked["limit"] * NARROWER, asked["limit"] * WIDER],
        "methods": sorted(methods),
        "doubtful": len(doubtful),
        "sites": sorted(told, key=lambda each: (-each["share"], each["candidate"])),
    }


def _word(share):
    return "robust" if share >= ROBUST else "depends" if share >= DEPENDS else "fragile"
