"""The Makefile's targets, as far as they go without setting anything up."""

import socket
import subprocess
import sys

import pytest

from ops.__main__ import parser
from ops.places import ROOT


def make(*words):
    return subprocess.run(["make", *words], cwd=ROOT, capture_output=True, text=True, check=False)


def test_help_names_every_target():
    said = make("help").stdout
    for target in (
        "run",
        "serve",
        "stop",
        "manage",
        "password",
        "test",
        "test-qgis",
        "check",
        "bench",
        "lock",
    ):
        assert f"make {target} " in said


def test_the_targets_hand_on_their_variables():
    said = make("--dry-run", "run", "PORT=8123", "DATA=/data/of mine", "DOWNLOAD=1").stdout
    assert "ops run --port '8123' --data '/data/of mine' --download" in said
    assert "'changepassword awa'" in make("--dry-run", "password", "USER=awa").stdout
    assert "'changepassword admin'" in make("--dry-run", "password").stdout
    assert "--" not in make("--dry-run", "run", "DOWNLOAD=0").stdout.replace("-m ops run", "")


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "80.5"])
def test_what_is_not_a_port_is_refused(port, capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["run", f"--port={port}"])
    assert "is not a port" in capsys.readouterr().err


def test_a_data_folder_that_is_none_is_named_before_anything_is_done():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "ops", "run", "--port", str(port), "--data", "/no/such/folder"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "DATA=/no/such/folder is not a folder" in done.stderr


def test_it_is_written_for_a_bare_python():
    """Nothing of ops/ needs an installed package."""
    # -I -S: without installed packages.
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import ops.__main__; print('imported')"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "imported"
