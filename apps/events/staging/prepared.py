"""Pieces of a file made ready for the database, where it pays in a process of its own. No Django in here."""

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from apps.events.staging.lines import copy_lines
from layers.readers.events import EventStream
from layers.readers.events.record import Lost
from layers.readers.problems import Problem

WORTH_A_PROCESS = 10_000_000
"""Bytes of a file that take longer to read than another process to start. Measured: about a second."""
READ_ALONE = f"from {__name__} import answer; answer()"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Some rows of a file: the lines of a COPY, the first and last day in them, and what did not get in."""

    number: int
    lines: bytes
    days: tuple[str, str] | None
    problems: Sequence[Problem] = ()
    lost: Sequence[Lost] = ()
    left_out: Counter[str] = field(default_factory=Counter)
    bytes_read: int = 0


def prepared(events, places, first_number, **about):
    """Return these events (`EventColumns`) prepared, their lines numbered from `first_number`."""
    longitudes = list(map(float, events.texts["longitude"]))
    latitudes = list(map(float, events.texts["latitude"]))
    lines = copy_lines(events, places.of(longitudes, latitudes), first_number=first_number)
    days = events.texts["occurred_on"]
    return Prepared(len(events.rows), lines, (min(days), max(days)) if days else None, **about)


def is_large(stream):
    """Return whether a file pays for what is made ready for very many rows."""
    return stream.size >= WORTH_A_PROCESS


@contextmanager
def pieces_of(stream, places):
    """
    Lend what yields the pieces of a stream of events, prepared.

    A large file is read in another process while the database takes the piece before: two threads would
    wait for each other more than they work. The process ends with the block, whatever ends it.
    """
    if not is_large(stream):
        yield _prepared_pieces(stream, places)
        return
    process = subprocess.Popen(  # noqa: S603  ourselves
        [sys.executable, "-c", READ_ALONE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        pickle.dump((stream.asked, places), process.stdin)
        process.stdin.close()
        yield _received(process.stdout)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _prepared_pieces(stream, places):
    first_number = 0
    for piece in stream.pieces():
        yield prepared(
            piece.events,
            places,
            first_number,
            problems=piece.problems,
            lost=piece.lost,
            left_out=piece.left_out,
            bytes_read=piece.bytes_read,
        )
        first_number += len(piece.events.rows)


def _received(answers):
    while True:
        try:
            piece = pickle.load(answers)  # noqa: S301  of the process that was started here
        except EOFError:
            raise ChildProcessError("the process that reads the file was ended") from None
        if piece is None:
            return
        if isinstance(piece, Exception):
            raise piece
        yield piece


def answer():
    """Answer who started this process with pieces and None at their end, or with what it must raise."""
    # Ctrl-C is for who started this process, and ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Thousands of rows are held at once, none of them in a circle: they need no looking through so often.
    gc.set_threshold(200_000, 20, 20)
    answers = sys.stdout.buffer
    # Nobody may be there any more to take them.
    with suppress(BrokenPipeError):
        try:
            asked, places = pickle.load(sys.stdin.buffer)  # noqa: S301  of the process that started this one
            for piece in _prepared_pieces(EventStream(**asked), places):
                pickle.dump(piece, answers)
            pickle.dump(None, answers)
        except Exception as error:
            pickle.dump(error, answers)
        answers.flush()
