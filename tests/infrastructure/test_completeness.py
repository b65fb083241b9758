"""How complete the register is: unknown until somebody says, then as said, across editions by name."""

from datetime import date

import pytest

from apps.boundaries.models import Area
from apps.infrastructure.completeness import TOLD_KINDS, completeness, set_completeness
from apps.infrastructure.models import RegisterCompleteness
from geo.vocabulary import Completeness, InstitutionKind
from tests import small_country

pytestmark = pytest.mark.django_db

TI, TGI = InstitutionKind.TI, InstitutionKind.TGI


@pytest.fixture
def alpha():
    small_country.make()
    return Area.objects.cercles().get(name="Alpha")


def judged(cercles, kinds, state):
    return set_completeness(kinds, cercles, state, as_of=date(2024, 5, 1), why="liste du ministère")


def test_nothing_said_is_nothing_known(alpha):
    assert completeness() == {}


def test_several_kinds_in_several_cercles_at_once(alpha):
    beta = Area.objects.cercles().get(name="Bêta")
    assert judged([alpha, beta], [TI, TGI], Completeness.PARTIAL) == 4
    assert completeness(TI) == {(alpha.pk, TI): Completeness.PARTIAL, (beta.pk, TI): Completeness.PARTIAL}


def test_a_new_judgement_replaces_the_former_one(alpha):
    judged([alpha], [TI], Completeness.COMPLETE)
    judged([alpha], [TI], Completeness.UNKNOWN)
    assert completeness() == {(alpha.pk, TI): Completeness.UNKNOWN}


def test_a_judgement_follows_its_cercle_into_another_edition(alpha):
    judged([alpha], [TI], Completeness.COMPLETE)
    recoded = [
        (level, pcode.replace("ML91", "ML81"), name, parent.replace("ML91", "ML81"), boundary)
        for level, pcode, name, parent, boundary in small_country.AREAS
    ]
    small_country.make("Autre codage", recoded)
    assert list(completeness()) == [(Area.objects.cercles().get(pcode="ML8101").pk, TI)]


def test_a_cercle_that_the_edition_lacks_keeps_its_judgement_aside(alpha):
    judged([alpha], [TI], Completeness.COMPLETE)
    small_country.make("Est seul", [each for each in small_country.AREAS if "ML92" in each[1]])
    assert (completeness(), RegisterCompleteness.objects.get().cercle_name) == ({}, "Alpha")


def test_a_kind_that_is_not_told_cannot_be_complete():
    assert InstitutionKind.POLICE_NOT_TOLD not in TOLD_KINDS
    assert len(TOLD_KINDS) == 11
