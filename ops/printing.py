"""What memos are printed with: Pango and a font, found, else installed from the distribution."""

import ctypes
from pathlib import Path

from ops import packages
from ops.steps import StepFailed, step

LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
FONT = "LiberationSans-Regular.ttf"
PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation"]
WAY_OUT = f"Install {', '.join(PACKAGES)} (Debian, Ubuntu); all but memos works without them."


def ensure() -> None:
    """Install what is missing where that can be done; without it, the page of a memo says so."""
    with step("Printing") as line:
        try:
            if not (prints() and has_font()):
                packages.install(PACKAGES, line=line, way_out=WAY_OUT)
        except StepFailed as failure:
            line.announce(failure.problem.splitlines()[0])
        line.outcome = "ready" if prints() else f"no memos. {WAY_OUT}"
        if prints() and not has_font():
            line.outcome = "ready, in another font than Liberation Sans"


def prints() -> bool:
    """Say whether the libraries that WeasyPrint looks for are on this machine."""
    return all(map(is_there, LIBRARIES))


def is_there(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font(root: Path = Path("/usr/share/fonts")) -> bool:
    return any(root.rglob(FONT))
