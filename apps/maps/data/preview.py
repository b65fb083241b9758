"""A first look at a layer, when a reader asks for it: its first rows, and where they lie."""

from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.templatetags.static import static as static_url
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.catalogue.loads import rows_for
from apps.catalogue.rows import ROWS
from apps.maps import formats, words
from apps.maps.coverage.page import shapes_url
from geo.vocabulary import Level
from layers.declaration import FieldType, Geometry

ASKED = "apercu"
"""The parameter of the page that asks for it."""
MOST_ROWS = 10
MOST_POINTS = 5_000
"""Points that are fetched one by one; of more, tiles are drawn, or the first are."""
MOST_TOLD = 4
"""Fields that a card tells."""

LEVELS = {"regions": Level.REGION, "cercles": Level.CERCLE, "communes": Level.COMMUNE}
TILED = ("settlements",)
"""Layers of points whose tiles hold every point, not counts by cell."""
EXACT = {
    "events": ("geo_precision", ["1"]),
    "ucdp_events": ("geo_precision", ["1"]),
    "institutions": ("place_told", ["exact"]),
}
"""The field that tells how a place is known, and its values for an exact one: others are drawn hollow."""
CODES = (
    *("id", "pcode", "region", "cercle", "commune", "code", "project", "infra_id", "result_id"),
    *("source_id", "source_event_id", "events_source"),
)
"""Fields that say little on a card."""


def preview_context(layer, user, *, count, source_line, is_simulated, is_approximate):
    """Return what templates/maps/data/_preview.html needs."""
    drawn = layer.geometry is not Geometry.TABLE and bool(count)
    return {
        "fields": [_label(each) for each in layer.fields],
        "rows": first_rows(layer, user),
        "source_line": source_line,
        "map": map_settings(layer, count, source_line, is_simulated, is_approximate) if drawn else None,
    }


def first_rows(layer, user):
    """Return the first rows that `user` may read, each value in words; None where one is missing."""
    rows = ROWS[layer.name].values(rows_for(user, layer), layer.field_names)[:MOST_ROWS]
    return [
        [_value(field, value) for field, value in zip(layer.fields, row[1:], strict=True)] for row in rows
    ]


def _value(field, value):
    """Return a value as a page tells it. Without a unit, a number is a year or a code and stays as it is."""
    if value in (None, "", []):
        return None
    if str(value) in field.choices:
        return field.choices[str(value)].in_language(get_language())
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if field.unit and isinstance(value, int | float):
        return formats.number(value, 0 if isinstance(value, int) else 1)
    return str(value)


def map_settings(layer, count, source_line, is_simulated, is_approximate):
    """Return what static/js/layer_preview.js needs."""
    return {
        "countries": static_url("basemap/countries.geojson"),
        "regions": shapes_url(Level.REGION, "low"),
        "hasTiles": bool(settings.TILES_URL),
        "title": layer.title.in_language(get_language()),
        "count": count,
        "notes": [source_line],
        "simulated": is_simulated,
        "approximate": is_approximate,
        "words": map_words(),
        **(_areas(layer) if layer.geometry is Geometry.AREA else _points(layer, count)),
    }


def _areas(layer):
    """Return where the shapes are: of a level, those of every map, which browsers keep."""
    if layer.name in LEVELS:
        return {"shapes": shapes_url(LEVELS[layer.name], "low")}
    address = reverse("api:layer-geojson", args=[layer.name])
    return {"shapes": f"{address}?detail=low&fields=pcode,name"}


def _points(layer, count):
    told = [each for each in layer.fields if each.name not in CODES][:MOST_TOLD]
    field, exact = EXACT.get(layer.name, ("", []))
    common = {
        "labels": [[each.name, _label(each), _choices(each), each.type is FieldType.DATE] for each in told],
        "precision": field,
        "exact": exact,
    }
    if layer.name in TILED and count > MOST_POINTS:
        tiles = reverse("tiles:tilejson", args=[layer.name]).removesuffix(".json") + "/{z}/{x}/{y}.mvt"
        library = static_url("protomaps/protomaps-leaflet.js")
        return common | {"tiles": tiles, "tilesLibrary": library, "layer": layer.name}
    names = [each.name for each in told] + [field] * bool(field and field not in {each.name for each in told})
    query = urlencode({"fields": ",".join(names), "limit": MOST_POINTS}, safe=",")
    return common | {"points": f"{reverse('api:layer-geojson', args=[layer.name])}?{query}"}


def _label(field):
    return field.label.in_language(get_language())


def _choices(field):
    return {value: told.in_language(get_language()) for value, told in field.choices.items()}


def map_words():
    return {
        "waiting": _("Chargement de la carte…"),
        "failed": _("La carte n’a pas répondu ({what}). Les premières lignes sont dessous."),
        "retry": _("Réessayer"),
        "cancel": _("Annuler"),
        "cancelled": _("Arrêté : {what}"),
        "simulated": _("données simulées"),
        "approximate": _("limites approximatives"),
        "exact": _("lieu exact"),
        "lessExact": _("lieu moins précis"),
        "fromAfar": _("De loin, seuls les chefs-lieux sont dessinés : approchez pour voir tous les lieux."),
        "partly": _("Les {n} premières seulement sont dessinées."),
        "noPlace": {
            "one": _("{n} sans point n’est pas dessinée"),
            "other": _("{n} sans point ne sont pas dessinées"),
        },
        "legend": words.legend(),
    }
