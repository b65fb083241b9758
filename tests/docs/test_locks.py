"""The lock files fix names, versions and hashes, and name no registry: any may serve them."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = sorted(ROOT.glob("requirements*.lock"))


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def names_in(lock):
    return {
        normal(name) for name in re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==", lock.read_text(), re.MULTILINE)
    }


def declared(requirements):
    return {normal(re.match(r"[\w.-]+", text)[0]) for text in requirements}


@pytest.mark.parametrize(
    "path", [*PYTHON_LOCKS, ROOT / "package-lock.json", ROOT / ".npmrc"], ids=lambda path: path.name
)
def test_no_lock_holds_an_address(path):
    assert re.findall(r"\S*(?:://|registry=|index-url)\S*", path.read_text()) == []


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda lock: lock.name)
def test_every_python_package_has_one_version_and_a_hash(lock):
    for entry in re.split(r"^(?=\S)", lock.read_text(), flags=re.MULTILINE)[1:]:
        assert re.match(r"[\w.-]+==[\w.+!-]+( ; .*)? \\\n {4}--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


def test_every_front_end_package_has_a_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_the_locks_hold_what_pyproject_declares():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    ours = declared(settings["project"]["dependencies"])
    tests = declared(settings["project"]["optional-dependencies"]["test"])
    assert ours - names_in(ROOT / "requirements.lock") == set()
    assert ours | tests <= names_in(ROOT / "requirements-test.lock")
    for group in ("node", "uv"):
        assert declared(settings["dependency-groups"][group]) == names_in(ROOT / f"requirements-{group}.lock")
    assert names_in(ROOT / "requirements.lock") <= names_in(ROOT / "requirements-test.lock")
    measured = declared(settings["project"]["optional-dependencies"]["bench"])
    assert measured | names_in(ROOT / "requirements-test.lock") <= names_in(ROOT / "requirements-bench.lock")
