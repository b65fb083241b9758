"""The twenty questions on the real country, each equal to its independent twin."""

import io

import pytest
from django.core.management import call_command

from apps.analysis.answering import answer
from apps.analysis.gallery import BY_KEY
from tests.analysis.compared import differences
from tests.analysis.raw_rows import RawRows
from tests.analysis.twins import TWINS

pytestmark = [pytest.mark.django_db, pytest.mark.geodata]


@pytest.fixture(autouse=True, scope="module")
def rows(lasting, geodata):
    """Load the real country for all tests of the module; return its plain rows."""
    with lasting():
        call_command("load_country", "--data", str(geodata), stdout=io.StringIO(), stderr=io.StringIO())
        return RawRows()


@pytest.mark.parametrize("key", BY_KEY)
def test_each_answer_equals_its_twin(key, rows, as_persona, django_user_model):
    as_persona("data_keeper")
    keeper = django_user_model.objects.get(username="test-data_keeper")
    twin = TWINS[key](rows)
    assert twin
    assert differences(answer(BY_KEY[key].question, keeper), twin) == []
