"""What a data layer is: declared once, served everywhere (catalogue, GeoJSON, CSV, map, legend, schema)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Words:
    """The same words in French and in English."""

    fr: str
    en: str

    def in_language(self, code: str) -> str:
        """Return the words in the language of this code; French for any language that is not English."""
        return self.en if code.startswith("en") else self.fr


class FieldType(StrEnum):
    """The type of a field's values, named as in JSON Schema; dates are ISO 8601."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Field:
    """
    One property of a layer's rows. `choices` gives the words of coded values; `several` says that a value
    may hold several, joined by "; ".
    """

    name: str
    label: Words
    type: FieldType = FieldType.STRING
    unit: Words | None = None
    filters: bool = False
    choices: Mapping[str, Words] = field(default_factory=dict)
    several: bool = False


class Geometry(StrEnum):
    """What a layer draws; a TABLE draws nothing."""

    AREA = "area"
    POINT = "point"
    TABLE = "table"


@dataclass(frozen=True)
class Layer:
    """
    A layer: its words, its fields and where its rows come from.

    `load_kind` names the kind of load whose access class, licence and source the rows carry;
    `aggregates` marks counts that are public whatever the class of the rows they count, and
    `other_kinds` the kinds of load that they count besides.
    `has_access_by_row` marks a layer whose rows come from several loads at once, each read by those whom
    its own load admits.
    `time_field` is the field that `since` and `until` ask; `asked_within` the levels a reader may ask
    the rows of.
    """

    name: str
    title: Words
    description: Words
    geometry: Geometry
    load_kind: str
    fields: tuple[Field, ...]
    time_field: str | None = None
    aggregates: bool = False
    other_kinds: tuple[str, ...] = ()
    asked_within: tuple[str, ...] = ("region", "cercle")
    has_access_by_row: bool = False

    @property
    def field_names(self) -> tuple[str, ...]:
        """Return the names of the fields, in the order they are served."""
        return tuple(each.name for each in self.fields)

    @property
    def filters(self) -> tuple[Field, ...]:
        """Return the fields a reader may filter by."""
        return tuple(each for each in self.fields if each.filters)
