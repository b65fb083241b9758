"""/evenements/memes/: data keepers decide; the rows of ACLED are not for others."""

import pytest

from apps.events import incidents
from apps.events.models import SameIncident
from geo.vocabulary import EventSource
from tests import small_country
from tests.small_country import event, happened

pytestmark = pytest.mark.django_db

PAGE = "/evenements/memes/"


@pytest.fixture(autouse=True, scope="module")
def two_sources(lasting):
    with lasting():
        small_country.make()
        happened(event(-4.5, 13.2, location_name="Lieu secret", fatalities=3), access="signed_in")
        happened(
            event(-4.5, 13.21, event_type="State-based conflict", location_name="Alpha town", fatalities=3),
            told_by=EventSource.UCDP,
        )
        incidents.propose()


@pytest.mark.parametrize(
    ("persona", "status"),
    [("anonymous", 302), ("partner", 403), ("planner", 403), ("data_keeper", 200), ("administrator", 200)],
)
def test_only_data_keepers_see_pairs(as_persona, persona, status):
    answer = as_persona(persona).get(PAGE)
    assert answer.status_code == status
    assert ("Lieu secret" in answer.content.decode()) == (status == 200)
    pair = SameIncident.objects.get()
    decided = as_persona("anonymous").post(f"{PAGE}{pair.pk}/", {"decision": "confirm", "why": "moi"})
    assert decided.status_code == 302
    assert SameIncident.objects.get().state == "proposed"


def test_a_pair_is_confirmed_told_and_undone(as_persona):
    client = as_persona("data_keeper")
    page = client.get(PAGE).content.decode()
    assert "Alpha town" in page
    assert "morts concordants" in page
    pair = SameIncident.objects.get()
    client.post(f"{PAGE}{pair.pk}/", {"decision": "confirm", "why": "même jour"})
    confirmed = client.get(f"{PAGE}?state=confirmed").content.decode()
    assert "même jour" in confirmed
    indicators = client.get("/evenements/").content.decode()
    assert "1 d’ACLED, 1 de l’UCDP" in indicators
    client.post(f"{PAGE}{pair.pk}/", {"decision": "undo", "why": "relu"})
    assert "Décision annulée par test-data_keeper" in client.get(PAGE).content.decode()


def test_without_a_reason_nothing_is_decided(as_persona):
    client = as_persona("data_keeper")
    answer = client.post(f"{PAGE}{SameIncident.objects.get().pk}/", {"decision": "confirm"}, follow=True)
    assert "Dites pourquoi" in answer.content.decode()
    assert SameIncident.objects.get().state == "proposed"


def test_a_page_of_pairs_asks_a_bounded_number_of_questions(as_persona, django_assert_max_num_queries):
    client = as_persona("data_keeper")
    with django_assert_max_num_queries(12):
        client.get(PAGE)
