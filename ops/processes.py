"""Processes of ours, found again by number and start time: a number alone may be someone else's by now."""

import contextlib
import os
import signal
import time
from pathlib import Path

PROC = Path("/proc")


def start_time(pid: int) -> str | None:
    """Return when a process began, as the kernel counts it; None when it is gone or waits to be reaped."""
    try:
        # The name in parentheses may hold spaces: what counts comes after the last one.
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    state, began = fields[0], fields[19]
    return None if state in "ZX" else began


def is_same(pid: int, began: str) -> bool:
    return start_time(pid) == began


def command_line(pid: int) -> str:
    try:
        return (
            (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        )
    except OSError:
        return ""


def with_command_line(beginning: str) -> list[int]:
    """Return the processes whose command line begins so."""
    numbers = [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]
    return [pid for pid in numbers if command_line(pid).startswith(beginning)]


def end(pid: int, began: str, *, patience_seconds: float) -> None:
    """Ask a process to end; make it, and those it started, when it does not."""
    _signal(pid, signal.SIGTERM)
    if not wait_until(lambda: not is_same(pid, began), seconds=patience_seconds):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        wait_until(lambda: not is_same(pid, began), seconds=5)


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def wait_until(is_so, *, seconds: float, pause_seconds: float = 0.05) -> bool:
    """Ask again and again; return whether it came true in time."""
    end_of_patience = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end_of_patience:
            return False
        time.sleep(pause_seconds)
    return True
