"""QGIS, which has a Python of its own, looks at the running site once for all tests of this folder."""

import json
import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("seen_by_qgis.py")
SECONDS = 300

collect_ignore = [SCRIPT.name]


@pytest.fixture(scope="session")
def python_with_qgis():
    """Return the program that has PyQGIS; `make test-qgis` installs it, and says where it is."""
    program = os.environ.get("MAILLAGE_QGIS_PYTHON")
    if not program:
        pytest.skip("run make test-qgis: it installs QGIS, which is large")
    return program


@pytest.fixture(scope="session")
def seen(python_with_qgis, request, tmp_path_factory):
    """Return what QGIS makes of the site."""
    site = request.getfixturevalue("site")  # started only where there is a QGIS
    folder = tmp_path_factory.mktemp("qgis")
    done = subprocess.run(
        [python_with_qgis, "-I", str(SCRIPT), site.url, str(folder)],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "QT_QPA_PLATFORM": "offscreen",
        },
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"QGIS ended with {done.returncode}:\n{done.stderr[-4000:]}"
    print(f"What QGIS drew is in {folder}")
    return json.loads(done.stdout)
