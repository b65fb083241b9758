"""What a site costs by the programme's own lines: computed from its planned works, never typed in. Light."""

from dataclasses import dataclass
from statistics import median_low

from apps.programme.figures import has_money
from apps.programme.models import PlannedWork
from geo.coverage import KIND_MADE
from geo.vocabulary import WorksKind

BUILDS = ("build", "set up")
"""How the documents begin an action that makes something new."""

PROGRAMME, ASKED = "programme", "asked"


@dataclass(frozen=True)
class Cost:
    """
    What a kind of site costs: the median of the lines that tell an amount for one, the lower of two.

    `lines` are (code of the work, place, USD); `documents` the keys of those that tell them.
    """

    usd: int
    lines: tuple
    documents: tuple

    def told(self):
        """Return it as an answer tells it."""
        return {
            "usd": self.usd,
            "basis": PROGRAMME,
            "lines": [{"work": code, "place": place, "usd": usd} for code, place, usd in self.lines],
            "documents": list(self.documents),
        }


def programme_costs():
    """
    Return {kind or upgrade: `Cost`} of what the programme's works tell an amount for, of one place.

    A kind is there when a work builds it, an upgrade ("jpce_to_ti") when a work transforms one. What the
    programme tells for target zones together is of nobody in particular, and no cost.
    """
    lines, documents = {}, {}
    works = PlannedWork.objects.filter(level__in=("cercle", "locality")).order_by("row")
    for work in works:
        key = _key(work)
        if key and has_money(work):
            lines.setdefault(key, []).append((work.infra_id, work.place, work.usd_total))
            documents.setdefault(key, set()).update(work.documents)
    return {
        key: Cost(median_low(usd for *_, usd in told), tuple(told), tuple(sorted(documents[key])))
        for key, told in lines.items()
    }


def _key(work):
    if work.kind == WorksKind.JPCE_TO_TI:
        return WorksKind.JPCE_TO_TI.value
    if work.action.startswith(BUILDS) and work.kind in KIND_MADE:
        return KIND_MADE[WorksKind(work.kind)].value
    return None
