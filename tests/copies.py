"""A database filled once for all workers of a run: theirs, and those of their sites, are copies of it."""

import contextlib
import fcntl
from urllib.parse import urlsplit

import psycopg


@contextlib.contextmanager
def locked(folder):
    """Let one worker at a time into what they share."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Filled:
    """The database that is copied: made by the first worker that needs one, removed after the last."""

    def __init__(self, database_url, folder):
        self.database_url = database_url
        self.name = f"filled_{urlsplit(database_url).path[1:]}"
        self._folder = folder
        self._users = folder / "workers with a copy"
        self._users.mkdir(exist_ok=True)

    @contextlib.contextmanager
    def used(self, worker):
        """Yield whether another worker has made it, while no other worker makes or removes it."""
        with locked(self._folder):
            yield any(self._users.iterdir())
            (self._users / worker).touch()

    def make_from(self, name):
        """Copy the database of this name, in which nobody may be."""
        self.remove()
        administer(self.database_url, f'CREATE DATABASE "{self.name}" TEMPLATE "{name}"')

    def let_go(self, worker):
        """Say that this worker needs no more copies."""
        with locked(self._folder):
            (self._users / worker).unlink()
            if not any(self._users.iterdir()):
                self.remove()

    def remove(self):
        administer(self.database_url, f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


def administer(database_url, statement):
    parts = urlsplit(database_url)
    options = {"dbname": "template1" if parts.netloc.lower().find("%2f") >= 0 else parts.path[1:]}
    address = database_url.replace("postgis://", "postgresql://", 1)
    with psycopg.connect(address, autocommit=True, **options) as connection:
        connection.execute(statement)
