"""Runs of targeting: asked by somebody, told to somebody. Light: pages and API call it."""

import json

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from apps.accounts.access import may_see, may_see_choices, visible_classes
from apps.area_tables.models import AreaTable
from apps.programme.models import TargetCercle
from apps.runs import services as runs
from apps.runs.models import Run
from apps.siting import runs as siting
from apps.targeting import ready_made
from apps.targeting.questions import question
from geo.vocabulary import ZoneLogic

KIND = "targeting"

CHOICE_ALONE = ("pcode", "name", "region", "region_name", "zone", "rank", "selected", "of_programme")
"""What a reader without access to all that a run rests on is told of each area: no value follows from it."""


def ask(user, told, *, name, forked_from=None):
    """Have the worker answer this question (JSON) for a user; return the run. Raises ValidationError."""
    asked = question(told)
    require_tables(user, asked)
    require_runs(user, asked)
    return runs.begin(KIND, asked, name=name, author=user, forked_from=forked_from)


def require_tables(user, asked):
    """A table that the user may not read can be no criterion: its values could be found from the scores."""
    keys = {
        criterion["table"] for zone in asked["zones"] for criterion in zone["criteria"] if criterion["table"]
    }
    seen = set(
        AreaTable.objects.of_access(visible_classes(user)).filter(key__in=keys).values_list("key", flat=True)
    )
    if unknown := sorted(keys - seen):
        raise ValidationError(
            {"table": _("Aucun tableau « %(table)s » n’est chargé.") % {"table": unknown[0]}}
        )


def require_runs(user, asked):
    """A run of siting that the user may not open can be no criterion either."""
    wanted = {
        criterion["run"] for zone in asked["zones"] for criterion in zone["criteria"] if "run" in criterion
    }
    for run in sorted(wanted):
        if not siting.readable(user).answered().filter(pk=run).exists():
            raise ValidationError(
                {"run": _("Aucune exécution d’implantations %(run)s n’est à lire.") % {"run": run}}
            )


def readable(user):
    """Return the runs of targeting that a user may open, newest first."""
    return Run.objects.of_kind(KIND).read_by(sees_all=may_see_choices(user)).select_related("author")


def told_to(run, user):
    """
    Return what a run that is done tells this user: the whole answer, or the choice alone.

    A run that rests on a restricted table tells those who may not read it who was chosen, in which order, and
    by which criteria: neither values nor scores.
    """
    answer = json.loads(run.answer)
    if may_see(user, run.access):
        return answer | {"is_whole": True}
    return answer | {
        "is_whole": False,
        "criteria": [
            criterion | {"least": None, "greatest": None, "known": None} for criterion in answer["criteria"]
        ],
        "zones": [zone | {"line": None} for zone in answer["zones"]],
        "scores": [{name: area[name] for name in CHOICE_ALONE} for area in answer["scores"]],
        "topsis": None,
        "robustness": {
            name: answer["robustness"][name] for name in ("draws", "seed", "concentration", "classes")
        },
    }


class NoTargets(ValidationError):
    """The programme's case cannot be asked: none of its cercles is in the edition in use."""


def prosmed_question(until=ready_made.PROSMED_UNTIL):
    """
    Return the programme's case until a day, over the regions of its target cercles in the active edition.

    Raises NoTargets before the programme and an edition that has its cercles are loaded.
    """
    return question(ready_made.prosmed(programme_zones(), until=until))


def programme_zones(logics=tuple(ZoneLogic)):
    """Return {ZoneLogic: (regions that hold its target cercles, how many these are)}; raises NoTargets."""
    targets = TargetCercle.objects.filter(area__isnull=False).select_related("area__parent")
    zones = {}
    for logic in logics:
        of_logic = [target for target in targets if target.zone_logic == logic]
        if of_logic:
            zones[logic] = ({target.area.parent.pcode for target in of_logic}, len(of_logic))
    if not zones:
        raise NoTargets(_("Les cercles du programme ne sont pas chargés : lancez manage.py load_programme."))
    return zones
