"""
A web process of gunicorn in which no thread waits for a client to take its answer.

gunicorn's threads write answers and wait for slow clients: four slow downloads hold four threads. Here a
thread writes to a `Line` and is free; what the client has not taken at once is sent by the loop that also
accepts connections, as the socket takes more. It closes connections without waiting, too: gunicorn's loop
waits up to two seconds for each client to do so first.
"""

import contextlib
import resource
import socket
import struct
import time
from functools import partial
from selectors import EVENT_READ, EVENT_WRITE

import structlog
from django.conf import settings
from gunicorn.errors import ConfigError
from gunicorn.workers.gthread import ThreadWorker

from apps.config.lines import Line, Memory
from apps.exports.sending import TAKES_NO_MORE

log = structlog.get_logger("maillage.sending")

LINGER_SECONDS = 2
THREAD_PATIENCE_SECONDS = 15
"""How long a thread waits for a client that is silent in the middle of its request. Ours: lines do falter."""
LOOK_SECONDS = 1
OPEN_FILES = 4096
"""A download holds a socket and a file; many systems allow 1024 in all unless asked for more."""
RESET = struct.pack("ii", 1, 0)
"""For SO_LINGER: whatever the kernel still holds for the client is thrown away with the connection."""


class Delivery:
    """An answer under way: its connection, and what its thread left for when the client has all of it."""

    def __init__(self, conn, done):
        self.conn = conn
        self.line = conn.sock
        self.done = done
        self._taken = None
        self._since = time.monotonic()

    def has_stalled(self, now, *, patience_seconds):
        taken = self.line.taken()
        if taken != self._taken:
            self._taken, self._since = taken, now
        return now - self._since > patience_seconds


class WebWorker(ThreadWorker):
    """gunicorn's worker with threads; an answer that is taken slowly holds none of them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._under_way = {}  # by connection: Delivery
        self._leaving = {}  # by connection: when to stop waiting for its client to close it
        self._next_look = 0

    @classmethod
    def check_config(cls, cfg, log):
        super().check_config(cfg, log)
        if cfg.is_ssl:
            raise ConfigError("this worker speaks plain HTTP: let a proxy before it hold the certificate")

    def init_process(self):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(OPEN_FILES, most), most))
        super().init_process()

    def load_wsgi(self):
        super().load_wsgi()
        self._memory = Memory(settings.SENDING_MEMORY_BYTES)
        self.wsgi = partial(self._answer, self.wsgi)

    def _answer(self, application, environ, start_response):
        environ[TAKES_NO_MORE] = len(self._under_way) >= settings.SENDING_AT_ONCE
        return application(environ, start_response)

    def handle_request(self, req, conn):
        """Answer a request, in a thread. What the client has not taken is left in the line, for the loop."""
        conn.path = req.path
        try:
            return super().handle_request(req, conn)
        except BaseException:
            conn.sock.let_go()
            raise

    # --- From here on, all is done by the loop -------------------------------------------------------

    def enqueue_req(self, conn):
        if not isinstance(conn.sock, Line):
            conn.sock = Line(conn.sock, self._memory, patience_seconds=THREAD_PATIENCE_SECONDS)
        super().enqueue_req(conn)

    def finish_request(self, conn, fs):
        if conn.sock.left_bytes:
            self._begin(Delivery(conn, fs))
        elif is_over(fs):
            self._take_leave(conn)
        else:
            super().finish_request(conn, fs)

    def wait_for_and_dispatch_events(self, timeout):
        super().wait_for_and_dispatch_events(timeout)
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + LOOK_SECONDS
            self._cut_the_stalled(now)
            self._close_the_leaving(now)

    def run(self):
        super().run()
        for delivery in self._under_way.values():
            tell_cut(delivery, "the server stops")

    def _begin(self, delivery):
        self._under_way[delivery.conn] = delivery
        self.poller.register(delivery.line, EVENT_WRITE, partial(self._send_some, delivery))
        try:
            delivery.line.hurry_no_more()
        except OSError as error:  # it is gone already
            self._cut(delivery, error.strerror)

    def _send_some(self, delivery, _sock):
        try:
            delivery.line.send_some()
        except BlockingIOError:
            return
        except OSError as error:
            self._cut(delivery, error.strerror or str(error))
            return
        if not delivery.line.left_bytes:
            self._end(delivery)
            self.finish_request(delivery.conn, delivery.done)

    def _end(self, delivery):
        self.poller.unregister(delivery.line)
        del self._under_way[delivery.conn]
        delivery.line.let_go()

    def _cut(self, delivery, reason):
        tell_cut(delivery, reason)
        self._end(delivery)
        with contextlib.suppress(OSError):  # it is gone already
            delivery.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self._close(delivery.conn)

    def _cut_the_stalled(self, now):
        for delivery in list(self._under_way.values()):
            if delivery.has_stalled(now, patience_seconds=settings.SENDING_PATIENCE_SECONDS):
                self._cut(delivery, "the client took nothing")

    def _take_leave(self, conn):
        """Say that nothing more comes, and let the client close: closed by us, it might lose the end."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:  # it is gone already
            self._close(conn)
            return
        self._leaving[conn] = time.monotonic() + LINGER_SECONDS
        self.poller.register(conn.sock, EVENT_READ, partial(self._read_off, conn))

    def _read_off(self, conn, sock):
        try:
            is_open = bool(sock.recv(65_536))
        except BlockingIOError:
            return
        except OSError:
            is_open = False
        if not is_open:
            self._leave(conn)

    def _close_the_leaving(self, now):
        for conn, until in list(self._leaving.items()):
            if now >= until:
                self._leave(conn)

    def _leave(self, conn):
        del self._leaving[conn]
        self.poller.unregister(conn.sock)
        self._close(conn)

    def _close(self, conn):
        self.nr_conns -= 1
        conn.close()


def is_over(future):
    """Return whether a thread answered and wants the connection closed."""
    return not future.cancelled() and future.exception() is None and not future.result()


def tell_cut(delivery, reason):
    line, path = delivery.line, delivery.conn.path
    log.info("cut short", path=path, sent=line.sent, left=line.left_bytes, reason=reason)
