"""Back-tests: asked by somebody, told to somebody. Light: pages and API call it."""

import json

from apps.accounts.access import may_see, may_see_choices
from apps.runs import services as runs
from apps.runs.models import Run
from apps.targeting.backtest_questions import NATIONAL, PROGRAMME, question
from apps.targeting.runs import require_tables

KIND = "backtest"

EXAMPLES = {
    "Centre-Nord, décembre 2019": {"case": "centre_nord_2019", "zones": PROGRAMME},
    "Les 21 cercles, octobre 2020, un seul classement": {"case": "all_2020", "zones": NATIONAL},
    "Les 21 cercles, octobre 2020, par zone": {"case": "all_2020", "zones": PROGRAMME},
}
"""The ready-made back-tests, by name."""

CHOICE_ALONE = ("pcode", "name", "region", "region_name", "zone", "rank", "selected", "of_programme", "fate")
"""What a reader without access to all that a back-test rests on is told of each cercle."""

OF_VALUES = ("weightings", "explained", "regions")


def ask(user, told, *, name, forked_from=None):
    """Have the worker answer this back-test (JSON) for a user; return the run. Raises ValidationError."""
    asked = question(told)
    require_tables(user, asked["question"])
    return runs.begin(KIND, asked, name=name, author=user, forked_from=forked_from)


def readable(user):
    """Return the back-tests that a user may open, newest first."""
    return Run.objects.of_kind(KIND).read_by(sees_all=may_see_choices(user)).select_related("author")


def told_to(run, user):
    """Return what a back-test that is done tells this user: the whole answer, or the choice alone."""
    answer = json.loads(run.answer)
    if may_see(user, run.access):
        return answer | {"is_whole": True}
    bare = [criterion | {"least": None, "greatest": None, "known": None} for criterion in answer["criteria"]]
    return answer | {
        "is_whole": False,
        "criteria": bare,
        "zones": [zone | {"line": None} for zone in answer["zones"]],
        "scores": [{name: area[name] for name in CHOICE_ALONE} for area in answer["scores"]],
        **dict.fromkeys(OF_VALUES),
    }


def of_run(run):
    """Return the back-test (JSON) of a run of targeting that is done: its question as of its last event."""
    answer = json.loads(run.answer)
    return {"case": "own", "question": answer["question"], "until": answer["events_until"]}
