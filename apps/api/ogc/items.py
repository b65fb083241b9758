"""A page of features: which rows, in which order, and the text of it."""

from dataclasses import dataclass

from django.db.models import Value
from django.utils import timezone

from apps.api.ogc import queries
from apps.catalogue.loads import rows_for
from apps.catalogue.rows import ROWS
from apps.catalogue.texts import as_json


class Reloaded(Exception):
    """The rows were loaded anew since the first page: the next one would leave some out."""


@dataclass(frozen=True)
class Answer:
    """One page: its features as texts of GeoJSON; the parameters of the next, none where there is no more."""

    features: list
    matched: int
    following: dict


def page(asked, user, revision):
    """
    Return the page that is asked, of the rows that `user` may read; raises Reloaded.

    Pages follow the identifiers. The first sees, in the statement that reads it, how far rows go: the others
    are told in the link and tell of no row written since.
    """
    where = asked.page
    rows = queries.with_drawn(rows_for(user, asked.layer, known_at=where.known_at), asked.layer)
    _refuse_reloaded(asked, rows, revision)
    identifier = ROWS[asked.layer.name].identifier
    if where.up_to is not None:
        rows = rows.filter(**{f"{identifier}__lte": where.up_to})
    matching = rows.filter(asked.where)
    ahead = matching.filter(**{f"{identifier}__gt": where.after}) if where.after is not None else matching
    rows_read = _read(
        asked.layer, ahead.order_by(identifier)[: asked.limit + 1], asked.crs, _seen(asked, rows)
    )
    has_more = len(rows_read) > asked.limit
    rows_read = rows_read[: asked.limit]
    matched = matching.count() if has_more or where.after is not None else len(rows_read)
    following = _following(asked, rows_read[-1], revision) if has_more else {}
    return Answer([_text(*row) for row in rows_read], matched, following)


def one(layer, user, identifier, crs):
    """Return the feature of this identifier as text; None where there is none that `user` may read."""
    rows = queries.with_drawn(rows_for(user, layer), layer)
    found = rows.filter(**{ROWS[layer.name].identifier: identifier})
    return next((_text(*row) for row in _read(layer, found, crs, Value(""))), None)


def _read(layer, rows, crs, seen):
    """Return (identifier, properties, what is drawn, how far rows go), all but the first as text."""
    columns = {each: ROWS[layer.name].column(each) for each in layer.field_names}
    drawn = queries.with_geojson(rows, layer, crs).annotate(seen=seen)
    return list(
        queries.with_properties(drawn, columns).values_list(
            ROWS[layer.name].identifier, "properties_told", "geojson", "seen"
        )
    )


def _text(identifier, properties, shape, _seen):
    written = identifier if isinstance(identifier, int) else as_json(identifier)
    return f'{{"type":"Feature","id":{written},"geometry":{shape or "null"},"properties":{properties}}}'


def _seen(asked, rows):
    """Return, as a column, how far the rows go that the first page sees."""
    where, layer_rows = asked.page, ROWS[asked.layer.name]
    if layer_rows.known_at:
        return queries.newest_change() if where.known_at is None else Value(where.known_at.isoformat())
    if where.up_to is not None:
        return Value(str(where.up_to))
    return queries.greatest(rows, layer_rows.identifier)


def _following(asked, last, revision):
    identifier, seen = last[0], last[-1]
    if ROWS[asked.layer.name].known_at:
        return {"after": identifier, "known_at": seen}
    return {"after": identifier, "up_to": seen, "revision": revision}


def _refuse_reloaded(asked, rows, revision):
    """A layer that is loaded whole has other identifiers then; one that is edited keeps those it had."""
    where = asked.page
    if where.revision is None or where.revision == revision or where.after is None:
        return
    if asked.layer.aggregates or not rows.filter(**{ROWS[asked.layer.name].identifier: where.after}).exists():
        raise Reloaded


def feature_collection(answer, asked, links, about):
    """Return the page as a GeoJSON FeatureCollection, UTF-8 bytes; `about` travels with it."""
    head = {
        "type": "FeatureCollection",
        "numberMatched": answer.matched,
        "numberReturned": len(answer.features),
        "timeStamp": timezone.now().isoformat(timespec="seconds").replace("+00:00", "Z"),
        "links": links,
        **about,
    }
    return f'{as_json(head)[:-1]},"features":[{",".join(answer.features)}]}}'.encode()


def single(text, links):
    """Return one feature with its links, UTF-8 bytes."""
    return f'{text[:-1]},"links":{as_json(links)}}}'.encode()
