"""An answer of the engine held against its twin."""

import math

EXACT = {"rel_tol": 0, "abs_tol": 0}
TOLERANCES = {
    "km": {"rel_tol": 0, "abs_tol": 0.001},
    "share": {"rel_tol": 1e-4, "abs_tol": 1e-6},
    "rate": {"rel_tol": 1e-9, "abs_tol": 0},
}
"""A metre; one in ten thousand of a share; a rate to the last digits of its division. Counts are equal."""


def told(answer):
    """Return {what a row is about: {column: value}} of an answer, as twins name rows."""
    names = [column["name"] for column in answer.columns]
    by = answer.question["by"]
    rows = (dict(zip(names, row, strict=True)) for row in answer.rows)
    return {
        _key([row[name] for name in by]) if by else str(identifier): row
        for identifier, row in zip(answer.ids, rows, strict=True)
    }


def _key(values):
    return values[0] if len(values) == 1 else tuple(values)


def differences(answer, twin):
    """Return what an answer tells otherwise than its twin, one text each; none when they are equal."""
    found, measure = told(answer), (answer.question["measure"] or {}).get("kind")
    different = [f"{key}: not in the answer" for key in twin.keys() - found.keys()]
    for key in found.keys() - twin.keys():
        # A group without anything is listed, as none or as unknown.
        if measure is None or answer.question["keep"] or found[key][measure]:
            different.append(f"{key}: not in the twin, {found[key]}")
    for key in twin.keys() & found.keys():
        for name, expected in twin[key].items():
            column = measure if name == "value" else name
            value = found[key].get(column)
            if not is_equal(column, value, expected):
                different.append(f"{key}: {column} is {value}, {expected} by the twin")
    return different


def is_equal(column, value, expected):
    if value is None or expected is None:
        return value is expected
    return math.isclose(value, expected, **TOLERANCES.get(column, EXACT))
