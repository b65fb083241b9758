"""Asking the engine: questions put together, and answers as plain values."""

from apps.analysis.computing import answer_to
from apps.analysis.questions import checked
from apps.analysis.resolving import resolved


def features(layer, **about):
    return {"layer": layer, **about}


def step(what, kind=None, of=None, **about):
    if isinstance(what, str):
        what = {"layer": what}
    if isinstance(of, str):
        of = {"layer": of}
    return {"what": what, **({"relation": {"kind": kind, **about}, "of": of} if kind else {})}


def question(*steps, by=(), **about):
    return {"steps": list(steps), "by": list(by), **about}


def answer(*steps, by=(), **about):
    """Return the answer of who may read everything."""
    return answer_to(resolved(checked(question(*steps, by=by, **about))))


def column(found, name):
    at = [each["name"] for each in found.columns].index(name)
    return [row[at] for row in found.rows]


def names(found):
    return sorted(column(found, "name"))


def told(found, name, by):
    """Return {value of `by`: value of `name`} of the rows of an answer."""
    return dict(zip(column(found, by), column(found, name), strict=True))
