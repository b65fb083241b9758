"""The form by which a reader takes a layer away: which rows, which fields, which format."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.catalogue.questions import DETAILS
from apps.catalogue.rows import ROWS
from apps.exports.formats import formats_of
from apps.maps.cercles import areas_by_name, cercles_by_region
from geo.vocabulary import Level
from layers.declaration import FieldType, Geometry

WANTED_FORMATS = ("gpkg", "csv", "xlsx")
"""What most readers look for, and what suits every layer: shown first."""
DETAIL = "full"
"""Of areas taken away, unless another is chosen."""


@dataclass(frozen=True)
class Filter:
    """A field that rows are asked by: of coded values one of `choices`, else what is typed."""

    name: str
    label: str
    is_number: bool
    choices: list


def form_context(layer):
    """Return what templates/maps/data/_download.html needs."""
    places = places_asked(layer)
    formats = [(each.name, _format(each, layer)) for each in formats_of(layer)]
    return {
        "action": reverse("downloads:chosen", args=[layer.name]),
        "formats": [told for name, told in formats if name in WANTED_FORMATS],
        "other_formats": [told for name, told in formats if name not in WANTED_FORMATS],
        "regions": areas_by_name(Level.REGION) if "region" in places else [],
        "cercles": cercles_by_region() if "cercle" in places else [],
        "has_days": layer.time_field is not None,
        "filters": [_filter(each) for each in layer.filters],
        "fields": [(each.name, _told(each.label)) for each in layer.fields],
        "details": _details() if layer.geometry is Geometry.AREA else [],
        "detail": DETAIL,
        "languages": settings.LANGUAGES,
    }


def places_asked(layer):
    """Return the levels of area whose rows a reader may ask of a layer."""
    rows = ROWS[layer.name]
    return [place for place in layer.asked_within if getattr(rows, place) or rows.tied_to_areas]


def _format(format_, layer):
    lost = format_.lost_of(layer)
    return {
        "name": format_.name,
        "label": format_.label,
        "extension": format_.extension,
        "told": _told(format_.told),
        "loses": _told(lost) if lost else "",
    }


def _filter(field):
    choices = [(value, _told(words)) for value, words in field.choices.items()]
    return Filter(field.name, _told(field.label), field.type is FieldType.INTEGER, choices)


def _details():
    words = {
        "full": _("tout le détail"),
        "high": _("fin"),
        "medium": _("moyen, plus léger"),
        "low": _("grossier, très léger"),
    }
    return [(each, words[each]) for each in DETAILS]


def _told(words):
    return words.in_language(get_language())
