"""The twenty questions on a fresh installation: the stand-in, without communes and with simulated events."""

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.analysis.answering import answer
from apps.analysis.gallery import BY_KEY
from tests.analysis.compared import differences
from tests.analysis.raw_rows import RawRows
from tests.analysis.twins import TWINS

pytestmark = pytest.mark.django_db

OF_COMMUNES = {"large-communes-without-working-court", "large-communes-without-any-court"}
"""The stand-in has none: the answer is a list of nothing, and says so."""


@pytest.fixture(scope="module")
def rows():
    return RawRows()


@pytest.mark.parametrize("key", BY_KEY)
def test_each_answers_a_reader_who_is_not_signed_in_as_its_twin_does(key, rows):
    found, twin = answer(BY_KEY[key].question, AnonymousUser(), address="192.0.2.1"), TWINS[key](rows)
    assert bool(twin) is (key not in OF_COMMUNES)
    assert differences(found, twin) == []
