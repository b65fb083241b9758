"""A step tells its time, and when it fails, what to do."""

import pytest

from ops.steps import StepFailed, call, step


def test_a_step_is_one_line_with_its_outcome_and_time(capsys):
    with step("Database") as line:
        line.outcome = "started"
    assert capsys.readouterr().out == f"{'Database':<26}started (0.0 s)\n"


def test_an_announcement_has_a_line_of_its_own(capsys):
    with step("Database") as line:
        line.announce("installing postgis (sudo apt-get)")
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("installing postgis (sudo apt-get)")
    assert second == f"{'Database':<26}done (0.0 s)"


def test_a_failing_command_shows_the_end_of_its_output_and_the_way_out(tmp_path, capsys):
    with pytest.raises(StepFailed) as failure, step("Numbers"):
        call(["sh", "-c", "seq 100; exit 3"], way_out="Count again.", log=tmp_path / "log")
    assert "FAILED" in capsys.readouterr().out
    assert "ended with 3" in str(failure.value)
    assert "    100" in str(failure.value)
    assert "    50" not in str(failure.value)
    assert str(failure.value).endswith("Count again.")
    assert "$ sh -c" in (tmp_path / "log").read_text()


def test_a_missing_program_is_named(tmp_path):
    with pytest.raises(StepFailed, match="no-such-program could not be started"):
        call(["no-such-program"], way_out="Install it.", log=tmp_path / "log")


def test_an_interrupted_step_says_so(capsys):
    with pytest.raises(KeyboardInterrupt), step("Database"):
        raise KeyboardInterrupt
    assert "interrupted" in capsys.readouterr().out
