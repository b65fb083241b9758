"""Every text that a file holds, whatever it is packed in: to look for what must not be there."""

import gzip
import zipfile

import pyarrow.parquet
from pmtiles.reader import MmapSource, all_tiles


def told_in(path, name):
    """Return the bytes of a file with this name, unpacked."""
    if name.endswith((".xlsx", ".zip")):
        with zipfile.ZipFile(path) as packed:
            return b"\n".join(packed.read(each) for each in packed.namelist())
    if name.endswith(".parquet"):
        file = pyarrow.parquet.ParquetFile(path)
        return repr((file.metadata.metadata, file.read().to_pydict())).encode()
    if name.endswith(".pmtiles"):
        with path.open("rb") as file:
            return b"\n".join(gzip.decompress(tile) for _, tile in all_tiles(MmapSource(file)))
    return path.read_bytes()
