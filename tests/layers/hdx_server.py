"""A server on this machine that plays HDX, faults included."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


def body(content: bytes, *, announced: int | None = None, status: int = 200, **headers: str) -> Answer:
    """Answer with these bytes; `announced` is the length told, when it is not theirs."""

    def answer(request):
        request.send_response(status)
        request.send_header("Content-Length", str(len(content) if announced is None else announced))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(content)

    return answer


def redirect(url: str) -> Answer:
    """Send the client elsewhere."""
    return body(b"", status=302, Location=url)


def of_unknown_length(content: bytes) -> Answer:
    """Answer without telling how much will come."""

    def answer(request):
        request.send_response(200)
        request.end_headers()
        request.wfile.write(content)

    return answer


def silence(request) -> None:
    """Say nothing until the server stops."""
    request.server.stopping.wait(timeout=30)


def hang_up(request) -> None:
    """Close the line without a word."""


class HdxServer:
    """HDX on a port of this machine. The answers of a path come in turn, the last one again and again."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.stopping = threading.Event()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        # The interval is how long stopping takes.
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def serve(self, path, *answers):
        """Answer requests for `path` with these, and return its address."""
        self.answers[path] = list(answers)
        return f"{self.url}{path}"

    def offer(self, dataset, *resources, **result):
        """Answer package_show for a dataset with these resources: (name, format, address) each."""
        listed = [
            {"name": name, "format": kind, "url": url, "last_modified": f"2024-01-0{number}T00:00:00"}
            for number, (name, kind, url) in enumerate(resources, start=1)
        ]
        told = {
            "license_title": "CC BY-IGO",
            "license_url": "https://creativecommons.org/licenses/by/3.0/igo/",
            "organization": {"title": "OCHA Mali"},
            "dataset_source": "DNCT",
            "resources": listed,
        }
        answer = {"success": True, "result": told | result}
        self.serve(f"/api/3/action/package_show?id={dataset}", body(json.dumps(answer).encode()))

    def next_answer(self, path):
        """Return what to do with a request, and remember that it came."""
        self.asked.append(path)
        answers = self.answers.get(path, [body(b"not found", status=404)])
        return answers.pop(0) if len(answers) > 1 else answers[0]


def _handler_of(hdx):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            hdx.next_answer(self.path)(self)

        def log_message(self, *_):
            pass

    return Handler
