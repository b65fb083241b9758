"""A question asked by somebody: checked, resolved, refused or answered within bounds."""

from apps.analysis import guard
from apps.analysis.bounds import bounded
from apps.analysis.computing import answer_to
from apps.analysis.questions import checked
from apps.analysis.resolving import resolved


def answer(told, user, *, address="", limits=None):
    """
    Return the `Answer` to a question (JSON) as `user` may know it.

    Raises ValidationError in words, and what `apps.analysis.bounds` and `apps.analysis.guard` raise.
    """
    question = resolved(checked(told))
    allowed = guard.check(question, user)
    with bounded(user, address=address, limits=limits or allowed.limits()):
        found = answer_to(question)
    return guard.suppressed(found, allowed)
