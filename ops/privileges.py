"""
PostgreSQL refuses to run as root, or as a user without a name. Three ways start it as someone else.

`unshare` comes first: in a user namespace of its own it is an ordinary account, while its files stay ours,
so that it works below a home folder that only root may enter. `setpriv` and `runuser` make it the account
`postgres`, for machines where namespaces are forbidden (containers, chroots).
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ops.steps import StepFailed

ACCOUNT = "postgres"
# Where the account can always go, when the installation's own folder is below a closed one.
OPEN_PLACE = Path("/var/lib/maillage")


@dataclass(frozen=True)
class Way:
    """A way to run a program: what comes before its command, and whose its files are."""

    name: str
    prefix: tuple[str, ...]
    account: str | None = None

    def works(self) -> bool:
        return self._can(["true"])

    def can_enter(self, folder: Path) -> bool:
        return self._can(["test", "-x", str(folder)])

    def _can(self, command: list[str]) -> bool:
        try:
            return (
                subprocess.run([*self.prefix, *command], cwd="/", capture_output=True, check=False).returncode
                == 0
            )
        except OSError:
            return False

    def own(self, folder: Path) -> None:
        """Give a folder and all in it to the account the program runs as."""
        if os.geteuid() != 0:
            return
        owner = pwd.getpwnam(self.account) if self.account else pwd.getpwuid(0)
        if folder.stat().st_uid == owner.pw_uid:
            return
        for path, _, files in os.walk(folder):
            for name in [".", *files]:
                os.chown(os.path.join(path, name), owner.pw_uid, owner.pw_gid, follow_symlinks=False)


def _an_ordinary_account() -> int:
    """Return a user number that has a name here; 65534 stands for everyone else inside a namespace."""
    return next((entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid not in (0, 65534)), 1)


AS_WE_ARE = Way("as we are", ())
UNSHARE = Way("unshare", ("unshare", "--user", f"--map-user={_an_ordinary_account()}", "--map-group=1", "--"))
SETPRIV = Way(
    "setpriv", ("setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--init-groups", "--"), ACCOUNT
)
RUNUSER = Way("runuser", ("runuser", "-u", ACCOUNT, "--"), ACCOUNT)


def choose() -> Way:
    """Return the first way that works here to run a program as an ordinary user."""
    if os.geteuid() != 0 and _has_name(os.geteuid()):
        return AS_WE_ARE
    for way in (UNSHARE, SETPRIV, RUNUSER):
        if way.works():
            return way
    raise StepFailed(
        f"PostgreSQL does not run as user {os.geteuid()}, and unshare, setpriv and runuser all fail here",
        way_out="Run as an ordinary user, or add the account `postgres`, or name a PostGIS by DATABASE_URL.",
    )


def _has_name(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def remove(place: Path) -> None:
    """Remove a cluster's folder that lies in the open, and nothing else."""
    if place.parent == OPEN_PLACE:
        shutil.rmtree(place)
