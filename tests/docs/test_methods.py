"""The worked examples of docs/methods.md run."""

import doctest
from pathlib import Path

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods.md"


def test_the_worked_examples_run():
    failed, tried = doctest.testfile(str(METHODS), module_relative=False)
    assert failed == 0
    assert tried > 5
