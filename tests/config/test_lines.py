"""What a client takes slowly: kept, counted, given up. Two ends of a pipe stand for server and client."""

import contextlib
import os
import socket

import pytest

from apps.config.lines import Line, Memory
from apps.config.web_worker import Delivery

MEGABYTE = bytes(range(250)) * 4_000
"""More than the pipe holds."""


class Connection:
    def __init__(self, line):
        self.sock = line


@pytest.fixture
def ends():
    server, client = socket.socketpair()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 20_000)
    with server, client:
        yield server, client


def line_of(server, *, most_bytes=3_000_000, patience_seconds=60):
    memory = Memory(most_bytes)
    return Line(server, memory, patience_seconds=patience_seconds), memory


def taken_by(client, line):
    """Return all that the line still holds for the client, and what the pipe did."""
    line.hurry_no_more()
    client.setblocking(False)
    taken = bytearray()
    while True:
        if line.left_bytes:
            with contextlib.suppress(BlockingIOError):
                line.send_some()
        try:
            taken += client.recv(100_000)
        except BlockingIOError:
            if not line.left_bytes:
                return bytes(taken)


def test_what_is_taken_at_once_leaves_nothing(ends):
    line, memory = line_of(ends[0])
    line.sendall(b"page")
    assert (line.left_bytes, memory.left_bytes) == (0, 3_000_000)
    assert ends[1].recv(100) == b"page"


def test_the_rest_arrives_in_order_and_its_memory_is_given_back(ends):
    line, memory = line_of(ends[0])
    line.sendall(MEGABYTE)
    line.sendall(b"and after")
    assert 900_000 < line.left_bytes < 1_000_009
    assert memory.left_bytes == 3_000_000 - 1_000_009
    assert taken_by(ends[1], line) == MEGABYTE + b"and after"
    assert memory.left_bytes == 3_000_000


def test_a_stretch_of_a_file_arrives_though_the_file_is_closed_and_gone(ends, tmp_path):
    line, _ = line_of(ends[0])
    path = tmp_path / "file"
    path.write_bytes(MEGABYTE)
    with path.open("rb") as file:
        line.sendfile(file, offset=10, count=600_000)
    path.unlink()
    assert line.left_bytes == 600_000
    assert taken_by(ends[1], line) == MEGABYTE[10:600_010]


def test_a_file_that_became_shorter_is_a_cut_not_a_wait(ends, tmp_path):
    line, _ = line_of(ends[0])
    with (tmp_path / "file").open("w+b") as file:
        line.sendfile(file, offset=0, count=5)
    with pytest.raises(OSError, match="became shorter"):
        line.send_some()
    line.let_go()


def test_what_is_forgotten_holds_neither_memory_nor_files(ends, tmp_path):
    open_at_first = len(os.listdir("/proc/self/fd"))
    line, memory = line_of(ends[0])
    line.sendall(MEGABYTE)
    with (tmp_path / "file").open("w+b") as file:
        line.sendfile(file, count=5)
    line.let_go()
    assert (line.left_bytes, memory.left_bytes) == (0, 3_000_000)
    assert len(os.listdir("/proc/self/fd")) == open_at_first


def test_past_the_memory_writing_waits_and_gives_a_client_up_who_takes_nothing(ends):
    line, memory = line_of(ends[0], most_bytes=10, patience_seconds=0.05)
    with pytest.raises(ConnectionResetError, match="neither sent nor took"):
        line.sendall(MEGABYTE)
    assert memory.left_bytes == 10


def test_a_client_who_stops_in_the_middle_of_a_request_is_given_up(ends):
    line, _ = line_of(ends[0], patience_seconds=0.05)
    ends[1].send(b"GET /donn")
    assert line.recv(100) == b"GET /donn"
    with pytest.raises(ConnectionResetError, match="neither sent nor took"):
        line.recv(100)


def test_a_client_has_stalled_when_it_took_nothing_for_as_long_as_is_allowed(ends):
    line, _ = line_of(ends[0])
    line.sendall(MEGABYTE)
    delivery = Delivery(Connection(line), done=None)
    stalled = [delivery.has_stalled(at, patience_seconds=60) for at in (100, 160)]
    assert ends[1].recv(1_000_000)
    stalled += [delivery.has_stalled(at, patience_seconds=60) for at in (161, 221, 222)]
    line.let_go()
    assert stalled == [False, False, False, False, True]
