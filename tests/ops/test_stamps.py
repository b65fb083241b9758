"""Stamps leave out what is done; any change of what it was done with calls for it again."""

from ops import stamps


def test_a_stamp_is_current_for_its_key_only(tmp_path):
    stamp = tmp_path / "stamps" / "static"
    assert not stamps.is_current(stamp, "a")
    stamps.record(stamp, "a")
    assert stamps.is_current(stamp, "a")
    assert not stamps.is_current(stamp, "b")


def test_a_fingerprint_knows_content_name_and_absence(tmp_path):
    file = tmp_path / "folder" / "a.txt"
    file.parent.mkdir()
    seen = {stamps.fingerprint([file])}
    file.write_text("one")
    seen.add(stamps.fingerprint([file]))
    seen.add(stamps.fingerprint([file], "word"))
    file.write_text("two")
    seen.add(stamps.fingerprint([file]))
    assert stamps.fingerprint([file.parent]) in seen, "a folder is the files in it"
    file.rename(file.with_name("b.txt"))
    seen.add(stamps.fingerprint([file.parent]))
    assert len(seen) == 5


def test_caches_do_not_count(tmp_path):
    (tmp_path / "a.py").write_text("1")
    before = stamps.fingerprint([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("x")
    assert stamps.fingerprint([tmp_path]) == before
