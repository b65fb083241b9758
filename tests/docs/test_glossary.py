"""
The words of geo/vocabulary.py and those of docs/glossary.md are the same.

The glossary shows a word of the code as `CERCLE`, in backticks, at the start of a line or table row.
"""

import inspect
import re
from enum import Enum
from pathlib import Path

from geo import vocabulary

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"


def words_of_the_code():
    enums = [thing for _, thing in inspect.getmembers(vocabulary, inspect.isclass) if issubclass(thing, Enum)]
    ours = [enum for enum in enums if enum.__module__ == vocabulary.__name__]
    return {member.name for enum in ours for member in enum}


def words_of_the_glossary():
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    starts = [line.lstrip("|-*# ").split("|")[0] for line in lines]
    return {word for start in starts for word in re.findall(r"`([A-Z][A-Z0-9_]*)`", start)}


def test_every_word_of_the_code_is_explained():
    assert words_of_the_code() - words_of_the_glossary() == set()


def test_every_word_explained_is_one_of_the_code():
    assert words_of_the_glossary() - words_of_the_code() == set()
