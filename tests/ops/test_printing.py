"""What memos are printed with is found or installed, and its absence stops nothing."""

from ops import packages, printing


def test_a_library_that_is_nowhere_is_not_there():
    assert not printing.is_there("libpango-that-is-nowhere.so.0")
    assert printing.is_there("libc.so.6")


def test_the_font_is_found_below_its_folder(tmp_path):
    assert not printing.has_font(tmp_path)
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / printing.FONT).touch()
    assert printing.has_font(tmp_path)


def test_without_pango_and_without_apt_the_set_up_goes_on_and_names_the_packages(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(printing, "LIBRARIES", ("libpango-that-is-nowhere.so.0",))
    assert not packages.can_install()
    printing.ensure()
    said = capsys.readouterr().out
    assert (
        "no memos. Install libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0, fonts-liberation" in said
    )
    assert "all but memos works" in said
