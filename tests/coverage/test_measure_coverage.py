"""An installation older than coverage is measured once, by the command that loads the country."""

import io

import pytest
from django.core.management import call_command

from apps.coverage.models import SettlementReach

pytestmark = pytest.mark.django_db


def said(**options):
    out = io.StringIO()
    call_command("measure_coverage", stdout=out, **options)
    return out.getvalue()


def test_settlements_never_measured_are_measured_once():
    before = dict(SettlementReach.objects.values_list("settlement", "people"))
    assert before, "the stand-in is measured as it is loaded"
    SettlementReach.objects.all().delete()
    assert f"Measured {len(before)} settlements." in said()
    assert dict(SettlementReach.objects.values_list("settlement", "people")) == before
    assert said() == ""


def test_again_measures_what_was_measured():
    assert "Measured" in said(again=True)
