"""What is asked of the worker: a file, told as text, and the key under which it is found again."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from apps.catalogue.loads import active_edition
from apps.exports.about import loads_behind
from apps.exports.models import Export
from apps.runs.canonical import canonical, digest
from apps.sources.freshness import is_stale
from apps.sources.models import LayerRevision
from geo.vocabulary import AccessClass
from layers.declaration import Layer

WRITING_VERSION = 1
"""Raise it when the same rows are written differently: files made before are then made again."""


@dataclass(frozen=True)
class Order:
    """A file that is asked for, before anybody knows whether it is there."""

    kind: str
    asked: dict
    layers: tuple[Layer, ...]
    access: AccessClass
    language: str
    file_name: str
    content_type: str

    @property
    def key(self):
        """Return the hash of all that the bytes follow from: what is asked, the rows, what they rest on."""
        state = [(layer.name, *map(str, LayerRevision.objects.of(layer.name))) for layer in self.layers]
        today = timezone.localdate()
        loads = {load.pk: is_stale(load, today) for layer in self.layers for load in self._loads(layer)}
        edition = active_edition()
        parts = [WRITING_VERSION, self.kind, self.asked, state, sorted(loads.items()), edition and edition.pk]
        return digest(canonical(parts))

    def _loads(self, layer):
        return loads_behind(layer, self.asked.get("readable", (AccessClass.PUBLIC,)))

    def row(self, user):
        """Return the values of the row (`Export`) of this order, asked by `user`."""
        return {
            "kind": Export.Kind(self.kind),
            "asked": canonical(self.asked),
            "layers": [layer.name for layer in self.layers],
            "access": self.access,
            "language": self.language,
            "asked_by_id": user.pk if user.is_authenticated else None,
            "file_name": self.file_name,
            "content_type": self.content_type,
        }


def order_of(selection, access):
    """Return the order of one layer's selection."""
    changed_at = LayerRevision.objects.of(selection.layer.name)[1]
    day: date | None = timezone.localdate(changed_at) if changed_at else None
    return Order(
        kind=Export.Kind.LAYER,
        asked=selection.as_dict(),
        layers=(selection.layer,),
        access=access,
        language=selection.language,
        file_name=selection.file_name(day),
        content_type=selection.format.content_type,
    )
