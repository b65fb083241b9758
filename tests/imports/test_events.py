"""Events of ACLED through an import: by difference, with versions; deleted only when the file is complete."""

import pytest

from apps.events.models import ConflictEvent
from apps.imports import services
from apps.sources.models import Load
from tests.imports.conftest import again, applied, counts, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]

HEADER = (
    "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,fatalities,"
    "longitude,latitude,geo_precision,admin1,admin2,admin3,location,country,timestamp\n"
)


def event(number, day="15 October 2020", fatalities="0"):
    return (
        f"MLI{number},{day},2020,1,Battles,Armed clash,A,B,{fatalities},"
        f"-4.5,13.2{number},1,Ouest,Alpha,Alpha Sud,Lieu,Mali,1609459200\n"
    )


THREE = HEADER + "".join(map(event, (1, 2, 3)))
SIGNED_IN = {"access": "signed_in", "publisher": "ACLED"}


def current():
    return ConflictEvent.objects.current().filter(source="acled")


def test_events_go_in_and_the_same_file_changes_nothing(tried):
    import_ = tried("events", THREE, **SIGNED_IN)
    assert counts(import_) == {"added": 3}
    assert not current().exists()
    done = applied(import_)
    assert current().count() == 3
    assert (done.load.access, done.load.file_name) == ("signed_in", "fichier.csv")
    second = tried("events", THREE, **SIGNED_IN)
    assert counts(second) == {"unchanged": 3}
    assert applied(second).message == services.NOTHING_NEW
    assert Load.objects.filter(publisher="ACLED").count() == 1


def test_a_changed_event_is_shown_and_a_lost_one_goes_only_when_said(tried):
    applied(tried("events", THREE, **SIGNED_IN))
    weekly = HEADER + event(1, fatalities="4") + event(2)
    import_ = tried("events", weekly, **SIGNED_IN)
    assert counts(import_) == {"changed": 1, "unchanged": 1, "gone": 1}
    assert rows(import_, "changed")[0].values["fatalities"] == 4
    applied(import_)
    assert current().count() == 3
    complete = tried("events", weekly, **SIGNED_IN)
    services.choose_options(complete, whole=True)
    applied(complete)
    assert set(current().values_list("source_event_id", flat=True)) == {"MLI1", "MLI2"}


def test_a_broken_event_is_refused_by_row_and_comes_back(tried):
    import_ = tried("events", THREE + event(4, day="hier"), **SIGNED_IN)
    assert counts(import_) == {"added": 3, "refused": 1}
    assert rows(import_, "refused")[0].row == 5
    assert applied(import_).load.rows_refused == 1


def test_rows_of_acled_may_not_be_made_public(tried):
    import_ = tried("events", THREE, access="public", publisher="ACLED")
    assert import_.state == "received"
    assert "ACLED" in import_.message


def test_events_of_another_country_need_it_told(tried):
    import_ = tried("events", THREE.replace(",Mali,", ",Niger,"), **SIGNED_IN)
    assert import_.state == "received"
    assert import_.message.startswith("fichier.csv\u00a0: ")
    assert "Niger (3)" in import_.message
    services.choose_columns(import_, import_.mapping, options={"country": "Niger"})
    assert counts(again(import_)) == {"added": 3}
