"""Reading answers of the service as a program does, and holding them against the schemas it publishes."""

import json
from functools import cache

import jsonschema
from django.utils.http import urlencode

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def epsg(code):
    return f"http://www.opengis.net/def/crs/EPSG/0/{code}"


def items(layer, **parameters):
    """Return the address of a page of features; `filter_lang` stands for `filter-lang`."""
    query = urlencode({name.replace("__", "-"): value for name, value in parameters.items()})
    return f"/ogc/collections/{layer}/items" + (f"?{query}" if query else "")


def read(client, address, status=200, **headers):
    """Return what is answered in JSON; the status is held against the one expected."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == status, (address, answer.status_code, answer.content[:300])
    return answer.json()


def ids(client, layer, **parameters):
    return [each["id"] for each in read(client, items(layer, **parameters))["features"]]


def refused(client, layer, **parameters):
    """Return (parameter, words) of a page that is refused."""
    told = read(client, items(layer, **parameters), 400)
    return told["parameter"], told["detail"]


def linked(told, relation, type_=None):
    """Return the addresses of an answer's links of this relation (and type)."""
    return [
        link["href"]
        for link in told["links"]
        if link["rel"] == relation and type_ in (None, link.get("type"))
    ]


def description(client):
    return read(client, "/ogc/api")


def hold_against(schema_name, told, api):
    """Raise where an answer is not what the description says of it."""
    _validator(schema_name, json.dumps(api["components"]["schemas"])).validate(told)


@cache
def _validator(schema_name, schemas):
    described = _nullable(json.loads(schemas.replace("#/components/schemas/", "#/$defs/")))
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{schema_name}", "$defs": described})


def _nullable(node):
    """Write OpenAPI's `nullable` as JSON Schema does."""
    if isinstance(node, list):
        return [_nullable(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {name: _nullable(value) for name, value in node.items() if name != "nullable"}
    return {**kept, "type": [kept["type"], "null"]} if node.get("nullable") is True else kept
