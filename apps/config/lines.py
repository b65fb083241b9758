"""
Answers that their clients take slowly: what is left of one waits here, and no thread with it.

An answer is a row of parts, each bytes in memory or a stretch of an open file. `Line` collects them while the
application writes; who has the line then sends some whenever the socket takes more.
"""

import contextlib
import errno
import fcntl
import os
import socket
import struct
import termios
from collections import deque
from threading import Lock

STEP_BYTES = 262_144
"""Sent of one answer before it is the turn of another."""
LEAST_UNSENT_BYTES = 131_072
"""When the kernel holds fewer for a client, it asks for more: else slow clients tie up megabytes there."""


class Memory:
    """How many bytes of answers may wait in one process."""

    def __init__(self, most_bytes):
        self.left_bytes = most_bytes
        self._lock = Lock()

    def lend(self, length):
        """Return whether so many bytes may wait; they are then counted until given back."""
        with self._lock:
            may_wait = length <= self.left_bytes
            self.left_bytes -= length if may_wait else 0
        return may_wait

    def give_back(self, length):
        with self._lock:
            self.left_bytes += length


class Held:
    """Bytes that lie in memory."""

    def __init__(self, data, memory, lent_bytes):
        self._data = data
        self._memory = memory
        self._lent_bytes = lent_bytes

    @property
    def left_bytes(self):
        return len(self._data)

    def send(self, sock):
        sent = sock.send(self._data[:STEP_BYTES])
        self._data = self._data[sent:]
        return sent

    def close(self):
        self._memory.give_back(self._lent_bytes)


class Stretch:
    """Bytes of a file, sent by the kernel. The descriptor is its own: it outlives the file's name."""

    def __init__(self, descriptor, first, length):
        self._descriptor = os.dup(descriptor)
        self._next = first
        self.left_bytes = length

    def send(self, sock):
        sent = os.sendfile(sock.fileno(), self._descriptor, self._next, min(self.left_bytes, STEP_BYTES))
        if not sent:
            raise OSError("the file became shorter while it was sent")
        self._next += sent
        self.left_bytes -= sent
        return sent

    def close(self):
        os.close(self._descriptor)


class Line:
    """
    Stands for the socket of a connection, and waits neither long nor, where it can, at all.

    What the client does not take of an answer at once stays in it. Only where memory for that ran out does
    writing wait for the client, as it does with a socket. A client who keeps a thread waiting so, or in the
    middle of a request, and sends or takes nothing for `patience_seconds`, counts as having hung up.
    """

    def __init__(self, sock, memory, *, patience_seconds):
        self._sock = sock
        self._memory = memory
        self._parts = deque()
        self.sent = 0
        limit = struct.pack("ll", int(patience_seconds), int(patience_seconds % 1 * 1_000_000))
        for way in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            sock.setsockopt(socket.SOL_SOCKET, way, limit)

    def __getattr__(self, name):
        return getattr(self._sock, name)

    @property
    def left_bytes(self):
        """How many bytes the client has still to take."""
        return sum(part.left_bytes for part in self._parts)

    def recv(self, *arguments):
        with _gone_after_its_time(self._sock):
            return self._sock.recv(*arguments)

    def sendall(self, data):
        rest = memoryview(data)
        rest = rest if self._parts else self._not_taken(rest)
        if not rest:
            return
        # The whole of it stays in memory, however little is left.
        if self._memory.lend(len(data)):
            self._parts.append(Held(rest, self._memory, len(data)))
            return
        with _gone_after_its_time(self._sock):
            while self._parts:
                self.send_some()
            self._sock.sendall(rest)

    def sendfile(self, file, offset=0, count=None):
        if count is None:
            count = os.fstat(file.fileno()).st_size - offset
        self._parts.append(Stretch(file.fileno(), offset, count))
        return count

    def _not_taken(self, data):
        with contextlib.suppress(BlockingIOError):
            return data[self._sock.send(data[:STEP_BYTES], socket.MSG_DONTWAIT) :]
        return data

    def send_some(self):
        """Send a step of what is left; BlockingIOError when a socket that does not block takes none."""
        part = self._parts[0]
        self.sent += part.send(self._sock)
        if not part.left_bytes:
            self._parts.popleft().close()

    def taken(self):
        """Return a number that grows when the client takes bytes, whatever the kernel still holds for it."""
        asked = fcntl.ioctl(self._sock, termios.TIOCOUTQ, struct.pack("i", 0))
        return self.sent - struct.unpack("i", asked)[0]

    def hurry_no_more(self):
        """Make ready for a slow client: nothing waits for it here, and the kernel holds little for it."""
        self._sock.setblocking(False)
        if self._sock.family in (socket.AF_INET, socket.AF_INET6):
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, LEAST_UNSENT_BYTES)

    def let_go(self):
        """Forget what is left."""
        while self._parts:
            self._parts.popleft().close()


@contextlib.contextmanager
def _gone_after_its_time(sock):
    """A socket that blocks says "not now" only when the time it was given is over."""
    try:
        yield
    except BlockingIOError as error:
        if not sock.getblocking():
            raise
        raise ConnectionResetError(errno.ECONNRESET, "the client neither sent nor took anything") from error
