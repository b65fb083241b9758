"""The kinds of run that have pages: who tells them, where their pages are, what is said while one waits."""

from dataclasses import dataclass
from types import ModuleType

from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.analysis import runs as analysis
from apps.coverage.studies import runs as reach
from apps.siting import runs as siting
from apps.targeting import runs as targeting


@dataclass(frozen=True)
class RunPages:
    """The pages of the runs of a kind, by the names of their addresses (urls.py)."""

    told_by: ModuleType
    """What reads and tells runs of this kind: `readable(user)`, `told_to(run, user)`."""
    door: str
    door_title: str
    ask: str
    """The page where a question like that of a run is written: `?run=`."""
    one: str
    """The page of a run; its list is named `{one}s`, how far it is `{one}-state`."""
    list_title: str
    waiting: str
    """What is computed, and how long that takes."""
    is_stoppable: bool = False
    """Tell whether who asked may stop one under way: its address is named `{one}-stop`."""
    memo: str = ""
    """Empty where a kind has no memo."""
    memo_about: str = ""

    @property
    def door_url(self):
        return reverse(self.door)

    @property
    def list_url(self):
        return reverse(f"{self.one}s")

    def urls(self, run):
        """Return the addresses of a run that pages of every kind lead to."""
        return {
            "page": reverse(self.one, args=[run.pk]),
            "state": reverse(f"{self.one}-state", args=[run.pk]),
            "publish": reverse(f"{self.one}-publish", args=[run.pk]),
            "again": f"{reverse(self.ask)}?run={run.pk}",
            "stop": self.is_stoppable and reverse(f"{self.one}-stop", args=[run.pk]),
            **self._of_the_memo(run),
            "forked_from": run.forked_from_id and reverse(self.one, args=[run.forked_from_id]),
        }

    def _of_the_memo(self, run):
        if not self.memo:
            return {}
        return {
            "memo": reverse(self.memo, args=[run.pk]),
            "memo_state": reverse(f"{self.memo}-state", args=[run.pk]),
        }

    def file_url(self, run, name):
        """Return the address of a file made of a run: note_fr.pdf."""
        return reverse(f"{self.memo}-file", args=[run.pk, name])


PAGES = {
    targeting.KIND: RunPages(
        told_by=targeting,
        door="targeting",
        door_title=gettext_lazy("Ciblage"),
        ask="targeting",
        one="run",
        memo="memo",
        list_title=gettext_lazy("Exécutions"),
        waiting=gettext_lazy(
            "Scores et choix d’abord, puis les tirages qui disent combien ce choix tient, et ce dont il "
            "dépend. Cela prend moins d’une minute."
        ),
        memo_about=gettext_lazy(
            "Deux pages à imprimer : la carte, la liste, les poids, les règles, ce dont la liste dépend, les "
            "données et les doutes."
        ),
    ),
    reach.KIND: RunPages(
        told_by=reach,
        door="coverage",
        door_title=gettext_lazy("Couverture"),
        ask="reach-question",
        one="reach-run",
        list_title=gettext_lazy("Études de portée"),
        waiting=gettext_lazy(
            "Distances et temps d’abord, puis les tirages, les poches et ce dont la réponse dépend. Cela "
            "prend moins d’une minute."
        ),
    ),
    siting.KIND: RunPages(
        told_by=siting,
        door="coverage",
        door_title=gettext_lazy("Couverture"),
        ask="siting-question",
        one="siting-run",
        list_title=gettext_lazy("Où construire"),
        waiting=gettext_lazy(
            "Le choix exact d’abord, puis la courbe des budgets et les tirages qui disent quels sites "
            "tiennent. Cela prend moins d’une minute."
        ),
        memo="siting-memo",
        memo_about=gettext_lazy(
            "Deux pages à imprimer : la carte, les sites, les plans côte à côte, la courbe, les "
            "doutes et les données."
        ),
    ),
    analysis.KIND: RunPages(
        told_by=analysis,
        door="analysis",
        door_title=gettext_lazy("Analyse"),
        ask="analysis-form",
        one="analysis-run",
        is_stoppable=True,
        list_title=gettext_lazy("Questions enregistrées"),
        waiting=gettext_lazy(
            "La question est trop longue pour une page\u00a0: elle se calcule étape par étape, et s’arrête "
            "d’elle-même si elle passe ses limites."
        ),
    ),
}
"""By kind of run."""
