"""Every French text has its English, and is written as French is."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

from apps.maps.management.commands import collect_words, compile_words

NARROW, NO_BREAK = "\u202f", "\u00a0"


@pytest.fixture(scope="module")
def in_use():
    return collect_words.collected(collect_words.read_catalogue())


def flat(messages):
    for message in messages:
        yield from [message.id] if isinstance(message.id, str) else message.id


def test_every_text_has_its_english(in_use):
    assert [message.id for message in collect_words.untranslated(in_use)] == [], "run manage.py collect_words"


def test_the_catalogue_holds_no_text_that_is_gone(in_use):
    kept = {message.id for message in collect_words.read_catalogue() if message.id}
    gone = kept - {message.id for message in in_use if message.id}
    assert gone == set(), "run manage.py collect_words"


def test_the_english_asks_for_the_same_values(in_use):
    names = re.compile(r"%\(\w+\)s|\{\w+\}")
    missing = collect_words.untranslated(in_use)
    for message in (each for each in in_use if each not in missing):
        told = [message.string] if isinstance(message.id, str) else message.string
        asked = [message.id] if isinstance(message.id, str) else message.id
        for french, english in zip(asked, told, strict=True):
            assert set(names.findall(french)) == set(names.findall(english)), french


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        (r"[^\s\u202f][;?!](?=\s|$)|[^\u202f\S][;?!]", "a narrow no-break space stands before ; ? !"),
        (r"[^\s\u00a0]:(?=\s|$)|[^\u00a0\S]:", "a no-break space stands before :"),
        (r"«[^\u00a0]|[^\u00a0]»", "no-break spaces stand inside « »"),
        (r"\w'\w", "the apostrophe is ’"),
        (r"\d \d{3}\b", "a narrow no-break space parts thousands"),
    ],
)
def test_french_is_spaced_as_french(in_use, wrong, rule):
    faults = [text for text in flat(in_use) if text and re.search(wrong, text)]
    assert faults == [], rule


def test_a_catalogue_is_found_in_templates_and_in_python(tmp_path):
    (tmp_path / "apps").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "apps/a.py").write_text('_("un")\nngettext("%s cercle", "%s cercles", n)\n')
    (tmp_path / "templates/a.html").write_text(
        "{% load i18n %}<p>( {% translate 'deux' %}</p>\n"
        "  {% blocktranslate count n=x %}a{% plural %}b{% endblocktranslate %}"
    )
    assert set(collect_words.texts(tmp_path)) == {
        ("un", None),
        (("%s cercle", "%s cercles"), None),
        ("deux", None),
        (("a", "b"), None),
    }


def test_compiling_twice_makes_the_same_file():
    path = settings.BASE_DIR / "locale/en/LC_MESSAGES/django.mo"
    command = compile_words.Command()
    command.handle()
    first = path.read_bytes()
    command.handle()
    assert path.read_bytes() == first


def test_a_web_process_does_not_read_catalogue_sources():
    code = "import apps.maps.words, sys; print('babel.messages' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=settings.BASE_DIR, check=False
    )
    assert done.stdout.strip() == "False", done.stderr
