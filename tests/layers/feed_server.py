"""
A server on this machine that plays ACLED, UCDP and HDX HAPI with the columns recorded in `layers/feeds`.

Faults included. Rows here are made up for the tests: no publisher ever told them.
"""

import json
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD = "gardien@exemple.org", "mot-de-passe-secret"
UCDP_TOKEN = "jeton-ucdp-secret"
HAPI_IDENTIFIER = "aWRlbnRpZmlhbnQtc2VjcmV0"


def acled_row(number, **about):
    """Return an event as ACLED's API tells it: texts and numbers mixed, as they come."""
    return {
        "event_id_cnty": f"MLI{number}",
        "event_date": "2026-09-05",
        "year": "2026",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Acteur A",
        "assoc_actor_1": "",
        "inter1": "State forces",
        "actor2": "Acteur B",
        "assoc_actor_2": None,
        "inter2": "Rebel group",
        "interaction": "State forces-Rebel group",
        "civilian_targeting": "",
        "iso": "466",
        "region": "Western Africa",
        "country": "Mali",
        "admin1": "Ouest",
        "admin2": "Alpha",
        "admin3": "Alpha Sud",
        "location": "Lieu",
        "latitude": "13.2000",
        "longitude": "-4.5000",
        "geo_precision": "1",
        "source": "Essai",
        "source_scale": "National",
        "notes": "",
        "fatalities": 2,
        "tags": "",
        "timestamp": 1_790_000_000 + number,
    } | about


def ucdp_row(number, **about):
    """Return an event as UCDP's API tells it."""
    return {
        "id": number,
        "relid": f"MLI-2026-1-{number}",
        "year": 2026,
        "active_year": True,
        "code_status": "Clear",
        "type_of_violence": 1,
        "conflict_new_id": 11345,
        "conflict_name": "Mali: essai",
        "dyad_new_id": 1,
        "dyad_name": "A - B",
        "side_a": "Acteur A",
        "side_b": "Acteur B",
        "number_of_sources": 1,
        "where_prec": 1,
        "where_coordinates": "Lieu",
        "where_description": "Lieu",
        "adm_1": "Ouest",
        "adm_2": "Alpha",
        "latitude": 13.2,
        "longitude": -4.5,
        "geom_wkt": "POINT (-4.5 13.2)",
        "priogrid_gid": 1,
        "country": "Mali",
        "country_id": 432,
        "region": "Africa",
        "event_clarity": 1,
        "date_prec": 1,
        "date_start": "2026-09-05T00:00:00",
        "date_end": "2026-09-05T00:00:00",
        "deaths_a": 0,
        "deaths_b": 3,
        "deaths_civilians": 0,
        "deaths_unknown": 0,
        "best": 3,
        "high": 5,
        "low": 3,
        "gwnoa": "432",
        "gwnob": None,
    } | about


def hapi_row(code, name, category, month, events, fatalities=0, region="Ouest"):
    """Return a monthly count as HAPI tells it; `month` as "2026-09"."""
    return {
        "location_ref": 1,
        "location_code": "MLI",
        "location_name": "Mali",
        "admin1_code": code[:4],
        "admin1_name": region,
        "admin2_code": code,
        "admin2_name": name,
        "provider_admin1_name": region,
        "provider_admin2_name": name,
        "admin_level": 2,
        "resource_hdx_id": "00000000-0000-0000-0000-000000000000",
        "event_type": category,
        "events": events,
        "fatalities": fatalities,
        "reference_period_start": f"{month}-01T00:00:00",
        "reference_period_end": f"{month}-28T23:59:59",
    }


class Fault:
    """What the next questions of a path meet instead of their answer; each is met once."""

    def __init__(self, path, play):
        self.path, self.play = path, play


def status(code, **headers):
    """Answer this status without a body."""

    def play(request):
        request.send_response(code)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return play


def cut(request):
    """Announce more than comes, and hang up."""
    request.send_response(200)
    request.send_header("Content-Length", "5000")
    request.end_headers()
    request.wfile.write(b'{"data": [')
    request.close_connection = True


def text(content):
    """Answer 200 with these bytes."""

    def play(request):
        request.answer(content)

    return play


def silent(request):
    """Say nothing for longer than a test waits."""
    request.server.stopping.wait(timeout=30)


def drip(request):
    """Send a byte now and then, for ever."""
    request.send_response(200)
    request.end_headers()
    while not request.server.stopping.wait(timeout=0.05):
        try:
            request.wfile.write(b" ")
            request.wfile.flush()
        except OSError:
            return


class FeedServer:
    """The three publishers on one port of this machine."""

    def __init__(self):
        self.acled, self.deleted, self.hapi = [], [], []
        self.ucdp = {}
        """Release -> its rows; a release that is not here answers 404."""
        self.faults = deque()
        self.asked = []
        """(path, parameters) of every question, in turn."""
        self.tokens_given = 0
        self.expired = set()
        self.repeats_pages = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.stopping = threading.Event()
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def meets(self, path, *plays):
        """Let the next questions of `path` meet these faults, one each."""
        self.faults.extend(Fault(path, play) for play in plays)

    def fault_of(self, path):
        for fault in self.faults:
            if fault.path in path:
                self.faults.remove(fault)
                return fault.play
        return None

    def questions(self, path):
        return [asked for at, asked in self.asked if path in at]


def _handler_of(feeds):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            length = int(self.headers["Content-Length"])
            form = parse_qs(self.rfile.read(length).decode())
            self.meet(urlsplit(self.path).path, {name: values[0] for name, values in form.items()})

        def do_GET(self):
            parts = urlsplit(self.path)
            self.meet(parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()})

        def meet(self, path, asked):
            feeds.asked.append((path, asked))
            fault = feeds.fault_of(path)
            if fault:
                fault(self)
            elif path == "/oauth/token":
                self.token(asked)
            elif path.startswith("/api/gedevents/"):
                self.ucdp(path.rpartition("/")[2], asked)
            elif path == "/api/v2/coordination-context/conflict-events":
                self.hapi(asked)
            else:
                self.acled(path, asked)

        def token(self, asked):
            if (asked.get("username"), asked.get("password")) != (USER, PASSWORD):
                return status(401)(self)
            feeds.tokens_given += 1
            return self.json({"token_type": "Bearer", "expires_in": 86400, "access_token": self.the_token()})

        def the_token(self):
            return f"jeton-acled-secret-{feeds.tokens_given}"

        def acled(self, path, asked):
            token = self.headers.get("Authorization", "")
            if token != f"Bearer {self.the_token()}" or feeds.tokens_given in feeds.expired:
                return status(401)(self)
            rows, since = {
                "/api/acled/read": (feeds.acled, "timestamp"),
                "/api/deleted/read": (feeds.deleted, "deleted_timestamp"),
            }[path]
            kept = [row for row in rows if int(row[since]) >= int(asked[since])]
            first = 0 if feeds.repeats_pages else (int(asked["page"]) - 1) * int(asked["limit"])
            page = kept[first : first + int(asked["limit"])]
            return self.json({"status": 200, "success": True, "count": len(page), "data": page})

        def ucdp(self, version, asked):
            if self.headers.get("x-ucdp-access-token") != UCDP_TOKEN:
                return status(401)(self)
            if version not in feeds.ucdp:
                return status(404)(self)
            rows, size = feeds.ucdp[version], int(asked["pagesize"])
            page = 0 if feeds.repeats_pages else int(asked.get("page", 0))
            pages = -(-len(rows) // size)
            more = int(asked.get("page", 0)) + 1 < pages
            following = (
                f"{feeds.url}/api/gedevents/{version}?pagesize={size}&page={int(asked.get('page', 0)) + 1}"
            )
            return self.json(
                {
                    "TotalCount": len(rows),
                    "TotalPages": pages,
                    "PreviousPageUrl": "",
                    "NextPageUrl": following if more else "",
                    "Result": rows[page * size : (page + 1) * size],
                }
            )

        def hapi(self, asked):
            if asked.get("app_identifier") != HAPI_IDENTIFIER:
                return status(403)(self)
            kept = [row for row in feeds.hapi if row["reference_period_start"] >= asked["start_date"]]
            first = 0 if feeds.repeats_pages else int(asked["offset"])
            return self.json({"data": kept[first : first + int(asked["limit"])]})

        def json(self, value):
            self.answer(json.dumps(value).encode())

        def answer(self, content):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    return Handler
