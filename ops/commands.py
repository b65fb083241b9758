"""What the Makefile's targets do to an installation."""

import shlex
from pathlib import Path

from ops import frontend, installation, printing, python_env, services
from ops.only_one import only_one_at_a_time
from ops.places import CLUSTER, ROOT, SETUP_LOG, STATE
from ops.postgres import Cluster
from ops.steps import StepFailed, call, show_and_call, step


def run(*, port: int, data: Path | None, download: bool) -> None:
    with only_one_at_a_time():
        require_port(port)
        require_folder(data)
        SETUP_LOG.unlink(missing_ok=True)
        python_env.ensure(python_env.RUN_LOCK)
        frontend.ensure()
        printing.ensure()
        database = installation.start_database()
        installation.tell_libraries(database.environment)
        installation.make_files(database.environment)
        installation.fill(database, data=data, download=download)
        installation.start_services(database, port)
    tell_address(port)


def serve(*, port: int) -> None:
    with only_one_at_a_time():
        require_installation()
        require_port(port)
        installation.start_services(installation.start_database(), port)
    tell_address(port)


def manage(*, arguments: str) -> int:
    """Run a management command on the installation's database, for a reader who may answer its questions."""
    with only_one_at_a_time():
        require_installation()
        database = installation.start_database()
    words = [*installation.MANAGE, *shlex.split(arguments)]
    return show_and_call(words, environment=database.environment)


def stop() -> None:
    with only_one_at_a_time():
        for name in ("web", "worker"):
            with step(name.capitalize()) as line:
                line.outcome = "stopped" if services.stop(STATE / f"{name}.pid") else "was not running"
        if CLUSTER.exists():
            with step("Database") as line:
                line.outcome = "stopped" if Cluster(CLUSTER).stop() else "was not running"


def lock() -> None:
    python_env.lock_all()
    with step("package-lock.json"):
        npm = frontend.system_npm()
        if npm is None:
            raise StepFailed(
                "`make lock` needs the system's npm", way_out="Install Node.js 18 or newer with npm."
            )
        call([*npm, "install", "--package-lock-only"], way_out=frontend.WAY_OUT)
        frontend.forget_addresses(ROOT / "package-lock.json")


def require_port(port: int) -> None:
    running = services.running_since(STATE / "web.pid")
    if not (running and running["key"].endswith(f":{port}")):
        services.require_free_port(port)


def require_folder(data: Path | None) -> None:
    if data and not data.is_dir():
        raise StepFailed(f"DATA={data} is not a folder", way_out="docs/data.md says how to lay it out.")


def require_installation() -> None:
    if not installation.is_made():
        raise StepFailed(
            "Nothing is set up here yet", way_out="Run `make run` first: it sets up, then serves."
        )


def tell_address(port: int) -> None:
    print(f"\nhttp://{services.HOST}:{port}/")
