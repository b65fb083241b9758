"""KML 2.2 (OGC 07-147r2): a place mark a row, its fields as typed data; licence and doubts come first."""

import re
from xml.sax.saxutils import escape, quoteattr

from apps.catalogue.legends import ACCENT
from apps.exports.about import about
from apps.exports.writers.readme import readme
from layers.declaration import FieldType

STEP_ROWS = 500
TYPES = {FieldType.INTEGER: "int", FieldType.NUMBER: "double", FieldType.BOOLEAN: "bool"}
"""All others are strings: KML has no dates among its data."""

NAMES = ("name", "title", "place", "location_name", "name_told", "pcode", "table")
"""Fields that name a row, the first that there is."""

NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold, not even escaped."""

OPENING = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:atom="http://www.w3.org/2005/Atom">
<Document id={layer}>
<name>{title}</name>
<atom:author><atom:name>{author}</atom:name></atom:author>
{link}<description>{description}</description>
<Style id="rows"><IconStyle><color>{mark}</color><scale>0.7</scale></IconStyle><LabelStyle><scale>0.7</scale></LabelStyle><LineStyle><color>{mark}</color><width>1.2</width></LineStyle><PolyStyle><color>{fill}</color></PolyStyle></Style>
"""  # noqa: E501
CLOSING = "</Document>\n</kml>\n"


def write(selection, path, *, step):
    """Write a document; a row whose place is not known is a place mark without a point."""
    told, fields = about(selection), selection.fields
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(opening(told))
        file.write(schema(selection))
        for number, (identifier, row, shape) in enumerate(selection.records(shape="kml")):
            file.write(place_mark(selection.layer, identifier, fields, row, shape))
            if number % STEP_ROWS == 0:
                step(number, selection.count)
        file.write(CLOSING)
    step(selection.count, selection.count)


def opening(told):
    link = told.licence_url.partition("; ")[0]
    return OPENING.format(
        layer=quoteattr(told.layer),
        title=text(told.title),
        author=text(told.publisher or "Maillage"),
        link=f'<atom:link rel="license" href={quoteattr(link)}/>\n' if link else "",
        description=text(readme(told)),
        mark=colour(ACCENT, "ff"),
        fill=colour(ACCENT, "33"),
    )


def colour(rgb, opacity):
    """
    Return a colour as KML writes it: opacity, blue, green, red.

    >>> colour("#2f4b7c", "ff")
    'ff7c4b2f'
    """
    red, green, blue = rgb[1:3], rgb[3:5], rgb[5:7]
    return opacity + blue + green + red


def schema(selection):
    """Return the declaration of the fields: their names, their types, their words."""
    lines = [f"<Schema id={quoteattr(schema_of(selection.layer))} name={quoteattr(selection.layer.name)}>"]
    for field in selection.fields:
        words = text(field.label.in_language(selection.language))
        lines.append(
            f'<SimpleField type="{TYPES.get(field.type, "string")}" name={quoteattr(field.name)}>'
            f"<displayName>{words}</displayName></SimpleField>"
        )
    return "\n".join([*lines, "</Schema>", ""])


def schema_of(layer):
    return f"schema_{layer.name}"


def place_mark(layer, identifier, fields, row, shape):
    """Return one row; a value that is not known is left out."""
    known = [(field.name, value) for field, value in zip(fields, row, strict=True) if value is not None]
    data = "".join(
        f"<SimpleData name={quoteattr(name)}>{text(plain(value))}</SimpleData>" for name, value in known
    )
    name = text(named(known, identifier))
    return (
        f"<Placemark id={quoteattr(f'{layer.name}.{identifier}')}><name>{name}</name>"
        f"<styleUrl>#rows</styleUrl>"
        f'<ExtendedData><SchemaData schemaUrl="#{schema_of(layer)}">{data}</SchemaData></ExtendedData>'
        f"{shape or ''}</Placemark>\n"
    )


def named(known, identifier):
    values = dict(known)
    return next((str(values[name]) for name in NAMES if values.get(name)), str(identifier))


def plain(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def text(value):
    return escape(NOT_XML.sub("", value))
