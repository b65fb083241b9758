"""A register loaded again: rows keep their ids, corrections and reports stay, what left is told."""

from datetime import date

import pytest
from django.contrib.gis.geos import Point

from apps.infrastructure import services
from apps.infrastructure.models import Institution, StatusReport
from apps.infrastructure.statuses import report_status
from apps.sources.models import Load
from geo.vocabulary import InstitutionFamily, InstitutionKind, InstitutionStatus
from layers.readers.institutions import InstitutionRecord
from layers.sources_toml import Contents
from tests import small_country

pytestmark = pytest.mark.django_db


def record(source_id, kind=InstitutionKind.TI, name="", longitude=-4.5, latitude=13.2):
    return InstitutionRecord(
        source_id=source_id,
        family=kind.family,
        kind=kind,
        name=name,
        longitude=longitude,
        latitude=latitude,
        row=1,
    )


def loaded(*records, register="OpenStreetMap"):
    load = small_country.recorded(Load.Kind.INSTITUTIONS, Contents.INSTITUTIONS, "osm.geojson", len(records))
    return services.save_register(records, load, register=register)


def row(source_id):
    return Institution.objects.get(source_id=source_id)


@pytest.fixture
def keeper(django_user_model):
    return django_user_model.objects.create_user("gardienne")


def test_a_row_keeps_its_id_when_its_register_is_loaded_again():
    loaded(record("n1", name="Tribunal"))
    before = row("n1").pk
    loaded(record("n1", name="Tribunal d’Alpha"))
    assert (row("n1").pk, row("n1").name) == (before, "Tribunal d’Alpha")


def test_a_load_repeated_changes_nothing_but_the_load():
    small_country.make()
    loaded(record("n1", name="Tribunal"), record("n2", InstitutionKind.EPES))
    before = list(Institution.objects.values_list("pk", "name", "kind", "location", "commune", "updated"))
    loaded(record("n1", name="Tribunal"), record("n2", InstitutionKind.EPES))
    assert before == list(
        Institution.objects.values_list("pk", "name", "kind", "location", "commune", "updated")
    )


def test_what_a_keeper_corrected_survives_and_the_rest_follows_the_register(keeper):
    loaded(record("n1", InstitutionKind.COURT_NOT_TOLD, "Justice"))
    court = row("n1")
    court.kind = InstitutionKind.TGI
    services.keep(court, by=keeper, why="visite")
    loaded(record("n1", InstitutionKind.COURT_NOT_TOLD, "Palais de justice", latitude=13.3))
    court.refresh_from_db()
    assert (court.kind, court.name, court.location.y) == ("tgi", "Palais de justice", 13.3)
    assert (court.family, court.corrected) == (InstitutionFamily.COURT, ["kind"])


def test_a_place_that_a_keeper_told_survives(keeper):
    loaded(record("n1"))
    court = row("n1")
    court.location = Point(-4.4, 13.1, srid=4326)
    services.keep(court, by=keeper, why="relevé sur place")
    loaded(record("n1", longitude=-4.9))
    assert row("n1").location.coords == (-4.4, 13.1)


def test_a_row_that_left_the_register_goes():
    loaded(record("n1"), record("n2", longitude=-4.9))
    _, told = loaded(record("n1"))
    assert (list(Institution.objects.values_list("source_id", flat=True)), told) == (["n1"], "")


def test_a_row_that_left_but_was_reported_on_stays_and_is_told(keeper):
    loaded(record("n1"), record("n2", name="Tribunal d’Alpha", longitude=-4.9))
    report_status(row("n2"), InstitutionStatus.CLOSED, as_of=date(2024, 5, 1), by=keeper)
    _, told = loaded(record("n1"))
    assert told == ("Gone from the register, kept because a data keeper touched them: Tribunal d’Alpha (n2).")
    assert row("n2").status == "closed"


def test_reports_survive_a_reload(keeper):
    loaded(record("n1"))
    report_status(row("n1"), InstitutionStatus.FUNCTIONAL, as_of=date(2024, 5, 1), by=keeper)
    loaded(record("n1", name="Tribunal"))
    assert (row("n1").status, StatusReport.objects.count()) == ("functional", 1)


def test_another_register_and_what_keepers_entered_are_left_alone():
    services.keep(Institution(kind=InstitutionKind.TI, location=Point(-4.2, 13.2, srid=4326)))
    loaded(record("n1"), register="Autre")
    loaded(record("n1", longitude=-4.9))
    assert list(Institution.objects.values_list("register", flat=True)) == [
        "Maillage",
        "Autre",
        "OpenStreetMap",
    ]


def test_a_register_is_written_in_a_bounded_number_of_queries(django_assert_max_num_queries):
    records = [record(f"n{n}", name=f"Tribunal {n}", longitude=-4.9 + n / 100) for n in range(60)]
    loaded(*records)
    moved = [record(f"n{n}", name=f"TI {n}", longitude=-4.9 + n / 100) for n in range(60)]
    with django_assert_max_num_queries(32):
        loaded(*moved)
