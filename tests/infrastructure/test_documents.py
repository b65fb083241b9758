"""What documents say of services: facilities become institutions, counts stay counts, nothing is invented."""

from datetime import date
from pathlib import Path

import pytest

from apps.boundaries import services as boundaries
from apps.infrastructure import documents
from apps.infrastructure.facilities import KINDS, first_day, kind_of, name_of, status_of
from apps.infrastructure.models import Fact, Institution
from apps.infrastructure.statuses import report_status
from apps.sources.models import Load
from geo.vocabulary import InstitutionStatus
from layers.readers import programme
from layers.readers.settlements import SettlementRecord
from layers.sources_toml import Contents
from tests import small_country

pytestmark = pytest.mark.django_db

TABLES = Path(__file__).resolve().parents[2] / "data" / "programme"


def fact(**about):
    told = {
        "row": 2,
        "documents": ["004.txt"],
        "source_passage": "note 78",
        "note": "",
        "place": "Alpha",
        "name_in_source": "",
        "level": "cercle",
        "parent_told": "",
        "infra_type": "TI",
        "status": "existant (évalué)",
        "count": 1,
        "count_out_of": None,
        "as_of": "2020-12",
        "fact_kind": "point",
        "holder": "",
    }
    return told | about


def loaded(*facts):
    load = small_country.recorded(Load.Kind.PROGRAMME, Contents.PROGRAMME, "tables", len(facts))
    numbered = [each | {"row": row} for row, each in enumerate(facts, start=2)]
    return documents.save_facts({"existing_infrastructure_status": numbered}, load)


@pytest.fixture(scope="module")
def country(lasting):
    """The small country with the seat of Alpha, at 4.5 west, 13.2 north; Gamma has none."""
    with lasting():
        small_country.make()
        seat = SettlementRecord(
            source_id="s1",
            name="Alpha",
            longitude=-4.5,
            latitude=13.2,
            settlement_class=3,
            commune_name="",
            cercle_name="",
            row=2,
        )
        boundaries.save_settlements(
            [seat], small_country.recorded(Load.Kind.SETTLEMENTS, Contents.SETTLEMENTS, "s.csv", 1)
        )


@pytest.fixture
def keeper(django_user_model):
    return django_user_model.objects.create_user("gardienne")


def test_a_facility_stands_at_the_seat_with_its_dated_status(country):
    loaded(fact(status="travaux non finalisés", as_of="2021"))
    (court,) = Institution.objects.with_latest_report()
    assert (court.kind, court.name, court.source_id) == ("ti", "TI d’Alpha", "fait:ti:Alpha")
    assert (court.location.coords, court.place_told, court.cercle.name) == ((-4.5, 13.2), "seat", "Alpha")
    assert (court.status, court.status_as_of) == ("under_construction", date(2021, 1, 1))
    assert (court.status_words, court.facts.get().row) == ("travaux non finalisés", 2)


def test_a_count_of_a_region_makes_no_institution(country):
    loaded(fact(place="Ouest", level="region", fact_kind="aggregate", count=7, count_out_of=9))
    assert (Institution.objects.count(), Fact.objects.get().count) == (0, 7)


@pytest.mark.parametrize(
    "about",
    [
        {"infra_type": "EPES (prison)", "status": "nouvel EPES à construire", "count": None},
        {"infra_type": "one-stop center", "status": "absent (à créer)", "count": 0},
        {"infra_type": "Cour d’appel", "status": "non créée", "count": 0},
        {"infra_type": "PJS antenna", "status": "discutée depuis plusieurs années", "count": 0},
    ],
)
def test_what_is_wanted_does_not_stand(country, about):
    loaded(fact(**about))
    assert not Institution.objects.exists()


def test_a_facility_without_a_point_stays_a_fact_and_is_told(country):
    told = loaded(fact(place="Gamma"))
    assert not Institution.objects.exists()
    assert told == ["1 facilities have no point and stay facts: TI de Gamma."]


def test_a_phrase_nobody_mapped_is_unknown_and_told(country):
    told = loaded(fact(status="ouvert les jours de marché"))
    assert Institution.objects.get().status == "unknown"
    assert told == ["Status not in the table, taken for unknown: « ouvert les jours de marché » (line 2)."]


def test_a_date_nobody_can_read_makes_no_report_and_is_told(country):
    told = loaded(fact(as_of="avant la crise"))
    assert not Institution.objects.get().status_reports.exists()
    assert told == ["No day can be read, no dated status made: « avant la crise » (line 2)."]


def test_who_holds_a_place_is_kept_with_its_status(country):
    loaded(fact(infra_type="EPES (prison)", status="non fonctionnel", holder="MNLA"))
    (prison,) = Institution.objects.with_latest_report()
    assert (prison.status, prison.status_words) == ("closed", "non fonctionnel (MNLA)")


def test_loading_again_doubles_nothing(country):
    loaded(fact())
    before = Institution.objects.get().pk, Institution.objects.get().status_reports.get().pk
    loaded(fact())
    after = Institution.objects.get()
    assert before == (after.pk, after.status_reports.get().pk)
    assert (Fact.objects.count(), after.facts.count(), after.status_reports.get().fact) == (
        1,
        1,
        Fact.objects.get(),
    )


def test_a_keeper_who_knows_later_is_not_overruled_by_the_document(country, keeper):
    loaded(fact(as_of="2021"))
    court = Institution.objects.get()
    report_status(court, InstitutionStatus.FUNCTIONAL, as_of=date(2024, 2, 1), by=keeper)
    loaded(fact(as_of="2021", status="travaux non finalisés"))
    court.refresh_from_db()
    assert (court.status, court.status_reports.count()) == ("functional", 2)


def test_a_document_of_the_same_day_loaded_again_does_not_win_over_a_keeper(country, keeper):
    loaded(fact(as_of="2021-01-01"))
    court = Institution.objects.get()
    report_status(court, InstitutionStatus.FUNCTIONAL, as_of=date(2021, 1, 1), by=keeper)
    loaded(fact(as_of="2021-01-01"))
    court.refresh_from_db()
    assert court.status == "functional"


def test_a_facility_that_the_documents_no_longer_name_goes(country):
    loaded(fact(), fact(infra_type="TGI"))
    loaded(fact())
    assert list(Institution.objects.values_list("kind", flat=True)) == ["ti"]


def test_another_edition_keeps_what_it_cannot_place(country):
    east_only = small_country.AREAS[1:2] + small_country.AREAS[3:5]
    edition = small_country.make("Autre pays", east_only, active=False)
    loaded(fact())
    court = Institution.objects.get()
    boundaries.activate(edition)
    court.refresh_from_db()
    assert (court.location.coords, court.cercle) == ((-4.5, 13.2), None)
    assert Fact.objects.get().location is None


def test_times_are_told_by_their_first_day():
    told = [first_day(each) for each in ("2015", "2020-12", "2020-12-31", "2020-13", "")]
    assert told == [date(2015, 1, 1), date(2020, 12, 1), date(2020, 12, 31), None, None]


def test_every_phrase_of_the_shipped_table_is_mapped_and_34_facts_name_a_facility():
    read = programme.read(TABLES)["existing_infrastructure_status"].records
    facts = [Fact(**{name: record[name] for name in documents.FACT_FIELDS}) for record in read]
    named = [each for each in facts if kind_of(each)]
    assert (len(facts), len(named)) == (111, 34)
    assert [each.status for each in named if status_of(each.status) is None] == []
    assert [each.as_of for each in named if first_day(each.as_of) is None] == []
    assert {each.infra_type for each in named} == set(KINDS)
    assert {status_of(each.status) for each in named} == {"unknown", "under_construction", "closed"}


def test_a_name_takes_the_article_that_french_asks():
    told = [name_of(Fact(infra_type="EPES (prison)", place=place)) for place in ("Ansongo", "Yorosso")]
    assert told == ["EPES d’Ansongo", "EPES de Yorosso"]
