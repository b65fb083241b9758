"""A spatial question between a form and JSON: read from what is sent, told back as it was typed."""

import json
import re

from apps.maps.typed import number
from layers.catalogue import LAYERS
from layers.declaration import FieldType

MOST_STEPS = 3
SIDES = ("what", "of")
NUMBERS = ("km", "count", "at_least", "first")
"""What a relation may ask beside its kind."""

NEEDS = {
    "within": ("at_least", "first"),
    "contains": ("at_least", "first"),
    "intersects": ("at_least", "first"),
    "touches": ("at_least", "first"),
    "within_km": ("km", "at_least", "first"),
    "beyond_km": ("km",),
    "nearest": ("count",),
    "share_of_area": ("km",),
    "share_of_people": ("km",),
}
"""Relation -> the numbers it may ask."""

WITHOUT_VALUE = ("known", "unknown")


def told_by(form):
    """
    Return the question (JSON) that a form (QueryDict) tells, unchecked; what is left out is left out.

    What is not a number stays the text that was typed: whoever checks the question refuses it by its name.
    """
    told = {"version": 1, "steps": [_step(form, f"s{n}") for n in range(1, steps_of(form) + 1)]}
    if by := [form[name] for name in ("by1", "by2") if form.get(name)]:
        told["by"] = by
    if form.get("measure") or by:
        told["measure"] = _measure(form)
    if keep := {form["keep"]: number(form.get("keep_n"))} if form.get("keep") else None:
        told["keep"] = keep
    events = {
        name: form[f"events_{name}"] for name in ("source", "until", "known_at") if form.get(f"events_{name}")
    }
    return told | ({"events": events} if events else {})


def steps_of(form):
    """Return how many steps a form shows: one at least."""
    asked = form.get("steps", "1")
    return min(MOST_STEPS, int(asked)) if asked.isdigit() and int(asked) else 1


def _measure(form):
    told = {"kind": form.get("measure") or "count"}
    return told | ({"field": form["measure_field"]} if form.get("measure_field") else {})


def _step(form, prefix):
    told = {"what": _side(form, f"{prefix}.what")}
    kind = form.get(f"{prefix}.relation")
    if not kind:
        return told
    relation = {"kind": kind}
    for name in NEEDS.get(kind, ()):
        if form.get(f"{prefix}.{name}", "").strip():
            relation[name] = number(form[f"{prefix}.{name}"])
    return told | {"relation": relation, "of": _side(form, f"{prefix}.of")}


def _side(form, prefix):
    chosen = form.get(prefix, "")
    if chosen.startswith("step:"):
        return {"step": number(chosen.removeprefix("step:"))}
    areas = form.getlist(f"{prefix}.areas")
    if chosen == "areas":
        return {"areas": areas}
    if chosen == "shape":
        return {"shape": _shape(form.get(f"{prefix}.shape")), "name": form.get(f"{prefix}.shape_name", "")}
    told = {"layer": chosen or None}
    if where := list(_where(form, prefix, chosen)):
        told["where"] = where
    if areas:
        told["areas"] = areas
    layer = LAYERS.get(chosen)
    if layer and layer.time_field:
        told |= {
            name: form[f"{prefix}.{name}"] for name in ("since", "until") if form.get(f"{prefix}.{name}")
        }
        if form.get(f"{prefix}.last_months", "").strip():
            told["last_months"] = number(form[f"{prefix}.last_months"])
    return told


def _shape(text):
    """Return the geometry that a form carries; None of none, the text of what is no JSON."""
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text


def _where(form, prefix, layer):
    for row in rows_of(form, f"{prefix}.where"):
        if not row.get("field"):
            continue
        condition = {"field": row["field"][0], "op": row.get("op", ["="])[0]}
        if condition["op"] in WITHOUT_VALUE:
            yield condition
            continue
        read = reader_of(layer, condition["field"])
        values = [value for value in row.get("value", []) if value != ""]
        if condition["op"] == "in":
            yield condition | {"value": [read(each) for value in values for each in _listed(value)]}
        elif values:
            yield condition | {"value": read(values[0])}


def _listed(text):
    return [each.strip() for each in text.split(";") if each.strip()]


def rows_of(form, prefix):
    """Return the rows whose fields are called `prefix.NUMBER.field` as lists of texts, in their order."""
    rows = {}
    for key in form:
        if found := re.fullmatch(rf"{re.escape(prefix)}\.(\d+)\.(\w+)", key):
            rows.setdefault(int(found[1]), {})[found[2]] = [value.strip() for value in form.getlist(key)]
    return [rows[place] for place in sorted(rows)]


def reader_of(layer, name):
    """Return what reads the text of a value of this field: numbers as people type them, yes and no."""
    field = field_of(layer, name)
    if field is None:
        return str
    if field.type in (FieldType.INTEGER, FieldType.NUMBER):
        return number
    return _yes if field.type is FieldType.BOOLEAN else str


def field_of(layer, name):
    """Return the declared field of a layer; None where there is none."""
    declared = LAYERS.get(layer)
    return next((each for each in declared.fields if each.name == name), None) if declared else None


def _yes(text):
    return {"true": True, "false": False}.get(text, text)


def typed(question):
    """
    Return the fields of the form that tell this question, as a mapping of lists of texts.

    It is read as the form itself is: what a question has beyond the form is left out.
    """
    steps = [each for each in _items(question.get("steps")) if isinstance(each, dict)][:MOST_STEPS]
    fields = {"steps": [str(max(1, len(steps)))]}
    for n, step in enumerate(steps, start=1):
        fields |= _typed_step(step, f"s{n}")
    for n, by in enumerate(_items(question.get("by"))[:2], start=1):
        fields[f"by{n}"] = [str(by)]
    measure = question.get("measure") or {}
    fields |= {"measure": _texts(measure.get("kind")), "measure_field": _texts(measure.get("field"))}
    for name, value in (question.get("keep") or {}).items():
        fields |= {"keep": [name], "keep_n": _texts(value)}
    for name, value in (question.get("events") or {}).items():
        fields[f"events_{name}"] = _texts(value)
    return {name: values for name, values in fields.items() if values}


def _typed_step(step, prefix):
    relation = step.get("relation") or {}
    fields = _typed_side(step.get("what") or {}, f"{prefix}.what")
    if relation.get("kind"):
        fields[f"{prefix}.relation"] = [relation["kind"]]
        fields |= {f"{prefix}.{name}": _texts(relation.get(name)) for name in NUMBERS}
        fields |= _typed_side(step.get("of") or {}, f"{prefix}.of")
    return fields


def _typed_side(side, prefix):
    if side.get("step"):
        return {prefix: [f"step:{side['step']}"]}
    fields = {f"{prefix}.areas": [str(each) for each in _items(side.get("areas"))]}
    if side.get("shape") is not None:
        return {
            prefix: ["shape"],
            f"{prefix}.shape": [json.dumps(side["shape"], separators=(",", ":"))],
            f"{prefix}.shape_name": _texts(side.get("name")),
        }
    if not side.get("layer"):
        return fields | {prefix: ["areas"]} if fields[f"{prefix}.areas"] else {}
    fields[prefix] = [side["layer"]]
    fields |= {f"{prefix}.{name}": _texts(side.get(name)) for name in ("since", "until", "last_months")}
    for at, condition in enumerate(_items(side.get("where"))):
        row = f"{prefix}.where.{at}"
        fields |= {f"{row}.field": _texts(condition.get("field")), f"{row}.op": _texts(condition.get("op"))}
        fields[f"{row}.value"] = [text for each in _items(condition.get("value")) for text in _texts(each)]
    return fields


def _items(value):
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _texts(value):
    if value is None:
        return []
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, float):
        return [f"{value:g}"]
    return [str(value)]
