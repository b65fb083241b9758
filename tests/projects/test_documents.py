"""Projects out of the tables of the documents: donors, places, and what survives a reload."""

from datetime import date
from decimal import Decimal

import pytest

from apps.boundaries import services as boundaries
from apps.boundaries.models import Area
from apps.projects import services
from apps.projects.models import NamedZone, Presence, Project
from tests import small_country
from tests.projects.tables import project, row

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def places(code):
    return {
        (each.reach, each.place, each.area and each.area.pcode)
        for each in Presence.objects.filter(project__code=code).select_related("area")
    }


def test_two_donors_are_two_lines_of_one_project(told):
    told(
        project("P1", funding_line="1", donor="A", budget_amount="1200000", budget_currency="EUR"),
        project("P1", funding_line="2", donor="B", budget_amount="5000000", budget_currency="XOF"),
    )
    found = Project.objects.get()
    assert [(each.line, each.donor, each.amount, each.currency) for each in found.fundings.all()] == [
        (1, "A", Decimal(1_200_000), "EUR"),
        (2, "B", Decimal(5_000_000), "XOF"),
    ]


def test_an_amount_that_is_not_told_is_none_and_not_zero(told):
    told(project("P1", donor="A"))
    assert Project.objects.get().fundings.get().amount is None


def test_totals_of_resources_are_no_projects(told):
    told(
        project("R1", record_type="allocated_resource"),
        project("RTOTAL", record_type="allocated_total"),
        project("RGAP", record_type="to_mobilise"),
        project("RREQ", record_type="required_total"),
    )
    assert [each.code for each in Project.objects.all()] == ["R1"]


def test_places_are_found_at_the_level_told(told):
    told(project("P1", regions="Est", cercles="Alpha;Gamma", zones="Confins"))
    assert places("P1") == {
        ("region", "Est", "ML92"),
        ("cercle", "Alpha", "ML9101"),
        ("cercle", "Gamma", "ML9202"),
        ("zone", "Confins", None),
    }


def test_a_place_that_the_edition_lacks_keeps_its_words(told):
    said = told(project("P1", regions="Nulle part"))
    assert places("P1") == {("region", "Nulle part", None)}
    assert any("Nulle part" in sentence for sentence in said)


def test_the_whole_country_is_no_zone(told):
    told(project("P1", zones="national"), project("P2", zones="Mali; Niger"))
    assert places("P1") == {("country", "national", None)}
    assert places("P2") == {("country", "Mali", None), ("zone", "Niger", None)}
    assert list(NamedZone.objects.values_list("name", "outside_mali", "cercle_names")) == [
        ("Niger", True, [])
    ]


def test_a_joint_cost_is_told_and_never_split(told):
    about = {"fund": "QIP", "place": "Alpha", "level": "cercle", "date": "2017-06-16"}
    told(
        bulletin=[
            row("stabilisation_projects_2017", row_id="S1", row_type="project", title="Toit", **about),
            row("stabilisation_projects_2017", row_id="S2", row_type="project", title="Lits", **about),
            row(
                "stabilisation_projects_2017",
                row_id="S3",
                row_type="project_joint_cost",
                title="Coût global",
                value="2",
                cost_usd="85000",
                **about,
            ),
        ]
    )
    found = Project.objects.all()
    assert [each.code for each in found] == ["S1", "S2"]
    assert all("85000 USD for these 2 projects together" in each.note for each in found)
    assert not any(each.fundings.exists() for each in found)


def test_one_date_of_the_bulletin_is_neither_start_nor_end(told):
    about = {"row_type": "project", "fund": "PBF", "place": "Est", "level": "region"}
    told(
        bulletin=[
            row("stabilisation_projects_2017", row_id="S1", date="2017-06-14", title="Pose", **about),
            row("stabilisation_projects_2017", row_id="S2", date="2015-01/2017-03", title="École", **about),
        ]
    )
    assert list(Project.objects.values_list("start_year", "end_year", "dates_told")) == [
        (None, None, "2017-06-14"),
        (2015, 2017, "2015-01/2017-03"),
    ]


def test_an_activity_is_where_its_works_are_and_nowhere_else(told):
    told(
        activities=[
            row(
                "workplan_activities",
                activity_id="2.1-03",
                result="2",
                activity="Bâtir",
                usd_2022="10",
                usd_total="10",
            ),
            row(
                "workplan_activities",
                activity_id="2.1-12",
                result="2",
                activity="Équiper",
                usd_2021="0",
                usd_total="0",
            ),
        ],
        works=[
            row(
                "planned_infrastructure", place="Alpha", level="cercle", region="Ouest", activity_id="2.1-03"
            ),
            row("planned_infrastructure", level="target zones", activity_id="2.1-12"),
            row("planned_infrastructure", place="Gamma", level="cercle", region="Est"),
        ],
    )
    assert places("2.1-03") == {("cercle", "Alpha", "ML9101")}
    assert places("2.1-12") == set()
    assert Presence.objects.count() == 1
    first, second = Project.objects.all()
    assert (first.start_year, first.end_year, first.fundings.get().amount) == (2022, 2022, 10)
    assert (second.start_year, second.fundings.get().amount) == (None, 0)


def test_the_same_tables_again_change_nothing_and_leave_no_trace(told):
    lines = (project("P1", regions="Est", donor="A"), project("P2", zones="Confins"))
    told(*lines)
    before = [Project.objects.get(code=code).events.count() for code in ("P1", "P2")]
    told(*lines)
    assert [Project.objects.get(code=code).events.count() for code in ("P1", "P2")] == before == [1, 1]
    assert Presence.objects.count() == 2


def test_what_was_corrected_confirmed_or_entered_survives_a_reload(told):
    told(project("P1", title="Ancien", implementers="X", regions="Est"), project("P2"))
    first = Project.objects.get(code="P1")
    services.correct_project(first, {"title": "Corrigé ici"})
    services.confirm_presence(first.presences.get(), who="Organisation A", today=TODAY)
    entered = services.enter_project({"title": "Saisi"}, organisation=None)
    services.add_presence(entered, Area.objects.cercles().get(name="Alpha"), who="A", today=TODAY)
    told(project("P1", title="Nouveau", implementers="Y"))
    first.refresh_from_db()
    assert (first.title, first.implementers, first.corrected) == ("Corrigé ici", "Y", ["title"])
    assert first.presences.get().last_confirmed == TODAY
    assert [each.code for each in Project.objects.all()] == ["P1", entered.code]
    assert entered.presences.get().area.name == "Alpha"


def test_a_place_the_document_no_longer_tells_is_gone(told):
    told(project("P1", regions="Est;Ouest"))
    told(project("P1", regions="Est"))
    assert places("P1") == {("region", "Est", "ML92")}


def test_presences_and_zones_follow_the_edition_by_name(told):
    told(project("P1", cercles="Alpha", zones="Confins"))
    services.define_zone(NamedZone.objects.get(), Area.objects.cercles().filter(name="Gamma"), note="")
    renumbered = [
        (
            level,
            pcode.replace("ML91", "ML81").replace("ML92", "ML82"),
            name,
            parent.replace("ML9", "ML8"),
            shape,
        )
        for level, pcode, name, parent, shape in small_country.AREAS
    ]
    boundaries.activate(small_country.make("Autre édition", renumbered, active=False))
    assert places("P1") == {("cercle", "Alpha", "ML8101"), ("zone", "Confins", None)}
    assert [each.pcode for each in NamedZone.objects.get().cercles.all()] == ["ML8202"]
