"""The parts of an installation, in the order they are made: files that are served, rows, running programs."""

import os
from dataclasses import dataclass
from pathlib import Path

from ops import services, stamps
from ops.binaries import ensure_binaries
from ops.places import CLUSTER, NODE_MODULES, ROOT, SETUP_LOG, STAMPS, VENDOR, VENV, VENV_PYTHON
from ops.postgres import Cluster
from ops.services import Service
from ops.steps import call, step

# What decides which rows are in the database, and what a running server has read.
WHAT_FILLS = [ROOT / name for name in ("apps", "layers", "geo", "data", "requirements.lock")]
WHAT_RUNS = [ROOT / name for name in ("apps", "layers", "geo", "templates", "locale", "requirements.lock")]
WORLD = NODE_MODULES / "world-atlas" / "countries-50m.json"
MANAGE = (VENV_PYTHON, "manage.py")
GUNICORN = "python:apps.config.gunicorn"
# Static files of packages for pages that we do not have; compressing them takes half a minute.
NEVER_SHOWN = ("redoc", "rest_framework")


@dataclass(frozen=True)
class Database:
    url: str
    # Of the data: another when they were made anew. Unknown for a database that is not ours.
    identity: str = ""
    # Of the server: another when it was restarted.
    incarnation: str = ""

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url}


def start_database() -> Database:
    with step("Database") as line:
        if given := os.environ.get("DATABASE_URL"):
            line.outcome = "the one in DATABASE_URL"
            return Database(given)
        ensure_binaries(line)
        cluster = Cluster(CLUSTER)
        line.outcome = cluster.start()
        return Database(cluster.url(), cluster.identity(), cluster.incarnation())


def tell_libraries(environment: dict[str, str]) -> None:
    with step("Geometry libraries") as line:
        line.outcome = call(
            [VENV_PYTHON, "-m", "apps.config.native"],
            environment=environment,
            way_out="Remove .venv and run again.",
        ).strip()


def make_files(environment: dict[str, str]) -> None:
    """Make what is served as files: the base map, the compiled catalogues, the static files."""
    manage("Base map", ["build_basemap", WORLD], environment, inputs=[WORLD, *command("build_basemap")])
    catalogues = ROOT.glob("locale/**/*.po")
    manage("Translations", ["compile_words"], environment, inputs=[*catalogues, *command("compile_words")])
    ignored = [f"--ignore={folder}" for folder in NEVER_SHOWN]
    manage(
        "Static files",
        ["collectstatic", "--noinput", "--clear", "-v0", *ignored],
        environment,
        inputs=[ROOT / "static", VENDOR, ROOT / "requirements.lock", *ROOT.glob("apps/config/s*.py")],
    )


def command(name: str) -> list[Path]:
    return list(ROOT.glob(f"apps/*/management/commands/{name}.py"))


def is_made() -> bool:
    return VENV_PYTHON.exists() and stamp_of("Static files").exists()


def stamp_of(title: str) -> Path:
    return STAMPS / title.lower().replace(" ", "-")


def fill(database: Database, *, data: Path | None, download: bool) -> None:
    """Migrate, load and make the administrator; left out when neither code, data nor database is another."""
    key = stamps.fingerprint(WHAT_FILLS, database.identity, *listing(data))
    stamp = stamp_of("Data")
    if database.identity and not download and stamps.is_current(stamp, key):
        with step("Data") as line:
            line.outcome = "unchanged"
        return
    options = [*(["--data", data] if data else []), *(["--download"] if download else [])]
    manage("Tables", ["migrate", "--noinput", "-v0"], database.environment)
    manage("Reader", ["ensure_reader"], database.environment, is_told=True)
    manage("Data", ["load_country", *options], database.environment, is_told=True)
    manage("Example run", ["run_targeting", "--example"], database.environment, is_told=True)
    manage("Back-tests", ["run_backtest", "--examples"], database.environment, is_told=True)
    manage("Study of reach", ["run_reach", "--example"], database.environment, is_told=True)
    manage("Sites", ["run_siting", "--example"], database.environment, is_told=True)
    manage("Administrator", ["ensure_administrator"], database.environment, is_told=True)
    manage("Key of releases", ["ensure_release_key"], database.environment, is_told=True)
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
    inputs: list[Path] | None = None,
    is_told: bool = False,
) -> None:
    """Run a management command as a step, unless it names inputs and they are the same as last time."""
    with step(title) as line:
        key = stamps.fingerprint(inputs or [])
        if inputs and stamps.is_current(stamp_of(title), key):
            line.outcome = "unchanged"
            return
        said = call([*MANAGE, *words], environment=environment, way_out=f"The whole output: {SETUP_LOG}")
        if is_told and said.strip():
            line.announce(said.strip().replace("\n", "\n" + " " * 26))
        if inputs:
            stamps.record(stamp_of(title), key)


def start_services(database: Database, port: int) -> None:
    # The worker ends when the server goes away: with another server, both are started anew.
    started_with = stamps.fingerprint(
        [*WHAT_RUNS, stamp_of("Static files")], database.url, database.incarnation
    )
    gunicorn = [VENV / "bin" / "gunicorn", "-c", GUNICORN, "--bind", f"{services.HOST}:{port}"]
    web = Service("web", gunicorn, database.environment, f"{started_with}:{port}")
    worker = Service("worker", [*MANAGE, "procrastinate", "worker"], database.environment, started_with)
    for service, title in ((worker, "Worker"), (web, "Web server")):
        with step(title) as line:
            line.outcome = service.ensure()
    with step("Health") as line:
        services.wait_until_healthy([web, worker], port)
        line.outcome = "well"
