"""Pages that hold while rows are written, removed and changed between two of them."""

import pytest
from django.utils import timezone

from apps.boundaries.models import Settlement
from apps.events import loading
from apps.events.models import ConflictEvent
from apps.sources.services import touch
from geo.vocabulary import EventSource
from layers.sources_toml import Contents
from tests import small_country
from tests.ogc.reading import items, linked, read
from tests.small_country import event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    """Five events, one a day from 1 to 5 October 2020."""
    with lasting():
        small_country.make()
        small_country.happened(*(event(-4.5, 13.2, f"2020-10-0{day}", fatalities=day) for day in range(1, 6)))


def following(told):
    return next(iter(linked(told, "next")), None)


def rest(client, told):
    """Return the features of this page and of all that follow it."""
    features = list(told["features"])
    while address := following(told):
        told = read(client, address)
        features += told["features"]
    return features


def deaths(features):
    return sorted(each["properties"]["fatalities"] for each in features)


def test_pages_hold_every_feature_once_in_the_order_of_identifiers(client):
    first = read(client, items("events", limit=2))
    features = rest(client, first)
    identifiers = [each["id"] for each in features]
    assert deaths(features) == [1, 2, 3, 4, 5]
    assert identifiers == sorted(set(identifiers))


def loaded_again(*told):
    """Load (source identifier, fatalities) again: what is not among them is withdrawn by the source."""
    rows = [
        small_country.event(
            -4.5, 13.2, f"2020-10-0{min(int(name[1:]) + 1, 9)}", fatalities=dead, source_event_id=name
        )
        for name, dead in told
    ]
    kept = {name for name, _ in told}
    known = ConflictEvent.objects.current().values_list("source_event_id", flat=True)
    return loading.upsert_records(
        rows,
        small_country.source(Contents.ACLED_EVENTS, "again.csv"),
        source=EventSource.ACLED,
        deleted_ids=[each for each in known if each not in kept],
    )


def test_events_changed_withdrawn_and_added_between_two_pages_are_told_as_the_first_page_knew_them(client):
    first = read(client, items("events", limit=2))
    loaded_again(("T0", 1), ("T1", 2), ("T2", 33), ("T3", 4), ("T7", 7))  # T2 changed, T4 withdrawn, T7 new
    assert ConflictEvent.objects.current().count() == 5
    features = rest(client, first)
    assert deaths(features) == [1, 2, 3, 4, 5]
    assert deaths(rest(client, read(client, items("events", limit=2)))) == [1, 2, 4, 7, 33]


def test_every_page_counts_what_the_first_counted(client):
    first = read(client, items("events", limit=2))
    loaded_again(("T0", 1))
    assert read(client, following(first))["numberMatched"] == first["numberMatched"] == 5


def test_a_filter_holds_over_all_pages(client):
    first = read(client, items("events", limit=1, filter="fatalities >= 3"))
    assert first["numberMatched"] == 3
    assert deaths(rest(client, first)) == [3, 4, 5]


def villages(*names):
    load = Settlement.objects.first().load
    return [
        Settlement.objects.create(
            load=load, name=f"Essai {name}", source_id=f"essai-{name}", location="POINT(-4.5 13.5)"
        )
        for name in names
    ]


def names(features):
    return [each["properties"]["name"].removeprefix("Essai ") for each in features]


def test_rows_written_and_removed_between_two_pages_hide_and_repeat_no_other(client):
    made = villages("a", "b", "c", "d", "e")
    first = read(client, items("settlements", limit=2, filter="name LIKE 'Essai%'"))
    made[0].delete()
    made[3].delete()
    villages("f", "g")
    touch("settlements")
    assert names(first["features"]) == ["a", "b"]
    assert names(rest(client, first)) == ["a", "b", "c", "e"]


def test_a_layer_loaded_anew_says_to_begin_again(client):
    villages("a", "b", "c")
    first = read(client, items("settlements", limit=1, filter="name LIKE 'Essai%'"))
    Settlement.objects.filter(source_id__startswith="essai").delete()
    villages("a", "b", "c")
    touch("settlements")
    assert "recommencez" in read(client, following(first), 409)["detail"]
    page = client.get(following(first).replace("f=json", "") + "&f=html")
    assert page.status_code == 409
    assert "recommencez" in page.content.decode()


def test_a_question_that_takes_too_long_is_stopped_and_told(client, monkeypatch):
    monkeypatch.setattr("apps.api.ogc.queries.LONGEST_SECONDS", 0.001)
    assert (
        "bbox"
        in read(client, items("settlements", limit=10_000, filter="NOT name LIKE '%é%a%z%'"), 503)["detail"]
    )


def test_counts_made_anew_say_to_begin_again(client):
    first = read(client, items("event_counts", limit=1))
    if following(first) is None:
        small_country.happened(event(-4.5, 13.2, "2020-01-05"), event(-2.5, 13.2, "2020-02-05"))
        first = read(client, items("event_counts", limit=1))
    touch("event_counts")
    assert "recommencez" in read(client, following(first), 409)["detail"]


def test_events_are_told_as_known_at_an_instant(client):
    before = timezone.now()
    loaded_again(("T0", 9))
    told = read(client, items("events", known_at=before.isoformat()))
    assert deaths(told["features"]) == [1, 2, 3, 4, 5]
    assert deaths(read(client, items("events"))["features"]) == [9]


@pytest.mark.parametrize(
    ("layer", "parameter", "value"),
    [
        ("events", "after", "x"),
        ("events", "after", "-1"),
        ("events", "known_at", "2020"),
        ("events", "known_at", "2020-01-01T00:00:00"),
        ("settlements", "up_to", "' OR 1=1"),
        ("settlements", "revision", "1.5"),
        ("cercles", "after", "\x00"),
    ],
)
def test_a_page_that_no_link_leads_to_is_refused(client, layer, parameter, value):
    assert read(client, items(layer, **{parameter: value}), 400)["parameter"] == parameter


def test_one_way_of_paging_a_layer(client):
    assert read(client, items("events", up_to=3), 400)["parameter"] == "up_to"
    assert read(client, items("settlements", known_at="2020-01-01T00:00:00Z"), 400)["parameter"] == "known_at"
