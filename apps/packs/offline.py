"""
One page that opens without network: map, layers, search and tables of chosen cercles.

All of it is in one file: the map's program and style, the rows, what they rest on. The page asks nothing of
anybody: its own policy forbids it, and names its one script and its one style by their hashes.
"""

import base64
import gzip
import hashlib
import json
import re
from datetime import date

from django.contrib.staticfiles.finders import find
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from apps.boundaries.models import Area
from apps.catalogue.loads import active_edition
from apps.catalogue.texts import as_json
from apps.exports.doubts import NO_RECOGNITION, doubts_of, licence_of
from apps.exports.services import ExportFailed
from apps.exports.writers.readme import source_line
from apps.packs.drawn import drawn, place_of
from apps.packs.gathered import gathered, is_drawn, is_known
from apps.packs.told import absences, doubts_of_all, named, restrictions, summary, title_of
from layers.catalogue import LAYERS
from layers.declaration import Geometry

LARGEST_BYTES = 5_000_000
"""What a phone keeps and a slow line brings in an evening."""

DETAIL = "medium"
AROUND_DETAIL = "low"
SHAPES = {Geometry.AREA: "geojson", Geometry.POINT: "point", Geometry.TABLE: None}
"""What is asked of the places of a layer."""
SCRIPTS = ("leaflet/leaflet.js", "offline/pack.js")
STYLES = ("leaflet/leaflet.css", "offline/pack.css")
ADDRESS_IN_A_STYLE = re.compile(r"url\([^)]*\)")
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def write(asked, folder, *, step):
    """Write the page; return its path, what it tells of itself. Raises ExportFailed past `LARGEST_BYTES`."""
    order = json.loads(asked)
    with translation.override(order["language"]):
        told, abouts = packed(order, step=step)
        body = page(told, order["language"])
    if len(body) > LARGEST_BYTES:
        raise ExportFailed(_too_large(len(body), len(order["cercles"])))
    path = folder / "pack.html"
    path.write_bytes(body)
    return path, summary(abouts, order, title=title_of(told["cercles"]))


def _too_large(size, cercles):
    return _(
        "Ce paquet pèserait %(size)s Mo, plus que les %(most)s Mo d’un fichier qu’un téléphone ouvre bien : "
        "choisissez moins de cercles que ces %(cercles)s, ou prenez le GeoPackage."
    ) % {"size": round(size / 1e6, 1), "most": round(LARGEST_BYTES / 1e6), "cercles": cercles}


def packed(order, *, step):
    """Return all that the page shows, as plain values, and what is told of each layer (`About`)."""
    language, cercles = order["language"], order["cercles"]
    names = [LAYERS[name] for name in order["layers"]]
    layers, abouts = [], []
    for number, layer in enumerate(names):
        step(number, len(names))
        found = gathered(layer, cercles, readable=order["readable"], language=language, detail=DETAIL)
        abouts.append(found.about)
        layers.append(_layer(found, abouts[-1], order))
    step(len(names), len(names))
    edition = active_edition()
    shown = {
        "language": language,
        "cercles": list(Area.objects.cercles().filter(pcode__in=cercles).values_list("name", flat=True)),
        "edition": edition.name if edition else "",
        "made_on": order["day"],
        # Regions come from the file of the cercles: who may not read one may not read the other.
        "around": _around() if "cercles" in order["layers"] else [],
        "layers": layers,
        "doubts": [*restrictions(order["access"]), *doubts_of_all(abouts)],
        "absences": list(absences(order)),
        "words": words(),
        "no_recognition": NO_RECOGNITION.in_language(language),
    }
    return shown, abouts


def _around():
    """Return the outlines of the regions, for a map that shows where the cercles lie."""
    shapes = Area.objects.regions().with_geojson(AROUND_DETAIL).values_list("name", "geojson")
    return [{"name": name, "shape": json.loads(shape)} for name, shape in shapes if shape]


def _layer(found, about, order):
    layer, language = found.layer, order["language"]
    rows, shapes = [], []
    for _identifier, row, shape in found.records(shape=SHAPES[layer.geometry]):
        rows.append(list(row))
        shapes.append(place_of(layer, row, shape))
    return {
        "name": layer.name,
        "title": about.title,
        "description": about.description,
        "geometry": str(layer.geometry),
        "fields": [_field(each, language) for each in layer.fields],
        "rows": rows,
        "isKnown": is_known(about, order["readable"]),
        "shapes": shapes if is_drawn(layer) else [],
        "drawn": drawn(layer, rows, language).as_dict(language) if is_drawn(layer) else None,
        "told": {
            "licence": licence_of(about),
            "attribution": about.attribution,
            "publisher": about.publisher,
            "edition": about.edition,
            "changed_at": about.changed_at[:10],
            "as_of": max((each.as_of for each in about.sources), default=""),
            "doubts": [*restrictions(about.access), *doubts_of(about)],
            "sources": [source_line(each) for each in about.sources],
        },
    }


def _field(field, language):
    return {
        "name": field.name,
        "label": field.label.in_language(language),
        "type": str(field.type),
        "unit": field.unit.in_language(language) if field.unit else "",
        "words": {code: each.in_language(language) for code, each in field.choices.items()},
    }


def words():
    """Return what the page's script says, in the language of the pack."""
    return {
        "no_data": _("pas de donnée"),
        "not_loaded": _("rien n’est chargé"),
        "no_place": _("sans lieu assez précis : dans le tableau seulement"),
        "rows": _("lignes"),
        "found": _("trouvés"),
        "nothing": _("Rien de ce nom dans ce paquet."),
        "more": _("Montrer la suite"),
        "shown": _("montrées"),
        "of": _("sur"),
        "download": _("Télécharger en CSV"),
        "licence": _("Licence"),
        "attribution": _("Mention à reprendre"),
        "edition": _("Édition des limites"),
        "changed_at": _("Lignes changées le"),
        "as_of": _("Données du"),
        "source": _("Source"),
        "yes": _("oui"),
        "no": _("non"),
        "close": _("Fermer"),
        "table": _("tableau"),
        "imprecise": _("en tirets : lieu imprécis, dessiné au point d’une localité ou d’un chef-lieu"),
        "sort": _("Trier par"),
        "region": _("Région"),
    }


def page(told, language):
    """Return the bytes of the page; its rows are packed where it would be too heavy with them as they are."""
    # What ends a script element ends it in a text too: no < remains.
    rows = as_json(told).replace("<", "\\u003c")
    plain = _page(told, language, rows, is_packed=False)
    return plain if len(plain) <= LARGEST_BYTES else _page(told, language, _packed(rows), is_packed=True)


def _packed(text):
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def _page(told, language, rows, *, is_packed):
    """Return the page: its policy names the hashes of its script and its style."""
    script = "\n".join(_text_of(name) for name in SCRIPTS)
    style = ADDRESS_IN_A_STYLE.sub("none", "\n".join(_text_of(name) for name in STYLES))
    script = SOURCE_MAP.sub("", script)
    context = {
        "told": told,
        "made_on": date.fromisoformat(told["made_on"]),
        "named": named(told["cercles"]),
        "language": language,
        "script": script,
        "style": style,
        "script_hash": _hash(script),
        "style_hash": _hash(style),
        "rows": rows,
        "is_packed": is_packed,
    }
    return render_to_string("packs/offline.html", context).encode()


def _text_of(name):
    with open(find(name), encoding="utf-8") as file:
        return file.read().strip()


def _hash(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
