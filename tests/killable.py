"""
Work in a process of its own, which a test may kill.

Pytest's own process has threads, and one that has driven a browser has more: a copy of it made by `fork` may
wait for ever for a lock that no thread of the copy will let go. So copies are made of a server that has none.
"""

import contextlib
import multiprocessing

import django
from django.db import connection

PATIENCE_SECONDS = 120

# The server imports this module before it makes the first copy: what comes after need not wait for Django.
django.setup()
_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload([__name__])


@contextlib.contextmanager
def at_work(work, *arguments):
    """
    Do `work(*arguments)` on the database of the test in another process; yield it, and wait for its end.

    The work is a function of a module; its arguments are pickled.
    """
    database = connection.settings_dict["NAME"]
    connection.close()
    process = _server.Process(target=_do, args=(database, work, arguments))
    process.start()
    try:
        yield process
        process.join(PATIENCE_SECONDS)
        assert process.exitcode is not None, f"{work.__name__} did not end within {PATIENCE_SECONDS} s"
    finally:
        process.kill()
        process.join()


def pipe():
    """Return two ends of a pipe that the work can be given."""
    return _server.Pipe(duplex=False)


def _do(database, work, arguments):
    connection.settings_dict["NAME"] = database
    work(*arguments)
