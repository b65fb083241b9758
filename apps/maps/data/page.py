"""What /donnees/ shows: the layers with their source and who may read them, and every load of a file."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import get_language

from apps.accounts.access import access_class, may_import, may_see, may_see_refused_rows
from apps.boundaries.models import Edition
from apps.maps.data.layer_rows import row_counts
from apps.maps.load_words import ACCESS, KINDS
from apps.sources.models import LayerRevision, Load
from geo.vocabulary import AccessClass
from layers.catalogue import LAYERS

MOST_REFUSALS_SHOWN = 200


@dataclass(frozen=True)
class LayerEntry:
    """A layer as its reader sees it in the catalogue."""

    name: str
    title: str
    description: str
    fields: list
    count: int
    load: Load | None
    has_access_by_row: bool
    access: AccessClass
    access_told: str
    is_readable: bool
    changed_at: datetime | None
    geojson: str
    csv: str


def data_context(request):
    """Return what templates/maps/data.html needs."""
    loads = list(Load.objects.annotate(**_counted()))
    in_use = {load.kind: load for load in loads if load.in_use}
    edition = Edition.objects.filter(is_active=True).select_related("load").first()
    return {
        "edition": edition,
        "layers": layer_entries(request.user, in_use),
        "may_import": may_import(request.user),
        "loads": [(KINDS[load.kind], load) for load in sorted(loads, key=_kind_order) if load.in_use],
        "former_loads": [(KINDS[load.kind], load) for load in loads if not load.in_use],
        "missing": [title for kind, title in KINDS.items() if kind not in in_use],
        "is_approximate": bool(edition and edition.is_approximate),
        "is_simulated": any(load.is_simulated for load in in_use.values()),
    }


def _counted():
    """Rows kept of each load: refused with their reason, and loaded with a doubt."""
    return {
        "refusals_kept": Count("refusals", filter=Q(refusals__is_doubt=False)),
        "doubts_kept": Count("refusals", filter=Q(refusals__is_doubt=True)),
    }


def _kind_order(load):
    return list(KINDS).index(load.kind)


def layer_entries(user, loads):
    """Return every declared layer, the rows counted for everybody, served to those who may read them."""
    language = get_language()
    counts = row_counts()
    changed = dict(LayerRevision.objects.values_list("layer", "changed_at"))
    return [
        _entry(layer, _load_of(layer, loads), user, counts, changed, language) for layer in LAYERS.values()
    ]


def _load_of(layer, loads):
    """Return the load in use of a layer's rows; None where each row tells its own."""
    return None if layer.has_access_by_row else loads.get(layer.load_kind)


def _entry(layer, load, user, counts, changed, language):
    access = access_class(layer, load)
    return LayerEntry(
        name=layer.name,
        title=layer.title.in_language(language),
        description=layer.description.in_language(language),
        fields=[
            (each.name, each.label.in_language(language), _unit(each, language)) for each in layer.fields
        ],
        count=counts[layer.name],
        load=load,
        has_access_by_row=layer.has_access_by_row,
        access=access,
        access_told=ACCESS[access],
        is_readable=may_see(user, access),
        changed_at=changed.get(layer.name),
        geojson=reverse("api:layer-geojson", args=[layer.name]),
        csv=reverse("api:layer-csv", args=[layer.name]),
    )


def _unit(field, language):
    return field.unit.in_language(language) if field.unit else ""


def load_context(request, load):
    """Return what templates/maps/load.html needs: the load, and its refused rows for who may see them."""
    may_see_rows = may_see_refused_rows(request.user, load.access)
    refusals = load.refusals.order_by("is_doubt", "pk")
    return {
        "load": load,
        "kind": KINDS[load.kind],
        "access_told": ACCESS[AccessClass(load.access)],
        "left_out": sorted(load.counts.get("left_out", {}).items(), key=lambda item: -item[1]),
        "refusals_kept": refusals.filter(is_doubt=False).count(),
        "doubts_kept": refusals.filter(is_doubt=True).count(),
        "may_see_rows": may_see_rows,
        "refusals": refusals[:MOST_REFUSALS_SHOWN] if may_see_rows else [],
        "most_shown": MOST_REFUSALS_SHOWN,
    }
