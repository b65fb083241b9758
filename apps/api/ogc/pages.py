"""What the pages of these addresses show: the same answers, for readers."""

import json

from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.api.ogc import items as features
from apps.api.ogc.asked import MOST_FEATURES
from apps.api.ogc.crs import SYSTEMS
from apps.api.ogc.formats import GEOJSON, HTML
from apps.api.ogc.queries import bounded
from apps.sources.models import LayerRevision
from layers.declaration import FieldType, Geometry

ACCESS = {
    "public": lambda: _("ouverte à tous"),
    "signed_in": lambda: _("aux personnes connectées"),
    "data_keepers": lambda: _("aux gardiens des données"),
}


def words_of_geometry(layer):
    return {Geometry.AREA: _("surfaces"), Geometry.POINT: _("points"), Geometry.TABLE: _("tableau")}[
        layer.geometry
    ]


def collection(told, layer):
    return {
        "told": told,
        "layer": layer,
        "geometry": words_of_geometry(layer),
        "access": ACCESS[told["access"]](),
        "fields": fields(layer),
        "systems": [each for each in SYSTEMS.values() if layer.geometry is not Geometry.TABLE],
    }


def fields(layer):
    """Return name, words, type, unit and choices of each field, in the reader's language."""
    language = get_language()
    return [
        {
            "name": each.name,
            "label": each.label.in_language(language),
            "type": _words_of_type(each.type),
            "unit": each.unit.in_language(language) if each.unit else "",
            "choices": [(value, words.in_language(language)) for value, words in each.choices.items()],
        }
        for each in layer.fields
    ]


def _words_of_type(type_):
    return {
        FieldType.STRING: _("texte"),
        FieldType.INTEGER: _("entier"),
        FieldType.NUMBER: _("nombre"),
        FieldType.DATE: _("date"),
        FieldType.BOOLEAN: _("vrai ou faux"),
    }[type_]


def items(asked, user, links, load):
    """Return a page of features as a table, with the way to the next."""
    revision, _changed_at = LayerRevision.objects.of(asked.layer.name)
    with bounded():
        found = features.page(asked, user, revision)
    return {
        "layer": asked.layer,
        "title": asked.layer.title.in_language(get_language()),
        "columns": [_column(each) for each in asked.layer.fields],
        "rows": [
            (told["id"], [_cell(each, told["properties"][each.name]) for each in asked.layer.fields])
            for told in map(json.loads, found.features)
        ],
        "matched": found.matched,
        "limit": asked.limit,
        "most": MOST_FEATURES,
        "following": links.following(HTML, **found.following)["href"] if found.following else "",
        "geojson": links.itself(GEOJSON, "")[1]["href"],
        "load": load,
    }


def item(text, layer, links, load):
    """Return one feature, field by field."""
    told = json.loads(text)
    return {
        "layer": layer,
        "title": layer.title.in_language(get_language()),
        "identifier": told["id"],
        "pairs": [(_column(each), _cell(each, told["properties"][each.name])) for each in layer.fields],
        "point": told["geometry"]["coordinates"]
        if layer.geometry is Geometry.POINT and told["geometry"]
        else None,
        "geojson": links.itself(GEOJSON, "")[1]["href"],
        "load": load,
    }


def _column(field):
    """Return the words of a field; what has a unit is a quantity, written as the reader writes numbers."""
    return {
        "label": field.label.in_language(get_language()),
        "unit": field.unit.in_language(get_language()) if field.unit else "",
        "is_quantity": _is_quantity(field),
    }


def _is_quantity(field):
    return field.unit is not None and field.type in (FieldType.INTEGER, FieldType.NUMBER)


def _cell(field, value):
    """Return a value as it is read: coded ones in words, quantities with decimals; unknown ones stay None."""
    decimals = None
    if value is None or value == "":
        value = None
    elif str(value) in field.choices:
        value = field.choices[str(value)].in_language(get_language())
    elif isinstance(value, bool):
        value = _("oui") if value else _("non")
    elif _is_quantity(field):
        decimals = 0 if isinstance(value, int) else 1
    elif isinstance(value, float):
        value = float(f"{value:.6g}")
    return {"value": value, "decimals": decimals, "is_quantity": _is_quantity(field)}


def problem(request, answer):
    """Return a problem as a page, under the same status."""
    context = {"detail": json.loads(answer.content)["detail"], "status": answer.status_code}
    page = render(request, "ogc/problem.html", context, status=answer.status_code)
    for name in ("Retry-After", "RateLimit", "RateLimit-Policy"):
        if name in answer:
            page[name] = answer[name]
    return page
