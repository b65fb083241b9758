"""How often layers are read is shown to data keepers: thirty days, those most read first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.sources.queries import add_uses

pytestmark = pytest.mark.django_db

PAGE = "/donnees/etat/"


@pytest.fixture
def uses():
    today = timezone.localdate()
    add_uses(
        [
            ("cercles", today, "tiles", "mvt", 40, 4_000),
            ("cercles", today - timedelta(days=29), "tiles", "mvt", 2, 200),
            ("communes", today - timedelta(days=30), "download", "gpkg", 900, 9_000),
            ("regions", today, "download", "gpkg", 41, 5_000_000),
            ("a layer of before", today, "api", "csv", 99, 1),
        ]
    )


def test_a_data_keeper_sees_the_last_thirty_days(as_persona, uses):
    section = as_persona("data_keeper").get(PAGE).content.decode().split('id="uses"')[1]
    assert section.index("/donnees/cercles/") < section.index("/donnees/regions/")  # 42 before 41
    assert ">42<" in section
    assert "/donnees/communes/" not in section
    assert "a layer of before" not in section


@pytest.mark.parametrize("persona", ["anonymous", "partner", "planner"])
def test_nobody_else_sees_them(as_persona, uses, persona):
    assert 'id="uses"' not in as_persona(persona).get(PAGE).content.decode()


def test_where_nothing_was_read_the_page_says_so(as_persona):
    assert "Aucune lecture n’a encore été comptée." in as_persona("data_keeper").get(PAGE).content.decode()
