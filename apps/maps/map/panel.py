"""The layers that a reader may lay over the areas: how many rows, of when, from whom, who may see them."""

from dataclasses import dataclass
from datetime import date

from apps.accounts.access import may_see
from apps.boundaries.models import Settlement
from apps.events.models import ConflictEvent
from apps.infrastructure.models import Fact, Institution
from apps.maps.indicators import OVERLAY_COLUMNS
from apps.programme.models import PlannedWork, Result
from apps.projects.models import Project
from apps.sources.models import Load
from apps.targeting.targets import target_areas
from geo.vocabulary import AccessClass, EventSource
from layers.catalogue import LAYERS

ROWS = {
    "events": lambda: ConflictEvent.objects.current().of_kind(Load.Kind.EVENTS),
    "ucdp_events": lambda: ConflictEvent.objects.current().of_kind(Load.Kind.UCDP_EVENTS),
    "institutions": Institution.objects.counted,
    "planned_works": PlannedWork.objects.all,
    "peace_mechanisms": lambda: Fact.objects.exclude(mechanism=""),
    "results_2020_2021": Result.objects.all,
    "projects": Project.objects.all,
    "target_cercles": target_areas,
    "settlements": Settlement.objects.all,
}
"""Layer name -> its rows, in the order of the panel; its two layers of events share a box."""

IN_TILES = ("events", "ucdp_events", "settlements")
"""Layers that the map can draw from vector tiles."""

MOST_MARKS = 5_000
"""Of more rows than this, the map draws tiles: a mark for each would keep a phone busy for seconds."""


@dataclass(frozen=True)
class Overlay:
    name: str
    layer: str
    """The layer counted: that of the source asked, where a name stands for several."""
    title: str
    count: int
    publisher: str
    as_of: date | None
    is_simulated: bool
    may_be_seen: bool

    @property
    def has_columns(self):
        """Tell whether it adds columns to the table: then it says something without scripts too."""
        return self.name in OVERLAY_COLUMNS

    @property
    def is_in_tiles(self):
        return self.layer in IN_TILES and self.count > MOST_MARKS


def overlays(user, language, source, titles):
    """
    Return the layers that have rows, in the order of the panel; events are those of the `source` asked.

    `titles` are those that differ from what the layers declare.
    """
    loads = {load.kind: load for load in Load.objects.in_use()}
    layers = [
        _overlay(name, LAYERS[layer], loads.get(LAYERS[layer].load_kind), user, language, titles)
        for name, layer in _layers_of(source).items()
    ]
    return [layer for layer in layers if layer.count]


def _layers_of(source):
    """Return the layer of each box of the panel: events of two sources never lie on one map."""
    events = "ucdp_events" if source == EventSource.UCDP else "events"
    return {"events": events} | {name: name for name in ROWS if name not in ("events", "ucdp_events")}


def _overlay(name, layer, load, user, language, titles):
    """Rows without a load were entered here by data keepers, and are public."""
    return Overlay(
        name=name,
        layer=layer.name,
        title=titles.get(name) or layer.title.in_language(language),
        count=ROWS[layer.name]().count(),
        publisher=load.publisher if load else "",
        as_of=load.as_of if load else None,
        is_simulated=bool(load and load.is_simulated),
        may_be_seen=may_see(user, load.access if load else AccessClass.PUBLIC),
    )
