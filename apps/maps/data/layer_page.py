"""What /donnees/<layer>/ shows: a layer, its worth, how it is taken away, opened elsewhere, cited."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.accounts.access import may_see
from apps.catalogue.loads import active_edition, other_loads, readable_as
from apps.maps import formats
from apps.maps.data.citing import citations
from apps.maps.data.download_form import form_context, places_asked
from apps.maps.data.licences_told import contact, licences_told
from apps.maps.data.lines import Addresses, example_of, tools
from apps.maps.data.lines_with_token import tools_with_token
from apps.maps.data.preview import ASKED, preview_context
from apps.maps.data.quality_told import quality_context
from apps.maps.load_words import ACCESS, KINDS
from apps.sources.models import LayerRevision, Load
from geo.vocabulary import AccessClass
from layers.catalogue import LAYERS
from layers.declaration import FieldType, Geometry

TYPES = {
    FieldType.STRING: gettext_lazy("texte"),
    FieldType.INTEGER: gettext_lazy("nombre entier"),
    FieldType.NUMBER: gettext_lazy("nombre"),
    FieldType.DATE: gettext_lazy("date"),
    FieldType.BOOLEAN: gettext_lazy("vrai ou faux"),
}

SHAPES = {
    Geometry.AREA: gettext_lazy("surfaces"),
    Geometry.POINT: gettext_lazy("points"),
    Geometry.TABLE: gettext_lazy("tableau, sans géométrie"),
}


MOST_LOADS = 12
"""Loads told of a layer's history: the page of loads tells all."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of the addresses: its name and what it asks."""

    name: str
    told: str


def layer_context(request, layer):
    """Return what templates/maps/data/layer.html needs."""
    load, access = readable_as(layer)
    loads = [each for each in (load, *other_loads(layer)) if each]
    edition = active_edition()
    is_approximate = bool(edition and edition.is_approximate and layer.geometry is not Geometry.TABLE)
    is_simulated = any(each.is_simulated for each in loads)
    is_readable = may_see(request.user, access)
    told = quality_context(layer, request.user, is_readable=is_readable, loads=loads)
    addresses = Addresses(request.build_absolute_uri("/"), layer)
    return {
        **identity(layer, edition, loads),
        **reuse_context(request, layer, addresses, access),
        "access": access,
        "access_told": ACCESS[access],
        "is_readable": is_readable,
        "is_simulated": is_simulated,
        "is_approximate": is_approximate,
        "count": told["quality"].rows,
        "worth": told,
        "form": form_context(layer) if is_readable else None,
        "has_preview": is_readable and bool(told["quality"].rows),
        "preview": preview_context(
            layer,
            request.user,
            count=told["quality"].rows,
            source_line=source_line(loads),
            is_simulated=is_simulated,
            is_approximate=is_approximate,
        )
        if is_readable and request.GET.get(ASKED)
        else None,
        "history": history(layer),
        "licences": licences_told(loads),
        "attributions": list(dict.fromkeys(each.attribution for each in loads if each.attribution)),
        "contact": contact(),
        "citations": citations(
            layer,
            loads,
            address=addresses.of("layer", layer.name),
            today=timezone.localdate(),
            is_approximate=is_approximate,
        ),
    }


def identity(layer, edition, loads):
    """Return what a layer is, and where it comes from."""
    language = get_language()
    return {
        "layer": layer,
        "title": layer.title.in_language(language),
        "description": layer.description.in_language(language),
        "shape": SHAPES[layer.geometry],
        "loads": loads,
        "changed_at": LayerRevision.objects.of(layer.name)[1],
        "edition": edition,
        "fields": fields_of(layer, language),
        "counted_instead": counted_instead(layer, language),
    }


def reuse_context(request, layer, addresses, access):
    """Return how a layer is read from elsewhere: addresses, parameters, lines to copy."""
    is_public = access is AccessClass.PUBLIC
    example = example_of(layer, request.user)
    parameters = parameters_of(layer)
    return {
        "is_public": is_public,
        "addresses": addresses_told(addresses),
        "parameters": parameters,
        "example": example,
        "example_address": example_address(addresses, example, parameters),
        "tools": tools(addresses, example) if is_public else tools_with_token(addresses),
    }


def history(layer):
    """Return (kind, load) of the last loads that rows of a layer came from, and whether there are more."""
    loads = Load.objects.filter(kind__in=(layer.load_kind, *layer.other_kinds))
    latest = list(loads[: MOST_LOADS + 1])
    return {
        "loads": [(KINDS[load.kind], load) for load in latest[:MOST_LOADS]],
        "is_cut": len(latest) > MOST_LOADS,
    }


def source_line(loads):
    """Return who published the rows, and of when they are."""
    return "; ".join(
        _("%(publisher)s, données du %(day)s")
        % {"publisher": load.publisher or load.file_name, "day": formats.day(load.as_of)}
        if load.as_of
        else load.publisher or load.file_name
        for load in loads
    )


def fields_of(layer, language):
    """Return label, name, type, unit and codes of each field, in a language."""
    return [
        {
            "name": each.name,
            "label": each.label.in_language(language),
            "type": TYPES[each.type],
            "unit": each.unit.in_language(language) if each.unit else "",
            "several": each.several,
            "choices": [(value, words.in_language(language)) for value, words in each.choices.items()],
        }
        for each in layer.fields
    ]


def addresses_told(addresses):
    """Return (what it is, its address, whether it is a link to follow) of each way to read the rows."""
    name = addresses.layer.name
    found = [
        ("GeoJSON", addresses.geojson, True),
        ("CSV", addresses.csv, True),
        ("OGC API - Features", addresses.items, True),
        (_("Champs à filtrer (queryables)"), addresses.of("ogc:queryables", name), True),
    ]
    if addresses.has_tiles:
        found += [
            ("TileJSON", addresses.of("tiles:tilejson", name), True),
            (_("Tuiles vectorielles (MVT)"), addresses.tiles, False),
            (_("Style MapLibre"), addresses.of("tiles:style", name), True),
            (_("Style QGIS"), addresses.of("tiles:qml", name), True),
        ]
    return found


def parameters_of(layer):
    """Return the parameters of the addresses of GeoJSON and CSV."""
    language = get_language()
    found = [
        Parameter(place, _("P-code : ce qui est dans cette région ou ce cercle"))
        for place in places_asked(layer)
    ]
    found += [Parameter(each.name, each.label.in_language(language)) for each in layer.filters]
    if layer.time_field:
        found += [
            Parameter("since", _("date : à partir de ce jour, par exemple 2020-01-01")),
            Parameter("until", _("date : jusqu’à ce jour compris")),
        ]
    if layer.geometry is not Geometry.TABLE:
        found.append(Parameter("bbox", _("ouest,sud,est,nord en degrés, par exemple -5,13,-3,15")))
    if layer.geometry is Geometry.AREA:
        found.append(Parameter("detail", _("full, high, medium (d’office) ou low : finesse des contours")))
    return [
        *found,
        Parameter("fields", _("noms de champs séparés par des virgules : ceux-là seulement")),
        Parameter("limit, offset", _("combien de lignes, à partir de laquelle")),
    ]


def example_address(addresses, example, parameters):
    """Return an address that filters, where the example can be asked there; else ""."""
    if example is None or example.field not in {each.name for each in parameters}:
        return ""
    return addresses.of("api:layer-geojson", addresses.layer.name, **{example.field: example.value})


def counted_instead(layer, language):
    """Return (title, address) of the public layers that count the rows of this one."""
    return [
        (each.title.in_language(language), reverse("layer", args=[each.name]))
        for each in LAYERS.values()
        if each.aggregates and each is not layer and layer.load_kind in (each.load_kind, *each.other_kinds)
    ]
