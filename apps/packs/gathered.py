"""What is known of chosen cercles, layer by layer: for a pack without network and for a GeoPackage."""

from dataclasses import dataclass

from apps.accounts.access import may_see
from apps.catalogue.loads import readable_as
from apps.catalogue.questions import Question
from apps.catalogue.rows import ROWS
from apps.exports.about import about
from apps.exports.formats import FORMATS
from apps.exports.selection import Selection, strictest_needed
from layers.catalogue import LAYERS
from layers.declaration import Geometry


@dataclass(frozen=True)
class Gathered:
    """A layer and those of its rows that lie in, or tell of, the chosen cercles; each row once."""

    layer: object
    selection: Selection

    def records(self, *, shape=None):
        """Yield (identifier, values, shape) of each row."""
        return self.selection.records(shape=shape)

    @property
    def about(self):
        """Return what is told of the layer and these rows (`About`)."""
        return about(self.selection)


def layers_of_an_area():
    """Return the layers whose rows can be asked of a cercle; the others tell of no place."""
    return [layer for layer in LAYERS.values() if ROWS[layer.name].cercle or ROWS[layer.name].tied_to_areas]


def readable_layers(user, *, with_closed):
    """Return (layer, access class) of those that `user` may read; without `with_closed`, the public ones."""
    found = [(layer, readable_as(layer)[1]) for layer in layers_of_an_area()]
    return [
        (layer, access)
        for layer, access in found
        if (may_see(user, access) if with_closed else access == "public")
    ]


def gathered(layer, cercles, *, readable, language, detail):
    """Return the rows of a layer in these cercles (P-codes), shapes in this detail."""
    question = Question(
        layer=layer,
        fields=layer.field_names,
        equal={},
        cercle=tuple(cercles),
        readable=tuple(readable),
        detail=detail,
    )
    asked = (("cercle", ",".join(cercles)),)
    return Gathered(layer, Selection(layer, FORMATS["gpkg"], question, asked, language))


def is_known(about, readable):
    """Return whether a layer (of this `About`) has any row at all: if not, none in an area is no zero."""
    whole = gathered(LAYERS[about.layer], (), readable=readable, language=about.language, detail="low")
    return bool(about.rows) or whole.selection.rows().exists()


def access_of(layers, readable):
    """Return the access class that each of these (layer, class) takes, rows of several readers included."""
    return [strictest_needed(layer, access, readable) for layer, access in layers]


def is_drawn(layer):
    """Return whether the rows of a layer have a place of their own."""
    return layer.geometry is not Geometry.TABLE
