"""A boundary file as checked areas: which layer, which columns, which coordinates."""

import math
from collections.abc import Sequence
from pathlib import Path

import geopandas
from pyproj.exceptions import CRSError, ProjError

from geo.vocabulary import Level
from layers.readers import points
from layers.readers.boundaries.area import WORDS, AreaRecord
from layers.readers.boundaries.columns import Columns, usual
from layers.readers.boundaries.features import features
from layers.readers.boundaries.files import Layer, opened
from layers.readers.boundaries.formats import AGAIN
from layers.readers.problems import Problem, Reading, UnreadableFile
from layers.readers.values import Unfit
from layers.readers.wording import quoted

WGS84 = "EPSG:4326"


def read(path: Path, *, level: Level | None = None) -> Reading[AreaRecord]:
    """
    Return the areas of a boundary file, each with its own fields checked; `check` compares them.

    GeoJSON, GeoPackage, Shapefile or a zip of these, in any CRS and encoding, with P-codes and names in
    columns named as in COD-AB. The level is that of the deepest P-code column; `level` picks the layer when a
    file holds several. Boundaries come in EPSG:4326. A file without CRS is taken for EPSG:4326 if its
    coordinates lie around Mali, and a remark says so.

    Raises UnreadableFile when the whole file is of no use.
    """
    with opened(path) as layers:
        return _read(path.name, layers, level)


def read_levels(path: Path) -> Reading[AreaRecord]:
    """
    Return the areas of every level that a file holds, highest first; otherwise as `read`.

    For the zips and GeoPackages that hold a country's regions, cercles and communes together.
    """
    with opened(path) as layers:
        levels = {layer.columns.level for layer in layers if layer.columns}
        # Without a level `_read` says what is missing.
        readings = [_read(path.name, layers, level) for level in sorted(levels) or (None,)]
    return Reading(
        [record for reading in readings for record in reading.records],
        [problem for reading in readings for problem in reading.problems],
    )


def _read(file: str, layers: list[Layer], level: Level | None) -> Reading[AreaRecord]:
    layer, columns = _chosen(file, layers, level)
    frame, remarks = _in_degrees(layer)
    found = list(features(layer.label, columns, frame))
    records = [record for feature in found if (record := feature.record())]
    return Reading(records, remarks + [problem for feature in found for problem in feature.problems])


# The layer


def _chosen(file: str, layers: list[Layer], level: Level | None) -> tuple[Layer, Columns]:
    """Return the only layer of areas, or the only one of `level`."""
    _refuse_without_areas(file, layers)
    known = [(layer, layer.columns) for layer in layers if layer.columns]
    if not known:
        raise UnreadableFile(_no_pcodes(layers[0]))
    fitting = [pair for pair in known if level in (None, pair[1].level)]
    if level and not fitting:
        held = " et des ".join(WORDS[columns.level].plural for _, columns in known)
        raise UnreadableFile(
            f"{file}\u00a0: pas de {WORDS[level].plural}, le fichier contient des {held}. "
            "Donnez un autre fichier ou un autre niveau."
        )
    if len(fitting) > 1:
        names = ", ".join(f"{layer.label} ({WORDS[columns.level].plural})" for layer, columns in fitting)
        raise UnreadableFile(
            f"{file}\u00a0: plusieurs couches de limites\u00a0: {names}. "
            "Dites le niveau à lire, ou séparez-les."
        )
    layer, columns = fitting[0]
    _refuse_missing_columns(layer, columns)
    return layer, columns


def _refuse_without_areas(file: str, layers: list[Layer]) -> None:
    if not layers:
        raise UnreadableFile(
            f"{file}\u00a0: aucune couche de polygones. Donnez le fichier des limites en polygones, pas en "
            "lignes ni en points."
        )
    if not any(layer.count for layer in layers):
        raise UnreadableFile(f"{file}\u00a0: aucune entité. {AGAIN}")


def _no_pcodes(layer: Layer) -> str:
    found = ", ".join(layer.fields) or "aucune"
    return (
        f"{layer.label}\u00a0: aucune colonne de P-codes comme adm2_pcode, ADM2_PCODE ou admin2Pcode "
        f"(colonnes trouvées\u00a0: {found}). Renommez celle qui les contient."
    )


def _refuse_missing_columns(layer: Layer, columns: Columns) -> None:
    level = columns.level
    needed = {usual(level, "name"): columns.name}
    if level > Level.REGION:
        needed[usual(level - 1, "pcode")] = columns.parent_pcode
    missing = [column for column, present in needed.items() if not present]
    if missing:
        raise UnreadableFile(
            f"{layer.label}\u00a0: la colonne {quoted(missing[0])} manque (colonnes trouvées\u00a0: "
            f"{', '.join(layer.fields)}). Ajoutez-la, ou renommez celle qui en tient lieu."
        )


# The coordinates


def _in_degrees(layer: Layer) -> tuple[geopandas.GeoDataFrame, list[Problem]]:
    """Return the areas in EPSG:4326, and remarks on what had to be assumed."""
    frame = layer.frame()
    told = [*layer.remarks, *(f"GDAL signale\u00a0: {warning}." for warning in frame.attrs["warnings"])]
    remarks = [_remark(layer.label, "fichier", sentence, "Vérifiez le résultat.") for sentence in told]
    if frame.crs is None:
        _refuse_undeclared(layer.label, frame)
        assumed = f"Le système de coordonnées n'est pas dit\u202f; {WGS84} a été supposé."
        return frame.set_crs(WGS84), [*remarks, _remark(layer.label, "CRS", assumed, "Vérifiez-le.")]
    try:
        frame = frame.to_crs(WGS84)
    except (CRSError, ProjError) as error:
        raise UnreadableFile(
            f"{layer.label}\u00a0: le système de coordonnées ne peut pas être converti ({error}). "
            f"Exportez le fichier en {WGS84}."
        ) from error
    _refuse_elsewhere(layer.label, frame)
    return frame, remarks


def _refuse_undeclared(label: str, frame: geopandas.GeoDataFrame) -> None:
    """Raise UnreadableFile when coordinates of an unknown kind are not all degrees around Mali."""
    if _astray(tuple(frame.total_bounds)):
        raise UnreadableFile(
            f"{label}\u00a0: le système de coordonnées n'est pas dit, et ce ne sont pas des degrés au Mali. "
            f"Ajoutez le .prj qui manque, ou exportez le fichier en {WGS84}."
        )


def _refuse_elsewhere(label: str, frame: geopandas.GeoDataFrame) -> None:
    """Raise UnreadableFile when no area at all lies around Mali, with the likely cause."""
    faults = [_astray(bounds) for bounds in frame.geometry.bounds.dropna().itertuples(index=False)]
    if faults and faults[0] and all(faults):
        raise UnreadableFile(f"{label}\u00a0: aucune entité n'est au Mali. {faults[0]}") from faults[0]


def _astray(bounds: Sequence[float]) -> Unfit | None:
    """Return why `bounds` are not around Mali; None when they are, or when there are none."""
    west, south, east, north = bounds
    try:
        if not math.isnan(west):
            points.check(west, south)
            points.check(east, north)
    except Unfit as unfit:
        return unfit
    return None


def _remark(file: str, column: str, reason: str, remedy: str) -> Problem:
    return Problem(where=file, row=None, field=column, value="", reason=reason, remedy=remedy, is_fatal=False)
