"""Answers on their way, by a real server with one process of two threads: slow clients, cuts, signals."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.running_site import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60
THREADS = 2
MOST_AT_ONCE = 40
CONTENT = bytes((7 * at + at // 251) % 256 for at in range(250_000)) * 40
"""10 MB, more than the kernel holds for a client that takes nothing."""


class Server:
    """The small site, served by one process."""

    def __init__(self, folder):
        self.port = free_port()
        self.folder = folder
        self.log = folder / "gunicorn.log"
        self.master = None

    @contextlib.contextmanager
    def ask(self, address, **headers):
        """Yield the answer, of which nothing but its head is read; then hang up."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        connection.sock = socket.socket()
        with contextlib.closing(connection):
            # What the client does not read is not to lie on its own computer either.
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
            connection.sock.settimeout(PATIENCE_SECONDS)
            connection.sock.connect(("127.0.0.1", self.port))
            connection.request("GET", address, headers={k.replace("_", "-"): v for k, v in headers.items()})
            with connection.getresponse() as answer:
                yield answer

    def body(self, address, **headers):
        with self.ask(address, **headers) as answer:
            return answer.read()

    def status(self, address):
        with self.ask(address) as answer:
            return answer.status

    def process(self):
        with self.ask("/page") as answer:
            return int(answer.getheader("Process"))

    def open_files(self):
        return len(os.listdir(f"/proc/{self.process()}/fd"))

    def cuts(self):
        lines = [line for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [told for told in map(json.loads, lines) if told["event"] == "cut short"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sent")
    (folder / "whole").write_bytes(CONTENT)
    made = Server(folder)
    environment = {
        **os.environ,
        "MAILLAGE_EXPORTS": str(folder),
        "MAILLAGE_WEB_WORKERS": "1",
        "MAILLAGE_WEB_THREADS": str(THREADS),
        "MAILLAGE_SENDING_AT_ONCE": str(MOST_AT_ONCE),
        "LOG_LEVEL": "INFO",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:apps.config.gunicorn"]
    command += ["tests.config.small_site", "-b", f"127.0.0.1:{made.port}"]
    with made.log.open("w") as log:
        made.master = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        until(lambda: accepts(made))
        yield made
    finally:
        made.master.terminate()
        made.master.wait(PATIENCE_SECONDS)


def accepts(server):
    assert server.master.poll() is None, server.log.read_text()
    with contextlib.suppress(ConnectionError):
        return bool(server.process())
    return False


def until(is_so):
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def resumed(server, taken, name="whole"):
    """Return what was taken with the rest, asked as a browser asks it."""
    with server.ask(f"/file/{name}", Range=f"bytes={len(taken)}-", If_Range=f'"{name}"') as answer:
        assert answer.status == 206
        return taken + answer.read()


@settings(max_examples=8)
@given(cuts=st.lists(st.integers(1, len(CONTENT) // 3), min_size=1, max_size=3))
def test_a_download_cut_at_any_byte_is_resumed_to_the_same_file(server, cuts):
    taken = b""
    for length in cuts:
        headers = {"Range": f"bytes={len(taken)}-", "If_Range": '"whole"'} if taken else {}
        with server.ask("/file/whole", **headers) as answer:
            taken += answer.read(length)
    assert sha256(resumed(server, taken)).digest() == sha256(CONTENT).digest()


def test_of_another_file_the_whole_is_sent_not_a_part(server):
    with server.ask("/file/whole", Range="bytes=9-", If_Range='"older"') as answer:
        assert (answer.status, answer.read()) == (200, CONTENT)


def test_large_answers_that_are_no_files_arrive_whole(server):
    assert server.body("/large") == CONTENT
    assert server.body("/streamed") == CONTENT


def test_a_connection_serves_one_answer_after_another(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
    for address, body in (("/file/whole", CONTENT), ("/large", CONTENT), ("/page", b"page")):
        connection.request("GET", address)
        own = connection.sock
        assert connection.getresponse().read() == body
        assert connection.sock is own
    connection.close()


def test_thirty_clients_who_read_a_kilobyte_at_a_time_hold_no_thread(server):
    addresses = 24 * ["/file/whole"] + 3 * ["/large"] + 3 * ["/streamed"]
    with contextlib.ExitStack() as held:
        slow = [held.enter_context(server.ask(address)) for address in addresses]
        for _round in range(3):
            for answer in slow:
                assert len(answer.read(1000)) == 1000
            assert [server.body("/page") for _ in range(2 * THREADS)] == 2 * THREADS * [b"page"]


def test_past_the_most_at_once_files_are_refused_and_pages_are_not(server):
    with contextlib.ExitStack() as held:
        for _ in range(MOST_AT_ONCE):
            held.enter_context(server.ask("/file/whole"))
        until(lambda: server.status("/file/whole") == 503)
        assert server.body("/page") == b"page"
    until(lambda: server.status("/file/whole") == 200)


def test_clients_who_go_away_leave_nothing_open(server):
    at_first = server.open_files()
    for address in 10 * ["/file/whole", "/large"]:
        with server.ask(address) as answer:
            answer.read(1000)
    until(lambda: server.open_files() <= at_first)
    assert server.cuts()[-1]["path"] in {"/file/whole", "/large"}


def test_a_file_that_is_removed_meanwhile_is_sent_whole(server):
    (server.folder / "passing").write_bytes(CONTENT)
    with server.ask("/file/passing") as answer:
        taken = answer.read(1000)
        (server.folder / "passing").unlink()
        assert taken + answer.read() == CONTENT


def test_when_a_process_is_killed_the_client_sees_a_cut_and_resumes_at_the_next(server):
    with server.ask("/file/whole") as answer:
        killed = int(answer.getheader("Process"))
        taken = answer.read(100_000)
        os.kill(killed, signal.SIGKILL)
        with contextlib.suppress(ConnectionError, http.client.IncompleteRead):
            while more := answer.read(65_536):
                taken += more
    assert len(taken) < len(CONTENT)
    assert resumed(server, taken) == CONTENT
    assert server.process() != killed


def test_a_server_that_begins_anew_finishes_what_is_under_way(server):
    with server.ask("/file/whole") as answer:
        first = int(answer.getheader("Process"))
        taken = answer.read(1000)
        server.master.send_signal(signal.SIGHUP)
        until(lambda: server.process() != first)
        assert taken + answer.read() == CONTENT
