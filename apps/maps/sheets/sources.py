"""Where the figures of a sheet come from: loads in use, and the layers that can be had for the area."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from apps.accounts.access import access_class, may_see
from apps.maps.load_words import KINDS
from apps.maps.staleness import stale_words
from apps.sources.freshness import freshness
from geo.vocabulary import Level
from layers.catalogue import LAYERS


def sources_told(loads):
    """Return the loads in use by kind, in the order of the pages; None where nothing is loaded."""
    return {kind.value: _source(loads.get(kind), title) for kind, title in KINDS.items()}


def _source(load, title):
    if load is None:
        return None
    return {
        "kind_told": str(title),
        "pk": load.pk,
        "file_name": load.file_name,
        "sha256": load.sha256,
        "publisher": load.publisher or None,
        "address": load.url or None,
        "licence": load.licence or None,
        "attribution": load.attribution or None,
        "edition": load.edition or None,
        "as_of": load.as_of.isoformat() if load.as_of else None,
        "stale": stale_words(freshness(load, timezone.localdate())) or None,
        "is_simulated": load.is_simulated,
        "is_approximate": load.is_approximate,
    }


def downloads(user, area, loads, language):
    """Return the layers that can be had for this area alone, and whether this reader may have them."""
    parameter = "region" if area.level == Level.REGION else "cercle"
    query = urlencode({parameter: area.pcode})
    return [
        {
            "title": layer.title.in_language(language),
            "is_readable": may_see(user, access_class(layer, loads.get(layer.load_kind))),
            "geojson": f"{reverse('api:layer-geojson', args=[layer.name])}?{query}",
            "csv": f"{reverse('api:layer-csv', args=[layer.name])}?{query}",
        }
        for layer in LAYERS.values()
        if parameter in layer.asked_within and layer.load_kind in loads
    ]
