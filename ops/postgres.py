"""
The database: a private PostGIS cluster in a folder of the installation, reachable by a Unix socket only.

Who may enter the socket's folder (mode 0700) is let in without a password; nobody else gets as far as asking.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from ops import privileges, processes, stamps
from ops.binaries import WAYS_OUT, Binaries, find_binaries
from ops.places import LOGS
from ops.privileges import Way
from ops.steps import StepFailed, call

SUPERUSER = "postgres"
ROLE = "maillage"
# Spatial questions are asked as this role, which the plain one may take but not make.
READER = "maillage_reader"
DATABASE = "maillage"
SETUP = "maillage setup"
# Made in template1, so that every database made later has them, test databases by a plain role too.
EXTENSIONS = ("postgis", "unaccent", "pg_trgm")

# The kernel allows 107 characters; the socket's own name takes 18.
LONGEST_SOCKET_FOLDER = 85
PATIENCE_SECONDS = 60

# What a test database may do: after a crash it is made anew, so nothing waits for the disk.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# Compiling a query costs more than it saves at this size.
SETTINGS = {"jit": "off"}
# Meant for the GDAL in our wheels; PostGIS brings a PROJ of its own.
NOT_FOR_POSTGRES = ("PROJ_DATA", "PROJ_LIB", "GDAL_DATA")


class Cluster:
    """
    A PostgreSQL cluster in a folder: made at its first start, found again at the next.

    >>> cluster = Cluster(Path(".postgres-test"), settings=THROWAWAY)  # doctest: +SKIP
    >>> cluster.start()                                                # doctest: +SKIP
    >>> os.environ["DATABASE_URL"] = cluster.url()                     # doctest: +SKIP
    """

    def __init__(
        self, folder: Path, *, settings: Mapping[str, str] | None = None, way: Way | None = None
    ) -> None:
        self.folder = Path(os.path.abspath(folder))
        self.settings = {**SETTINGS, **(settings or {})}
        self.way = way or privileges.choose()
        self.home = self._home()
        self.data = self.home / "data"
        self.log = self.home / "log"
        self.socket = self._socket_folder()

    def _home(self) -> Path:
        """Return the folder itself, or a place in the open when the account may not enter it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if (self.folder / "elsewhere").is_symlink():
            return (self.folder / "elsewhere").readlink()
        if self.way.account is None:
            return self.folder
        self.folder.chmod(0o711)
        if self.way.can_enter(self.folder):
            return self.folder
        return privileges.OPEN_PLACE / _short_name(self.folder)

    def _socket_folder(self) -> Path:
        near = self.home / "socket"
        # A comma or a space would part the path in two for the server or for its clients.
        is_plain = re.fullmatch(r"[\w./-]+", str(near), re.ASCII)
        if is_plain and len(str(near)) <= LONGEST_SOCKET_FOLDER:
            return near
        return Path("/tmp") / f"maillage-{os.geteuid()}-{_short_name(self.home)}"  # noqa: S108  made 0700, checked

    def url(self, database: str = DATABASE) -> str:
        return f"postgis://{ROLE}@{quote(str(self.socket), safe='')}/{database}"

    def identity(self) -> str:
        """Return what tells this database from one made anew in its place."""
        # Numbers of databases begin anew in a new cluster; the cluster's own never does.
        database = "pg_database WHERE datname = current_database()"
        return self.query(f"SELECT system_identifier, oid FROM pg_control_system(), {database}").strip()  # noqa: S608

    def incarnation(self) -> str:
        """Return what tells the running server from one started before or later."""
        pid = self._postmaster()
        return f"{pid} {processes.start_time(pid)}" if pid else ""

    def is_running(self) -> bool:
        found = find_binaries()
        return bool(found) and self._answers(found[0])

    def start(self) -> str:
        """
        Bring the cluster up, whatever state it was left in; return what had to be done.

        Raises StepFailed. Two that start it at once wait for each other.
        """
        with self._lock():
            binaries = self._binaries()
            outcome = "already running"
            if not self._answers(binaries):
                outcome = self._bring_up(binaries)
            return "created" if self._prepare(binaries) else outcome

    def stop(self) -> bool:
        """Stop the cluster; return whether it was running."""
        with self._lock():
            found = find_binaries()
            if not found or self._postmaster() is None:
                return False
            self._as_server(
                [
                    found[0]["pg_ctl"],
                    "stop",
                    "-D",
                    self.data,
                    "-m",
                    "fast",
                    "-w",
                    "-t",
                    str(PATIENCE_SECONDS),
                ],
                way_out=f"Its log: {self.log}",
            )
            return True

    @contextlib.contextmanager
    def used(self) -> Iterator["Cluster"]:
        """Start the cluster; stop it afterwards, unless someone else uses it still."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "users").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start()
            try:
                yield self
            finally:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def query(self, sql: str, *, database: str = DATABASE) -> str:
        """Return what psql prints for a statement, as the superuser."""
        return self._psql(self._binaries(), sql, database)

    # -- making -----------------------------------------------------------------------------------------

    def _bring_up(self, binaries: Binaries) -> str:
        if self._is_coming_up(binaries):
            return "already running"
        if not self.data.exists():
            self._create(binaries)
        self.way.own(self.home)
        was_killed = self._clear_remains()
        self._make_socket_folder()
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "cluster_name": self._name,
            **self.settings,
        }
        # pg_ctl hands -o to a shell.
        words = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        self._launch(binaries, words)
        return "recovered after a crash" if was_killed else "started"

    def _launch(self, binaries: Binaries, options: str) -> None:
        try:
            self._as_server(
                [
                    *(binaries["pg_ctl"], "start", "-D", self.data, "-l", self.log),
                    *("-w", "-t", str(PATIENCE_SECONDS), "-o", options),
                ],
                way_out=f"Its log says why: {self.log}",
            )
        except StepFailed:
            # A start that was cut short a moment ago may have gone on by itself and come first.
            if not processes.wait_until(lambda: self._answers(binaries), seconds=2):
                raise

    def _is_coming_up(self, binaries: Binaries) -> bool:
        """Wait for a server that does not answer yet, or no longer; return whether it does in the end."""
        processes.wait_until(
            lambda: self._postmaster() is None or self._answers(binaries), seconds=PATIENCE_SECONDS
        )
        return self._answers(binaries)

    def _create(self, binaries: Binaries) -> None:
        """Make the data beside its place and move it there whole: cut short, it never looks finished."""
        self.home.mkdir(parents=True, exist_ok=True)
        if self.home != self.folder:
            self.home.parent.chmod(0o711)
            _point(self.folder / "elsewhere", self.home)
        for left_over in self.home.glob("data.new-*"):
            shutil.rmtree(left_over, ignore_errors=True)
        # A name of its own: an initdb whose parent was killed may still be at work on the last one.
        half_made = self.home / f"data.new-{os.getpid()}"
        self.way.own(self.home)
        self._as_server(
            [
                binaries["initdb"],
                "-D",
                half_made,
                "-U",
                SUPERUSER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            way_out="Is there room on the disk, and may this user write here?",
        )
        half_made.rename(self.data)

    def _prepare(self, binaries: Binaries) -> bool:
        """Make role, database and extensions where they are missing; return whether any was."""
        stamp, key = self.folder / "prepared", f"{self.data.stat().st_ino} {DATABASE} {EXTENSIONS} {READER}"
        has_database = self._has(binaries, f"pg_database WHERE datname = '{DATABASE}'")
        if has_database and stamps.is_current(stamp, key):
            return False
        # A setup that was killed may have left a statement at work in the server.
        others = f"pg_stat_activity WHERE application_name = '{SETUP}' AND pid <> pg_backend_pid()"
        self._has(binaries, f"(SELECT pg_terminate_backend(pid, 5000) FROM {others}) AS ended")  # noqa: S608  ours
        if not self._has(binaries, f"pg_roles WHERE rolname = '{ROLE}'"):
            self._psql(binaries, f"CREATE ROLE {ROLE} LOGIN CREATEDB", "postgres")
        if not self._has(binaries, f"pg_roles WHERE rolname = '{READER}'"):
            self._psql(binaries, f"CREATE ROLE {READER} NOLOGIN", "postgres")
        self._psql(binaries, f"GRANT {READER} TO {ROLE}", "postgres")
        self._extend(binaries, "template1")
        if has_database:
            self._extend(binaries, DATABASE)
        else:
            self._psql(binaries, f"CREATE DATABASE {DATABASE} OWNER {ROLE}", "postgres")
        stamps.record(stamp, key)
        return True

    def _has(self, binaries: Binaries, what: str) -> bool:
        return bool(self._psql(binaries, f"SELECT 1 FROM {what}", "postgres").strip())  # noqa: S608  ours

    def _extend(self, binaries: Binaries, database: str) -> None:
        for extension in EXTENSIONS:
            self._psql(binaries, f"CREATE EXTENSION IF NOT EXISTS {extension}", database)

    def _binaries(self) -> Binaries:
        """Return the newest binaries, or those of the version that made the data."""
        found = find_binaries()
        if not found:
            raise StepFailed("PostgreSQL with PostGIS is not on this machine", way_out=WAYS_OUT)
        with contextlib.suppress(FileNotFoundError):
            made_by = int((self.data / "PG_VERSION").read_text())
            for binaries in found:
                if binaries.version == made_by:
                    return binaries
            raise StepFailed(
                f"The data in {self.data} needs PostgreSQL {made_by}, which is no longer on this machine",
                way_out=f"Install postgresql-{made_by}-postgis-3; or remove {self.folder} to load anew.",
            )
        return found[0]

    # -- what a killed server leaves --------------------------------------------------------------------

    @property
    def _name(self) -> str:
        """Return the name that its processes show; the inode tells a copied folder from its original."""
        return f"maillage-{_short_name(self.data)}-{self.data.stat().st_ino:x}"

    def _postmaster(self) -> int | None:
        """Return the number of the running server, None when there is none."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return pid if f" -D {self.data} " in processes.command_line(pid) else None

    def _clear_remains(self) -> bool:
        """Clear away what a killed server left; return whether there was anything."""
        pid_file = self.data / "postmaster.pid"
        if self._postmaster() is not None or not pid_file.exists():
            return False
        # Its children hold the shared memory until they notice; the busy ones notice late.
        prefix = f"postgres: {self._name}: "
        if not processes.wait_until(lambda: not processes.with_command_line(prefix), seconds=2):
            for pid in processes.with_command_line(prefix):
                began = processes.start_time(pid)
                if began:
                    processes.end(pid, began, patience_seconds=5)
        # Its number may be another program's by now, and then the server would wait for that one to end.
        pid_file.unlink(missing_ok=True)
        for remains in self.socket.glob(".s.PGSQL.*"):
            remains.unlink(missing_ok=True)
        return True

    # -- talking to it ----------------------------------------------------------------------------------

    def _make_socket_folder(self) -> None:
        self.socket.mkdir(mode=0o700, exist_ok=True)
        found = self.socket.lstat()
        if self.socket.is_symlink() or (os.geteuid() != 0 and found.st_uid != os.geteuid()):
            raise StepFailed(
                f"{self.socket} is not ours",
                way_out=f"Remove {self.socket}, or move the project to a shorter path.",
            )
        self.socket.chmod(0o700)
        self.way.own(self.socket)

    def _answers(self, binaries: Binaries) -> bool:
        command = [binaries["pg_isready"], "-q", "-h", self.socket, "-t", "5"]
        return self.socket.is_dir() and subprocess.run(command, check=False).returncode == 0

    def _psql(self, binaries: Binaries, sql: str, database: str) -> str:
        command = [
            binaries["psql"],
            "-X",
            "-A",
            "-t",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            self.socket,
            "-U",
            SUPERUSER,
        ]
        return call(
            [*command, "-d", database, "-c", sql],
            environment={
                "PGCLIENTENCODING": "UTF8",
                "PGOPTIONS": "-c client_min_messages=warning",
                "PGAPPNAME": SETUP,
            },
            way_out=f"Its log: {self.log}",
            log=LOGS / "postgres.log",
        )

    def _as_server(self, command: list[str | Path], *, way_out: str) -> None:
        # The server keeps what pg_ctl was given for output: a file, so that nobody waits for it to be closed.
        with tempfile.TemporaryFile() as output:
            environment = {name: value for name, value in os.environ.items() if name not in NOT_FOR_POSTGRES}
            words = [*self.way.prefix, *(str(word) for word in command)]
            done = subprocess.run(
                words,
                cwd="/",
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for us, not for the server
                check=False,
            )
            output.seek(0)
            said = output.read().decode(errors="replace").strip()
        if done.returncode != 0:
            raise StepFailed(f"{' '.join(words)} ended with {done.returncode}:\n{said}", way_out=way_out)

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _short_name(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def _point(link: Path, target: Path) -> None:
    link.unlink(missing_ok=True)
    link.symlink_to(target)
