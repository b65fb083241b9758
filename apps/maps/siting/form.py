"""A question of where to build between a form and JSON: read from what is sent, told back as it was typed."""

import re

from apps.maps.typed import number

AIMS = ("budget", "number", "share", "years")
"""What bounds the choice: one of these is asked."""

YEARS = ("2021", "2022", "2023", "2024", "2025")
RULES = ("must", "must_not", "exclude")
BLANK_ROWS = 3
"""Empty rows that a page without scripts offers."""


def told_by(form, usual_costs):
    """
    Return the question (JSON) that a form (QueryDict) tells, unchecked.

    What is not a number stays the text that was typed: whoever checks the question refuses it by its name.
    A cost left as it is by `usual_costs` (by kind) is none of the question's: its source is the programme.
    """
    aim = form.get("aim", AIMS[0])
    return {
        "kinds": form.getlist("kinds"),
        "upgrades": form.getlist("upgrades"),
        "candidates": _candidates(form),
        "costs": {key: usd for key, usd in _numbers(form, "cost.").items() if usd != usual_costs.get(key)},
        "budget": number(form.get("budget")) if aim == "budget" else None,
        "number": number(form.get("number")) if aim != "share" else None,
        "share": share(form.get("share")) if aim == "share" else None,
        "years": _years(form) if aim == "years" else None,
        "counted": form.get("counted", "people_years"),
        "measure": form.get("measure", "km"),
        "limit": number(form.get("limit")),
        "objective": form.get("objective", "people"),
        "floors": _numbers(form, "floor."),
        **{rule: _ruled(form, rule) for rule in RULES},
        "order": form.get("order") == "yes",
        "existing": {"sense": form.get("sense", "nominal"), "day": form.get("day") or None},
        "draws": number(form.get("draws")),
        "seed": number(form.get("seed")),
    }


def _numbers(form, prefix):
    """Return the numbers of the fields whose names begin so, by the rest of the name; no blank ones."""
    return {
        name.removeprefix(prefix): number(value)
        for name, value in form.items()
        if name.startswith(prefix) and value.strip()
    }


def _candidates(form):
    where = form.get("where", "cercle_seats")
    return {
        "of": where,
        "least_people": number(form.get("least_people")) if where == "settlements" else None,
        "points": list(_points(form)) if where == "points" else None,
    }


def _points(form):
    for row in rows_of(form, "place"):
        if any(row.values()):
            yield {
                "name": row.get("name", ""),
                "longitude": number(row.get("longitude")),
                "latitude": number(row.get("latitude")),
            }


def _years(form):
    return {year: number(form.get(f"year.{year}")) or 0 for year in YEARS}


def _ruled(form, rule):
    """Return {P-code: reason} of the rows of a rule."""
    return {
        row["pcode"]: row.get("reason", "")
        for row in rows_of(form, "rule")
        if row.get("what") == rule and row.get("pcode")
    }


def rows_of(form, name):
    """Return the rows whose fields are called `name.NUMBER.field`, in the order of their numbers."""
    rows = {}
    for key, value in form.items():
        if found := re.fullmatch(rf"{name}\.(\d+)\.(\w+)", key):
            rows.setdefault(int(found[1]), {})[found[2]] = value.strip()
    return [rows[place] for place in sorted(rows)]


def share(text):
    """Return a percentage as a share."""
    value = number((text or "").replace("%", ""))
    return value / 100 if isinstance(value, int | float) else value


def aim_of(told):
    """Return which of the aims a question asks, the number last: it may go with a budget. None: "
    "the budget."""
    in_order = ("budget", "years", "share", "number")
    return next((aim for aim in in_order if told.get(aim) is not None), AIMS[0])


def rules_of(told):
    """Return the rules of a question as rows of the form, with blank ones after them."""
    rows = [
        {"what": rule, "pcode": pcode, "reason": reason}
        for rule in RULES
        for pcode, reason in (told.get(rule) or {}).items()
    ]
    return numbered([*rows, *({} for _ in range(BLANK_ROWS))])


def places_of(told):
    """Return the drawn places of a question as rows of the form, with blank ones after them."""
    points = (told.get("candidates") or {}).get("points") or []
    return numbered([*points, *({} for _ in range(BLANK_ROWS))])


def numbered(rows):
    return [row | {"at": place} for place, row in enumerate(rows)]
