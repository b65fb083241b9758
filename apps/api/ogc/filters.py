"""A filter of CQL2 as a condition on the declared fields of a layer: nothing else can be named."""

from dataclasses import dataclass
from functools import reduce
from math import isfinite
from operator import and_, or_

from django.db.models import BooleanField, ExpressionWrapper, F, FloatField, Q, TextField, Value
from django.db.models.functions import Cast, Lower
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, IsNull, LessThan, LessThanOrEqual
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from apps.api.ogc import temporal
from apps.api.ogc.crs import CRS84, Crs, box_of
from apps.api.ogc.queries import SPATIAL, Like, WithoutAccents, related
from apps.catalogue.rows import ROWS
from layers.declaration import FieldType, Geometry, Layer

GEOMETRY = "geometry"
COMPARISONS = {
    "=": Exact,
    "<>": lambda a, b: ~Q(Exact(a, b)),
    "<": LessThan,
    "<=": LessThanOrEqual,
    ">": GreaterThan,
    ">=": GreaterThanOrEqual,
}
KINDS = {
    FieldType.STRING: "text",
    FieldType.INTEGER: "number",
    FieldType.NUMBER: "number",
    FieldType.DATE: "day",
    FieldType.BOOLEAN: "flag",
}
MOST_EXACT = 2**53


@dataclass(frozen=True)
class Operand:
    """One side of a comparison. `told` names it in an error; `literal` is what was written, if it was."""

    kind: str
    expression: object
    told: str
    literal: object = None


def condition(node, layer, crs=CRS84, parameter="filter"):
    """
    Return what a filter (the JSON of CQL2) asks of the rows of a layer, as a Q; raises ValidationError.

    Its geometries are in `crs`. As in SQL, what is not known neither is nor is not: such a row is left out.
    Rows need `drawn` (see `queries.with_drawn`).
    """
    return Translator(layer, crs, parameter).condition(node)


def equality(name, value, layer):
    """Return the condition that a field of the layer has the value that a parameter of its name writes."""
    field = next(each for each in layer.fields if each.name == name)
    return condition({"op": "=", "args": [{"property": name}, _read(field, value)]}, layer, parameter=name)


def _read(field, text):
    match KINDS[field.type]:
        case "number":
            try:
                return float(text)
            except ValueError:
                return text
        case "flag":
            return {"true": True, "false": False}.get(text.lower(), text)
    return text


@dataclass(frozen=True)
class Translator:
    layer: Layer
    crs: Crs
    parameter: str

    def condition(self, node):
        if isinstance(node, bool):
            return Q(ExpressionWrapper(Value(node), output_field=BooleanField()))
        operator, arguments = self._operation(node)
        name = operator.lower()
        if name in ("and", "or", "not"):
            parts = [self.condition(each) for each in arguments]
            return ~parts[0] if name == "not" else reduce(and_ if name == "and" else or_, parts)
        if name in COMPARISONS:
            return Q(COMPARISONS[name](*self._alike(arguments, 2)))
        if name in temporal.RELATIONS:
            return temporal.RELATIONS[name](*(self._span(each) for each in self._counted(arguments, 2)))
        if name.removeprefix("s_") in SPATIAL and name.startswith("s_"):
            return self._spatial(name.removeprefix("s_"), arguments)
        match name:
            case "between":
                return self._between(arguments)
            case "in":
                return self._in(arguments)
            case "like":
                return self._like(arguments)
            case "isnull":
                return self._is_null(arguments)
        raise self._unknown(operator)

    def _operation(self, node):
        if not (
            isinstance(node, dict) and isinstance(node.get("op"), str) and isinstance(node.get("args"), list)
        ):
            raise self._wrong(_("attendu une condition, par exemple name = 'Séno'"))
        if not node["args"]:
            raise self._wrong(_("%(operator)s sans rien à comparer") % {"operator": node["op"]})
        return node["op"], node["args"]

    def _between(self, arguments):
        value, low, high = self._alike(arguments, 3)
        return Q(GreaterThanOrEqual(value, low)) & Q(LessThanOrEqual(value, high))

    def _in(self, arguments):
        value, choices = self._counted(arguments, 2)
        if not isinstance(choices, list) or not choices:
            raise self._wrong(_("IN attend une liste de valeurs entre parenthèses"))
        return reduce(or_, (Q(Exact(*self._alike([value, each], 2))) for each in choices))

    def _like(self, arguments):
        value, pattern = (self._scalar(each) for each in self._counted(arguments, 2))
        for each in (value, pattern):
            if each.kind != "text":
                raise self._wrong(
                    _("LIKE compare des textes ; %(name)s n’en est pas un") % {"name": each.told}
                )
        if pattern.literal is None:
            raise self._wrong(_("LIKE attend un motif écrit, par exemple 'Ba%'"))
        if _ends_open(pattern.literal):
            raise self._wrong(_("LIKE : une barre oblique inverse ne finit pas un motif, doublez-la"))
        return Q(Like(value.expression, pattern.expression))

    def _is_null(self, arguments):
        (node,) = self._counted(arguments, 1)
        if node == {"property": GEOMETRY}:
            self._refuse_a_table()
            return Q(drawn__isnull=True)
        return Q(IsNull(self._scalar(node).expression, True))

    def _spatial(self, relation, arguments):
        """The relation of what is drawn to a shape; written the other way round, its inverse."""
        first, second = self._counted(arguments, 2)
        if second == {"property": GEOMETRY}:
            first, second = second, first
            relation = {"within": "contains", "contains": "within"}.get(relation, relation)
        if first != {"property": GEOMETRY} or not isinstance(second, dict) or "property" in second:
            raise self._wrong(
                _("S_%(relation)s compare %(geometry)s à une géométrie écrite")
                % {"relation": relation.upper(), "geometry": GEOMETRY}
            )
        self._refuse_a_table()
        return related(relation, self._shape(second))

    def _shape(self, node):
        if isinstance(node.get("bbox"), list) and len(node["bbox"]) in (4, 6):
            return box_of(node["bbox"], self.crs, self.parameter)
        return self.crs.shape(node.get("type"), node.get("coordinates"), self.parameter)

    def _refuse_a_table(self):
        if self.layer.geometry is Geometry.TABLE:
            raise self._wrong(_("cette collection est un tableau : elle ne dessine rien"))

    def _counted(self, arguments, expected):
        if len(arguments) != expected:
            raise self._wrong(
                _("%(given)s valeurs données, %(expected)s attendues")
                % {"given": len(arguments), "expected": expected}
            )
        return arguments

    def _alike(self, nodes, expected):
        """Return the expressions of values that can be compared with one another."""
        operands = [self._scalar(each) for each in self._counted(nodes, expected)]
        kind = next((each.kind for each in operands if each.literal is None), operands[0].kind)
        return [self._as(kind, each, operands[0]).expression for each in operands]

    def _as(self, kind, operand, other):
        if kind == "day" and operand.kind == "text" and operand.literal is not None:
            return self._day(operand.literal)
        if operand.kind != kind:
            raise self._wrong(
                _("%(value)s est %(kind)s et ne se compare pas à %(other)s, qui est %(expected)s")
                % {
                    "value": operand.told,
                    "kind": _kind_words()[operand.kind],
                    "other": other.told,
                    "expected": _kind_words()[kind],
                }
            )
        return operand

    def _scalar(self, node):
        match node:
            case {"property": name}:
                return self._property(name)
            case {"date": text} | {"timestamp": text} if isinstance(text, str):
                return self._day(text)
            case {"op": op, "args": [inner]} if op.lower() in ("casei", "accenti"):
                return self._folded(op.lower(), self._scalar(inner))
            case {"op": op}:
                raise self._unknown(op)
            case bool():
                return Operand("flag", Value(node, BooleanField()), str(node).lower(), node)
            case int() | float() if isfinite(node):
                return Operand("number", _number(node), f"{node:g}", node)
            case str() if "\x00" not in node:
                return Operand("text", Value(node, TextField()), node[:60], node)
        raise self._wrong(_("attendu un champ ou une valeur"))

    def _property(self, name):
        fields = {each.name: each for each in self.layer.fields}
        if name not in fields:
            raise self._wrong(
                _("%(name)s n’est pas un champ de %(layer)s ; ses champs : %(known)s")
                % {"name": str(name)[:60], "layer": self.layer.name, "known": ", ".join(self._names())}
            )
        column = F(ROWS[self.layer.name].column(name))
        kind = KINDS[fields[name].type]
        return Operand(kind, Cast(column, TextField()) if kind == "text" else column, name)

    def _names(self):
        drawn = [] if self.layer.geometry is Geometry.TABLE else [GEOMETRY]
        return [*self.layer.field_names, *drawn]

    def _folded(self, function, operand):
        if operand.kind != "text":
            raise self._wrong(
                _("%(function)s s’écrit autour d’un texte ; %(name)s n’en est pas un")
                % {"function": function.upper(), "name": operand.told}
            )
        fold = Lower if function == "casei" else WithoutAccents
        return Operand("text", fold(operand.expression), operand.told, operand.literal)

    def _day(self, text):
        return Operand("day", temporal.literal(temporal.day(text, self.parameter)), text, text)

    def _span(self, node):
        """Return the first and the last day of an interval, of a day or of a field."""
        match node:
            case {"interval": [first, last]}:
                return self._end(first, temporal.FIRST), self._end(last, temporal.LAST)
        instant = self._end(node, None)
        return instant, instant

    def _end(self, node, when_open):
        if when_open is not None and node == "..":
            return when_open
        operand = self._scalar(node)
        if operand.kind == "text" and operand.literal is not None:
            operand = self._day(operand.literal)
        if operand.kind != "day":
            raise self._wrong(_("%(name)s n’est pas une date") % {"name": operand.told})
        return operand.expression

    def _unknown(self, operator):
        return self._wrong(
            _("%(operator)s n’est pas un opérateur d’ici ; possibles : %(known)s")
            % {
                "operator": str(operator)[:60],
                "known": ", ".join(
                    (
                        *("AND", "OR", "NOT", *COMPARISONS, "BETWEEN", "IN", "LIKE", "IS NULL"),
                        *("CASEI", "ACCENTI"),
                        *(f"S_{each.upper()}" for each in SPATIAL),
                        *(each.upper() for each in temporal.RELATIONS),
                    )
                ),
            }
        )

    def _wrong(self, message):
        return ValidationError({self.parameter: message})


def _number(value):
    exact = float(value).is_integer() and abs(value) < MOST_EXACT
    return Value(int(value)) if exact else Value(value, FloatField())


def _ends_open(pattern):
    return (len(pattern) - len(pattern.rstrip("\\"))) % 2 == 1


def _kind_words():
    return {
        "text": _("un texte"),
        "number": _("un nombre"),
        "day": _("une date"),
        "flag": _("un vrai ou faux"),
    }
