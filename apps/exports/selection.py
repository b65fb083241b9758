"""Which rows of a layer are taken away, in which format and language."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from apps.accounts.access import visible_classes
from apps.catalogue.loads import readable_as
from apps.catalogue.questions import Question, question
from apps.catalogue.rows import ROWS
from apps.exports.formats import FORMATS, Format
from geo.vocabulary import AccessClass
from layers.catalogue import LAYERS
from layers.declaration import Geometry, Layer

BATCH = 2000
"""Rows fetched at a time."""

NOT_PAGED = ("limit", "offset")
"""A file holds all that is asked."""


@dataclass(frozen=True)
class Selection:
    """Rows of a layer to be written as a file. `parameters` is the question as it was asked, in order."""

    layer: Layer
    format: Format
    question: Question
    parameters: tuple[tuple[str, str], ...]
    language: str

    @property
    def columns(self):
        """Return where the rows of the layer come from (`Rows`)."""
        return ROWS[self.layer.name]

    @property
    def fields(self):
        """Return the declared fields that are asked, in their order."""
        return tuple(each for each in self.layer.fields if each.name in self.question.fields)

    def rows(self):
        """Return the rows asked, as a QuerySet in a stable order."""
        return self.columns.matching(self.question)

    @cached_property
    def count(self):
        """How many rows are asked."""
        return self.rows().count()

    def records(self, *, shape=None):
        """
        Yield (identifier, values of the fields, shape) of each row, some thousands fetched at a time.

        `shape` names what is wanted of a geometry: "geojson" or "kml", as text, "wkb", as bytes, or
        "point", of points only; all in EPSG:4326. It is None of a table, of a row that has none, and where
        none is asked.
        """
        rows, extra = self.rows(), ()
        if shape and self.layer.geometry is not Geometry.TABLE:
            rows, extra = getattr(rows, f"with_{shape}")(self.question.detail), (shape,)
        values = self.columns.values(rows, self.question.fields, *extra)
        for identifier, *row in values.iterator(chunk_size=BATCH):
            drawn = row.pop() if extra else None
            yield identifier, row, drawn

    def as_dict(self):
        """Return the selection as plain values, from which `selection_of` makes it again."""
        return {
            "layer": self.layer.name,
            "format": self.format.name,
            "parameters": [list(each) for each in self.parameters],
            "readable": [str(each) for each in self.question.readable],
            "language": self.language,
        }

    def file_name(self, day):
        """Return the name under which a reader keeps the file: layer, what was asked, day of the data."""
        asked = [slugify(value) for name, value in self.parameters if name not in ("fields", "detail")]
        words = ["maillage", self.layer.name, *asked, *([day.isoformat()] if day else [])]
        return "_".join(word for word in words if word)[:120] + f".{self.format.extension}"


def selected(user, layer, format_, parameters, *, language):
    """
    Return what a reader asks to take away and the access class that it takes.

    `parameters` (a QueryDict) are those of the API; areas come in full detail unless another is asked.
    Raises ValidationError for a wrong one, or a format that cannot hold the layer. Whether the reader may
    read is asked of `may_see` with the class returned.
    """
    access = readable_as(layer)[1]
    readable = tuple(visible_classes(user))
    found = _selection(layer, format_, parameters, readable, language)
    return found, strictest_needed(layer, access, readable)


def strictest_needed(layer, access, readable):
    """Return the access class of a file; where rows have each theirs, the strictest it may hold."""
    return AccessClass(readable[-1]) if layer.has_access_by_row else access


def selection_of(told):
    """Return the selection of which `as_dict` told."""
    parameters = QueryDict(mutable=True)
    parameters.update(dict(told["parameters"]))
    readable = tuple(map(AccessClass, told["readable"]))
    return _selection(LAYERS[told["layer"]], FORMATS[told["format"]], parameters, readable, told["language"])


def _selection(layer, format_, parameters, readable, language):
    if not format_.suits(layer):
        raise ValidationError(
            {"format": _("%(format)s ne peut pas contenir cette couche.") % {"format": format_.label}}
        )
    asked = question(layer, given(parameters), readable=readable, without=NOT_PAGED)
    if layer.geometry is Geometry.AREA and "detail" not in parameters:
        asked = replace(asked, detail="full")
    plain = tuple(sorted((name, value) for name, value in given(parameters).items() if name != "lang"))
    return Selection(layer, format_, asked, plain, language)


def given(parameters):
    """Return the parameters that have a value: an empty field of a form asks for all."""
    filled = QueryDict(mutable=True)
    for name, values in parameters.lists():
        kept = [value for value in values if value]
        if kept:
            filled.setlist(name, kept)
    return filled
