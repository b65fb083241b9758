"""What ready questions are built of: the words of a question's JSON, and the features that several ask."""

from dataclasses import dataclass

from geo.vocabulary import InstitutionFamily, InstitutionStatus
from layers.declaration import Words

SECURITY, JUSTICE, PROGRAMME, PEOPLE = "security", "justice", "programme", "people"

POLICE, COURT, PRISON = InstitutionFamily.POLICE, InstitutionFamily.COURT, InstitutionFamily.PRISON


@dataclass(frozen=True)
class Ready:
    """A question ready to be asked: its name, its words, why it matters, and its JSON."""

    key: str
    theme: str
    title: Words
    why: Words
    question: dict


def features(layer, *where, **more):
    return {"layer": layer, "where": list(where), **more}


def where(field, op, *value):
    return {"field": field, "op": op, **({"value": value[0]} if value else {})}


def step(what, relation=None, of=None, **limits):
    if relation is None:
        return {"what": what}
    return {"what": what, "relation": {"kind": relation, **limits}, "of": of}


def asked(*steps, by=(), measure=None, keep=None):
    return {
        "version": 1,
        "steps": list(steps),
        "by": list(by),
        **({"measure": measure} if measure else {}),
        **({"keep": keep} if keep else {}),
    }


def standing(family):
    """Return the institutions of a family that are neither destroyed nor still being built."""
    return features(
        "institutions",
        where("family", "=", family.value),
        where("status", "!=", InstitutionStatus.DESTROYED.value),
        where("status", "!=", InstitutionStatus.UNDER_CONSTRUCTION.value),
    )


def working(family):
    return features(
        "institutions",
        where("family", "=", family.value),
        where("status", "=", InstitutionStatus.FUNCTIONAL.value),
    )


FIRST_STEP = {"step": 1}
EVENTS = features("events", last_months=12)
AGAINST_CIVILIANS = features("events", where("civilians_targeted", "=", True), last_months=12)
TARGETS = features("target_cercles")
LARGE_COMMUNES = features("communes", where("people", ">", 50_000))
SEATS = features("settlements", where("settlement_class", "<=", 4))
COUNT = {"kind": "count"}
INHABITANTS = {"kind": "people"}
