"""
Regions, cercles and communes from files whose columns are named as in COD-AB.

`read` a file, `check` the areas of an edition together, or let `newest_edition` find the files in a folder.
"""

from layers.readers.boundaries.area import AreaRecord
from layers.readers.boundaries.checks import check
from layers.readers.boundaries.folders import Edition, find, newest_edition
from layers.readers.boundaries.reading import read

__all__ = ["AreaRecord", "Edition", "check", "find", "newest_edition", "read"]
