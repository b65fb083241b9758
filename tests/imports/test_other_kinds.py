"""Statuses, people, projects, tables and boundaries from files: each compared with what is loaded."""

from datetime import date

import pytest

from apps.area_tables.models import AreaTable
from apps.boundaries.models import Area, Population
from apps.imports import services
from apps.infrastructure.models import Institution, StatusReport
from apps.projects.models import Project
from tests import small_country
from tests.imports.conftest import again, applied, counts, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]

POLICE = "identifiant,sorte,nom,longitude,latitude\nA1,commissariat,Commissariat d’Alpha,-4.5,13.25\n"


def test_statuses_are_dated_and_the_latest_one_counts(tried):
    applied(tried("institutions", POLICE))
    told = (
        "nom;état;date\nCommissariat d’Alpha;fermé;15/02/2024\nCommissariat d’Alpha;fonctionnel;15/02/2022\n"
    )
    import_ = tried("statuses", told)
    assert counts(import_) == {"added": 2}
    applied(import_)
    assert Institution.objects.get(source_id="A1").status == "closed"
    assert StatusReport.objects.filter(institution__source_id="A1").count() == 2
    assert counts(tried("statuses", told)) == {"unchanged": 2}


def test_a_status_tells_how_often_an_institution_is_open(tried):
    applied(tried("institutions", POLICE))
    told = "nom;état;date;part des jours\nCommissariat d’Alpha;périodique;15/02/2024;0,2\n"
    applied(tried("statuses", told))
    assert StatusReport.objects.get(institution__source_id="A1").share_of_days == 0.2
    assert counts(tried("statuses", told)) == {"unchanged": 1}
    assert counts(tried("statuses", told.replace("0,2", "20"))) == {"refused": 1}


def test_a_status_of_an_institution_that_is_not_here_is_refused_with_the_nearest_name(tried):
    applied(tried("institutions", POLICE))
    import_ = tried("statuses", "nom;état;date\nComissariat d'Alfa;fermé;15/02/2024\n")
    assert counts(import_) == {"refused": 1}
    assert "Commissariat d’Alpha" in rows(import_, "refused")[0].remedy


PEOPLE = (
    "région;cercle;population;hommes;femmes\n"
    "Ouest;Alpha;1 000;480;520\nEst;Bêta;2000;990;1010\nEst;Gamma;3000;;\n"
)


def test_people_replace_those_before_and_a_lost_cercle_must_be_meant(tried):
    small_country.people(Alpha=900, Gamma=2900)
    import_ = tried("population", PEOPLE, "population_2020.csv")
    assert counts(import_) == {"added": 1, "changed": 2}
    load = applied(import_).load
    assert Population.objects.get(area__pcode="ML9101").people == 1000
    assert load.as_of == date(2020, 12, 31), "no younger than the year it tells"

    fewer = tried("population", PEOPLE.rpartition("Est;Gamma")[0], "population_2020.csv")
    assert counts(fewer) == {"unchanged": 2, "gone": 1}
    with pytest.raises(services.WrongStep) as wrong:
        services.begin_applying(fewer)
    assert wrong.value.code == "would_remove"
    services.choose_options(fewer, whole=True)
    applied(fewer)
    assert not Population.objects.filter(area__pcode="ML9202").exists()


def test_people_of_a_year_that_nobody_tells_are_refused(tried):
    import_ = tried("population", PEOPLE, "population.csv")
    assert import_.counts["refused"] == 3
    assert "année" in rows(import_, "refused")[0].reason


PROJECTS = (
    "code,titre,bailleur,montant,devise,début,fin,cercle,région\n"
    "P1,Justice de proximité,Danemark,1000,USD,2021,2024,Alpha,Ouest\n"
    "P1,Justice de proximité,Danemark,1000,USD,2021,2024,Gamma,Est\n"
    "P2,Police,,,,2021,2020,Alpha,Ouest\n"
)


def test_projects_come_with_their_places_and_donors(tried):
    import_ = tried("projects", PROJECTS)
    assert counts(import_) == {"added": 2, "refused": 1}
    applied(import_)
    project = Project.objects.get(code="P1")
    assert sorted(project.presences.values_list("place", flat=True)) == ["Alpha", "Gamma"]
    assert project.presences.get(place="Alpha").area.pcode == "ML9101"
    assert project.fundings.get().amount == 1000
    again_ = tried("projects", PROJECTS)
    assert counts(again_) == {"unchanged": 2, "refused": 1}


def test_a_place_that_a_project_no_longer_tells_is_told_and_stays(tried):
    applied(tried("projects", PROJECTS))
    import_ = tried("projects", "\n".join(PROJECTS.splitlines()[:2]) + "\n")
    assert counts(import_) == {"unchanged": 1, "gone": 1}
    assert rows(import_, "gone")[0].former["place"] == "Gamma"


TABLE = "cercle;taux\nAlpha;45,5\nBêta;12,25\nGamma;30\n"


def test_a_table_by_place_takes_french_decimals(tried):
    import_ = tried("area_table", TABLE, options={"values": ["taux"], "title": "Scolarisation", "unit": "%"})
    assert counts(import_) == {"added": 3}
    applied(import_)
    table = AreaTable.objects.get()
    assert (table.title, table.unit, table.level) == ("Scolarisation", "%", 2)
    assert table.values.get(area__pcode="ML9101").number == 45.5
    changed = tried(
        "area_table", TABLE.replace("30", "31"), options={"values": ["taux"], "title": "Scolarisation"}
    )
    assert counts(changed) == {"changed": 1, "unchanged": 2}


def test_a_table_without_chosen_values_says_what_to_do(tried):
    import_ = tried("area_table", TABLE)
    assert import_.state == "received"
    assert "Cochez" in import_.message


def test_a_place_that_is_not_certain_waits_and_a_decision_lets_it_in(tried, keeper):
    import_ = tried(
        "area_table", TABLE.replace("Gamma", "Gama"), options={"values": ["taux"], "title": "Scolarisation"}
    )
    assert counts(import_) == {"added": 2, "waiting": 1}
    question = import_.place_questions.get()
    assert (question.told, question.level, question.first_row) == ("Gama", "cercle", 4)
    assert question.candidates[0]["name"] == "Gamma"
    question.area = Area.objects.active().get(name="Gamma")
    question.decided_by, question.decided_at = keeper, import_.made_at
    question.save()
    assert counts(again(import_)) == {"added": 3}


def test_a_place_said_to_be_none_is_refused(tried, keeper):
    import_ = tried("area_table", TABLE.replace("Gamma", "Gama"), options={"values": ["taux"], "title": "T"})
    import_.place_questions.update(decided_by=keeper, decided_at=import_.made_at)
    assert counts(again(import_)) == {"added": 2, "refused": 1}
