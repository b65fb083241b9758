"""The twenty questions of the field: what they say of themselves, and each equal to its independent twin."""

import re

import pytest

from apps.analysis.answering import answer
from apps.analysis.gallery import BY_KEY, GALLERY
from apps.analysis.questions import checked
from tests.analysis import generated_country
from tests.analysis.compared import differences, told
from tests.analysis.raw_rows import RawRows
from tests.analysis.twins import TWINS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def rows(lasting):
    """Load the generated country for all tests of the module; return its plain rows."""
    with lasting():
        generated_country.make()
        return RawRows()


@pytest.fixture
def keeper(as_persona, django_user_model):
    as_persona("data_keeper")
    return django_user_model.objects.get(username="test-data_keeper")


def test_there_are_twenty_each_with_its_twin_and_its_words():
    assert len(GALLERY) == len(BY_KEY) == 20
    assert set(TWINS) == set(BY_KEY)
    for ready in GALLERY:
        assert checked(ready.question)["steps"]
        assert ready.title.fr.endswith("\u202f?")
        assert ready.title.en.endswith("?")
        assert not re.search(r"[^\u202f\u00a0]\?|\d km|\d mois", ready.title.fr)
        assert ready.why.fr.endswith(".")
        assert ready.why.en.endswith(".")
        assert ready.theme in ("security", "justice", "programme", "people")


@pytest.mark.parametrize("key", BY_KEY)
def test_each_answer_equals_its_twin(key, rows, keeper):
    found, twin = answer(BY_KEY[key].question, keeper), TWINS[key](rows)
    assert twin
    assert differences(found, twin) == []
    assert found.sentence["fr"]
    assert found.sentence["en"]


def test_a_difference_is_seen(rows, keeper):
    """Were `differences` blind, the tests above could not fail."""
    ready = BY_KEY["status-unknown-by-cercle"]
    found, twin = answer(ready.question, keeper), TWINS[ready.key](rows)
    (pcode, value), *_rest = twin.items()
    assert differences(found, twin | {pcode: {"value": value["value"] + 1}})
    assert differences(found, {each: told for each, told in twin.items() if each != pcode})
    assert differences(found, twin | {"ML9909": {"value": 1}})
    assert told(found)[pcode]["count"] == value["value"]
