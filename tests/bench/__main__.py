"""
Measures what is fast here: both sides of each ratio in one run, on the real data where they are.

    make bench            every measurement
    make bench ARGS=load  those whose name holds "load"; the longest are only measured so
"""

import io
import os
import sys
from pathlib import Path

import django
from django.conf import settings

REPEATS = 5


def main(wanted):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  after setup
    from django.test.utils import get_runner, setup_test_environment, teardown_test_environment  # noqa: PLC0415

    from tests.bench import measurements  # noqa: PLC0415

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        geodata = Path(os.environ.get("MAILLAGE_GEODATA", ""))
        real = ["--data", str(geodata)] if os.environ.get("MAILLAGE_GEODATA") and geodata.is_dir() else []
        call_command("load_country", *real, stdout=io.StringIO(), stderr=io.StringIO())
        print("Data: real" if real else "Data: the stand-in; set MAILLAGE_GEODATA for the real ones")
        for measure in (*measurements.ALL, *(measurements.ON_DEMAND if wanted else ())):
            if wanted in measure.__name__:
                measure(geodata if real else None)
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
