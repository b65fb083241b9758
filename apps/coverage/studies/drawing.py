"""Draws of what is not known: who works, where those stand that are told roughly, how many people. Heavy."""

import numpy as np

from apps.coverage.people import BOTH, people_by_method
from apps.coverage.studies.standing import counts_for, kinds_of_link
from geo.coverage import Counts
from geo.reach import Drawn, draws
from geo.vocabulary import PlaceTold

PLACES = 8
"""Of an institution known only to its cercle: as many settlements of the cercle, drawn by their people."""


def people_known(ground):
    """
    Return {method: people of settlements}. Of a cercle of which a method tells nothing the main one counts;
    a method that tells nothing at all is left out.
    """
    return {
        method: np.where(np.isnan(people), ground.people, people)
        for method, people in people_by_method(ground).items()
        if method == BOTH or not np.isnan(people).all()
    }


def drawn_reach(measuring, sense, people):
    """Return the people reached at each settlement in each draw of a question (`geo.reach.draws`)."""
    asked, ground = measuring.asked, measuring.ground
    chance = np.random.default_rng(asked["seed"])
    places = {each.id: _places(each, each.point[sense], ground, chance) for each in measuring.institutions}

    def reached_from(points):
        return [measuring.within(point, asked["measure"], asked["limit"]) for point in points]

    chain = [
        [
            Drawn(reached_from(places[each.id]), counts_for(each, kinds, sense) is Counts.SURE)
            for each in measuring.institutions
            if each.kind in kinds_of_link(kinds) and counts_for(each, kinds, sense) is not Counts.NO
        ]
        for kinds in measuring.links.values()
    ]
    return draws(
        chain,
        [people[method] for method in sorted(people)],
        number=asked["draws"],
        seed=asked["seed"],
        works=tuple(asked["unknown_works"]),
    )


def _places(institution, point, ground, chance):
    """Return where an institution may stand: its place, or settlements of the cercle it is told of."""
    members = np.flatnonzero(ground.cercle == institution.cercle) if institution.cercle else []
    if institution.place_told != PlaceTold.SEAT or institution.is_moved or not len(members):
        return [point]
    people = np.nan_to_num(ground.people[members]) + 1
    drawn = chance.choice(members, size=PLACES, p=people / people.sum())
    return [(float(ground.longitude[at]), float(ground.latitude[at])) for at in drawn]
