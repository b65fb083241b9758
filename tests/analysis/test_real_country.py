"""The real country, loaded whole once: what it holds, and each question of the gallery equal to its twin."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from apps.analysis.answering import answer
from apps.analysis.gallery import BY_KEY
from apps.boundaries.models import Area
from apps.events.models import ConflictEvent
from apps.infrastructure.models import Institution
from apps.sources.models import Load
from tests.analysis.compared import differences
from tests.analysis.raw_rows import RawRows
from tests.analysis.twins import TWINS

pytestmark = [pytest.mark.django_db, pytest.mark.geodata]


@pytest.fixture(autouse=True, scope="module")
def rows(lasting, geodata):
    """Load the real country for all tests of the module; return its plain rows."""
    with lasting():
        call_command("load_country", "--data", str(geodata), stdout=io.StringIO(), stderr=io.StringIO())
        # Else each test would look again, at its end, at every reference that was loaded here.
        connection.check_constraints()
        return RawRows()


def test_the_real_country_loads_whole():
    counts = [Area.objects.active().at(level).count() for level in (1, 2, 3)]
    assert counts == [10, 53, 701]
    assert ConflictEvent.objects.count() == 4318
    assert ConflictEvent.objects.outside_every_area().count() == 5
    assert Institution.objects.filter(register="OpenStreetMap").count() == 152
    assert {load.rows_written for load in Load.objects.in_use().of_kind("settlements")} == {18769}
    assert Load.objects.in_use().of_kind("programme").get().rows_written == 1223
    people = Area.objects.cercles().with_people()
    assert sum(area.people for area in people) == 17_907_114
    menaka = people.filter(parent__name="Ménaka")
    assert sum(area.people for area in menaka) == 67_119
    assert {area.people_method for area in menaka} == {"estimated"}
    # By WorldPop about two in five live in the cercle of the town.
    assert menaka.get(pcode="ML1001").people == pytest.approx(0.40 * 67_119, rel=0.02)


@pytest.mark.parametrize("key", BY_KEY)
def test_each_answer_equals_its_twin(key, rows, as_persona, django_user_model):
    as_persona("data_keeper")
    keeper = django_user_model.objects.get(username="test-data_keeper")
    twin = TWINS[key](rows)
    assert twin
    assert differences(answer(BY_KEY[key].question, keeper), twin) == []
