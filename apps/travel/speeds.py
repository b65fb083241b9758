"""The speed of each class as it stands: the default, or what a data keeper set in its place."""

from dataclasses import dataclass

from apps.travel.models import TravelLayer, TravelSpeed
from layers.declaration import Words
from layers.travel import DEFAULT_SPEEDS, NO_CLASS, WALKING, DefaultSpeed, TravelKind, default_speed


@dataclass(frozen=True)
class SpeedInForce:
    """The default speed of a class, what was set instead (or None), and whether a layer has the class."""

    default: DefaultSpeed
    changed: TravelSpeed | None
    is_in_use: bool

    @property
    def what(self):
        return str(self.default.what)

    @property
    def of_class(self):
        return self.default.of_class

    @property
    def kmh(self):
        return self.changed.kmh if self.changed else self.default.kmh

    @property
    def source(self):
        """Who says so, in French and in English."""
        if not self.changed:
            return self.default.source
        return Words(
            f"réglée par un gardien des données : {self.changed.why}",
            f"set by a data keeper: {self.changed.why}",
        )


def speeds_in_force():
    """Return the speed of walking, of every class with a default, and of every class of a layer, by kind."""
    in_use = {(WALKING, NO_CLASS), *_classes_of_layers()}
    changed = {(row.what, row.of_class): row for row in TravelSpeed.objects.all()}
    known = dict.fromkeys((str(each.what), each.of_class) for each in DEFAULT_SPEEDS)
    order = [WALKING, *map(str, TravelKind)]
    keys = known | dict.fromkeys(sorted(in_use | changed.keys()))
    return [
        SpeedInForce(default_speed(*key), changed.get(key), key in in_use)
        for key in sorted(keys, key=lambda key: order.index(key[0]))
    ]


def _classes_of_layers():
    return [
        (kind, of_class)
        for kind, classes in TravelLayer.objects.values_list("kind", "classes")
        for of_class in classes
    ]
