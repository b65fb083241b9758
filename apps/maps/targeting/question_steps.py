"""What a button of the form changes in a question: criteria and zones come and go. Ours only to arrange."""

import re

from apps.targeting.questions import MOST_CRITERIA, MOST_ZONES

USUAL_WEIGHT = 20
"""With what weight a criterion comes in; ours, to be changed."""


def stepped(told, step, form):
    """Return the question after a step (the value of the button pressed) and the place to show next."""
    zones = told["zones"]
    if match := re.fullmatch(r"zones\.(\d+)\.add", step):
        return _with_criterion(told, int(match[1]), form.get(f"{step[:-4]}.new", ""))
    if match := re.fullmatch(r"zones\.(\d+)\.criteria\.(\d+)\.remove", step):
        zone, place = int(match[1]), int(match[2])
        if zone < len(zones) and place < len(zones[zone]["criteria"]):
            del zones[zone]["criteria"][place]
        return told, f"zone-{zone}"
    if match := re.fullmatch(r"zones\.(\d+)\.remove", step):
        if len(zones) > 1 and int(match[1]) < len(zones):
            del zones[int(match[1])]
        return told, "zones"
    if step == "zones.add" and len(zones) < MOST_ZONES:
        return _with_zone(told)
    return told, "panel"


def _with_criterion(told, zone, chosen):
    zones = told["zones"]
    kind, _, key = chosen.rpartition(":")
    if zone >= len(zones) or not chosen or len(zones[zone]["criteria"]) >= MOST_CRITERIA:
        return told, f"zone-{zone}"
    criteria = zones[zone]["criteria"]
    new = {
        "": {"indicator": key},
        "table": {"indicator": "table", "table": key},
        "waiting": {"indicator": "table"},
    }.get(kind, {})
    weight = 0 if kind == "waiting" else USUAL_WEIGHT
    since, until = _common_period(criteria)
    criteria.append(
        {"key": _free(_slug(key), criteria), "weight": weight, "since": since, "until": until} | new
    )
    return told, f"criterion-{zone}-{len(criteria) - 1}"


def _common_period(criteria):
    """Return the period of the first criterion that has one: what a new one of events starts with."""
    first = next((each for each in criteria if each.get("since") or each.get("until")), {})
    return first.get("since"), first.get("until")


def _with_zone(told):
    """Add a zone with the criteria of the first: its regions are the user's to say."""
    zones = told["zones"]
    first = zones[0]
    new = {
        "key": _free("zone", zones),
        "title": "",
        "regions": [],
        "criteria": [dict(each) for each in first["criteria"]],
    }
    zones.append(new)
    return told, f"zone-{len(zones) - 1}"


def _slug(text):
    return re.sub(r"[^a-z0-9_]", "_", text.lower())[:34].strip("_") or "critere"


def _free(key, others):
    """Return the key, numbered where another has it already."""
    taken = {each.get("key") for each in others}
    key = key if key[0].isalpha() else f"t_{key}"
    return next(name for name in (key, *(f"{key}_{n}" for n in range(2, 100))) if name not in taken)
