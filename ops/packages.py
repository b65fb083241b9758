"""Packages of the distribution, installed by apt as root, or by sudo after saying so."""

import os
import platform
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from ops.steps import Line, StepFailed, call

QUIET = {"DEBIAN_FRONTEND": "noninteractive", "APT_LISTCHANGES_FRONTEND": "none", "UCF_FORCE_CONFFOLD": "1"}


def can_install() -> bool:
    return shutil.which("apt-get") is not None and (os.geteuid() == 0 or shutil.which("sudo") is not None)


def is_ubuntu() -> bool:
    try:
        return platform.freedesktop_os_release().get("ID") == "ubuntu"
    except OSError:
        return False


def as_root(command: list[str]) -> list[str]:
    if os.geteuid() == 0:
        return command
    return ["sudo", *(f"{name}={value}" for name, value in QUIET.items()), *command]


@cache
def refresh() -> None:
    """Bring the package lists up to date, once a run. If a source is silent, the install will tell."""
    subprocess.run(
        as_root(["apt-get", "update", "-q"]),
        env={**os.environ, **QUIET},
        stdin=None if sys.stdin.isatty() else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )


def install(names: list[str], *, line: Line, way_out: str) -> None:
    """Install packages of the distribution. Raises StepFailed when that cannot be done here."""
    if not can_install():
        raise StepFailed(
            f"{', '.join(names)} cannot be installed here: no apt-get, or neither root nor sudo",
            way_out=way_out,
        )
    line.announce(f"installing {', '.join(names)} ({'apt-get' if os.geteuid() == 0 else 'sudo apt-get'})")
    refresh()
    # An install that was cut short leaves packages unpacked; this finishes them and is instant otherwise.
    call(as_root(["dpkg", "--configure", "-a"]), environment=QUIET, way_out=way_out)
    call(
        as_root(
            [
                "apt-get",
                "install",
                "-q",
                "-y",
                "--no-install-recommends",
                "-o",
                "DPkg::Lock::Timeout=120",
                *names,
            ]
        ),
        environment=QUIET,
        way_out=way_out,
    )


def is_installed(name: str) -> bool:
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status}", name], capture_output=True, text=True, check=False
    )
    return asked.stdout == "installed"


def names_matching(pattern: str) -> list[str]:
    """Return the names of known packages that match a regular expression."""
    refresh()
    found = subprocess.run(
        ["apt-cache", "search", "--names-only", pattern], capture_output=True, text=True, check=False
    )
    return [text.split(" ", 1)[0] for text in found.stdout.splitlines()]


def write_as_root(path: Path, text: str) -> None:
    subprocess.run(as_root(["mkdir", "-p", str(path.parent)]), check=True)
    subprocess.run(as_root(["tee", str(path)]), input=text, text=True, stdout=subprocess.DEVNULL, check=True)
