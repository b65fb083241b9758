"""Where nothing can be installed, one clear error names the ways out."""

import pytest

from ops import binaries, packages, python_env
from ops.steps import Line, StepFailed


@pytest.fixture
def bare_machine(monkeypatch):
    """A machine without apt, sudo, uv or pg_config."""
    monkeypatch.setenv("PATH", "")


def test_without_postgis_and_without_apt_the_three_ways_out_are_named(bare_machine, monkeypatch):
    monkeypatch.setattr(binaries, "find_binaries", list)
    with pytest.raises(StepFailed) as failure:
        binaries.ensure_binaries(Line("Database"))
    for way_out in ("DATABASE_URL=", "postgresql-NN-postgis-3", "sudo"):
        assert way_out in str(failure.value)


def test_installing_without_apt_names_the_packages(bare_machine):
    with pytest.raises(StepFailed, match=r"chromium cannot be installed here"):
        packages.install(["chromium"], line=Line("Browser"), way_out="Install it.")


def test_locking_without_uv_says_how_to_get_it(bare_machine):
    with pytest.raises(StepFailed, match="pip install uv"):
        python_env.lock_all()
