"""The rules of the document: each has an address, and says whether we can measure it."""

import re

import pytest

from apps.maps.programme.rules import HAVING, MEASURES
from apps.programme.models import TargetingRule

pytestmark = pytest.mark.django_db


def test_every_rule_is_shown_at_its_own_anchor(client):
    page = client.get("/programme/regles/").content.decode()
    codes = list(TargetingRule.objects.values_list("criterion_id", flat=True))
    assert len(codes) == 22
    assert set(re.findall(r'<article class="rule" id="(\w+)"', page)) == set(codes)


def test_every_rule_of_the_document_has_its_measure():
    assert set(TargetingRule.objects.values_list("criterion_id", flat=True)) == set(MEASURES)
    assert {measure.having for measure in MEASURES.values()} == set(HAVING)


def test_a_rule_without_a_measure_is_shown_all_the_same(client):
    first = TargetingRule.objects.first()
    TargetingRule.objects.filter(pk=first.pk).update(criterion_id="C9")
    assert 'id="C9"' in client.get("/programme/regles/").content.decode()
