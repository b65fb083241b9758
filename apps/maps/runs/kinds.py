"""The kinds of run that have pages: who tells them, where their pages are, what is said while one waits."""

from dataclasses import dataclass
from types import ModuleType

from django.urls import reverse
from django.utils.translation import gettext_lazy

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
    memo: str
    list_title: str
    waiting: str
    """What is computed, and how long that takes."""
    memo_about: str

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
            "memo": reverse(self.memo, args=[run.pk]),
            "memo_state": reverse(f"{self.memo}-state", args=[run.pk]),
            "forked_from": run.forked_from_id and reverse(self.one, args=[run.forked_from_id]),
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
}
"""By kind of run."""
