"""The style of a layer's tiles for MapLibre, which QGIS reads too. It asks no font: it writes no names."""

from apps.catalogue.legends import BORDER, CELLS, Classes, Kinds, Sign, legend, signs_of
from apps.catalogue.tiles.asked import GRIDDED
from apps.events.queries import LAST_GRIDDED_ZOOM
from layers.declaration import Geometry


def style(layer, tilejson_url, language):
    """Return the style as a dict; `tilejson_url` is the absolute address of the layer's TileJSON."""
    drawn = [_cells(layer)] if layer.name in GRIDDED else []
    drawn += _areas(layer) if layer.geometry is Geometry.AREA else [_points(layer)]
    return {
        "version": 8,
        "name": layer.title.in_language(language),
        "metadata": {"maillage:legend": _told(layer, language)},
        "sources": {layer.name: {"type": "vector", "url": tilejson_url}},
        "layers": drawn,
    }


def _areas(layer):
    shown = legend(layer)
    sign = shown if isinstance(shown, Sign) else shown.signs[0]
    return [
        {
            "id": layer.name,
            "type": "fill",
            "source": layer.name,
            "source-layer": layer.name,
            "paint": {"fill-color": _fill(shown), "fill-opacity": sign.opacity},
        },
        {
            "id": f"{layer.name}_borders",
            "type": "line",
            "source": layer.name,
            "source-layer": layer.name,
            "paint": {"line-color": sign.line, "line-width": sign.width},
        },
    ]


def _cells(layer):
    return {
        "id": f"{layer.name}_cells",
        "type": "fill",
        "source": layer.name,
        "source-layer": f"{layer.name}_cells",
        "paint": {
            "fill-color": _fill(CELLS),
            "fill-opacity": CELLS.signs[0].opacity,
            "fill-outline-color": BORDER,
        },
    }


def _points(layer):
    shown = legend(layer)
    sign = shown.other if isinstance(shown, Kinds) else shown
    radius = _by_kind(shown, "radius")
    if layer.name in GRIDDED:
        # The area of a ring grows with the deaths.
        radius = ["min", 15, ["+", 4, ["*", 1.1, ["sqrt", ["get", "fatalities"]]]]]
    return {
        "id": layer.name,
        "type": "circle",
        "source": layer.name,
        "source-layer": layer.name,
        **({"minzoom": LAST_GRIDDED_ZOOM + 1} if layer.name in GRIDDED else {}),
        "paint": {
            "circle-color": _by_kind(shown, "fill"),
            "circle-opacity": sign.opacity,
            "circle-stroke-color": sign.line,
            "circle-stroke-width": sign.width,
            "circle-radius": radius,
        },
    }


def _fill(shown):
    if isinstance(shown, Sign):
        return shown.fill
    steps = [
        part for limit, sign in zip(shown.limits, shown.signs[1:], strict=True) for part in (limit, sign.fill)
    ]
    stepped = ["step", shown.maplibre, shown.signs[0].fill, *steps]
    if shown.missing is None:
        return stepped
    return ["case", ["all", *(["has", name] for name in shown.needs)], stepped, shown.missing.fill]


def _by_kind(shown, what):
    if isinstance(shown, Sign):
        return getattr(shown, what)
    kinds = [part for value, sign in shown.signs.items() for part in (value, getattr(sign, what))]
    return ["match", ["to-string", ["get", shown.field]], *kinds, getattr(shown.other, what)]


def _told(layer, language):
    """Return the legend in words, for a page that shows the style: colour and words of each sign."""
    told = []
    for shown in [*([CELLS] if layer.name in GRIDDED else []), legend(layer)]:
        title = shown.title.in_language(language) if isinstance(shown, Classes) else ""
        told.append(
            {
                "title": title,
                "signs": [
                    {"fill": each.fill, "line": each.line, "words": each.words.in_language(language)}
                    for each in signs_of(shown)
                ],
            }
        )
    return told
