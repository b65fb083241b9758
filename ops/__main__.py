"""`python3 -m ops COMMAND`: see the Makefile, or `make help`."""

import argparse
import sys
from pathlib import Path

from ops import commands, testing
from ops.steps import StepFailed

COMMANDS = {
    "run": commands.run,
    "serve": commands.serve,
    "stop": commands.stop,
    "manage": commands.manage,
    "test": testing.test,
    "test-qgis": testing.test_qgis,
    "check": testing.check,
    "bench": testing.bench,
    "lock": commands.lock,
}


def main() -> int:
    words = parser().parse_args()
    options = {name: value for name, value in vars(words).items() if name != "command"}
    try:
        return COMMANDS[words.command](**options) or 0
    except StepFailed as failure:
        sys.stdout.flush()
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. The same command goes on from here.", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    main_parser = argparse.ArgumentParser(prog="python3 -m ops", description=__doc__)
    names = main_parser.add_subparsers(dest="command", required=True)
    run = names.add_parser("run", help="set up what is missing, load data, serve")
    serve = names.add_parser("serve", help="start database, server and worker")
    for command in (run, serve):
        command.add_argument("--port", type=port, default=8000)
    run.add_argument(
        "--data", type=lambda text: Path(text).expanduser().resolve(), help="a folder of your own files"
    )
    run.add_argument(
        "--download", action="store_true", help="fetch the official boundaries and population first"
    )
    for name in ("stop", "check", "lock"):
        names.add_parser(name)
    for name in ("test", "test-qgis", "bench", "manage"):
        names.add_parser(name).add_argument("--arguments", default="", help="handed on")
    return main_parser


def port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: expected a number from 1 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
