"""The layers that a reader may lay over the areas: how many rows, of when, from whom, who may see them."""

from dataclasses import dataclass
from datetime import date

from apps.accounts.access import may_see
from apps.sources.models import Load
from layers.catalogue import LAYERS

OVERLAYS = {
    "events": Load.Kind.EVENTS,
    "institutions": Load.Kind.INSTITUTIONS,
    "target_cercles": Load.Kind.TARGETS,
    "settlements": Load.Kind.SETTLEMENTS,
}
"""Layer name -> the kind of load its rows come from, in the order of the panel."""


@dataclass(frozen=True)
class Overlay:
    name: str
    title: str
    count: int
    publisher: str
    as_of: date | None
    is_simulated: bool
    may_be_seen: bool


def overlays(user, language):
    """Return the layers that have rows, in the order of the panel."""
    loads = {load.kind: load for load in Load.objects.in_use()}
    return [
        Overlay(
            name=name,
            title=LAYERS[name].title.in_language(language),
            count=loads[kind].rows_written,
            publisher=loads[kind].publisher,
            as_of=loads[kind].as_of,
            is_simulated=loads[kind].is_simulated,
            may_be_seen=may_see(user, loads[kind].access),
        )
        for name, kind in OVERLAYS.items()
        if kind in loads
    ]
