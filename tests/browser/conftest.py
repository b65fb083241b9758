"""
A reader with a browser: a French laptop unless a test says otherwise.

No error may reach the console, no other host be asked.
"""

from urllib.parse import urlsplit

import pytest

from ops import browser

LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def base_url(site):
    """Return the address of the running site: a page opens addresses below it."""
    return site.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    program = browser.find()
    if program is None:
        pytest.skip("no Chromium or Chrome on this machine: install one, or run make test")
    return {**browser_type_launch_args, "executable_path": str(program), "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": LAPTOP, "locale": "fr-FR", "timezone_id": "Africa/Bamako"}


class Reader:
    """A page, what it asked of the network, and what went wrong in it."""

    def __init__(self, page, site):
        self.page = page
        self.site = site
        self.asked = []
        self.faults = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _on_console(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    def open(self, address="/"):
        """Open a page and wait until nothing more is asked of the server."""
        self.page.goto(self.site.url + address)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def open_map(self, address="/"):
        """Open the map and wait until its areas are drawn."""
        self.open(address)
        self.page.wait_for_selector(".leaflet-areas-pane path", state="attached")
        return self.page

    def sign_in(self, persona):
        self.open("/connexion/")
        self.page.fill("input[name=username]", self.site.username(persona))
        self.page.fill("input[name=password]", self.site.password)
        self.page.click("main button")
        self.page.wait_for_load_state("networkidle")

    @property
    def other_hosts(self):
        return {urlsplit(url).netloc for url in self.asked if not url.startswith(("data:", "blob:"))} - {
            urlsplit(self.site.url).netloc
        }


@pytest.fixture
def reader(page, site):
    """A reader on a laptop. At the end, nothing went wrong and no other host was asked."""
    reader = Reader(page, site)
    yield reader
    assert reader.faults == []
    assert reader.other_hosts == set()


@pytest.fixture
def phone(browser, browser_context_args, site):
    """A reader on a phone, who touches."""
    context = browser.new_context(
        **{**browser_context_args, "viewport": PHONE, "has_touch": True, "is_mobile": True}
    )
    reader = Reader(context.new_page(), site)
    yield reader
    context.close()
    assert reader.faults == []
    assert reader.other_hosts == set()
