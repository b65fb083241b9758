"""The lines that /donnees/<layer>/ shows are run as they are shown; QGIS's and R's by the call they make."""

import csv
import html
import io
import re
import shutil
import subprocess
import sys
from urllib.request import urlopen

import pyogrio
import pytest

from apps.catalogue.rows import ROWS

pytestmark = pytest.mark.django_db

SHOWN = ("cercles", "institutions", "event_counts")
"""A layer of areas, one of points and a table."""


@pytest.fixture(scope="module", params=SHOWN)
def shown(request, site):
    """Return the name of a layer and its lines, by their anchor."""
    page = read(f"{site.url}/donnees/{request.param}/").decode()
    lines = re.findall(r'<code id="([^"]+)"[^>]*>(.*?)</code>', page, re.DOTALL)
    return request.param, {name: html.unescape(text) for name, text in lines}


def read(address):
    with urlopen(address) as answer:
        return answer.read()


def count(name):
    return ROWS[name].all().count()


def ran(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_each_line_of_python_runs(shown):
    """In one process, which takes a second to begin: each line imports what it needs."""
    name, lines = shown
    printed = ran(sys.executable, "-c", "\n".join(lines[each] for each in sorted(lines) if "python-" in each))
    by_filter, whole, by_oapif = map(int, printed.split())
    assert whole == count(name)
    assert 0 < by_filter == by_oapif < whole


def test_what_qgis_is_told_to_open_opens(shown):
    name, lines = shown
    address, typename = re.search(r"url='([^']+)' typename='([^']+)'", lines["qgis-console"]).groups()
    assert address == lines["qgis-address"]
    assert pyogrio.read_info(f"OAPIF:{address}", layer=typename)["features"] == count(name)
    if "qgis-tiles" in lines:
        assert read(lines["qgis-style"]).startswith(b"<!DOCTYPE qgis")
        tile = lines["qgis-tiles"].format(z=0, x=0, y=0)
        assert pyogrio.list_layers(f"MVT:{tile}")[0, 0] == name


def test_what_r_is_told_to_read_is_read(shown):
    name, lines = shown
    address, layer = re.search(r'st_read\("([^"]+)", layer = "([^"]+)"\)', lines["r-sf"]).groups()
    assert pyogrio.read_info(address, layer=layer)["features"] == count(name)
    address, query = re.search(r'st_read\(\s*"([^"]+)",\s*query = "([^"]+)"', lines["r-filter"]).groups()
    assert 0 < len(pyogrio.read_dataframe(address, sql=query)) < count(name)


@pytest.mark.skipif(not shutil.which("Rscript"), reason="no R on this machine")
def test_the_lines_of_r_run_in_r(shown):
    _, lines = shown
    if "TRUE" not in ran("Rscript", "-e", 'cat(requireNamespace("sf", quietly = TRUE))'):
        pytest.skip("R has no sf on this machine")
    ran("Rscript", "-e", f"{lines['r-sf']}\n{lines['r-filter']}")


def test_a_spreadsheet_reads_the_csv_as_it_is_told(shown):
    name, lines = shown
    assert lines["excel-address"] in lines["excel-query"]
    assert 'Delimiter = ",", Encoding = 65001' in lines["excel-query"]
    text = read(lines["excel-address"]).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    assert len(rows) == count(name)
    assert {len(row) for row in rows} == {len(header)}
