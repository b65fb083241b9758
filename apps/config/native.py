"""
Which GDAL, GEOS and PROJ GeoDjango uses: those inside the wheels, else the system's.

The wheels' libraries are found without importing the wheels: importing pyogrio costs a web process 100 MB.
"""

import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Native:
    """Paths of native libraries; None leaves the choice to GeoDjango, which asks the system."""

    gdal: Path | None
    geos: Path | None
    proj_data: Path | None

    def __str__(self):
        def told(path):
            return f"wheel ({path.name})" if path else "system"

        return f"GDAL: {told(self.gdal)}, GEOS: {told(self.geos)}"


def find(site_packages=None):
    """Return the libraries of the pyogrio and shapely wheels, where they are installed."""
    site = Path(site_packages or sysconfig.get_path("platlib"))
    proj_data = site / "pyogrio" / "proj_data"
    return Native(
        gdal=_only(site / "pyogrio.libs", "libgdal-*.so*"),
        geos=_only(site / "shapely.libs", "libgeos_c-*.so*"),
        proj_data=proj_data if proj_data.is_dir() else None,
    )


def _only(folder, pattern):
    return next(iter(sorted(folder.glob(pattern))), None)


if __name__ == "__main__":
    sys.stdout.write(f"{find()}\n")
