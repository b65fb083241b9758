"""
Regions, cercles and communes from files whose columns are named as in COD-AB.

`read` a file, or `read_levels` one that holds several levels; `check` the areas of an edition together;
`newest_edition` finds the files in a folder.
"""

from layers.readers.boundaries.area import AreaRecord
from layers.readers.boundaries.checks import check
from layers.readers.boundaries.folders import Edition, find, newest_edition
from layers.readers.boundaries.reading import read, read_levels

__all__ = ["AreaRecord", "Edition", "check", "find", "newest_edition", "read", "read_levels"]
