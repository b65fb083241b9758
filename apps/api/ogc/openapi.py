"""The OpenAPI 3.0 document of exactly these addresses."""

from django.utils.translation import gettext as _

from apps.api.ogc import cql
from apps.api.ogc.asked import MOST_FEATURES, USUAL_FEATURES
from apps.api.ogc.crs import CRS84, SYSTEMS
from apps.api.ogc.documents import queryable
from apps.api.ogc.formats import GEOJSON, HTML, JSON, OPENAPI, PROBLEM, SCHEMA
from apps.catalogue.rows import ROWS
from layers.catalogue import LAYERS

ERRORS = {
    "400": "InvalidParameter",
    "403": "NotReadable",
    "404": "NotFound",
    "409": "Reloaded",
    "429": "TooMany",
    "503": "TooLong",
}
OF_DOCUMENTS = ("400", "429")
OF_FEATURES = ("400", "403", "409", "429", "503")
OF_A_FEATURE = ("400", "403", "404", "429", "503")


def document(root):
    """Return the description of the service whose landing page lies at `root`."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Maillage: OGC API - Features",
            "version": "1",
            "description": _(
                "Les couches de Maillage comme collections, lues sans clé ni paquet à installer."
            ),
        },
        "servers": [{"url": root.rstrip("/")}],
        "paths": {**_documents(), **_collections()},
        "components": {
            "parameters": _parameters(),
            "schemas": SCHEMAS,
            "responses": {name: _error(words) for name, words in _error_words().items()},
        },
    }


def _documents():
    return {
        "/": _get(_("La première page"), "landing", JSON, "Landing"),
        "/conformance": _get(_("Les classes de conformité"), "conformance", JSON, "Conformance"),
        "/api": _get(_("Cette description"), "api", OPENAPI, "Any"),
        "/collections": _get(_("Les collections"), "collections", JSON, "Collections"),
    }


def _collections():
    paths = {}
    for layer in LAYERS.values():
        title, base = layer.title.fr, f"/collections/{layer.name}"
        paths[base] = _get(title, f"{layer.name}.collection", JSON, "Collection")
        paths[f"{base}/queryables"] = _get(title, f"{layer.name}.queryables", SCHEMA, "Any")
        paths[f"{base}/items"] = _get(
            title, f"{layer.name}.items", GEOJSON, "Features", _items_parameters(layer), OF_FEATURES
        )
        paths[f"{base}/items/{{featureId}}"] = _get(
            title,
            f"{layer.name}.item",
            GEOJSON,
            "Feature",
            [{"$ref": "#/components/parameters/featureId"}, {"$ref": "#/components/parameters/crs"}],
            OF_A_FEATURE,
        )
    return paths


def _get(summary, operation, type_, schema, parameters=(), errors=OF_DOCUMENTS):
    every = [{"$ref": f"#/components/parameters/{name}"} for name in ("f", "lang")]
    return {
        "get": {
            "summary": summary,
            "operationId": operation,
            "parameters": [*parameters, *every],
            "responses": {
                "200": {
                    "description": summary,
                    "content": {
                        type_: {"schema": {"$ref": f"#/components/schemas/{schema}"}},
                        HTML: {"schema": {"type": "string"}},
                    },
                },
                **{code: {"$ref": f"#/components/responses/{ERRORS[code]}"} for code in errors},
            },
        }
    }


def _items_parameters(layer):
    shared = ("limit", "bbox", "bbox-crs", "datetime", "crs", "filter", "filter-lang", "filter-crs", "after")
    paging = ("known_at",) if ROWS[layer.name].known_at else ("up_to", "revision")
    return [
        *({"$ref": f"#/components/parameters/{name}"} for name in (*shared, *paging)),
        *(_field_parameter(each, layer) for each in layer.fields),
    ]


def _field_parameter(field, layer):
    about = queryable(field, layer)
    schema = {name: about[name] for name in ("type", "format", "enum") if name in about}
    return _query(field.name, schema, about["title"])


def _query(name, schema, description, **more):
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
        "style": "form",
        "explode": False,
        **more,
    }


def _parameters():
    uri = {"type": "string", "format": "uri", "enum": list(SYSTEMS), "default": CRS84.uri}
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_FEATURES, "default": USUAL_FEATURES}
    box = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    box = {**box, "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}]}
    paging = _("Une page suivante : prenez le lien « next », qui le porte")
    return {
        "f": _query("f", {"type": "string", "enum": ["json", "html"]}, _("Format de la réponse")),
        "lang": _query("lang", {"type": "string", "enum": ["fr", "en"]}, _("Langue des mots")),
        "limit": _query("limit", limit, _("Combien d’objets au plus dans une page")),
        "bbox": _query("bbox", box, _("Ouest, sud, est, nord ; avec les hauteurs, six nombres")),
        "bbox-crs": _query("bbox-crs", uri, _("Système de bbox")),
        "datetime": _query(
            "datetime", {"type": "string"}, _("Un jour, ou deux séparés par / : 2020-01-01/..")
        ),
        "crs": _query("crs", uri, _("Système des coordonnées rendues")),
        "filter": _query("filter", {"type": "string", "maxLength": cql.LONGEST}, _("Filtre, en CQL2")),
        "filter-lang": _query(
            "filter-lang",
            {"type": "string", "enum": list(cql.LANGUAGES), "default": cql.LANGUAGES[0]},
            _("Écriture du filtre"),
        ),
        "filter-crs": _query("filter-crs", uri, _("Système des géométries du filtre")),
        "after": _query("after", {"type": "string"}, paging),
        "up_to": _query("up_to", {"type": "string"}, paging),
        "revision": _query("revision", {"type": "integer", "minimum": 0}, paging),
        "known_at": _query(
            "known_at",
            {"type": "string", "format": "date-time"},
            _("Les objets tels que cette installation les connaissait à cet instant"),
        ),
        "featureId": {
            "name": "featureId",
            "in": "path",
            "required": True,
            "description": _("Identifiant de l’objet"),
            "schema": {"type": "string"},
        },
    }


def _error(words):
    return {
        "description": words,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _error_words():
    return {
        "InvalidParameter": _("Un paramètre est inconnu ou mal écrit ; la réponse le nomme"),
        "NotReadable": _("Ces lignes ne sont pas lues sans se connecter"),
        "NotFound": _("Aucun objet de cet identifiant"),
        "Reloaded": _("La collection a été rechargée depuis la première page"),
        "TooMany": _("Trop de demandes ; la réponse dit quand réessayer"),
        "TooLong": _("La demande prend trop de temps"),
    }


def _object(required, **properties):
    schema = {"type": "object", "properties": properties}
    return {**schema, "required": list(required)} if required else schema


def _list_of(name):
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


_TEXT = {"type": "string"}
_NUMBERS = {"type": "array", "items": {"type": "number"}}
_DAYS = {"type": "array", "minItems": 2, "maxItems": 2, "items": {**_TEXT, "nullable": True}}

SCHEMAS = {
    "Any": {"type": "object"},
    "Link": _object(("href", "rel"), href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT),
    "Landing": _object(("links",), title=_TEXT, description=_TEXT, links=_list_of("Link")),
    "Conformance": _object(("conformsTo",), conformsTo={"type": "array", "items": _TEXT}),
    "Extent": _object(
        (),
        spatial=_object((), bbox={"type": "array", "minItems": 1, "items": _NUMBERS}, crs=_TEXT),
        temporal=_object((), interval={"type": "array", "minItems": 1, "items": _DAYS}, trs=_TEXT),
    ),
    "Collection": _object(
        ("id", "links"),
        id=_TEXT,
        title=_TEXT,
        description=_TEXT,
        itemType=_TEXT,
        extent={"$ref": "#/components/schemas/Extent"},
        crs={"type": "array", "items": _TEXT},
        storageCrs=_TEXT,
        access=_TEXT,
        readable={"type": "boolean"},
        links=_list_of("Link"),
    ),
    "Collections": _object(
        ("collections", "links"), collections=_list_of("Collection"), links=_list_of("Link")
    ),
    "Feature": _object(
        ("type", "geometry", "properties"),
        type={"type": "string", "enum": ["Feature"]},
        id={"oneOf": [_TEXT, {"type": "integer"}]},
        geometry={"type": "object", "nullable": True},
        properties={"type": "object", "nullable": True},
        links=_list_of("Link"),
    ),
    "Features": _object(
        ("type", "features"),
        type={"type": "string", "enum": ["FeatureCollection"]},
        features=_list_of("Feature"),
        links=_list_of("Link"),
        timeStamp={"type": "string", "format": "date-time"},
        numberMatched={"type": "integer", "minimum": 0},
        numberReturned={"type": "integer", "minimum": 0},
    ),
    "Problem": _object(
        ("title", "status", "detail"),
        type=_TEXT,
        title=_TEXT,
        status={"type": "integer"},
        detail=_TEXT,
        instance=_TEXT,
        parameter=_TEXT,
    ),
}
