"""One `make` at a time in a folder."""

import contextlib
import fcntl
from collections.abc import Iterator

from ops.places import LOGS, STATE


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Keep a second `make` of this folder waiting for the first."""
    STATE.mkdir(mode=0o700, exist_ok=True)
    LOGS.mkdir(exist_ok=True)
    with (STATE / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("waiting for another `make` in this folder to finish", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
