"""Areas to choose from stand in the order of their names, accents or not."""

import pytest

from apps.maps.cercles import areas_by_name, cercles_by_region
from geo.vocabulary import Level

pytestmark = pytest.mark.django_db


def test_an_accent_does_not_send_a_name_to_the_end():
    names = [name for _, name in areas_by_name(Level.REGION)]
    assert names.index("Ségou") < names.index("Sikasso")
    kayes = [name for _, name in dict(cercles_by_region())["Kayes"]]
    assert kayes.index("Kéniéba") < kayes.index("Kita")
