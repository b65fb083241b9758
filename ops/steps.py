"""A step prints one line with its time; when it fails, what went wrong and what to do follow."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ops.places import ROOT, SETUP_LOG

LOG_LINES_SHOWN = 20


class StepFailed(Exception):
    """Says what failed and the way out of it."""

    def __init__(self, problem: str, *, way_out: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.problem}\n{self.way_out}"


class Line:
    """The line of a step under way."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.outcome = "done"
        self._is_open = False

    def open(self) -> None:
        self._is_open = True
        print(f"{self.title:<26}", end="", flush=True)

    def announce(self, text: str) -> None:
        """Say something before the step goes on, on a line of its own."""
        if self._is_open:
            print(text, flush=True)
            self._is_open = False
        else:
            print(f"{'':<26}{text}", flush=True)

    def close(self, seconds: float) -> None:
        start = "" if self._is_open else f"{self.title:<26}"
        print(f"{start}{self.outcome} ({seconds:.1f} s)", flush=True)


@contextmanager
def step(title: str) -> Iterator[Line]:
    started = time.monotonic()
    line = Line(title)
    line.open()
    try:
        yield line
    except BaseException as error:
        line.outcome = "interrupted" if isinstance(error, KeyboardInterrupt) else "FAILED"
        line.close(time.monotonic() - started)
        raise
    line.close(time.monotonic() - started)


def call(
    command: Sequence[str | Path],
    *,
    way_out: str,
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    log: Path = SETUP_LOG,
) -> str:
    """
    Run a command and return what it printed, which also goes to the log.

    Raises StepFailed with the end of its output.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise StepFailed(f"{words[0]} could not be started: {error.strerror}", way_out=way_out) from error
    with log.open("a", encoding="utf-8") as file:
        file.write(f"$ {' '.join(words)}\n{done.stdout}\n")
    if done.returncode != 0:
        raise StepFailed(_account_of(words, done.returncode, done.stdout), way_out=way_out)
    return done.stdout


def _account_of(words: list[str], code: int, output: str) -> str:
    end = "\n".join("    " + text for text in output.strip().splitlines()[-LOG_LINES_SHOWN:])
    return f"{' '.join(words)} ended with {code}:\n{end or '    (it printed nothing)'}"


def show_and_call(command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None) -> int:
    """Run a command whose output is for the reader; return its exit code."""
    sys.stdout.flush()
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env={**os.environ, **(environment or {})}, check=False).returncode
