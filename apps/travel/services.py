"""Changing what is known of travel: layers put in place and taken away, speeds set and set back."""

import zlib

from django.db import transaction

from apps.sources.history import because
from apps.sources.models import Load
from apps.sources.services import retire_loads
from apps.travel.models import TravelLayer, TravelSpeed
from layers.travel import TravelKind


def load_kind(kind):
    """Return the kind of load (`Load.Kind`) that a kind of layer is read by."""
    return Load.Kind(f"travel_{TravelKind(kind)}")


@transaction.atomic
def save_layer(kind, cells, classes, load, *, cells_told, asked):
    """Put a layer (a numpy array on the grid) in the place of the former one of its kind; return it."""
    TravelLayer.objects.filter(kind=kind).delete()
    layer = TravelLayer.objects.create(
        kind=kind,
        load=load,
        rows=cells.shape[0],
        cols=cells.shape[1],
        number_type=cells.dtype.name,
        cells=zlib.compress(cells.tobytes(), 6),
        classes=list(classes),
        cells_told=cells_told,
        asked=asked,
    )
    retire_loads(load.kind, but=load)
    return layer


@transaction.atomic
def remove_layer(kind):
    """Take a layer away; return the load it came from, or None where there was none."""
    layer = TravelLayer.objects.filter(kind=kind).select_related("load").first()
    if layer is None:
        return None
    load = layer.load
    layer.delete()
    load.in_use = False
    load.save(update_fields=["in_use"])
    return load


@transaction.atomic
def set_speed(what, of_class, kmh, *, why, by=None):
    """Set the speed of a class, in km/h (0: nothing passes), in place of its default; return it."""
    with because(why, by=by):
        speed, _ = TravelSpeed.objects.update_or_create(
            what=what, of_class=of_class, defaults={"kmh": kmh, "why": why, "changed_by": by}
        )
    return speed


@transaction.atomic
def set_speed_back(what, of_class, *, why, by=None):
    """Let the default of a class hold again; its history stays."""
    with because(why, by=by):
        TravelSpeed.objects.filter(what=what, of_class=of_class).delete()
