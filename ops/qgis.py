"""QGIS for its tests, which are apart: it is large, and its Python is the system's, not the project's."""

import subprocess
from pathlib import Path

from ops import packages
from ops.steps import StepFailed, step

PYTHON = Path("/usr/bin/python3")
PACKAGES = ["python3-qgis"]
WAY_OUT = f"Install {', '.join(PACKAGES)} (Debian, Ubuntu), then run `make test-qgis` again."


def ensure() -> Path:
    """Install PyQGIS where that can be done, and return the Python that has it. Raises StepFailed."""
    with step("QGIS") as line:
        if not has_qgis(PYTHON):
            line.announce("QGIS brings some 170 packages; it serves these tests only")
            packages.install(PACKAGES, line=line, way_out=WAY_OUT)
        if not has_qgis(PYTHON):
            raise StepFailed(f"{PYTHON} cannot import qgis.core", way_out=WAY_OUT)
        line.outcome = str(PYTHON)
    return PYTHON


def has_qgis(program: Path) -> bool:
    command = [program, "-I", "-c", "import qgis.core"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
