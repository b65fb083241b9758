"""A page of features: which rows, in which order, and the text of it."""

from dataclasses import dataclass

from django.db.models import Value
from django.utils import timezone

from apps.api.ogc import queries
from apps.api.rendering import as_json, feature
from apps.catalogue.loads import rows_for
from apps.catalogue.rows import ROWS


class Reloaded(Exception):
    """The rows were loaded anew since the first page: the next one would leave some out."""


@dataclass(frozen=True)
class Answer:
    """One page. `following` are the parameters of the next, none where there is no more."""

    values: list
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
    values = _read(asked, ahead.order_by(identifier)[: asked.limit + 1], _seen(asked, rows, identifier))
    has_more = len(values) > asked.limit
    values = values[: asked.limit]
    matched = matching.count() if has_more or where.after is not None else len(values)
    return Answer(
        [row[:-1] for row in values], matched, _following(asked, values[-1], revision) if has_more else {}
    )


def one(layer, user, identifier, crs):
    """Return the values of the feature of this identifier; None where there is none that `user` may read."""
    rows = queries.with_drawn(rows_for(user, layer), layer)
    found = rows.filter(**{ROWS[layer.name].identifier: identifier})
    return next(iter(_values(layer, found, crs)), None)


def _values(layer, rows, crs, *extra):
    drawn = queries.with_geojson(rows, layer, crs)
    return list(ROWS[layer.name].values(drawn, layer.field_names, "geojson", *extra))


def _read(asked, rows, seen):
    return _values(asked.layer, rows.annotate(seen=seen), asked.crs, "seen")


def _seen(asked, rows, identifier):
    """Return, as a column, how far the rows go that the first page sees."""
    where = asked.page
    if ROWS[asked.layer.name].known_at:
        return queries.newest_change() if where.known_at is None else Value(where.known_at)
    if where.up_to is not None:
        return Value(where.up_to)
    return queries.greatest(rows, identifier)


def _following(asked, last, revision):
    identifier, seen = last[0], last[-1]
    if ROWS[asked.layer.name].known_at:
        return {"after": identifier, "known_at": seen.isoformat()}
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
        "numberReturned": len(answer.values),
        "timeStamp": timezone.now().isoformat(timespec="seconds").replace("+00:00", "Z"),
        "links": links,
        **about,
    }
    features = ",".join(feature(row, asked.layer.field_names) for row in answer.values)
    return f'{as_json(head)[:-1]},"features":[{features}]}}'.encode()


def single(values, layer, links):
    """Return one feature as GeoJSON, UTF-8 bytes."""
    return f'{feature(values, layer.field_names)[:-1]},"links":{as_json(links)}}}'.encode()
