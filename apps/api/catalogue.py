"""The catalogue: every layer with its words, fields, counts, source, licence and links."""

from django.core.cache import cache
from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone

from apps.accounts.access import access_class, may_see
from apps.catalogue.loads import active_edition, strictest, told
from apps.catalogue.rows import ROWS
from apps.catalogue.tiles.asked import TILED
from apps.catalogue.tiles.queries import extent
from apps.sources.freshness import is_stale
from apps.sources.models import LayerRevision, Load
from layers.catalogue import LAYERS


def catalogue(request):
    """Return the description of every layer, as this reader sees it."""
    edition = active_edition()
    loads = list(Load.objects.in_use())
    revisions = {row.layer: row for row in LayerRevision.objects.all()}
    return [described(layer, loads, edition, revisions.get(layer.name), request) for layer in LAYERS.values()]


def described(layer, in_use, edition, revision, request):
    """Return one layer of the catalogue: counted for everybody, served to those who may see its rows."""
    load = strictest(each for each in in_use if each.kind == layer.load_kind)
    others = [each for each in in_use if each.kind in layer.other_kinds]
    access = access_class(layer, load)
    return {
        "name": layer.name,
        "title": vars(layer.title),
        "description": vars(layer.description),
        "geometry": layer.geometry,
        "fields": [_field(each) for each in layer.fields],
        "time_field": layer.time_field,
        **measured(layer, revision and revision.revision, revision and revision.changed_at),
        **vars(told(load, edition, revision and revision.changed_at, others=others)),
        "source": _source(load),
        "access": access,
        "readable": may_see(request.user, access),
        "links": {
            "geojson": request.build_absolute_uri(reverse("api:layer-geojson", args=[layer.name])),
            "csv": request.build_absolute_uri(reverse("api:layer-csv", args=[layer.name])),
            "tiles": request.build_absolute_uri(reverse("tiles:tilejson", args=[layer.name]))
            if layer.name in TILED
            else None,
            "source": request.build_absolute_uri(f"/donnees/chargements/{load.pk}/") if load else None,
        },
    }


def _field(field):
    return {
        "name": field.name,
        "label": vars(field.label),
        "type": field.type,
        "unit": vars(field.unit) if field.unit else None,
        "filter": field.filters,
        "choices": {value: vars(words) for value, words in field.choices.items()},
    }


def _source(load):
    if load is None:
        return None
    return {
        "publisher": load.publisher,
        "url": load.url,
        "file": load.file_name,
        "sha256": load.sha256,
        "edition": load.edition,
        "licence_url": load.licence_url,
        "retrieved": load.retrieved.isoformat() if load.retrieved else None,
        "as_of": load.as_of.isoformat() if load.as_of else None,
        "stale": is_stale(load, timezone.localdate()),
        "loaded_at": load.loaded_at.isoformat(),
        "last_checked": load.last_checked.isoformat(),
        "note": load.note,
    }


def measured(layer, revision, changed_at):
    """Return the count and the extent of a layer, measured once for each revision of its rows."""
    key = f"measured {layer.name} {revision or 0} {changed_at}".replace(" ", "_")
    rows = ROWS[layer.name].all()
    return cache.get_or_set(key, lambda: {"count": rows.count(), "extent": extent(layer, rows)}, timeout=None)


def days_of(layer, revision, changed_at):
    """
    Return the first and the last day of the rows, asked once for each revision; None of no row, no days.

    They are for who may read the rows.
    """
    column = ROWS[layer.name].column(layer.time_field)

    def asked():
        return tuple(ROWS[layer.name].all().aggregate(first=Min(column), last=Max(column)).values())

    key = f"first and last day {layer.name} {revision or 0} {changed_at}".replace(" ", "_")
    days = cache.get_or_set(key, asked, timeout=None)
    return days if days[0] else None
