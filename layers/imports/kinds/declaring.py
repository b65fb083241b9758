"""What a field and a kind of file are, and how a row tells its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from geo.names import fold
from layers.declaration import Geometry, Words


class ValueType(StrEnum):
    """What the cells of a field hold. A CODE is kept letter for letter; a NAME is a place's or a person's."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CODE = "code"
    NAME = "name"
    SHAPE = "shape"
    """The polygon of an area, as hexadecimal WKB in EPSG:4326."""


class PlaceTelling(StrEnum):
    """How a row tells its place: by a point, by the code or name of an area, or not at all."""

    POINT = "point"
    AREA = "area"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class ImportField:
    """
    One field of a kind. `headers` are those known in publishers' files, the preferred first.

    `choices` gives the value of each folded word, in French and English; `choice_labels` the words of each
    value, to show. `least` and `most` bound a number; `most_letters` a text.
    """

    name: str
    label: Words
    type: ValueType = ValueType.TEXT
    is_required: bool = False
    headers: tuple[str, ...] = ()
    hxl: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    choice_labels: Mapping[str, Words] = field(default_factory=dict)
    unit: Words | None = None
    least: float | None = None
    most: float | None = None
    most_letters: int | None = None

    @property
    def known_headers(self) -> tuple[str, ...]:
        """Return every header that certainly means this field: known ones, its own name, its labels."""
        return tuple(dict.fromkeys((*self.headers, self.name, self.label.fr, self.label.en)))


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """
    A kind of file. `key` names the fields that identify a row; `other_key` those that do when the first of
    `key` is empty. At least one whole group of `one_of` must be matched to columns.
    """

    name: str
    title: Words
    fields: tuple[ImportField, ...]
    key: tuple[str, ...]
    other_key: tuple[str, ...] = ()
    place: PlaceTelling
    geometry: Geometry = Geometry.TABLE
    one_of: tuple[tuple[str, ...], ...] = ()
    takes_values: bool = False
    """Whether columns that are no field may be chosen as values (a table about areas)."""

    def field(self, name: str) -> ImportField:
        """Return the field of this name. Raises KeyError."""
        return {each.name: each for each in self.fields}[name]

    @property
    def required(self) -> tuple[str, ...]:
        """Return the names of the fields that each row must fill."""
        return tuple(each.name for each in self.fields if each.is_required)


def words_of(
    labels: Mapping[str, Words], others: Mapping[str, Iterable[str]] | None = None
) -> dict[str, str]:
    """
    Return the value of each word, folded: the value itself, its labels, and its `others` in use.

    >>> words_of({"closed": Words("fermé", "closed")}, {"closed": ["abandonné"]})
    {'closed': 'closed', 'ferme': 'closed', 'abandonne': 'closed'}
    """
    found = {}
    for value, label in labels.items():
        for word in (value, label.fr, label.en, *(others or {}).get(value, ())):
            found[fold(word)] = value
    return found
