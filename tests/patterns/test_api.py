"""/api/patterns/: what everybody may read, and what is said where nothing is known."""

import pytest
from django.core.management import call_command

from tests import small_country
from tests.small_country import event, happened

pytestmark = pytest.mark.django_db


@pytest.fixture
def measured_country():
    small_country.make()
    happened(event(-4.5, 13.2), event(-4.5, 13.2), event(-3.5, 13.2), access="signed_in")
    call_command("measure_patterns", verbosity=0)


def test_everybody_reads_classes_of_every_cercle(client, measured_country, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        told = client.get("/api/patterns/?measure=conflict_class").json()
    assert told["labels"]["clustered_high"] == 1
    assert told["not_known"] == 2
    assert told["period"] == {"key": "12m", "since": "2020-10-01", "until": "2020-10-31"}
    assert (told["events_source"], told["edition"], told["level"]) == ("acled", "Petit pays", "cercle")
    assert told["measured_at"]
    alpha = told["areas"][0]
    assert (alpha["pcode"], alpha["label"], alpha["why"]) == ("ML9101", "clustered_high", "")


def test_hot_spots_carry_their_seed_and_permutations(client, measured_country):
    told = client.get("/api/patterns/?level=commune&period=2020").json()
    assert told["method"]["permutations"] == 9999
    assert told["method"]["seed"]
    assert list(told["labels"]) == [
        *("hot_99", "hot_95", "hot_90", "not_significant", "cold_90", "cold_95", "cold_99")
    ]
    assert {(each["z"], each["p"], each["q"], each["why"]) for each in told["areas"]} == {
        (None, None, None, "too_few_areas")
    }


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("measure=love", "measure"),
        ("period=1789", "period"),
        ("source=ucdp", "source"),
        ("level=ville", "level"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(client, measured_country, asked, field):
    answer = client.get(f"/api/patterns/?{asked}")
    assert answer.status_code == 400
    assert field in answer.content.decode()


def test_before_anything_is_measured_nothing_is_told(client, db):
    small_country.make()
    happened(event(-4.5, 13.2))
    told = client.get("/api/patterns/").json()
    assert (told["measured_at"], told["areas"]) == (None, [])
