"""What is known of travel at one moment: layers, speeds, edition. Light: pages and the API tell it too."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property

from apps.boundaries.models import Edition
from apps.travel.models import TravelLayer
from apps.travel.speeds import SpeedInForce, speeds_in_force
from geo.grid import GREATEST_DETOUR, GREATEST_LENGTH_ERROR, MALI
from layers.travel import TravelKind


@dataclass(frozen=True)
class Known:
    """Layers, the speeds they use, the edition whose outline is Mali's, and whether ways may leave it."""

    edition: Edition | None
    layers: dict[str, TravelLayer]
    speeds: tuple[SpeedInForce, ...]
    across_border: bool

    @classmethod
    def now(cls, *, across_border=False):
        """Return what is loaded now, by the active edition. `across_border`: ways may leave Mali."""
        return cls(
            edition=Edition.objects.select_related("load").filter(is_active=True).first(),
            layers={layer.kind: layer for layer in TravelLayer.objects.select_related("load").defer("cells")},
            speeds=tuple(each for each in speeds_in_force() if each.is_in_use),
            across_border=across_border,
        )

    @property
    def is_walking_only(self):
        """Return whether no roads are known, by themselves or in a friction as given: all go on foot."""
        return not {TravelKind.ROADS, TravelKind.FRICTION} & self.layers.keys()

    def told(self):
        """Return what an answer says of the minutes it gives: plain texts and numbers."""
        return {
            "grid": asdict(MALI),
            "greatest_length_error": GREATEST_LENGTH_ERROR,
            "greatest_detour": round(GREATEST_DETOUR, 4),
            "edition": self.edition and self.edition.name,
            "border": "open" if self.across_border else "closed",
            "walking_only": self.is_walking_only,
            "layers": [_layer_told(layer) for _, layer in sorted(self.layers.items())],
            "speeds": [
                {
                    "what": each.what,
                    "class": each.of_class,
                    "kmh": each.kmh,
                    "default_kmh": each.default.kmh,
                    "source": asdict(each.source),
                }
                for each in self.speeds
            ],
        }

    @cached_property
    def key(self):
        """Return the sha256 of all that the minutes depend on."""
        inputs = self.told() | {"outline": self.edition and self.edition.load.sha256}
        return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def _layer_told(layer):
    load = layer.load
    return {
        "kind": layer.kind,
        "file": load.file_name,
        "sha256": load.sha256,
        "publisher": load.publisher,
        "licence": load.licence,
        "attribution": load.attribution,
        "as_of": load.as_of and load.as_of.isoformat(),
        "simulated": load.is_simulated,
        "read_by": layer.asked,
        "cells_told": layer.cells_told,
    }
