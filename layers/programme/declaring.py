"""How a table drawn from documents is declared: its columns become fields, and its fields a layer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from layers.declaration import Field, FieldType, Geometry, Layer, Words
from layers.readers.problems import Problem

Record = dict[str, Any]
"""A row that passed: the value of each field by name, `row` (its line) and `documents` (their keys)."""

LOAD_KIND = "programme"
YEARS = (2021, 2022, 2023, 2024, 2025)
"""The years of the work plan."""


@dataclass(frozen=True)
class ToldField(Field):
    """
    A field read from a column of a table. An empty cell is "" for a text, None for anything else.

    `column` is the header where it is not the field's name; `told_as` turns the words of the column
    into coded values; `once` says that no two rows may share a value.
    """

    column: str = ""
    required: bool = False
    once: bool = False
    if_number: bool = False
    longest: int = 300
    least: int = 0
    told_as: Mapping[str, str] = field(default_factory=dict)

    @property
    def header(self) -> str:
        """Return the name of its column."""
        return self.column or self.name


@dataclass(frozen=True)
class DocumentTable:
    """
    A table drawn from documents by hand, in the file `stem`.csv. Every column it declares must be there.

    `left_out` names columns whose "no" says that the row is not ours, and what it is counted under;
    `checks` compare the rows with each other, given the name of the file.
    """

    stem: str
    title: Words
    fields: tuple[ToldField, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    checks: Sequence[Callable[[str, list[Record]], list[Problem]]] = ()
    cites: bool = True
    """Whether each row says which documents it was drawn from."""

    @property
    def file_name(self) -> str:
        """Return the name of its file."""
        return f"{self.stem}.csv"


def text(name: str, fr: str, en: str, **told: Any) -> ToldField:
    """Return a field of text."""
    return ToldField(name, Words(fr, en), **told)


def whole(name: str, fr: str, en: str, **told: Any) -> ToldField:
    """Return a field of whole numbers, 0 and more."""
    return ToldField(name, Words(fr, en), FieldType.INTEGER, **told)


def number(name: str, fr: str, en: str, **told: Any) -> ToldField:
    """Return a field of numbers."""
    return ToldField(name, Words(fr, en), FieldType.NUMBER, **told)


def yes_or_no(name: str, fr: str, en: str, **told: Any) -> ToldField:
    """Return a field that says yes or no."""
    return ToldField(name, Words(fr, en), FieldType.BOOLEAN, **told)


def words(**choices: str) -> dict[str, Words]:
    """
    Return the words of coded values, given as "French|English".

    >>> words(local="local|local")["local"].en
    'local'
    """
    return {code: Words(*told.split("|")) for code, told in choices.items()}


DOLLARS = Words("USD", "USD")


def yearly_amounts() -> tuple[ToldField, ...]:
    """Return the dollars of each year and of all years together."""
    years = (whole(f"usd_{year}", f"USD {year}", f"USD {year}", unit=DOLLARS) for year in YEARS)
    return (*years, whole("usd_total", "USD au total", "USD in all", unit=DOLLARS))


LEVELS = {
    "country": Words("pays", "country"),
    "region": Words("région", "region"),
    "region group": Words("groupe de régions", "group of regions"),
    "district": Words("district", "district"),
    "cercle": Words("cercle", "cercle"),
    "commune": Words("commune", "commune"),
    "locality": Words("localité", "locality"),
    "quartier": Words("quartier", "quarter"),
    "prison site": Words("établissement pénitentiaire", "prison site"),
    "IDP site": Words("site de personnes déplacées", "IDP site"),
    "zone": Words("zone", "zone"),
    "cross-border zone": Words("zone transfrontalière", "cross-border zone"),
    "target zones": Words("zones cibles", "target zones"),
    "unnamed new regions": Words("nouvelles régions, non nommées", "new regions, not named"),
    "14 unnamed cercles": Words("14 cercles, non nommés", "14 cercles, not named"),
    "14 unnamed communes": Words("14 communes, non nommées", "14 communes, not named"),
}


def place_fields(parent_column: str = "", *, required: bool = False) -> tuple[ToldField, ...]:
    """Return the fields that tell a place as the document does; `parent_column` tells what it lies in."""
    parent = (
        text(
            "parent_told",
            "Région ou cercle selon le document",
            "Region or cercle as told",
            column=parent_column,
            longest=100,
        ),
    )
    return (
        text("place", "Lieu selon le document", "Place as told", required=required, longest=200),
        text("level", "Niveau du lieu", "Level of the place", choices=LEVELS, longest=40, filters=True),
        *(parent if parent_column else ()),
    )


NAME_IN_SOURCE = text("name_in_source", "Nom dans le document", "Name in the document", longest=200)

PASSAGE_FIELDS = (
    text("source_passage", "Passage du document", "Passage of the document", longest=500),
    text("note", "Doute", "Doubt", longest=2000),
)
"""What every table has."""

DOCUMENT_FIELDS = (
    Field("document", Words("Document", "Document")),
    Field("publisher", Words("Éditeur du document", "Publisher of the document")),
    Field("told", Words("Date du document", "Date of the document")),
    *PASSAGE_FIELDS,
)
"""What every row served carries; several documents are joined by " ; "."""

AREA_FIELDS = (
    Field("areas", Words("P-codes des lieux trouvés", "P-codes of the places found"), several=True),
    Field("place_told", Words("Précision du point", "How the point is known")),
)


def layer_of(
    table: DocumentTable,
    name: str,
    description: Words,
    *,
    geometry: Geometry = Geometry.TABLE,
    title: Words | None = None,
    extra: tuple[Field, ...] = (),
) -> Layer:
    """Return the layer that serves the rows of a table with their places and documents."""
    is_placed = any(each.name == "place" for each in table.fields)
    return Layer(
        name=name,
        title=title or table.title,
        description=description,
        geometry=geometry,
        load_kind=LOAD_KIND,
        fields=(*table.fields, *extra, *(AREA_FIELDS if is_placed else ()), *DOCUMENT_FIELDS),
        asked_within=("region", "cercle") if is_placed else (),
    )
