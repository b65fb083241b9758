"""Who is within reach of what stands, beside who is within reach of what works: cercle by cercle."""

from collections import defaultdict
from dataclasses import dataclass, replace

from apps.boundaries.models import Area
from apps.coverage.figures import reach_of
from apps.coverage.places import Places
from geo.coverage import share_class
from geo.vocabulary import CoverageSense

NOTHING_UNRECORDED = []
"""Open cercles of a reach that counts only what is recorded."""


@dataclass(frozen=True)
class BothSenses:
    """
    Shares of the people of a cercle within reach, (surely, by all that is recorded); None: nobody is placed.

    What the register does not hold is in neither: it is a floor of both.
    """

    pcode: str
    name: str
    parent_name: str
    people_placed: int
    nominal: tuple[float, float] | None
    functional: tuple[float, float] | None

    @property
    def classes(self):
        """Return the thirds (nominal, functional), from 0; None where statuses leave them open."""
        if self.nominal is None:
            return None
        found = [tuple(map(share_class, shares)) for shares in (self.nominal, self.functional)]
        if any(low != high for low, high in found):
            return None
        return found[0][0], found[1][0]


def both_senses(question):
    """Return the cercles of the active edition, by P-code, with both shares for this question."""
    sums = {sense: _sums(replace(question, sense=sense)) for sense in CoverageSense}
    cercles = Area.objects.cercles().order_by("pcode").values_list("pk", "pcode", "name", "parent__name")
    return [
        BothSenses(
            pcode=pcode,
            name=name,
            parent_name=parent,
            people_placed=sums[CoverageSense.NOMINAL][pk][0],
            nominal=_shares(sums[CoverageSense.NOMINAL][pk]),
            functional=_shares(sums[CoverageSense.FUNCTIONAL][pk]),
        )
        for pk, pcode, name, parent in cercles
    ]


def _sums(question):
    sums = defaultdict(lambda: (0, 0, 0))
    for _region, cercle, _commune, _settlements, _known, people, low, high in reach_of(
        question, Places(question), NOTHING_UNRECORDED
    ).people():
        before = sums[cercle]
        sums[cercle] = (before[0] + (people or 0), before[1] + low, before[2] + high)
    return sums


def _shares(told):
    people, low, high = told
    return (low / people, high / people) if people else None
