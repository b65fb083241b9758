"""What the Makefile's targets do."""

import contextlib
import fcntl
import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from ops import browser, frontend, python_env, services, stamps
from ops.places import (
    CLUSTER,
    LOGS,
    NODE_MODULES,
    ROOT,
    SETUP_LOG,
    STAMPS,
    STATE,
    TEST_CLUSTER,
    VENDOR,
    VENV,
    VENV_PYTHON,
)
from ops.postgres import THROWAWAY, Cluster, ensure_binaries
from ops.services import Service
from ops.steps import StepFailed, call, show_and_call, step

CODE = [
    ROOT / name for name in ("apps", "layers", "geo", "templates", "locale", "manage.py", "requirements.lock")
]
WORLD = NODE_MODULES / "world-atlas" / "countries-50m.json"
MANAGE = (VENV_PYTHON, "manage.py")
# A web process holds one connection; two answer side by side on a small machine.
WEB_WORKERS = 2
# Static files of packages for pages that we do not have; compressing them takes half a minute.
NEVER_SHOWN = ("redoc", "rest_framework")

TOOLS = VENV / "bin"
CHECKS = {
    "ruff check": [TOOLS / "ruff", "check", "."],
    "ruff format": [TOOLS / "ruff", "format", "--check", "."],
    "imports run down only": [TOOLS / "lint-imports"],
    "types": [TOOLS / "mypy", "geo", "layers"],
    "missing migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "docs, links and lock files": [VENV_PYTHON, "-m", "pytest", "-q", "tests/docs"],
}


def run(*, port: int, data: Path | None, download: bool) -> None:
    with only_one_at_a_time():
        require_port(port)
        require_folder(data)
        SETUP_LOG.unlink(missing_ok=True)
        python_env.ensure(python_env.RUN_LOCK)
        frontend.ensure()
        url, database_key = start_database()
        environment = {"DATABASE_URL": url}
        tell_libraries(environment)
        make_files(environment)
        fill_database(environment, database_key, data=data, download=download)
        start_services(environment, port)
    print(f"\nhttp://{services.HOST}:{port}/")


def serve(*, port: int) -> None:
    with only_one_at_a_time():
        if not (STAMPS / "static").exists() or not VENV_PYTHON.exists():
            raise StepFailed(
                "Nothing is set up here yet", way_out="Run `make run` first: it sets up, then serves."
            )
        require_port(port)
        url, _ = start_database()
        start_services({"DATABASE_URL": url}, port)
    print(f"\nhttp://{services.HOST}:{port}/")


def manage_by_hand(*, arguments: str) -> int:
    """Run a management command on the installation's database, for a reader who may answer its questions."""
    if not VENV_PYTHON.exists():
        raise StepFailed("Nothing is set up here yet", way_out="Run `make run` first.")
    with only_one_at_a_time():
        url, _ = start_database()
    return show_and_call([*MANAGE, *shlex.split(arguments)], environment={"DATABASE_URL": url})


def stop() -> None:
    with only_one_at_a_time():
        for name in ("web", "worker"):
            with step(name.capitalize()) as line:
                line.outcome = "stopped" if services.stop(STATE / f"{name}.pid") else "was not running"
        if CLUSTER.exists():
            with step("Database") as line:
                line.outcome = "stopped" if Cluster(CLUSTER).stop() else "was not running"


def test(*, arguments: str) -> int:
    with test_database() as environment:
        with only_one_at_a_time():
            set_up_tests()
            browser.ensure()
            make_files(environment)
        words = ["-n", "2", "--dist", "worksteal", *shlex.split(arguments)]
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
            make_files(environment)
        return show_and_call(
            [VENV_PYTHON, "-m", "tests.bench", *shlex.split(arguments)], environment=environment
        )


def lock() -> None:
    python_env.lock_all()
    with step("package-lock.json"):
        npm = frontend.system_npm()
        if npm is None:
            raise StepFailed(
                "`make lock` needs the system's npm", way_out="Install Node.js 18 or newer with npm."
            )
        call([*npm, "install", "--package-lock-only"], way_out=frontend.WAY_OUT)


# -- parts ------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Keep a second `make` of this folder waiting for the first."""
    STATE.mkdir(mode=0o700, exist_ok=True)
    LOGS.mkdir(exist_ok=True)
    with (STATE / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("waiting for another `make` in this folder to finish", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def require_port(port: int) -> None:
    running = services.running_since(STATE / "web.pid")
    if not (running and running["key"].endswith(f":{port}")):
        services.require_free_port(port)


def require_folder(data: Path | None) -> None:
    if data and not data.is_dir():
        raise StepFailed(f"DATA={data} is not a folder", way_out="docs/data.md says how to lay it out.")


def start_database() -> tuple[str, str]:
    """Return the address of the database, and a key that tells it from another; "" when unknown."""
    with step("Database") as line:
        if given := os.environ.get("DATABASE_URL"):
            line.outcome = "the one in DATABASE_URL"
            return given, ""
        ensure_binaries(line)
        cluster = Cluster(CLUSTER)
        line.outcome = cluster.start()
        return cluster.url(), cluster.query(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).strip()


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


def tell_libraries(environment: dict[str, str]) -> None:
    with step("Geometry libraries") as line:
        line.outcome = call(
            [VENV_PYTHON, "-m", "apps.config.native"],
            environment=environment,
            way_out="Remove .venv and run again.",
        ).strip()


def make_files(environment: dict[str, str]) -> None:
    """Make what is served as files: the base map, the compiled catalogues, the static files."""
    manage(
        "Base map",
        ["build_basemap", WORLD],
        environment,
        stamp="basemap",
        inputs=[WORLD, *commands_of("build_basemap")],
    )
    manage(
        "Translations",
        ["compile_words"],
        environment,
        stamp="words",
        inputs=[ROOT / "locale", *commands_of("compile_words")],
    )
    manage(
        "Static files",
        [
            "collectstatic",
            "--noinput",
            "--clear",
            "-v",
            "0",
            *(f"--ignore={folder}" for folder in NEVER_SHOWN),
        ],
        environment,
        stamp="static",
        inputs=[
            ROOT / "static",
            VENDOR,
            ROOT / "requirements.lock",
            ROOT / "apps" / "config" / "settings.py",
        ],
    )


def commands_of(name: str) -> list[Path]:
    return list(ROOT.glob(f"apps/*/management/commands/{name}.py"))


def fill_database(
    environment: dict[str, str], database_key: str, *, data: Path | None, download: bool
) -> None:
    """Migrate, load and make the administrator; left out when neither code, data nor database is another."""
    key = stamps.fingerprint([*CODE, ROOT / "data"], database_key, *listing(data))
    stamp = STAMPS / "database"
    if database_key and not download and stamps.is_current(stamp, key):
        with step("Data") as line:
            line.outcome = "unchanged"
        return
    manage("Tables", ["migrate", "--noinput", "-v", "0"], environment)
    options = [*(["--data", data] if data else []), *(["--download"] if download else [])]
    manage("Data", ["load_country", *options], environment, is_told=True)
    manage("Administrator", ["ensure_administrator"], environment, is_told=True)
    stamps.record(stamp, key)


def listing(data: Path | None) -> list[str]:
    """Return names, sizes and times of an operator's files; their contents are hashed by the loaders."""
    if data is None:
        return []
    files = sorted(file for file in data.rglob("*") if file.is_file())
    return [f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files]


def manage(
    title: str,
    words: list[str | Path],
    environment: dict[str, str],
    *,
    stamp: str = "",
    inputs: list[Path] | None = None,
    is_told: bool = False,
) -> None:
    """Run a management command as a step; leave it out when a stamp is named and its inputs are the same."""
    key = stamps.fingerprint(inputs or [])
    with step(title) as line:
        if stamp and stamps.is_current(STAMPS / stamp, key):
            line.outcome = "unchanged"
            return
        said = call(
            [*MANAGE, *words], environment=environment, way_out=f"The whole output: {SETUP_LOG}"
        ).strip()
        if is_told and said:
            line.announce(said.replace("\n", "\n" + " " * 26))
        if stamp:
            stamps.record(STAMPS / stamp, key)


def start_services(environment: dict[str, str], port: int) -> None:
    code = stamps.fingerprint([*CODE, STAMPS / "static"], environment["DATABASE_URL"])
    web = Service(
        "web",
        [
            VENV / "bin" / "gunicorn",
            "apps.config.wsgi",
            "--workers",
            str(WEB_WORKERS),
            "--bind",
            f"{services.HOST}:{port}",
        ],
        environment,
        f"{code}:{port}",
    )
    worker = Service("worker", [*MANAGE, "procrastinate", "worker"], environment, code)
    for service, title in ((worker, "Worker"), (web, "Web server")):
        with step(title) as line:
            line.outcome = service.ensure()
    with step("Health") as line:
        services.wait_until_healthy([web, worker], port)
        line.outcome = "well"


def is_clean(title: str, command: list[str | Path], environment: dict[str, str]) -> bool:
    print(f"\n== {title}", flush=True)
    return show_and_call(command, environment=environment) == 0
