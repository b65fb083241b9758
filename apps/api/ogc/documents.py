"""What is told of the service and of each collection, before any feature."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.accounts.access import may_see
from apps.api.catalogue import days_of, measured
from apps.api.ogc.conformance import CLASSES
from apps.api.ogc.crs import CRS84, SYSTEMS
from apps.api.ogc.formats import GEOJSON, HTML, JSON, OPENAPI, SCHEMA
from apps.catalogue.loads import active_edition, other_loads, readable_as, told
from apps.catalogue.rows import ROWS
from apps.sources.models import LayerRevision
from layers.catalogue import LAYERS
from layers.declaration import FieldType, Geometry

QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
CONFORMANCE = "http://www.opengis.net/def/rel/ogc/1.0/conformance"
DATA = "http://www.opengis.net/def/rel/ogc/1.0/data"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"


def landing(links):
    """Return the first page: what this is, and where the rest lies."""
    return {
        "title": "Maillage",
        "description": _(
            "Les couches de Maillage comme collections de l’OGC API - Features : limites, événements, "
            "institutions, localités, projets et tableaux du Mali, chacune avec sa source et son accès."
        ),
        "links": [
            *links.itself(JSON, _("Cette page")),
            links.link("service-desc", OPENAPI, _("Description de l’API (OpenAPI 3.0)"), "api", f="json"),
            links.link("service-doc", HTML, _("Description de l’API, à lire"), "api", f="html"),
            links.link("conformance", JSON, _("Classes de conformité"), "conformance"),
            links.link(CONFORMANCE, JSON, _("Classes de conformité"), "conformance"),
            links.link("data", JSON, _("Collections"), "collections"),
            links.link(DATA, JSON, _("Collections"), "collections"),
        ],
    }


def conformance(links):
    return {"conformsTo": list(CLASSES), "links": links.itself(JSON, _("Classes de conformité"))}


def collections(links, user):
    """Return every collection, those whose rows `user` may not read among them."""
    edition = active_edition()
    return {
        "links": links.itself(JSON, _("Collections")),
        "collections": [collection(layer, links, user, edition=edition) for layer in LAYERS.values()],
    }


def collection(layer, links, user, *, edition=None, itself=()):
    """
    Return what is told of one collection.

    Its spatial extent is public, as in the catalogue; the days its rows span are for who may read them.
    """
    load, access = readable_as(layer)
    changed_at = LayerRevision.objects.of(layer.name)
    about = vars(told(load, edition or active_edition(), changed_at[1], others=other_loads(layer)))
    readable = may_see(user, access)
    language = get_language()
    return {
        "id": layer.name,
        "title": layer.title.in_language(language),
        "description": layer.description.in_language(language),
        "itemType": "feature",
        **_extent(layer, changed_at, readable=readable),
        **_systems(layer),
        "access": access,
        "readable": readable,
        "count": measured(layer, *changed_at)["count"],
        **about,
        "links": [*itself, *_links(layer, load, links)],
    }


def _systems(layer):
    if layer.geometry is Geometry.TABLE:
        return {}
    return {"crs": list(SYSTEMS), "storageCrs": CRS84.uri}


def _extent(layer, revision, *, readable):
    box = measured(layer, *revision)["extent"]
    days = days_of(layer, *revision) if readable and layer.time_field else None
    extent = {}
    if box:
        extent["spatial"] = {"bbox": [list(box)], "crs": CRS84.uri}
    if days:
        interval = [f"{day.isoformat()}T00:00:00Z" for day in days]
        extent["temporal"] = {"interval": [interval], "trs": GREGORIAN}
    return {"extent": extent} if extent else {}


def _links(layer, load, links):
    name = layer.title.in_language(get_language())
    found = [
        links.link(
            "items", GEOJSON, _("%(name)s, en GeoJSON") % {"name": name}, "items", layer.name, f="json"
        ),
        links.link("items", HTML, _("%(name)s, page à lire") % {"name": name}, "items", layer.name, f="html"),
        links.link(QUERYABLES, SCHEMA, _("Ce qui peut être filtré"), "queryables", layer.name, f="json"),
        links.link("describedby", SCHEMA, _("Schéma d’un objet"), "schema", layer.name),
        links.link(
            "alternate",
            HTML,
            _("%(name)s : ce que c’est") % {"name": name},
            "collection",
            layer.name,
            f="html",
        ),
    ]
    if load and load.licence_url:
        found.append(
            {
                "href": load.licence_url,
                "rel": "license",
                "type": HTML,
                "title": load.licence or load.licence_url,
            }
        )
    return found


def queryables(layer, links):
    """Return the JSON Schema of what can be filtered: the declared fields, and what is drawn."""
    properties = {each.name: queryable(each, layer) for each in layer.fields}
    if layer.geometry is not Geometry.TABLE:
        shape = "geometry-multipolygon" if layer.geometry is Geometry.AREA else "geometry-point"
        properties["geometry"] = {
            "title": _("Géométrie"),
            "format": shape,
            "x-ogc-role": "primary-geometry",
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": links.to("queryables", layer.name),
        "type": "object",
        "title": layer.title.in_language(get_language()),
        "description": layer.description.in_language(get_language()),
        "properties": properties,
        "additionalProperties": False,
    }


def queryable(field, layer):
    """Return the schema of a field: its words in both languages, its type, and its values where coded."""
    type_, format_ = ("string", "date") if field.type is FieldType.DATE else (str(field.type), None)
    about = {
        "title": field.label.in_language(get_language()),
        "x-titles": vars(field.label),
        "type": type_,
    }
    if format_:
        about["format"] = format_
    if field.unit:
        about["x-ogc-unit"] = field.unit.in_language(get_language())
    if field.choices:
        is_whole = field.type is FieldType.INTEGER
        about["enum"] = [int(value) if is_whole else value for value in field.choices]
        about["x-enum-titles"] = {value: vars(words) for value, words in field.choices.items()}
    if field.name == ROWS[layer.name].identifier:
        about["x-ogc-role"] = "id"
    elif field.name == layer.time_field:
        about["x-ogc-role"] = "primary-instant"
    return about
