"""How long minutes over all Mali take, beside xarray-spatial's cost distance over the same friction."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

from tests.bench.say import say, timed, told

ROOT = Path(__file__).resolve().parents[2]

OURS = """
import re, time, django
django.setup()
from apps.infrastructure.models import Institution
from apps.travel.surfaces import Travelling
points = [place.coords for place in Institution.objects.values_list("location", flat=True)]
travelling = Travelling.now()
travelling.ground
start = time.perf_counter()
travelling.surface(points)
seconds = time.perf_counter() - start
with open("/proc/self/status") as status:
    print(seconds, int(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1]) / 1000)
"""


def minutes_over_mali(geodata):
    """A surface from every institution, the first of a process and the next ones, and one site dragged."""
    # A heavy library each, and only here.
    import numpy as np  # noqa: PLC0415
    import xarray  # noqa: PLC0415
    from xrspatial import cost_distance  # noqa: PLC0415

    from apps.infrastructure.models import Institution  # noqa: PLC0415
    from apps.travel.surfaces import Travelling  # noqa: PLC0415
    from geo.grid import MALI  # noqa: PLC0415
    from geo.travel import travel_minutes  # noqa: PLC0415

    points = [place.coords for place in Institution.objects.values_list("location", flat=True)]
    ground_ms, travelling = timed(lambda: with_ground(Travelling.now()), 1)
    friction = travelling.ground.friction
    sources = sorted({(each.row, each.col) for each in travelling.place(points) if each.counts})
    marked = np.zeros(MALI.shape)
    marked[tuple(np.transpose(sources))] = 1
    axes = {"y": -1000.0 * np.arange(MALI.rows), "x": 1000.0 * np.arange(MALI.cols)}
    theirs, over = (
        xarray.DataArray(array, dims=("y", "x"), coords=axes)
        for array in (marked, np.where(np.isfinite(friction), friction, np.nan))
    )

    def by_cost_distance():
        return cost_distance(theirs, over).values

    def by_ours():
        return travel_minutes(friction, sources, cell_metres=MALI.cell_metres)

    first_theirs_ms, minutes = timed(by_cost_distance, 1)
    first_ours_ms, ours = timed(by_ours, 1)
    same = np.allclose(np.nan_to_num(minutes, nan=-1), np.where(np.isinf(ours), -1, ours), rtol=1e-6)
    title = f"minutes over Mali from {len(sources)} cells"
    say(f"{title}, first of a process", first_theirs_ms, first_ours_ms, f"same minutes: {same}")
    next_theirs_ms, _ = timed(by_cost_distance, 5)
    next_ours_ms, _ = timed(by_ours, 5)
    say("  the next ones", next_theirs_ms, next_ours_ms, "theirs is compiled when first called")
    within_ms, _ = timed(lambda: travelling.surface(points, 120), 5)
    told("  within two hours only", f"{within_ms:.0f} ms")
    told("  friction of all cells, made once", f"{ground_ms:.0f} ms")
    dragged_ms, _ = timed(lambda: travelling.minutes_between(points[:1], *np.transpose(points), 600), 5)
    told("  one site dragged, ten hours around it", f"{dragged_ms:.1f} ms")
    seconds, megabytes = in_a_process_of_its_own()
    told("  in a process of its own, Django and all", f"{seconds:.2f} s, {megabytes:.0f} MB at most")


def with_ground(travelling):
    _ = travelling.ground
    return travelling


def in_a_process_of_its_own():
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    environment = {**os.environ, "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}"}
    printed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", OURS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return map(float, printed.split())
