"""The rows of a release: every layer that anybody may read, in three formats. Not for a web process."""

from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils.translation import gettext as _

from apps.catalogue.loads import active_edition, may_read
from apps.exports.about import about, loads_behind
from apps.exports.formats import FORMATS
from apps.exports.selection import selected
from apps.releases.services import ReleaseFailed
from apps.sources.models import LayerRevision
from geo.vocabulary import AccessClass
from layers.catalogue import LAYERS

FORMATS_OF_A_RELEASE = ("geojson", "csv", "gpkg")
ANYBODY = AnonymousUser()
LANGUAGE = "fr"


def public_layers():
    """Return the layers whose rows anybody may read, in the order of the catalogue."""
    return [layer for layer in LAYERS.values() if may_read(ANYBODY, layer)]


def state_of_data():
    """Return what the rows of a release follow from: two that are equal are of the same rows."""
    edition = active_edition()
    layers = [
        (
            layer.name,
            *map(str, LayerRevision.objects.of(layer.name)),
            sorted(load.pk for load in loads_behind(layer)),
        )
        for layer in public_layers()
    ]
    return edition and edition.pk, layers


def selections(layer):
    """Return the selections that write a layer: all its public rows, areas in full detail."""
    return [
        selected(ANYBODY, layer, FORMATS[name], QueryDict(""), language=LANGUAGE)[0]
        for name in FORMATS_OF_A_RELEASE
    ]


def write_all(folder, *, step):
    """Write every public layer into a folder; return what the manifest tells of each, by name."""
    layers, told = public_layers(), {}
    for number, layer in enumerate(layers):
        told[layer.name] = write(layer, folder, step=partial(step, number, len(layers)))
    step(len(layers), len(layers))
    return told


def write(layer, folder, *, step):
    """Write a layer in each format into a folder; return what the manifest tells of it."""
    of_layer = selections(layer)
    for selection in of_layer:
        step()
        path = folder / f"{layer.name}.{selection.format.extension}"
        selection.format.write(selection, path, step=lambda done, total: step())
    return told_of(layer, about(of_layer[0]))


def told_of(layer, told):
    """Return what a manifest tells of a layer, from what its files say of themselves."""
    if told.access != AccessClass.PUBLIC:
        raise ReleaseFailed(_("La couche %(layer)s n’est pas publique.") % {"layer": layer.name})
    names = (
        "rows",
        "publisher",
        "attribution",
        "licence",
        "licence_url",
        "simulated",
        "approximate",
        "changed_at",
    )
    words = {"title": layer.title, "description": layer.description}
    return {
        **{name: {"fr": each.fr, "en": each.en} for name, each in words.items()},
        **{name: getattr(told, name) for name in names},
        "geometry": layer.geometry.value,
        "fields": list(layer.field_names),
        "sources": [vars(source) for source in told.sources],
    }
