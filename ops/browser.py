"""
The browser of the tests: Chromium without a screen from Debian, else the machine's Chromium or Chrome.

Debian's chromium-headless-shell draws the same pages as chromium for a third of its processor time.
"""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

from ops import packages
from ops.places import VENV_PYTHON
from ops.steps import Line, StepFailed, call, step

SHELL = "chromium-headless-shell"
# It brings no font: pages are looked at with one as wide as readers have.
FONTS = "fonts-liberation"
NAMES = (SHELL, "chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
# Libraries that a minimal system lacks.
DRIVER_NEEDS = ["libatomic1", "libstdc++6"]
WAY_OUT = "Install Chromium or Chrome; the other tests run without it."


def find() -> Path | None:
    """Return the program of a Chromium or Chrome on this machine, None when there is none."""
    on_path = (shutil.which(name) for name in NAMES)
    return (
        next((Path(path) for path in on_path if path and not is_snap_stub(Path(path))), None)
        or find_playwrights()
    )


def is_snap_stub(program: Path) -> bool:
    """Say whether it is Ubuntu's script that leads to a snap, which cannot be driven from a container."""
    return packages.is_ubuntu() and program.name.startswith("chromium")


def find_playwrights() -> Path | None:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "~/.cache/ms-playwright")).expanduser()
    found = sorted(cache.glob("chromium-*/chrome-linux*/chrome"))
    return found[-1] if found else None


def ensure() -> None:
    """Install a browser where that can be done; without one, the tests that need it are skipped."""
    with step("Browser") as line:
        try:
            if not is_driven():
                packages.install(DRIVER_NEEDS, line=line, way_out=WAY_OUT)
            if is_debian_without_shell():
                install_shell(line)
            if find() is None:
                install(line)
        except StepFailed as failure:
            line.announce(failure.problem.splitlines()[0])
        found = find()
        line.outcome = str(found or f"none: browser tests will be skipped. {WAY_OUT}")


def is_driven() -> bool:
    """Say whether Playwright's driver, a Node.js of its own, starts on this machine."""
    command = [VENV_PYTHON, "-m", "playwright", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def is_debian_without_shell() -> bool:
    return shutil.which(SHELL) is None and not packages.is_ubuntu() and packages.can_install()


def install_shell(line: Line) -> None:
    """Install the browser without a screen; an older Debian has none, and the whole one serves as well."""
    with contextlib.suppress(StepFailed):
        packages.install([SHELL, FONTS], line=line, way_out=WAY_OUT)


def install(line: Line) -> None:
    if packages.is_ubuntu() or not packages.can_install():
        extra = ["--with-deps"] if packages.can_install() else []
        line.announce("installing Chromium (python -m playwright install)")
        call([VENV_PYTHON, "-m", "playwright", "install", *extra, "chromium"], way_out=WAY_OUT)
        return
    packages.install(["chromium"], line=line, way_out=WAY_OUT)
