"""What the tiles of a layer hold, in the words of TileJSON: their layers and the fields of these."""

from django.utils.translation import gettext as _

from apps.catalogue.tiles.asked import GRIDDED
from apps.catalogue.tiles.drawing import MOST_EVENTS, SMALLEST_SETTLEMENT
from apps.events.queries import LAST_GRIDDED_ZOOM
from layers.declaration import Field, FieldType, Geometry, Words

CELL_FIELDS = (
    Field(
        "events", Words("Événements dont le lieu est connu", "Events whose place is known"), FieldType.INTEGER
    ),
    Field("events_exact", Words("dont au lieu exact", "of these, at an exact place"), FieldType.INTEGER),
    Field("events_near", Words("dont près d’une localité", "of these, near a town"), FieldType.INTEGER),
    Field(
        "events_imprecise",
        Words(
            "Moins précis, dont le point de la source tombe ici ; ils ne comptent pas",
            "Known less precisely, whose point at the source falls here; they do not count",
        ),
        FieldType.INTEGER,
    ),
    Field("fatalities", Words("Morts", "Fatalities"), FieldType.INTEGER),
)
TYPES = {FieldType.INTEGER: "Number", FieldType.NUMBER: "Number", FieldType.BOOLEAN: "Boolean"}


def vector_layers(layer, language, *, last):
    """
    Return the layers that a tile may hold, down to a last zoom, as TileJSON tells of them.

    Events are two: cells from afar and themselves from near.
    """
    if layer.name not in GRIDDED:
        return [_vector_layer(layer.name, layer.description, layer.fields, 0, last, language)]
    words = Words("Événements comptés par case.", "Events counted by cell.")
    return [
        _vector_layer(f"{layer.name}_cells", words, CELL_FIELDS, 0, last, language),
        _vector_layer(layer.name, layer.description, layer.fields, LAST_GRIDDED_ZOOM + 1, last, language),
    ]


def _vector_layer(name, words, fields, first, last, language):
    return {
        "id": name,
        "description": words.in_language(language),
        "minzoom": first,
        "maxzoom": last,
        "fields": {
            each.name: f"{TYPES.get(each.type, 'String')}. {each.label.in_language(language)}"
            for each in fields
        },
    }


def left_out(layer):
    """Return what a tile does not draw, in sentences."""
    if layer.name in GRIDDED:
        cells = _(
            "Jusqu’au zoom %(zoom)s, des cases avec leurs nombres ; ensuite chaque événement, "
            "sauf dans une tuile de plus de %(most)s."
        )
        imprecise = _(
            "Les événements connus seulement à une zone, au cercle, à la région ou au pays "
            "ne sont pas dessinés."
        )
        return [cells % {"zoom": LAST_GRIDDED_ZOOM, "most": MOST_EVENTS}, imprecise]
    if layer.name == "settlements":
        _first, towns, villages = SMALLEST_SETTLEMENT
        ranks = _(
            "Les chefs-lieux de région et de cercle d’abord ; ceux de commune dès le zoom %(towns)s ; "
            "toutes les localités dès le zoom %(villages)s."
        )
        return [ranks % {"towns": towns, "villages": villages}]
    if layer.geometry is Geometry.POINT:
        return [_("Les lignes sans point ne sont pas dessinées.")]
    return []
