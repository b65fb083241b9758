"""The Python environment in .venv: what the lock files say, by hash, and nothing built from source."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ops import packages, stamps
from ops.places import ROOT, VENV
from ops.steps import Line, StepFailed, call, step

RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"
# What is only there to be measured against.
BENCH_LOCK = ROOT / "requirements-bench.lock"
# Node.js and its npm as a wheel, for a machine without them.
NODE_LOCK = ROOT / "requirements-node.lock"
# uv as a wheel, for a machine without it: it installs the rest four times as fast as pip.
UV_LOCK = ROOT / "requirements-uv.lock"

WAY_OUT = (
    "Is the package registry reachable? `make run` again goes on from here. "
    "To begin anew, remove the folder .venv first."
)


def ensure(lock: Path, *, title: str = "Python environment") -> None:
    with step(title) as line:
        key = stamps.fingerprint([lock], f"{sys.version_info.major}.{sys.version_info.minor}")
        stamp = VENV / f"installed-{lock.name}"
        if stamps.is_current(stamp, key) and works(VENV):
            line.outcome = "unchanged"
            return
        if not works(VENV):
            make(VENV, line=line)
        installer = install(VENV, lock)
        stamps.record(stamp, key)
        line.outcome = f"installed {lock.name} with {installer}"


def works(venv: Path) -> bool:
    python = venv / "bin" / "python"
    if not python.exists():
        return False
    check = "" if shutil.which("uv") else "import pip"
    return subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0


def make(venv: Path, *, line: Line) -> None:
    python = getattr(sys, "_base_executable", sys.executable)
    if uv := shutil.which("uv"):
        call([uv, "venv", "--clear", "--python", python, venv], way_out=WAY_OUT)
        return
    if not has_venv_module():
        install_venv_module(line)
    call([python, "-m", "venv", "--clear", venv], way_out=WAY_OUT)


def has_venv_module() -> bool:
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def install_venv_module(line: Line) -> None:
    ours = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    way_out = f"Install {ours} (or python3-venv) with your system's package manager, or put `uv` on the PATH."
    if not os.path.realpath(sys.executable).startswith("/usr/bin/"):
        raise StepFailed(
            f"{sys.executable} has no venv module, and is not the distribution's", way_out=way_out
        )
    packages.install(
        [ours if packages.names_matching(f"^{ours}$") else "python3-venv"], line=line, way_out=way_out
    )
    importlib.invalidate_caches()


def install(venv: Path, lock: Path) -> str:
    """Install what a lock file says; return what did it."""
    if uv := shutil.which("uv") or own_uv(venv):
        # pip compiles what it installs; uv only when asked, and then every program starts seconds sooner.
        asked = [uv, "pip", "install", "--compile-bytecode", "--python", venv / "bin" / "python"]
        call([*asked, *hashed_wheels(lock)], way_out=WAY_OUT)
        return "uv"
    pip_install(venv, lock)
    return "pip"


def own_uv(venv: Path) -> Path | None:
    """Return the uv of the environment, installed there first; None where no wheel of it suits."""
    uv = venv / "bin" / "uv"
    if not uv.exists():
        try:
            pip_install(venv, UV_LOCK)
        except StepFailed:
            return None
    return uv if uv.exists() else None


def pip_install(venv: Path, lock: Path) -> None:
    quiet = {"PIP_ROOT_USER_ACTION": "ignore", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    asked = [venv / "bin" / "python", "-m", "pip", "install", "-q"]
    call([*asked, *hashed_wheels(lock)], environment=quiet, way_out=WAY_OUT)


def hashed_wheels(lock: Path) -> list[str | Path]:
    return ["--require-hashes", "--only-binary", ":all:", "-r", lock]


def lock_all() -> None:
    """Write the lock files from pyproject.toml: names, versions and hashes, no registry's address."""
    uv = shutil.which("uv")
    if uv is None:
        raise StepFailed(
            "`make lock` needs uv, which is not on the PATH", way_out="Install it: python3 -m pip install uv"
        )
    for lock, sources in (
        (RUN_LOCK, ["pyproject.toml"]),
        (TEST_LOCK, ["pyproject.toml", "--extra", "test"]),
        (BENCH_LOCK, ["pyproject.toml", "--extra", "test", "--extra", "bench", "-c", TEST_LOCK.name]),
        (NODE_LOCK, ["--group", "pyproject.toml:node"]),
        (UV_LOCK, ["--group", "pyproject.toml:uv"]),
    ):
        with step(lock.name):
            call([uv, "pip", "compile", *LOCK_OPTIONS, *sources, "-o", lock.name], way_out=WAY_OUT)


LOCK_OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--no-annotate",
]
