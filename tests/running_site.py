"""A site that runs as in production: gunicorn, hashed and compressed files, its own database."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from ops.installation import GUNICORN, NEVER_SHOWN
from tests.copies import administer, locked

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 120

MAKE_USERS = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
for persona in {personas!r}:
    if persona != "anonymous":
        user = get_user_model().objects.create_user("site-" + persona, password={password!r})
        user.groups.add(Group.objects.get(name=persona))
        user.is_superuser = user.is_staff = persona == "administrator"
        user.save()
"""


@contextlib.contextmanager
def running_site(filled, folder, shared_folder, personas, password):
    """Yield a site with the stand-in and a user for each persona: its address, environment and process."""
    database = f"site_{os.getpid()}"
    database_url = filled.database_url
    environment = {
        **os.environ,
        "DATABASE_URL": f"{database_url.rpartition('/')[0]}/{database}",
        "DJANGO_SETTINGS_MODULE": "apps.config.settings",
        "MAILLAGE_STATIC_ROOT": str(shared_folder / "static"),
        "MAILLAGE_UPLOADS": str(folder / "uploads"),
        "MAILLAGE_EXPORTS": str(folder / "exports"),
        "THROTTLE_ANONYMOUS": "100000/min",
        "THROTTLE_TILES": "100000/min",
        "THROTTLE_EXPORTS": "100000/hour",
        "THROTTLE_SIGNED_IN": "100000/min",
        "THROTTLE_TOKEN": "100000/min",
    }
    make_files(environment, shared_folder)
    administer(database_url, f'CREATE DATABASE {database} TEMPLATE "{filled.name}"')
    try:
        manage(["shell", "-v0", "-c", MAKE_USERS.format(personas=personas, password=password)], environment)
        with gunicorn(environment, folder) as (url, process):
            yield url, environment, process
    finally:
        administer(database_url, f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def make_files(environment, shared_folder):
    """Make what is served as files, once for all workers."""
    made = shared_folder / "files are made"
    with locked(shared_folder):
        if not made.exists():
            ignored = [f"--ignore={folder}" for folder in NEVER_SHOWN]
            manage(["compile_words"], environment)
            manage(["collectstatic", "--no-input", "-v0", *ignored], environment)
            made.touch()


def manage(arguments, environment):
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]} failed:\n{done.stdout}\n{done.stderr}")


@contextlib.contextmanager
def gunicorn(environment, folder, *, words=("-c", GUNICORN)):
    """Yield the address and the process of a server that is started with these words."""
    port = free_port()
    log = (folder / "gunicorn.log").open("w")
    command = [sys.executable, "-m", "gunicorn", *words, "-b", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url, process, folder / "gunicorn.log")
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)
        log.close()


def processes_of(server):
    """Return the process of a server and those that it started."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [server, *map(int, children)]


def megabytes_of(process):
    """Return what a process holds in memory, a page that several share counted to each in part (PSS)."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)[1]) / 1000


@contextlib.contextmanager
def worker(environment, queue):
    """Keep a worker of this queue running."""
    command = [sys.executable, "manage.py", "procrastinate", "worker", "-q", queue]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, process, log):
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}/api/layers/", timeout=10).close()
            return
        time.sleep(0.2)
    raise RuntimeError(f"the site did not start:\n{Path(log).read_text()[-4000:]}")
