"""A release that is whole is verified; every other is refused, with the file and the cause."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.releases import manifest as manifests
from apps.releases import signing, verify
from apps.releases.verifying import Cause, Refused
from apps.releases.verifying import verify as verified
from tests.releases.folders import FILES, NAME, a_key, manifest_of, print_of, sign, signed

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ROOT / "apps" / "releases" / "recipe" / "verify.py"
CSV = "layers/cercles.csv"


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a release that is whole."""
    return signed(tmp_path)


def refused(folder, **asked):
    """Return the reasons for which a folder is refused, as (path, cause)."""
    with pytest.raises(Refused) as error:
        verified(folder, **{"trusted": {print_of(a_key())}, **asked})
    return [(reason.path, reason.cause) for reason in error.value.reasons]


def test_a_whole_release_is_verified(folder):
    found = verified(folder, trusted={print_of(a_key())})
    assert (found.manifest["name"], found.fingerprint) == (NAME, print_of(a_key()))
    assert found.manifest_sha256 == manifests.sealed(folder / "manifest.json")["sha256"]


def test_a_changed_byte_is_refused(folder):
    (folder / CSV).write_text(FILES[CSV].replace("Bafoulabé", "Bafoulabè"))
    assert refused(folder) == [(CSV, Cause.CHANGED)]


@pytest.mark.parametrize("text", ["", FILES[CSV][:-1], FILES[CSV] + "x"])
def test_a_file_cut_or_made_longer_is_refused(folder, text):
    (folder / CSV).write_text(text)
    assert refused(folder) == [(CSV, Cause.SIZE)]


def test_a_missing_file_is_refused(folder):
    (folder / CSV).unlink()
    assert refused(folder) == [(CSV, Cause.MISSING)]


@pytest.mark.parametrize("path", ["extra.csv", "layers/extra.csv", ".hidden"])
def test_a_file_more_is_refused(folder, path):
    (folder / path).write_text("")
    assert refused(folder) == [(path, Cause.EXTRA)]


def test_every_reason_is_told(folder):
    (folder / CSV).unlink()
    (folder / "extra").write_text("")
    (folder / "README.md").write_text("Lisez-toi\n")
    assert refused(folder) == [
        ("extra", Cause.EXTRA),
        ("README.md", Cause.CHANGED),
        (CSV, Cause.MISSING),
    ]


def test_a_link_to_the_same_bytes_is_refused(folder, tmp_path):
    outside = tmp_path / "outside.csv"
    (folder / CSV).rename(outside)
    (folder / CSV).symlink_to(outside)
    assert refused(folder) == [(CSV, Cause.LINK)]


def test_files_behind_a_link_are_refused(folder, tmp_path):
    (folder / "layers").rename(tmp_path / "elsewhere")
    (folder / "layers").symlink_to(tmp_path / "elsewhere")
    assert {cause for _path, cause in refused(folder)} == {Cause.LINK}


def test_a_manifest_that_is_a_link_is_refused(folder, tmp_path):
    (folder / "manifest.json").rename(tmp_path / "manifest.json")
    (folder / "manifest.json").symlink_to(tmp_path / "manifest.json")
    assert refused(folder) == [("manifest.json", Cause.LINK)]


def test_a_changed_manifest_is_refused(folder):
    text = (folder / "manifest.json").read_bytes()
    (folder / "manifest.json").write_bytes(text.replace(NAME.encode(), b"2026-11-22"))
    assert refused(folder, name="2026-11-22") == [("manifest.json", Cause.SIGNATURE)]


@pytest.mark.parametrize("kept", [b"", b"not base64", b"AAAA\n", b"\xff" * 88])
def test_a_signature_that_is_none_is_refused(folder, kept):
    (folder / "manifest.json.sig").write_bytes(kept)
    assert refused(folder) == [("manifest.json", Cause.SIGNATURE)]


@pytest.mark.parametrize("path", ["manifest.json", "manifest.json.sig", "public_key.pem"])
def test_without_what_is_signed_it_is_refused(folder, path):
    (folder / path).unlink()
    assert refused(folder) == [(path, Cause.MISSING)]


def test_signed_by_another_key_that_comes_with_it_is_refused(tmp_path):
    folder = signed(tmp_path, key=a_key(2))
    assert refused(folder) == [("public_key.pem", Cause.OTHER_KEY)]
    assert verified(folder).fingerprint == print_of(a_key(2)), "whole, and nobody said by whom it should be"


def test_signed_by_another_key_beside_the_right_one_is_refused(folder):
    sign(folder, manifest_of(folder), key=a_key(2))
    assert refused(folder) == [("manifest.json", Cause.SIGNATURE)]


def test_a_manifest_that_names_another_key_is_refused(tmp_path):
    folder = signed(tmp_path)
    sign(folder, manifest_of(folder) | {"key": "0" * 64}, key=a_key())
    assert refused(folder) == [("manifest.json", Cause.OTHER_KEY)]


def test_replayed_under_another_name_it_is_refused(folder):
    newer = folder.rename(folder.with_name("2026-11-30"))
    assert refused(newer) == [("manifest.json", Cause.OTHER_NAME)]
    assert verified(newer, name=NAME).manifest["name"] == NAME


@pytest.mark.parametrize(
    "path",
    [
        "../outside.csv",
        "/etc/hostname",
        "layers/../../outside.csv",
        "",
        "a//b",
        "./a",
        "a\\b",
        "manifest.json",
    ],
)
def test_a_path_that_leads_out_is_refused(folder, tmp_path, path):
    (tmp_path / "outside.csv").write_text("secret")
    told = manifest_of(folder)
    told["files"][path] = manifests.sealed(tmp_path / "outside.csv")
    sign(folder, told, key=a_key())
    assert (path, Cause.ESCAPES) in refused(folder)


@pytest.mark.parametrize("size", [-1, 1 << 41, True, "28", 28.0, None])
def test_an_absurd_size_is_refused(folder, size):
    told = manifest_of(folder)
    told["files"][CSV]["bytes"] = size
    # As another program would write it: our own keeps 28.0 as 28.
    sign(folder, json.dumps(told).encode(), key=a_key())
    assert refused(folder) == [(CSV, Cause.ABSURD)]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"format":"maillage-release/1"}',
        b'{"format":"maillage-release/2","name":"2026-11-23","files":{}}',
        b'{"format":"maillage-release/1","name":"../..","files":{"a":{}}}',
        b'{"format":"maillage-release/1","name":"2026-11-23","name":"2026-11-23","files":{"a":{}}}',
    ],
)
def test_a_signed_text_that_is_no_manifest_is_refused(folder, text):
    sign(folder, text, key=a_key())
    assert refused(folder) == [("manifest.json", Cause.FORM)]


def test_a_file_that_is_no_file_is_refused(folder):
    (folder / CSV).unlink()
    os.mkfifo(folder / CSV)
    assert refused(folder) == [(CSV, Cause.CHANGED)], "a pipe that nobody writes to is not waited for"


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    assert refused(tmp_path / NAME) == [(NAME, Cause.MISSING)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return the folder of a release for tests that put back what they change."""
    return signed(tmp_path_factory.mktemp("whole"))


@settings(max_examples=150)
@given(data=st.data())
def test_any_bit_of_any_file_that_is_another_is_refused(whole, data):
    path = whole / data.draw(st.sampled_from(sorted(manifests.paths_of(whole))))
    before = path.read_bytes()
    place = data.draw(st.integers(0, len(before) - 1))
    flipped = bytearray(before)
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        path.write_bytes(flipped)
        with pytest.raises(Refused):
            verified(whole, trusted={print_of(a_key())})
    finally:
        path.write_bytes(before)


def ended(*words, **environment):
    """Return how a command ends where no database is named, and what it said."""
    bare = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=ROOT,
        env={**bare, "MAILLAGE_RELEASE_KEY": "/nowhere", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_command_needs_no_database(folder, tmp_path):
    mine = print_of(a_key())
    assert ended("manage.py", "verify_release", folder, "--key", mine)[0] == verify.WHOLE
    other = tmp_path / "other.pem"
    other.write_text(signing.public_pem(a_key(2)))
    status, said = ended("-m", "apps.releases.verify", folder, "--key", other)
    assert (status, "other-key" in said) == (verify.REFUSED, True)


def test_the_command_says_what_it_does_not_know(folder, tmp_path, monkeypatch):
    said = []
    monkeypatch.setenv("MAILLAGE_RELEASE_KEY", str(tmp_path / "none.pem"))
    assert verify.main([str(folder)], say=said.append) == verify.NOT_VOUCHED_FOR
    assert "nobody vouches" in said[-1]
    key, _is_new = signing.ensure_key(tmp_path / "own.pem")
    monkeypatch.setenv("MAILLAGE_RELEASE_KEY", str(tmp_path / "own.pem"))
    assert verify.main([str(folder)], say=said.append) == verify.REFUSED, "another key than its own"
    assert verify.main([str(folder)], known=[print_of(a_key())], say=said.append) == verify.WHOLE
    assert verify.main([str(signed(tmp_path / "mine", key=key))], say=said.append) == verify.WHOLE
    with pytest.raises(SystemExit) as wrong:
        verify.main([str(folder), "--key", "me"])
    assert wrong.value.code == 2


def test_the_recipe_of_twenty_lines_verifies_and_refuses(folder, tmp_path):
    lines = [line for line in RECIPE.read_text().splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) <= 20
    mine = print_of(a_key())
    assert ended(RECIPE, folder, mine) == (0, f"Verified: {NAME}\n")
    assert ended(RECIPE, folder, print_of(a_key(2)))[0] != 0
    (folder / CSV).write_text(FILES[CSV].replace("ML0101", "ML0102"))
    status, said = ended(RECIPE, folder, mine)
    assert (status != 0, CSV in said) == (True, True)
    replayed = shutil.copytree(signed(tmp_path / "b"), tmp_path / "2026-12-01")
    assert ended(RECIPE, replayed, mine)[0] != 0


def test_the_recipe_is_what_the_documentation_shows():
    assert RECIPE.read_text() in (ROOT / "docs" / "data.md").read_text()


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "state" / "release_key.pem"
    key, is_new = signing.ensure_key(path)
    again, is_new_again = signing.ensure_key(path)
    assert (is_new, is_new_again, print_of(key)) == (True, False, print_of(again))
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]
    path.chmod(0o644)
    with pytest.raises(signing.NoKey, match="chmod 600"):
        signing.ensure_key(path)
