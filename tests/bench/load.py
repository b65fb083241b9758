"""Fifty partners at once, while ten take their file on a slow line: by our server, by plain workers."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections import Counter
from pathlib import Path

from tests.bench.say import told
from tests.bench.where import database_url
from tests.running_site import gunicorn, megabytes_of, processes_of

PARTNERS = 50
COME_A_SECOND = 10
SECONDS = 25
SLOW = 10
SLOW_BYTES_A_SECOND = 1000
A_MEGABYTE = 1_000_000
LAYERS = (
    "/telecharger/events.geojson",
    "/telecharger/cercles.geojson?detail=full",
    "/telecharger/settlements.geojson?region=ML05",
    "/telecharger/institutions.geojson",
)
"""Layers that somebody who is not signed in may take; the one nearest to a megabyte is."""
SERVERS = {
    "ours": {},
    "two plain workers": {"words": ("apps.config.wsgi", "-w", "2")},
}


def load_of_fifty_partners(geodata):
    for name, words in SERVERS.items():
        with tempfile.TemporaryDirectory() as folder, server(Path(folder), words) as (url, process):
            address, length = nearest_to_a_megabyte(url)
            with slow_clients(url, address):
                answers = [*partners(url, address), ("download, by the server's log", *logged(Path(folder)))]
            memory = sum(map(megabytes_of, processes_of(process)))
        print(f"{name}: {PARTNERS} partners for {SECONDS} s, {SLOW} more read {SLOW_BYTES_A_SECOND} bytes/s")
        for kind, times, failed in answers:
            many = f"{len(times)} asked, {failed} failed"
            told(f"  {kind}: {many}", f"p50 {share(times, 0.5)} ms, p95 {share(times, 0.95)} ms")
        told(f"  memory of all processes (PSS); a download is {length} bytes", f"{memory:.0f} MB")


@contextlib.contextmanager
def server(folder, words):
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "MAILLAGE_EXPORTS": str(folder / "exports"),
        "THROTTLE_ANONYMOUS": "100000/min",
        "THROTTLE_TILES": "100000/min",
        "THROTTLE_EXPORTS": "100000/hour",
        "MAILLAGE_QUOTA_ADDRESS": "0",
        "LOG_LEVEL": "INFO",
    }
    with gunicorn(environment, folder, **words) as running:
        yield running


def nearest_to_a_megabyte(url):
    """Return the address of a file of about a megabyte, and its length; it is made by this."""
    lengths = {}
    for address in LAYERS:
        with urllib.request.urlopen(url + address, timeout=60) as answer:
            if answer.status == 200:
                lengths[address] = len(answer.read())
    return min(lengths.items(), key=lambda each: abs(each[1] - A_MEGABYTE))


@contextlib.contextmanager
def slow_clients(url, address):
    """Keep clients that read a little each second."""
    end = threading.Event()
    with contextlib.ExitStack() as held:
        clients = [held.enter_context(slow_client(url, address)) for _ in range(SLOW)]

        def read():
            while not end.wait(1):
                for client in clients:
                    with contextlib.suppress(OSError):
                        client.recv(SLOW_BYTES_A_SECOND)

        reader = threading.Thread(target=read)
        reader.start()
        try:
            yield
        finally:
            end.set()
            reader.join()


def slow_client(url, address):
    host, port = url.removeprefix("http://").split(":")
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(0.01)
    client.connect((host, int(port)))
    client.sendall(f"GET {address} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return client


def partners(url, address):
    """Return of each kind of answer what locust saw: its times in milliseconds, and how many failed."""
    command = [sys.executable, "-m", "locust", "-f", str(Path(__file__).with_name("partners.py"))]
    command += ["--headless", "-u", str(PARTNERS), "-r", str(COME_A_SECOND), "-t", f"{SECONDS}s", "-H", url]
    done = subprocess.run(
        [*command, "--json", "--skip-log", "--exit-code-on-error", "0"],
        env={**os.environ, "MAILLAGE_BENCH_DOWNLOAD": address},
        capture_output=True,
        text=True,
        check=True,
    )
    return [(each["name"], times_of(each), each["num_failures"]) for each in json.loads(done.stdout)]


def times_of(told_by_locust):
    counted = Counter({float(time): many for time, many in told_by_locust["response_times"].items()})
    return sorted(counted.elements())


def logged(folder):
    """Return how long the server says that it took over each download, until its bytes could go."""
    lines = (folder / "gunicorn.log").read_text().splitlines()
    requests = [json.loads(line) for line in lines if line.startswith('{"method"')]
    times = [each["milliseconds"] for each in requests if each["path"].startswith("/telecharger/")]
    # Those before were the making of the files and the slow clients.
    return sorted(times[len(LAYERS) + SLOW :]), 0


def share(times, part):
    """Return the time within which this share of the answers was there."""
    return round(times[min(int(part * len(times)), len(times) - 1)]) if times else "-"
