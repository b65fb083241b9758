"""What lies in each cell of the grid: friction from layers and speeds, Mali's outline, where water is."""

import zlib
from dataclasses import dataclass

import numpy as np
import shapely
from rasterio import Affine
from rasterio.features import rasterize

from geo import travel
from geo.grid import MALI
from layers.readers.travel import NOTHING_TOLD
from layers.travel import NO_CLASS, WALKING, TravelKind


@dataclass(frozen=True)
class Ground:
    """
    Arrays of the shape of the grid: minutes per metre (inf: nothing passes), whether a cell touches Mali,
    and whether water is what stops.
    """

    friction: np.ndarray
    in_mali: np.ndarray
    stopped_by_water: np.ndarray
    fastest: float
    """The least minutes that a metre takes anywhere; inf where nothing passes at all."""


def ground(regions, layers, kmh, *, across_border):
    """Return the `Ground` of these layers ({kind: TravelLayer}) and speeds ({(what, class): km/h})."""
    cells = {kind: cells_of(layer) for kind, layer in layers.items()}

    def by_class(kind, *, fastest):
        speeds = [kmh[kind, of_class] for of_class in layers[kind].classes]
        return travel.class_speeds(cells[kind], speeds, fastest=fastest)

    walking = np.full(MALI.shape, kmh[WALKING, NO_CLASS], float)
    water = np.zeros(MALI.shape, bool)
    if TravelKind.LAND_COVER in cells:
        walking = _cover_speeds(cells[TravelKind.LAND_COVER], layers[TravelKind.LAND_COVER].classes, kmh)
        water |= walking == 0
    if TravelKind.SLOPE in cells:
        walking *= travel.slope_factor(cells[TravelKind.SLOPE])
    crossings = {
        kind: by_class(kind, fastest=False)
        for kind in (TravelKind.RIVERS, TravelKind.BARRIERS)
        if kind in cells
    }
    if TravelKind.RIVERS in crossings:
        water |= crossings[TravelKind.RIVERS] == 0
    in_mali = outline(regions)
    friction = travel.friction(
        walking,
        roads_kmh=by_class(TravelKind.ROADS, fastest=True) if TravelKind.ROADS in cells else None,
        crossings_kmh=list(crossings.values()),
        given=cells.get(TravelKind.FRICTION),
        passable=None if across_border else in_mali,
    )
    return Ground(friction, in_mali, water & np.isinf(friction), float(friction.min()))


def cells_of(layer):
    """Return the numbers of a stored layer. Raises ValueError where it was made on another grid."""
    if (layer.rows, layer.cols) != MALI.shape:
        raise ValueError(
            f"the layer {layer.kind} has {layer.rows} x {layer.cols} cells, the grid {MALI.rows} x "
            f"{MALI.cols}: load its file again with load_travel"
        )
    return np.frombuffer(zlib.decompress(layer.cells), layer.number_type).reshape(MALI.shape)


def _cover_speeds(codes, classes, kmh):
    table = np.full(int(NOTHING_TOLD) + 1, kmh[WALKING, NO_CLASS], float)
    for code in classes:
        table[int(code)] = kmh[TravelKind.LAND_COVER, code]
    return table[codes]


def outline(regions):
    """Return which cells these areas, in degrees of EPSG:4326, touch: a border cell is in Mali."""
    shapes = [shapely.from_wkb(bytes(area.boundary.wkb)) for area in regions]
    on_the_plane = [
        shapely.transform(shape, lambda xy: np.column_stack(MALI.metres_of(xy[:, 0], xy[:, 1])))
        for shape in shapes
    ]
    if not on_the_plane:
        return np.zeros(MALI.shape, bool)
    burnt = rasterize(
        on_the_plane, out_shape=MALI.shape, transform=Affine(*MALI.affine), all_touched=True, dtype=np.uint8
    )
    return burnt.astype(bool)
