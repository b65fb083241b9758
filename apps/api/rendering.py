"""Writing the rows of a layer as GeoJSON or CSV. Shapes come from PostGIS as text and are never parsed."""

from urllib.parse import urlencode

from django.db.models import F

from apps.boundaries.queries import on_the_plane
from apps.catalogue.rows import ROWS
from apps.catalogue.texts import as_json, feature
from layers.declaration import Geometry
from layers.spreadsheets import as_csv


def geojson(question, told, base_url):
    """Return a FeatureCollection as UTF-8 bytes, with counts, links, source and licence."""
    rows = ROWS[question.layer.name]
    matching = rows.matching(question)
    page = _page(matching, question)
    features = _features(rows, page, question)
    matched = _matched(matching, question, len(features))
    head = {
        "type": "FeatureCollection",
        "numberMatched": matched,
        "numberReturned": len(features),
        "links": links(question, base_url, matched),
        **vars(told),
    }
    return (as_json(head)[:-1] + ',"features":[' + ",".join(features) + "]}").encode()


def _page(matching, question):
    return matching[question.offset : question.offset + question.limit]


def _matched(matching, question, returned):
    """Return how many rows match; a page that is not full tells it without counting."""
    if returned < question.limit and (returned or not question.offset):
        return question.offset + returned
    return matching.count()


def _features(rows, page, question):
    if question.layer.geometry is Geometry.TABLE:
        values = ((*row, None) for row in rows.values(page, question.fields))
    else:
        values = rows.values(page.with_geojson(question.detail), question.fields, "geojson")
    return [feature(row, question.fields) for row in values]


def links(question, base_url, matched):
    """Return the links of a page: itself, and the next where there is one."""
    found = [{"rel": "self", "href": base_url}]
    if question.offset + question.limit < matched:
        path, _, query = base_url.partition("?")
        kept = [part for part in query.split("&") if part and not part.startswith(("offset=", "limit="))]
        following = urlencode({"limit": question.limit, "offset": question.offset + question.limit})
        found.append({"rel": "next", "href": f"{path}?{'&'.join([*kept, following])}"})
    return found


def table(question, told):
    """Return the rows as CSV: coordinates, source and licence on every line."""
    rows = ROWS[question.layer.name]
    page = _page(rows.matching(question), question)
    names = list(question.fields)
    about = {
        "source": told.attribution or told.publisher,
        "licence": told.licence,
        "edition": told.edition,
        "simulated_data": told.simulated,
        "approximate_boundaries": told.approximate,
    }
    about = {name: value for name, value in about.items() if name not in names}
    if question.layer.geometry is not Geometry.POINT:
        values = rows.values(page, names)
        return as_csv([*names, *about], ([*row, *about.values()] for _, *row in values))
    values = rows.values(page.annotate(plane=on_the_plane("location")), names, F("plane"))
    return as_csv(
        [*names, "longitude", "latitude", *about],
        ([*row, *_coordinates(point), *about.values()] for _, *row, point in values),
    )


def _coordinates(point):
    """Return longitude and latitude; a row told of a whole area has none."""
    return (point.x, point.y) if point else (None, None)
