"""Chosen cercles as one GeoPackage: a table for each layer with its style, and one to read first."""

import json
from contextlib import closing
from dataclasses import replace
from sqlite3 import connect

from django.utils.translation import gettext as _

from apps.boundaries.models import Area
from apps.exports.doubts import NO_RECOGNITION, doubts_of, licence_of
from apps.exports.writers.gdal import lack_of_room_told
from apps.exports.writers.geopackage import forget_how_often_written, write_layer
from apps.exports.writers.readme import source_line
from apps.packs.gathered import gathered, is_known
from apps.packs.told import AROUND, absences, restrictions, summary, title_of
from layers.catalogue import LAYERS

DETAIL = "full"
README = "lisez_moi"

AROUND_DETAIL = "medium"

README_TABLE = f"""
CREATE TABLE {README} (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, section TEXT NOT NULL, layer TEXT, text TEXT NOT NULL
);
"""
KEPT = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
VALUES (?, 'attributes', ?, ?, ?, 0)
"""


def write(asked, folder, *, step):
    """Write the GeoPackage; return its path and what it tells of itself."""
    order = json.loads(asked)
    path = folder / "area.gpkg"
    selections = _selections(order)
    for number, selection in enumerate(selections):
        # What stops a file is asked at each batch; how far it is, is told in layers.
        def count(done, total, number=number):
            step(number, len(selections))

        write_layer(selection, path, append=number > 0, step=count)
    step(len(selections), len(selections))
    abouts = [found.about for found in _found(order)]
    title = title_of(_names(order))
    with lack_of_room_told(path), closing(connect(path)) as file, file:
        keep_readme(file, readme(abouts, order, title), order)
    forget_how_often_written(path)
    return path, summary(abouts, order, title=title)


def _found(order):
    for name in order["layers"]:
        yield gathered(
            LAYERS[name],
            order["cercles"],
            readable=order["readable"],
            language=order["language"],
            detail=DETAIL,
        )


def _selections(order):
    """Return what is written: the layers of the cercles, and the outlines around them."""
    found = [each.selection for each in _found(order)]
    # Regions come from the file of the cercles: who may not read one may not read the other.
    return [*found, _around(order)] if "cercles" in order["layers"] else found


def _around(order):
    selection = gathered(
        LAYERS[AROUND], (), readable=order["readable"], language=order["language"], detail=AROUND_DETAIL
    ).selection
    return replace(selection, parameters=())


def _names(order):
    cercles = Area.objects.cercles().filter(pcode__in=order["cercles"]).order_by("pcode")
    return list(cercles.values_list("name", flat=True))


def readme(abouts, order, title):
    """Yield (section, layer, text) of what a reader must know, doubts first."""
    doubts = _("À savoir d’abord")
    yield from ((doubts, None, sentence) for sentence in restrictions(order["access"]))
    for told in abouts:
        yield from ((doubts, told.layer, sentence) for sentence in restrictions(told.access))
        yield from ((doubts, told.layer, doubt) for doubt in doubts_of(told))
    yield doubts, None, NO_RECOGNITION.in_language(order["language"])
    yield from ((doubts, None, absence) for absence in absences(order))
    yield _("Contenu"), None, title
    yield _("P-codes"), None, ", ".join(order["cercles"])
    yield _("Fait le"), None, order["day"]
    for told in abouts:
        count = told.rows if is_known(told, order["readable"]) else _("rien n’est chargé")
        yield _("Couche"), told.layer, f"{told.title} ({count}). {told.description}"
        yield _("Licence"), told.layer, licence_of(told)
        if told.attribution:
            yield _("Mention à reprendre"), told.layer, told.attribution
        yield from ((_("Source"), told.layer, source_line(each)) for each in told.sources)
    yield _("Contours alentour"), AROUND, _("Toutes les régions, pour situer les cercles choisis.")


def keep_readme(file, lines, order):
    """Write the table that is read first."""
    file.executescript(README_TABLE)
    file.executemany(f"INSERT INTO {README} (section, layer, text) VALUES (?, ?, ?)", lines)  # noqa: S608
    file.execute(KEPT, [README, _("Lisez-moi"), _("À lire d’abord"), f"{order['day']}T00:00:00.000Z"])
