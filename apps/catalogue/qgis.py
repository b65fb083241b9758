"""
The style of a layer for QGIS (QML), one file for both of its forms.

QGIS reads `renderer-v2` for features, as OGC API or a downloaded file bring them, and `renderer` for tiles.
"""

from xml.etree import ElementTree as xml

from apps.catalogue.legends import CELLS, Classes, Kinds, legend, signs_of
from apps.catalogue.tiles.asked import GRIDDED
from apps.events.queries import LAST_GRIDDED_ZOOM
from layers.declaration import Geometry

HEAD = '<!DOCTYPE qgis PUBLIC "http://mrcc.com/qgis.dtd" "SYSTEM">\n'
PIXEL = "Pixel"
ANY_ZOOM = -1
POINTS, AREAS = 0, 2
"""As QGIS numbers shapes."""


def qml(layer, language):
    """Return the style as bytes of XML."""
    root = xml.Element("qgis", version="3.22", styleCategories="Symbology")
    shown = legend(layer)
    root.append(_renderer(shown, layer.geometry is Geometry.AREA, language))
    root.append(_renderer_of_tiles(layer, shown, language))
    return (HEAD + xml.tostring(root, encoding="unicode")).encode()


def _renderer(shown, is_area, language):
    match shown:
        case Classes():
            renderer = _of_rules(shown, language)
        case Kinds():
            renderer = _of_kinds(shown, language)
        case _:
            renderer = xml.Element("renderer-v2", type="singleSymbol", symbollevels="0", enableorderby="0")
    symbols = xml.SubElement(renderer, "symbols")
    for number, sign in enumerate(signs_of(shown)):
        symbols.append(_symbol(str(number), sign, is_area))
    return renderer


def _renderer_of_tiles(layer, shown, language):
    """Written here too: of the style for MapLibre, QGIS 3.22 leaves out colours by class."""
    renderer = xml.Element("renderer", type="basic")
    styles = xml.SubElement(renderer, "styles")
    first_zoom = ANY_ZOOM
    if layer.name in GRIDDED:
        _add_styles(styles, f"{layer.name}_cells", CELLS, ANY_ZOOM, True, language)
        first_zoom = LAST_GRIDDED_ZOOM + 1
    _add_styles(styles, layer.name, shown, first_zoom, layer.geometry is Geometry.AREA, language)
    return renderer


def _add_styles(styles, vector_layer, shown, first_zoom, is_area, language):
    for number, sign in enumerate(signs_of(shown)):
        style = xml.SubElement(
            styles,
            "style",
            {
                "name": sign.words.in_language(language),
                "layer": vector_layer,
                "expression": _condition(shown, number),
                "geometry": str(AREAS if is_area else POINTS),
                "min-zoom": str(first_zoom),
                "max-zoom": str(ANY_ZOOM),
                "enabled": "1",
            },
        )
        xml.SubElement(style, "symbols").append(_symbol("0", sign, is_area))


def _of_rules(shown, language):
    """Rules rather than ranges: QGIS gives a missing value no range, and would draw nothing there."""
    renderer = xml.Element("renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0")
    rules = xml.SubElement(renderer, "rules", key="{maillage}")
    for number, sign in enumerate(signs_of(shown)):
        xml.SubElement(
            rules,
            "rule",
            key=f"{{maillage-{number}}}",
            symbol=str(number),
            filter=_condition(shown, number),
            label=sign.words.in_language(language),
        )
    return renderer


def _condition(shown, number):
    """Return which features have the sign of this number, as QGIS writes it; nothing for all of them."""
    match shown:
        case Classes():
            return _of_class(shown, number)
        case Kinds():
            return _of_kind(shown, number)
    return ""


def _of_kind(shown, number):
    values = [f"'{value}'" for value in shown.signs]
    if number < len(values):
        return f'"{shown.field}" = {values[number]}'
    return f'"{shown.field}" IS NULL OR "{shown.field}" NOT IN ({", ".join(values)})'


def _of_class(shown, number):
    """QGIS 3.22 reads a missing whole number of OGC API the second time as 0: that is no data either."""
    if number == len(shown.signs):
        return " OR ".join(f'"{name}" IS NULL OR "{name}" = 0' for name in shown.needs)
    low = [None, *shown.limits][number]
    high = [*shown.limits, None][number]
    parts = [f"{shown.qgis} >= {low}" if low is not None else "", f"{shown.qgis} < {high}" if high else ""]
    known = [f'"{name}" > 0' for name in shown.needs] if number == 0 else []
    return " AND ".join(filter(None, [*known, *parts]))


def _of_kinds(shown, language):
    renderer = xml.Element(
        "renderer-v2", type="categorizedSymbol", attr=shown.field, symbollevels="0", enableorderby="0"
    )
    categories = xml.SubElement(renderer, "categories")
    # The last, with an empty value, takes whatever the others leave.
    for number, (value, sign) in enumerate([*shown.signs.items(), ("", shown.other)]):
        xml.SubElement(
            categories,
            "category",
            value=value,
            symbol=str(number),
            label=sign.words.in_language(language),
            render="true",
        )
    return renderer


def _symbol(name, sign, is_area):
    symbol = xml.Element(
        "symbol", name=name, type="fill" if is_area else "marker", alpha="1", clip_to_extent="1"
    )
    layer = xml.SubElement(
        symbol,
        "layer",
        {"class": "SimpleFill" if is_area else "SimpleMarker", "pass": "0", "locked": "0", "enabled": "1"},
    )
    properties = {
        "color": _colour(sign.fill, sign.opacity),
        "outline_color": _colour(sign.line),
        "outline_style": "solid",
        "outline_width": f"{sign.width}",
        "outline_width_unit": PIXEL,
        "style": "solid",
    }
    if not is_area:
        properties |= {"name": "circle", "size": f"{2 * sign.radius}", "size_unit": PIXEL}
    for key, value in properties.items():
        xml.SubElement(layer, "prop", k=key, v=value)
    return symbol


def _colour(colour, opacity=1.0):
    """Return "red,green,blue,alpha" of a colour written #rrggbb."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return ",".join(map(str, (*parts, round(255 * opacity))))
