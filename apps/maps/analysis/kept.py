"""Which kept question another is made of."""

from uuid import UUID

from apps.analysis import runs


def made_of(parameters, user):
    """Return the kept question that `run` names, where this reader may open it; else None."""
    try:
        return runs.readable(user).filter(pk=UUID(parameters.get("run", ""))).first()
    except ValueError:
        return None
