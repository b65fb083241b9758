"""The web server and the worker: background processes with a pid file and a log each."""

import http.client
import json
import os
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ops import processes
from ops.places import LOGS, ROOT, STATE
from ops.steps import StepFailed

HOST = "127.0.0.1"
PATIENCE_SECONDS = 15  # to end what is under way, when asked to stop
START_SECONDS = 60
# A log longer than this is put aside at the next start; one older log is kept.
LONGEST_LOG_BYTES = 10_000_000
LOG_LINES_SHOWN = 20


@dataclass(frozen=True)
class Service:
    """A program that runs on after we are gone, restarted when its `key` is another than then."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str]
    key: str

    @property
    def pid_file(self) -> Path:
        return STATE / f"{self.name}.pid"

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"

    def ensure(self) -> str:
        """Return what was done: nothing when it runs with the same key."""
        running = running_since(self.pid_file)
        if running and running["key"] == self.key:
            return "already running"
        if running:
            stop(self.pid_file)
        self.start()
        return "restarted" if running else "started"

    def start(self) -> None:
        LOGS.mkdir(parents=True, exist_ok=True)
        put_aside(self.log)
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [str(word) for word in self.command],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is not meant for it
            )
        write_pid_file(self.pid_file, process.pid, key=self.key)
        # It outlives us: nobody is to wait for it, nor to be warned that nobody did.
        process.returncode = 0

    def is_running(self) -> bool:
        return running_since(self.pid_file) is not None

    def end_of_log(self) -> str:
        lines = (
            self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []
        )
        return "\n".join("    " + text for text in lines[-LOG_LINES_SHOWN:])


def write_pid_file(pid_file: Path, pid: int, *, key: str) -> None:
    fresh = pid_file.with_suffix(".new")
    fresh.write_text(
        json.dumps({"pid": pid, "began": processes.start_time(pid) or "", "key": key}), encoding="utf-8"
    )
    fresh.replace(pid_file)


def running_since(pid_file: Path) -> dict | None:
    """Return what the pid file says of a process that still runs, else None."""
    try:
        told = json.loads(pid_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if processes.is_same(told["pid"], told["began"]) else None


def stop(pid_file: Path) -> bool:
    """Stop the process of a pid file; return whether it was running."""
    running = running_since(pid_file)
    if running:
        processes.end(running["pid"], running["began"], patience_seconds=PATIENCE_SECONDS)
    pid_file.unlink(missing_ok=True)
    return running is not None


def put_aside(log: Path) -> None:
    if log.exists() and log.stat().st_size > LONGEST_LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))


def require_free_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            raise StepFailed(
                f"Port {port} on {HOST} cannot be used: {error.strerror}",
                way_out=f"Stop the program that has it, or choose another: make run PORT={port + 1}",
            ) from error


def health(port: int) -> tuple[int, str] | None:
    """Return the status and text of /health/, None when nobody answers. No proxy is asked."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health/", headers={"Accept": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read(2000).decode(errors="replace").strip()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def wait_until_healthy(services: Sequence[Service], port: int) -> None:
    """Wait for /health/ to say that all is well. Raises StepFailed at once when a process ends."""
    last: list[tuple[int, str] | None] = [None]

    def is_settled() -> bool:
        last[0] = health(port)
        is_well = last[0] is not None and last[0][0] == 200
        return is_well or not all(service.is_running() for service in services)

    processes.wait_until(is_settled, seconds=START_SECONDS, pause_seconds=0.1)
    for service in services:
        if not service.is_running():
            raise StepFailed(
                f"The {service.name} process ended:\n{service.end_of_log()}",
                way_out=f"Its log: {service.log}",
            )
    if last[0] is None:
        raise StepFailed(
            f"Nobody answers on port {port} after {START_SECONDS} s", way_out=f"The logs: {LOGS}"
        )
    if last[0][0] != 200:
        raise StepFailed(f"/health/ answers {last[0][0]}: {last[0][1]}", way_out=f"The logs: {LOGS}")
