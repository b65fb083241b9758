"""What may be asked of coverage: read from an address, refused with the way out."""

from datetime import date

import pytest
from django.http import QueryDict
from rest_framework.serializers import ValidationError

from apps.coverage.questions import kinds_of, question
from geo.vocabulary import CoverageSense, InstitutionFamily, InstitutionKind, Level

TODAY = date(2026, 11, 1)


def asked(address):
    return question(QueryDict(address), today=TODAY)


def test_nothing_asked_is_a_question_too():
    told = asked("")
    assert (told.kinds, told.sense, told.limit_km) == (
        kinds_of(InstitutionFamily.POLICE),
        CoverageSense.NOMINAL,
        30,
    )
    assert (told.day, told.with_periodic, told.with_works, told.level) == (
        TODAY,
        False,
        False,
        Level.CERCLE,
    )


def test_kinds_come_joined_or_one_by_one_and_a_family_is_all_of_its_kinds():
    ti, tgi = InstitutionKind.TI, InstitutionKind.TGI
    assert asked("kinds=ti,tgi").kinds == asked("kinds=ti&kinds=tgi").kinds == (tgi, ti)
    assert set(asked("kinds=prison").kinds) == {InstitutionKind.EPES, InstitutionKind.PRISON_NOT_TOLD}


def test_a_distance_may_be_typed_as_in_french():
    assert asked("limit_km=12,5").limit_km == 12.5


def test_a_question_asks_itself_again():
    told = asked("kinds=ti&sense=functional&limit_km=12.5&day=2021-01-01&periodic=1&works=1&level=commune")
    parameters = QueryDict(mutable=True)
    parameters.update(told.as_parameters())
    assert question(parameters, today=date(2030, 1, 1)) == told


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("kinds=mairie", "kinds"),
        ("kinds=", "kinds"),
        ("sense=vrai", "sense"),
        ("limit_km=0.5", "limit_km"),
        ("limit_km=100.5", "limit_km"),
        ("limit_km=loin", "limit_km"),
        ("limit_km=nan", "limit_km"),
        ("day=hier", "day"),
        ("level=village", "level"),
        ("limit_km=10&limit_km=30", "limit_km"),
        ("distance=10", "distance"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(address, parameter):
    with pytest.raises(ValidationError) as refused:
        asked(address)
    assert list(refused.value.detail) == [parameter]
