"""The history of an institution: each change with before, after, who, when and why."""

from datetime import date

import pytest
from django.contrib.gis.geos import Point

from apps.infrastructure import same_places, services
from apps.infrastructure.history import history_of
from apps.infrastructure.models import Institution, SamePlace
from apps.infrastructure.statuses import report_status
from geo.vocabulary import InstitutionKind, InstitutionStatus, PlaceTold

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(django_user_model):
    return django_user_model.objects.create_user("gardienne")


@pytest.fixture
def court(nothing_stands, keeper):
    return services.keep(
        Institution(
            kind=InstitutionKind.JPCE,
            name="JPCE d’Alpha",
            location=Point(-4.5, 13.2, srid=4326),
            place_told=PlaceTold.SEAT,
        ),
        by=keeper,
        why="liste du ministère",
    )


def changes(pk, what):
    return [change for change in history_of(pk) if change.what == what]


def told(change):
    return change.what, change.how, change.field, change.before, change.after, change.who, change.why


def test_entering_is_told(court):
    assert [told(each) for each in history_of(court.pk)] == [
        ("institution", "insert", "", None, "JPCE d’Alpha", "gardienne", "liste du ministère")
    ]


def test_a_correction_tells_before_and_after(court, keeper):
    court.kind, court.name = InstitutionKind.TI, "TI d’Alpha"
    services.keep(court, by=keeper, why="décret")
    assert sorted(told(each) for each in history_of(court.pk) if each.how == "update") == [
        ("institution", "update", "kind", "jpce", "ti", "gardienne", "décret"),
        ("institution", "update", "name", "JPCE d’Alpha", "TI d’Alpha", "gardienne", "décret"),
    ]


def test_a_report_is_told_once_with_its_day(court, keeper):
    report_status(court, InstitutionStatus.CLOSED, as_of=date(2024, 5, 1), by=keeper, why="visite")
    (reported,) = changes(court.pk, "report")
    assert told(reported) == ("report", "insert", "", None, "closed", "gardienne", "visite")
    assert (reported.as_of, len(changes(court.pk, "institution"))) == (date(2024, 5, 1), 1)


def test_a_decision_on_a_pair_is_told_with_the_place_it_changed(court, keeper):
    node = services.keep(Institution(kind=InstitutionKind.TI, location=Point(-4.5, 13.21, srid=4326)))
    same_places.confirm(SamePlace.objects.get(), by=keeper, why="même bâtiment")
    same_places.undo(SamePlace.objects.get(), by=keeper, why="erreur")
    decided = [(each.before, each.after, each.why, each.other) for each in changes(court.pk, "pair")]
    assert decided == [
        ("confirmed", "proposed", "erreur", node.pk),
        ("proposed", "confirmed", "même bâtiment", node.pk),
    ]
    moved = [each for each in history_of(court.pk) if each.field == "location"]
    assert [(each.before.coords, each.after.coords) for each in moved] == [
        ((-4.5, 13.21), (-4.5, 13.2)),
        ((-4.5, 13.2), (-4.5, 13.21)),
    ]


def test_what_is_gone_keeps_its_history(court, keeper):
    pk = court.pk
    services.remove(court, by=keeper, why="doublon")
    assert told(history_of(pk)[0]) == (
        "institution",
        "delete",
        "",
        "JPCE d’Alpha",
        None,
        "gardienne",
        "doublon",
    )


def test_a_history_is_read_in_four_queries(court, keeper, django_assert_num_queries):
    for day in range(1, 20):
        report_status(court, InstitutionStatus.CLOSED, as_of=date(2024, 5, day), by=keeper, why="visite")
    with django_assert_num_queries(4):
        assert len(history_of(court.pk)) == 20
