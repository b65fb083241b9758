"""
From the fields of the form to the question they tell, and from what is wrong with it to the fields.

A field is called by its place in the question: `zones.0.criteria.1.weight`. What cannot be read as a number
or a month stays as it was written, so that the page shows it back beside what was expected.
"""

import json
import re
from datetime import date

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from apps.events.asked import WrongAsked, asked_from
from apps.events.queries import end_of_month
from apps.maps.targeting.question_text import is_shaped
from apps.targeting.indicators import INDICATORS
from apps.targeting.questions import MOST_CRITERIA, MOST_ZONES, question

LONGEST = 300
"""Letters kept of a field."""

LONGEST_LIST = 8_000
"""Letters kept of a list: the P-code of every commune fits."""

REASONED = ("must", "must_not", "no_access")
"""Rules about one cercle, each with a reason."""

STILL = "still"
"""What the form says of weights that are not drawn; in a question, no concentration at all."""

KEPT_OF_ROBUSTNESS = ("normalisations", "aggregations", "imprecise", "missing")
KEPT = ("level", "edition")


def told_by(form):
    """Return the question that these fields (a QueryDict) tell, checked or not."""
    kept = _kept(form)
    robustness = {name: number(form, f"robustness.{name}") for name in ("draws", "seed", "concentration")}
    said = {name: value for name, value in robustness.items() if value is not None}
    if said.get("concentration") == STILL:
        said["concentration"] = None
    return {
        **{name: kept[name] for name in KEPT if name in kept},
        **{name: text(form, name) or None for name in ("source", "events_until")},
        "known_at": _instant(form),
        "zones": [_zone(form, place) for place in places(form, "zones")[:MOST_ZONES]],
        "rules": _rules(form),
        "robustness": said | kept.get("robustness", {}),
    }


def _instant(form):
    """Return the instant that a day ends at, as a question holds it; the text where it is none."""
    written = text(form, "known_at")
    try:
        instant = asked_from({"known_at": written}).known_at
    except WrongAsked:
        return written
    return instant and instant.isoformat()


def _kept(form):
    """Return what a question holds that the form shows no field for."""
    try:
        kept = json.loads(form.get("kept") or "{}")
    except ValueError:
        return {}
    whole = {"zones": [{"criteria": []}]}
    return kept if isinstance(kept, dict) and is_shaped(whole | kept) else {}


def kept_of(told):
    """Return the text of the hidden field that carries what the form shows no field for."""
    robustness = told.get("robustness") or {}
    return json.dumps(
        {name: told[name] for name in KEPT if told.get(name)}
        | {"robustness": {name: robustness[name] for name in KEPT_OF_ROBUSTNESS if name in robustness}},
        sort_keys=True,
    )


def places(form, prefix):
    """Return the places at which fields stand below a prefix, in order."""
    found = re.compile(rf"{re.escape(prefix)}\.(\d{{1,3}})\.")
    return sorted({int(match[1]) for name in form if (match := found.match(name))})


def _zone(form, place):
    at = f"zones.{place}"
    common = {
        "since": month(form, "common.since", is_end=False),
        "until": month(form, "common.until", is_end=True),
    }
    return {
        "key": text(form, f"{at}.key"),
        "title": text(form, f"{at}.title"),
        "regions": [each[:8] for each in form.getlist(f"{at}.regions")] or None,
        "areas": _listed(form, f"{at}.areas"),
        "number": number(form, f"{at}.number"),
        "aggregation": text(form, f"{at}.aggregation") or "arithmetic",
        "criteria": [
            _criterion(form, f"{at}.criteria.{each}", common)
            for each in places(form, f"{at}.criteria")[:MOST_CRITERIA]
        ],
    }


def _criterion(form, at, common):
    indicator = text(form, f"{at}.indicator")
    direction = text(form, f"{at}.direction") or "more"
    normalisation = text(form, f"{at}.normalisation") or "min_max"
    missing = text(form, f"{at}.missing") or "exclude"
    own = {
        "since": month(form, f"{at}.since", is_end=False),
        "until": month(form, f"{at}.until", is_end=True),
    }
    is_of_events = indicator in INDICATORS and INDICATORS[indicator].is_of_events
    return {
        "key": text(form, f"{at}.key"),
        "indicator": indicator,
        "weight": 0 if text(form, f"{at}.weight") == "" else number(form, f"{at}.weight"),
        **{name: (own[name] or common[name]) if is_of_events else None for name in own},
        "table": text(form, f"{at}.table") or None,
        **({"run": run} if (run := text(form, f"{at}.run")) else {}),
        "threshold": number(form, f"{at}.threshold"),
        "kinds": _listed(form, f"{at}.kinds"),
        "limit_km": number(form, f"{at}.limit_km"),
        "direction": direction,
        "band": _pair(form, f"{at}.band") if direction == "band" else None,
        "normalisation": normalisation,
        "bounds": _pair(form, f"{at}.bounds") if normalisation == "min_max" else None,
        "logged": form.get(f"{at}.logged") == "1",
        "missing": missing,
        "fill": number(form, f"{at}.fill") if missing == "value" else None,
    }


def _rules(form):
    cases = {name: {} for name in REASONED}
    costs = {}
    for place in places(form, "cases"):
        at = f"cases.{place}"
        pcode, rule = text(form, f"{at}.pcode")[:8], text(form, f"{at}.rule")
        if pcode and rule in cases:
            cases[rule][pcode] = text(form, f"{at}.reason")
        if pcode and text(form, f"{at}.cost"):
            costs[pcode] = number(form, f"{at}.cost")
    return {
        **{name: number(form, f"rules.{name}") for name in ("number", "budget", "cost")},
        "costs": costs,
        **{name: _by_region(form, f"rules.{name}.") for name in ("floors", "ceilings")},
        **cases,
    }


def _by_region(form, prefix):
    named = [name for name in form if name.startswith(prefix)]
    return {name.removeprefix(prefix)[:8]: number(form, name) for name in named if text(form, name)}


def text(form, name):
    """Return what was written in a field, of a length that an address can hold."""
    return form.get(name, "").strip()[:LONGEST]


def number(form, name):
    """Return the number written in a field, None where nothing is, the text where it is no number."""
    written = text(form, name)
    bare = re.sub(r"\s", "", written).replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", bare):
        return written or None
    return float(bare) if "." in bare else int(bare)


def month(form, name, *, is_end):
    """Return the first or the last day of the month written in a field; the text where it is none."""
    written = text(form, name)
    try:
        first = date.fromisoformat(f"{written}-01")
    except ValueError:
        return written or None
    return (end_of_month(first) if is_end else first).isoformat()


def _pair(form, name):
    low, high = (number(form, f"{name}.{end}") for end in (0, 1))
    return None if low is None and high is None else [low, high]


def _listed(form, name):
    written = form.get(name, "")[:LONGEST_LIST]
    return [each.strip() for each in written.split(",") if each.strip()] or None


# --- What is wrong, field by field ---


def checked(told):
    """Return the question that was told, whole, and nothing wrong; or None, and {field: what is wrong}."""
    try:
        return question(_without_blanks(told)), {}
    except ValidationError as error:
        return None, flat(error.detail)


def _without_blanks(told):
    """Return the question without what is None at its top: there the checker knows no "nothing said"."""
    return {name: value for name, value in told.items() if value is not None}


def flat(detail, at=""):
    """Return {place in the question: the sentences on it}."""
    if isinstance(detail, dict):
        found = {}
        for name, below in detail.items():
            place = at if name == "non_field_errors" else f"{at}.{name}".strip(".")
            found |= flat(below, place)
        return found
    if isinstance(detail, list) and any(isinstance(each, dict) for each in detail):
        return flat(dict(enumerate(detail)), at)
    sentences = detail if isinstance(detail, list) else [detail]
    return {at: " ".join(_in_words(each) for each in sentences)}


def _in_words(error):
    return _("À remplir.") if error.code in ("null", "blank", "required") else str(error)
