"""The programs of a PostgreSQL that has PostGIS: found, else installed from the distribution."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ops import packages
from ops.steps import Line, StepFailed

WAYS_OUT = (
    "Three ways out: set DATABASE_URL=postgis://user:password@host/database to use a PostGIS of yours;\n"
    "or install the packages yourself (Debian, Ubuntu: postgresql-NN-postgis-3);\n"
    "or run this as root or with sudo on a system with apt-get, and they are installed for you."
)


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL that has PostGIS."""

    folder: Path

    @property
    def version(self) -> int:
        told = subprocess.run(
            [self.folder / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
        return int(re.search(r"(\d+)", told)[1])  # postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


def find_binaries(root: Path = Path("/usr")) -> list[Binaries]:
    """Return every PostgreSQL with PostGIS below `root`, newest first, then the one pg_config tells of."""
    debian = sorted((root / "lib/postgresql").glob("*/bin/initdb"), key=_version_in_path, reverse=True)
    found = [
        Binaries(initdb.parent)
        for initdb in debian
        if _has_postgis(root / "share/postgresql" / initdb.parent.parent.name)
    ]
    if told := _told_by_pg_config():
        found += [told] if told not in found else []
    return found


def _version_in_path(initdb: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", initdb.parent.parent.name))


def _has_postgis(share: Path) -> bool:
    return (share / "extension/postgis.control").is_file()


def _told_by_pg_config() -> Binaries | None:
    if not shutil.which("pg_config"):
        return None
    told = subprocess.run(
        ["pg_config", "--bindir", "--sharedir"], capture_output=True, text=True, check=False
    )
    if told.returncode != 0:
        return None
    folder, share = (Path(text) for text in told.stdout.splitlines()[:2])
    return Binaries(folder) if (folder / "initdb").is_file() and _has_postgis(share) else None


def ensure_binaries(line: Line) -> list[Binaries]:
    """Return the installed binaries; install the distribution's when there are none."""
    if found := find_binaries():
        return found
    if not packages.can_install():
        raise StepFailed(
            "PostgreSQL with PostGIS is not on this machine and cannot be installed from here",
            way_out=WAYS_OUT,
        )
    install_from_distribution(line)
    if found := find_binaries():
        return found
    raise StepFailed(
        "PostGIS was installed, but its programs are not where they were expected", way_out=WAYS_OUT
    )


def install_from_distribution(line: Line) -> None:
    names = packages.names_matching(r"^postgresql-[0-9]+-postgis-3$")
    if not names:
        raise StepFailed("The distribution offers no package postgresql-NN-postgis-3", way_out=WAYS_OUT)
    newest = max(names, key=lambda name: int(name.split("-")[1]))
    if not packages.is_installed("postgresql-common"):
        # Else the package creates and starts a cluster of its own.
        packages.write_as_root(
            Path("/etc/postgresql-common/createcluster.conf"), "create_main_cluster = false\n"
        )
    packages.install([newest], line=line, way_out=WAYS_OUT)
