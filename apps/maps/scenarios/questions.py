"""Which runs a reader asks to see side by side: checked here, said in words."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from apps.maps.questions import WrongParameter
from apps.runs.models import Run
from apps.targeting import runs
from apps.targeting.comparing import FEWEST, MOST

SORTS = ("consensus", "name", "region")
"""Besides the rank in each run: "1", "2" ..."""


@dataclass(frozen=True)
class Asked:
    runs: list
    sort: str

    @property
    def order(self):
        return self.sort.removeprefix("-")

    @property
    def is_descending(self):
        return self.sort.startswith("-")


def asked_ids(parameters):
    """Return the runs asked, each once, in the order asked; raises Http404 for what is no run's name."""
    try:
        return list(dict.fromkeys(UUID(each) for each in parameters.getlist("run")))
    except ValueError as error:
        raise Http404("run") from error


def asked_runs(parameters, user):
    """
    Return the runs asked that this user may open and the order of the table.

    Raises Http404 where one is not theirs to open, WrongParameter where they are too few, too many or not
    done yet.
    """
    ids = asked_ids(parameters)
    if not FEWEST <= len(ids) <= MOST:
        raise WrongParameter(
            _("Choisissez de %(fewest)s à %(most)s exécutions : vous en demandez %(n)s.")
            % {"fewest": FEWEST, "most": MOST, "n": len(ids)}
        )
    found = runs.readable(user).defer("question").in_bulk(ids)
    if len(found) < len(ids):
        raise Http404("run")
    asked = [found[each] for each in ids]
    for run in asked:
        if run.state != Run.State.DONE:
            raise WrongParameter(
                _("L’exécution « %(name)s » n’est pas terminée : comparez-la quand elle le sera.")
                % {"name": run.name}
            )
    sort = parameters.get("sort", "-consensus")
    if sort.removeprefix("-") not in (*SORTS, *(str(number) for number in range(1, len(asked) + 1))):
        raise WrongParameter(_("Tri inconnu : %(sort)s.") % {"sort": sort})
    return Asked(asked, sort)
