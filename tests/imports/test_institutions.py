"""Institutions from a file: added, changed, the same, gone and kept; statuses with a date."""

from datetime import date

import pytest

from apps.infrastructure import services as infrastructure
from apps.infrastructure.models import Institution, StatusReport
from tests.imports.conftest import applied, counts, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]

HEADER = "identifiant;sorte;nom;longitude;latitude;état;date de l'état\n"
TWO = HEADER + (
    "A1;commissariat;Commissariat d’Alpha;-4,5;13,25;fonctionnel;31/12/2023\n"
    "A2;TGI;Tribunal de Gamma;-2,5;13,75;;\n"
)


def test_two_institutions_go_in_with_their_place_and_status(tried):
    import_ = applied(tried("institutions", TWO))
    assert import_.state == "applied"
    police, court = Institution.objects.filter(register="Ministère d’essai").order_by("source_id")
    assert (police.name, police.commune.name, police.status) == (
        "Commissariat d’Alpha",
        "Alpha Sud",
        "functional",
    )
    assert (court.kind, court.cercle.name, court.status) == ("tgi", "Gamma", "unknown")
    assert StatusReport.objects.get(institution=police).as_of == date(2023, 12, 31)
    assert import_.load.rows_written == 2
    assert import_.load.publisher == "Ministère d’essai"


def test_a_trial_writes_nothing(tried):
    before = Institution.objects.count()
    import_ = tried("institutions", TWO)
    assert counts(import_) == {"added": 2}
    assert import_.state == "tried"
    assert Institution.objects.count() == before
    assert import_.load is None


def test_the_same_file_twice_changes_nothing(tried):
    applied(tried("institutions", TWO))
    second = tried("institutions", TWO)
    assert counts(second) == {"unchanged": 2}
    done = applied(second)
    assert (done.state, done.message) == ("applied", "nothing_new")
    assert Institution.objects.filter(register="Ministère d’essai").count() == 2
    assert StatusReport.objects.filter(institution__register="Ministère d’essai").count() == 1


def test_a_changed_row_says_from_what_to_what(tried):
    applied(tried("institutions", TWO))
    import_ = tried("institutions", TWO.replace("Commissariat d’Alpha", "Commissariat central"))
    assert counts(import_) == {"changed": 1, "unchanged": 1}
    (row,) = rows(import_, "changed")
    assert (row.former["name"], row.values["name"]) == ("Commissariat d’Alpha", "Commissariat central")
    applied(import_)
    assert Institution.objects.get(source_id="A1").name == "Commissariat central"


def test_a_new_status_is_a_new_report_and_the_former_stays(tried):
    applied(tried("institutions", TWO))
    later = TWO.replace("fonctionnel;31/12/2023", "fermé;30/06/2024")
    applied(tried("institutions", later))
    police = Institution.objects.get(source_id="A1")
    assert police.status == "closed"
    assert StatusReport.objects.filter(institution=police).count() == 2


def test_what_is_gone_is_told_and_stays(tried):
    applied(tried("institutions", TWO))
    import_ = tried("institutions", HEADER + "A1;commissariat;Commissariat d’Alpha;-4,5;13,25;;\n")
    assert counts(import_) == {"unchanged": 1, "gone": 1}
    assert rows(import_, "gone")[0].key == "A2"
    applied(import_)
    assert Institution.objects.filter(source_id="A2").exists()


def test_what_a_data_keeper_corrected_stays(tried):
    applied(tried("institutions", TWO))
    police = Institution.objects.get(source_id="A1")
    police.name = "Commissariat corrigé"
    infrastructure.keep(police)
    import_ = tried("institutions", TWO)
    assert counts(import_) == {"unchanged": 2}


def test_a_status_without_a_day_is_refused_and_the_rest_goes_in(tried):
    import_ = tried("institutions", TWO.replace(";31/12/2023", ";"))
    assert counts(import_) == {"added": 1, "refused": 1}
    (refused,) = rows(import_, "refused")
    assert (refused.row, refused.field) == (2, "date de l'état")
    assert "date" in refused.remedy
    done = applied(import_)
    assert (done.load.rows_read, done.load.rows_written, done.load.rows_refused) == (2, 1, 1)


def test_an_institution_told_by_its_commune_stands_at_the_seat(tried):
    import_ = applied(
        tried("institutions", "sorte,nom,commune,cercle\nbrigade,Brigade d’Alpha Nord,Alpha Nord,Alpha\n")
    )
    brigade = Institution.objects.get(name="Brigade d’Alpha Nord")
    assert import_.state == "applied"
    assert (brigade.commune.name, brigade.place_told) == ("Alpha Nord", "seat")


def test_rows_that_few_may_read_do_not_join_a_layer_that_all_read(tried):
    applied(tried("institutions", TWO))
    import_ = tried("institutions", TWO, access="data_keepers")
    assert import_.state == "received"
    assert "accès" in import_.message


def test_a_name_tells_the_kind_where_the_file_tells_only_the_family(tried):
    applied(
        tried("institutions", "id,amenity,nom,longitude,latitude\nO1,police,Gendarmerie d’Alpha,-4.5,13.25\n")
    )
    assert Institution.objects.get(source_id="O1").kind == "brigade"
