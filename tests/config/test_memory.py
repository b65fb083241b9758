"""What the web processes of a running site hold in memory, and what they share."""

import os
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.running_site import megabytes_of, processes_of

MOST_MEGABYTES = 500
PROCESSES = 2
PAGES = (
    "/",
    "/ciblage/",
    "/evenements/",
    "/couverture/",
    "/projets/",
    "/donnees/",
    "/donnees/cercles/",
    "/cercles/ML0505/",
    "/api/layers/cercles.geojson?detail=full",
    "/api/layers/settlements.geojson?limit=20000",
    "/api/layers/events.csv",
    "/api/indicators/cercles/",
    "/api/schema/",
    "/ogc/collections/cercles/items?f=json&limit=100",
    "/tiles/cercles/5/15/14.mvt",
)


def asked(site, address):
    with urllib.request.urlopen(site.url + address, timeout=60) as answer:
        return len(answer.read())


def test_two_processes_that_served_a_mix_of_pages_hold_less_than_half_a_gigabyte(site):
    # Twice, and several at once: each process then has a connection and buffers for each of its threads.
    with ThreadPoolExecutor(8) as readers:
        assert all(readers.map(lambda address: asked(site, address), 2 * PAGES))
    held = {process: megabytes_of(process) for process in processes_of(site.process)}
    assert len(held) == 1 + PROCESSES
    assert sum(held.values()) < MOST_MEGABYTES, held


def test_the_process_that_is_copied_has_neither_a_thread_nor_a_connection_to_share(site):
    open_files = [os.readlink(each) for each in Path(f"/proc/{site.process}/fd").iterdir()]
    assert os.listdir(f"/proc/{site.process}/task") == [str(site.process)]
    assert sum(name.startswith("socket:") for name in open_files) == 1  # the one that listens
