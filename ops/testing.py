"""What tests, checks and measurements need, and how they are run."""

import contextlib
import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from ops import browser, frontend, printing, python_env, qgis
from ops.binaries import ensure_binaries
from ops.installation import MANAGE, make_files
from ops.only_one import only_one_at_a_time
from ops.places import SETUP_LOG, TEST_CLUSTER, VENV, VENV_PYTHON
from ops.postgres import THROWAWAY, Cluster
from ops.steps import show_and_call, step

QGIS_PYTHON = "MAILLAGE_QGIS_PYTHON"
"""The variable in which tests are told of a Python that has PyQGIS; without it they are skipped."""

TOOLS = VENV / "bin"
CHECKS = {
    "ruff check": [TOOLS / "ruff", "check", "."],
    "ruff format": [TOOLS / "ruff", "format", "--check", "."],
    "imports run down only": [TOOLS / "lint-imports"],
    "types": [TOOLS / "mypy", "geo", "layers"],
    "missing migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "docs, links and lock files": [VENV_PYTHON, "-m", "pytest", "-q", "tests/docs"],
}


def test(*, arguments: str) -> int:
    with test_database() as environment:
        with only_one_at_a_time():
            set_up_tests()
            browser.ensure()
            printing.ensure()
            make_files(environment)
        # A worker that has driven a browser keeps Playwright's event loop running, at which Django takes
        # offence in the tests of the database that come later.
        environment = {**environment, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
        # Tests start hundreds of processes: what the first compiles, the others read, whatever the machine's
        # own habit.
        environment["PYTHONDONTWRITEBYTECODE"] = ""
        # Three on two processors: a worker waits half its time for the database or the browser.
        words = ["-n", "3", "--dist", "worksteal", *shlex.split(arguments)]
        return show_and_call([VENV_PYTHON, "-m", "pytest", *words], environment=environment)


def test_qgis(*, arguments: str) -> int:
    """Run the tests that QGIS itself takes part in."""
    with test_database() as environment:
        with only_one_at_a_time():
            set_up_tests()
            environment = {**environment, QGIS_PYTHON: str(qgis.ensure())}
            make_files(environment)
        words = ["tests/qgis", *shlex.split(arguments)]
        return show_and_call([VENV_PYTHON, "-m", "pytest", *words], environment=environment)


def check() -> int:
    with test_database() as environment:
        with only_one_at_a_time():
            set_up_tests()
        failed = [title for title, command in CHECKS.items() if not is_clean(title, command, environment)]
    print(f"\n{'Failed: ' + ', '.join(failed) if failed else 'All checks passed.'}")
    return 1 if failed else 0


def bench(*, arguments: str) -> int:
    with test_database() as environment:
        with only_one_at_a_time():
            set_up_tests()
            python_env.ensure(python_env.BENCH_LOCK, title="What is measured against")
            make_files(environment)
        return show_and_call(
            [VENV_PYTHON, "-m", "tests.bench", *shlex.split(arguments)], environment=environment
        )


@contextlib.contextmanager
def test_database() -> Iterator[dict[str, str]]:
    """Lend the address of a database for tests, stopped afterwards unless other tests still use it."""
    with contextlib.ExitStack() as at_the_end:
        with step("Test database") as line:
            if given := os.environ.get("DATABASE_URL"):
                line.outcome = "the one in DATABASE_URL"
                url = given
            else:
                ensure_binaries(line)
                url = at_the_end.enter_context(Cluster(TEST_CLUSTER, settings=THROWAWAY).used()).url()
                line.outcome = "running"
        yield {"DATABASE_URL": url}


def set_up_tests() -> None:
    SETUP_LOG.unlink(missing_ok=True)
    python_env.ensure(python_env.TEST_LOCK)
    frontend.ensure()


def is_clean(title: str, command: list[str | Path], environment: dict[str, str]) -> bool:
    print(f"\n== {title}", flush=True)
    return show_and_call(command, environment=environment) == 0
