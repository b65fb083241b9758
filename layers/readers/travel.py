"""Layers of travel, read onto the grid: what a reader of either kind answers with, and what it refuses by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.readers.problems import Problem, UnreadableFile


@dataclass(frozen=True)
class TravelCells:
    """
    A layer on the grid of Mali: an array of `geo.grid.MALI.shape`, and the classes its numbers stand for.

    Of vectors `cells` holds bits, bit k for `classes[k]`; of land cover codes of 16 bits, `classes` those
    found and 65535 where none is told; of slope (rise / run) and friction (minutes per metre) 32-bit
    floats, nan where none is told. `features` counts what was read: lines and areas, or pixels.
    """

    cells: NDArray[Any]
    classes: tuple[str, ...]
    features: int
    cells_told: int
    problems: tuple[Problem, ...] = ()
    features_of: Mapping[str, int] = field(default_factory=dict)


def refused(name: str, why: str) -> UnreadableFile:
    """Return the refusal of a file: its name, what is wrong and the way out."""
    return UnreadableFile(f"{name}\u00a0: {why}")


def not_over_mali(name: str) -> UnreadableFile:
    """Return the refusal of a file whose places lie elsewhere."""
    return refused(
        name, "rien n'y touche le Mali. Vérifiez le système de coordonnées et l'étendue du fichier."
    )


def without_crs(name: str) -> UnreadableFile:
    """Return the refusal of a file that does not say in which system its coordinates are."""
    return refused(
        name,
        "le système de coordonnées n'est pas dit. Exportez-le de nouveau en le précisant, "
        "EPSG:4326 par exemple.",
    )


NOTHING_TOLD = np.uint16(65535)
"""The number of a cell whose land cover is not told."""
