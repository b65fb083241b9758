"""`manage.py ask`: a question from a file to rows, without a page."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests import small_country
from tests.analysis.asking import question, step
from tests.coverage.inhabited import live

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def country(lasting):
    with lasting():
        small_country.make()
        live((-4.5, 13.25), (-2.5, 13.25))


@pytest.fixture
def asked(tmp_path):
    file = tmp_path / "question.json"
    file.write_text(json.dumps(question(step("settlements"), by=["region"])), encoding="utf-8")
    return file


def ask(*arguments, **options):
    out = io.StringIO()
    call_command("ask", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def test_a_question_in_a_file_is_answered_as_csv(asked):
    header, *rows = ask(asked).splitlines()
    assert header.lstrip("\ufeff").startswith("region,region_name,count,")
    assert [row.split(",")[:3] for row in rows] == [["ML91", "Ouest", "1"], ["ML92", "Est", "1"]]


def test_an_answer_is_asked_again_and_answers_the_same(asked, tmp_path):
    kept = tmp_path / "answer.json"
    assert "Wrote 2 rows of 2" in ask(asked, "--format", "json", "--output", kept)
    again = json.loads(ask(kept, "--format", "json"))
    before = json.loads(kept.read_text(encoding="utf-8"))
    assert before | {"seconds": 0} == again | {"seconds": 0}


def test_areas_come_with_their_shapes(asked):
    found = json.loads(ask(asked, "--format", "geojson"))
    assert [each["geometry"]["type"] for each in found["features"]] == ["MultiPolygon"] * 2


def test_a_question_only_reads_back(asked):
    assert ask(asked, "--sentence", "--language", "en") == "Settlements: their number, by region.\n"


def test_one_of_the_gallery_is_asked_by_its_key():
    assert "kept" in ask("--key", "status-unknown-by-cercle", "--format", "json")


def test_what_cannot_be_asked_is_said_in_a_sentence(tmp_path):
    file = tmp_path / "question.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match="no JSON"):
        ask(file)
    file.write_text(json.dumps(question(step("villages"))), encoding="utf-8")
    with pytest.raises(CommandError, match="villages"):
        ask(file)
