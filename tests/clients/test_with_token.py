"""Programs that are not ours read closed rows with a token: GDAL, pandas, the lines that are shown."""

import html
import json
import os
import re
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pyogrio
import pytest

from apps.catalogue.rows import ROWS
from tests.running_site import manage

pytestmark = pytest.mark.django_db

MAKE = """
from django.utils import timezone
from apps.accounts.models import User
from apps.accounts.tokens import make_token
owner = User.objects.get(username={username!r})
for scope in ("public", "read"):
    _, secret = make_token(owner, name=scope, scopes=[scope], days=1, now=timezone.now())
    open({folder!r} + "/" + scope, "w").write(secret)
"""


@pytest.fixture(scope="module")
def tokens(site, tmp_path_factory):
    """Return a token of a partner of the site that reads, and one that reads what is public."""
    folder = tmp_path_factory.mktemp("tokens")
    text = MAKE.format(username=site.username("partner"), folder=str(folder))
    manage(["shell", "-v0", "-c", text], site.environment)
    return {scope: (folder / scope).read_text() for scope in ("public", "read")}


@pytest.fixture
def gdal():
    """Return a function that has GDAL show a token as its users do; it shows none afterwards."""
    said = set()

    def show(**options):
        said.update(options)
        pyogrio.set_gdal_config_options(options)

    yield show
    pyogrio.set_gdal_config_options(dict.fromkeys(said))


def read(address, secret=None):
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    with urlopen(Request(address, headers=headers)) as answer:
        return answer.read()


def count():
    return ROWS["events"].all().count()


def test_gdal_reads_closed_rows_with_a_token(oapif, closed_events, tokens, gdal):
    gdal(GDAL_HTTP_AUTH="BEARER", GDAL_HTTP_BEARER=tokens["read"])
    assert len(pyogrio.read_dataframe(oapif, layer="events", columns=[])) == count() > 0
    gdal(GDAL_HTTP_BEARER=tokens["public"])
    with pytest.raises(pyogrio.errors.FeatureError, match="ne lit que ce qui est public"):
        pyogrio.read_dataframe(oapif, layer="events", max_features=1)
    assert pyogrio.read_info(oapif, layer="cercles")["features"] == ROWS["cercles"].all().count()


def test_a_file_of_headers_serves_what_r_runs(oapif, closed_events, tokens, gdal, tmp_path):
    (tmp_path / "header").write_text(f"Authorization: Bearer {tokens['read']}\n")
    gdal(GDAL_HTTP_HEADER_FILE=str(tmp_path / "header"))
    assert len(pyogrio.read_dataframe(oapif, layer="events", max_features=3)) == 3


def test_gdal_reads_a_download_with_a_token(site, closed_events, tokens, gdal):
    gdal(GDAL_HTTP_HEADERS=f"Authorization: Bearer {tokens['read']}")
    address = f"/vsicurl/{site.url}/telecharger/events.geojson?since=2020-01-01&until=2020-01-31"
    some = pyogrio.read_dataframe(address)
    assert 0 < len(some) < count()


def test_tiles_and_refusals(site, closed_events, tokens):
    tile = f"{site.url}/tiles/events/0/0/0.mvt"
    assert read(tile, tokens["read"])
    for secret in (None, tokens["public"], f"{tokens['read']}0"):
        with pytest.raises(HTTPError) as refused:
            read(tile, secret)
        assert refused.value.code == (401 if secret == f"{tokens['read']}0" else 403)
        assert json.loads(refused.value.read())["detail"]


def test_the_lines_shown_for_a_closed_layer_run(site, closed_events, tokens):
    page = read(f"{site.url}/donnees/events/").decode()
    lines = {
        name: html.unescape(text)
        for name, text in re.findall(r'<code id="([^"]+)"[^>]*>(.*?)</code>', page, re.DOTALL)
    }
    assert lines["qgis-header"] == "Bearer VOTRE_JETON"
    assert 'writeLines("Authorization: Bearer VOTRE_JETON", header)' in lines["r-sf"]
    assert 'Authorization = "Bearer VOTRE_JETON"' in lines["excel-query"]
    program = "\n".join(lines[each] for each in ("python-oapif", "python-pandas"))
    done = subprocess.run(
        [sys.executable, "-c", program.replace("VOTRE_JETON", tokens["read"])],
        capture_output=True, text=True, timeout=120, env=os.environ,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(map(int, done.stdout.split())) == [count(), count()]
