"""The rows that features of a question are made of: the query of their layer, narrowed by what is asked."""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Lower

from apps.analysis.features import COUNT_LAYERS, GROUNDS
from apps.analysis.resolving import asked_of
from apps.boundaries.models import Area
from apps.catalogue.rows import ROWS
from geo.vocabulary import AccessClass, Level
from layers.catalogue import LAYERS
from layers.declaration import FieldType, Geometry

SUFFIXES = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte", "in": "in"}

PLANE = "(%(expressions)s)::geometry(Point,4326)"
"""As the indexes of points have it: written otherwise, no bbox is found in them."""


class Raw(Func):
    """An expression given to SQL as it is: no conversion for Python."""

    template = "%(expressions)s"
    output_field = TextField()


def rows_of(question, features, *, or_unknown=False):
    """
    Return the rows of the features of a layer, before anything is asked of where they lie.

    With `or_unknown`, those too of which what a condition asks is not known.
    """
    layer = LAYERS[features["layer"]]
    source = ROWS[layer.name]
    if GROUNDS[layer.name].is_event:
        rows = asked_of(question["events"], layer.name).versions()
    else:
        rows = source.all()
    if layer.name in COUNT_LAYERS:
        rows = rows.filter(source=question["events"]["source"])
    if layer.has_access_by_row:
        rows = rows.of_access([AccessClass.PUBLIC])
    for number, condition in enumerate(features["where"]):
        rows, holds = _condition(rows, layer, source, condition, number)
        rows = rows.filter(holds | _unknown(layer, source, condition) if or_unknown else holds)
    time = source.column(layer.time_field) if layer.time_field else None
    for name, suffix in (("since", "gte"), ("until", "lte")):
        if features.get(name):
            rows = rows.filter(**{f"{time}__{suffix}": features[name]})
    return rows.order_by()


def fields_perhaps_unknown(features):
    """Return the declared fields, asked by conditions on these features, that some rows may not tell."""
    layer = LAYERS[features["layer"]]
    source = ROWS[layer.name]
    model = source.all().model
    asked = {each["field"] for each in features["where"] if each["op"] not in ("known", "unknown")}
    return [field for field in layer.fields if field.name in asked and _may_be_unknown(model, source, field)]


def _may_be_unknown(model, source, field):
    column = source.column(field.name)
    own = {each.name: each for each in model._meta.concrete_fields}
    return column not in own or own[column].null or own[column].blank


def _unknown(layer, source, condition):
    """Return the condition that what another one asks is not known; of one that asks just that, nothing."""
    if condition["op"] in ("known", "unknown"):
        return Q(pk__in=[])
    field = _field(layer, condition)
    return _not_told(field, source.column(field.name))


def _field(layer, condition):
    return next(each for each in layer.fields if each.name == condition["field"])


def _not_told(field, column):
    """Return the condition that a row does not tell a field: an empty text tells nothing."""
    unknown = Q(**{f"{column}__isnull": True})
    return unknown | Q(**{column: ""}) if field.type is FieldType.STRING else unknown


def _condition(rows, layer, source, condition, number):
    """Return the rows, with what the condition needs beside them, and the condition."""
    field = _field(layer, condition)
    column, op, value = source.column(field.name), condition["op"], condition.get("value")
    if op in ("known", "unknown"):
        unknown = _not_told(field, column)
        return rows, unknown if op == "unknown" else ~unknown
    if op == "contains":
        folded = f"folded_{number}"
        rows = rows.alias(**{folded: _folded(F(column))})
        return rows, Q(**{f"{folded}__contains": _folded(Value(value))})
    if field.several and op in ("=", "!=", "in"):
        return _of_several(rows, field, column, condition, number)
    if op == "=":
        return rows, Q(**{column: value})
    if op == "!=":
        # What is unknown is not known to differ.
        return rows, ~Q(**{column: value}) & Q(**{f"{column}__isnull": False})
    return rows, Q(**{f"{column}__{SUFFIXES[op]}": value})


def _folded(expression):
    return Lower(Func(expression, function="unaccent", output_field=TextField()))


def _of_several(rows, field, column, condition, number):
    """Ask one of the values of a field that holds several, joined by "; "."""
    wanted = condition["value"] if isinstance(condition["value"], list) else [condition["value"]]
    name = f"several_{number}"
    values = Func(F(column), Value("; "), function="string_to_array", output_field=ArrayField(TextField()))
    rows = rows.alias(**{name: values})
    has_one = Q(**{f"{name}__overlap": wanted})
    if condition["op"] != "!=":
        return rows, has_one
    return rows, ~has_one & ~_not_told(field, column)


def columns_of(layer, fields):
    """Return (name, expression) of each column that the SQL of a question reads of a layer."""
    ground, source = GROUNDS[layer.name], ROWS[layer.name]
    told = {
        "key": F("pk"),
        "fid": F(source.identifier),
        "name": F(source.column(ground.name)),
        "geom": _geometry(layer),
        "globe": _globe(layer),
        "region_id": ground.region and F(ground.region),
        "cercle_id": ground.cercle and F(ground.cercle),
        "commune_id": ground.commune and F(ground.commune),
        "areas": ground.areas and ground.areas(source.all().model),
        "place_precision": F("geo_precision") if ground.is_event else None,
        "people": ground.people and F(ground.people),
        "area_km2": F("area_km2") if ground.level else None,
    }
    told |= {f"f_{name}": F(source.column(name)) for name in fields}
    return {name: expression for name, expression in told.items() if expression is not None}


TYPES = {
    "key": "bigint",
    "fid": "text",
    "name": "text",
    "geom": "geometry",
    "globe": "geography",
    "region_id": "bigint",
    "cercle_id": "bigint",
    "commune_id": "bigint",
    "areas": "bigint[]",
    "place_precision": "smallint",
    "people": "bigint",
    "area_km2": "float8",
}
"""The columns that every set of features has, and their types where a layer does not tell one."""


def _geometry(layer):
    if layer.geometry is Geometry.TABLE:
        return None
    if layer.geometry is Geometry.AREA:
        return Raw(F("boundary"))
    return Raw(F("location"), template=PLANE)


def _globe(layer):
    if layer.geometry is Geometry.TABLE:
        return None
    if layer.geometry is Geometry.AREA:
        return Raw(F("boundary"), template="(%(expressions)s)::geography")
    return Raw(F("location"))


def statement_of(question, features, fields):
    """Return (SQL, parameters, names of its columns) of the rows of the features of a layer."""
    layer = LAYERS[features["layer"]]
    columns = columns_of(layer, fields)
    rows = rows_of(question, features).values_list(*columns.values())
    text, parameters = rows.query.sql_with_params()
    return text, tuple(parameters), tuple(columns)


@dataclass(frozen=True)
class Places:
    """Areas told by their P-codes: their identifiers, and those of the areas around them, by level."""

    ids: dict
    """{Level: identifiers told of this level}."""
    around: dict
    """{Level: identifiers of those told and of those around them, of this level}."""

    @property
    def levels(self):
        return sorted(level for level, ids in self.ids.items() if ids)

    @property
    def finest(self):
        return max(self.levels, default=None)


def places_of(pcodes):
    """Return the areas of the active edition that P-codes stand for."""
    ids = {level: [] for level in Level}
    around = {level: set() for level in Level}
    found = Area.objects.active().filter(pcode__in=pcodes).order_by("pk")
    for pk, level, parent, grandparent in found.values_list("pk", "level", "parent", "parent__parent"):
        ids[Level(level)].append(pk)
        line = [pk, parent, grandparent]
        for up, each in zip(range(level, 0, -1), line, strict=False):
            around[Level(up)].add(each)
    return Places(ids, {level: sorted(each) for level, each in around.items()})
