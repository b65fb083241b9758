"""Which projects are present in a cercle or a region, and how that is known."""

from datetime import date

import pytest

from apps.accounts.models import Organisation
from apps.boundaries.models import Area
from apps.catalogue.rows import ROWS
from apps.projects import services
from apps.projects.models import NamedZone, Presence, Project
from tests.projects.tables import project

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def known(name, level="cercles"):
    area = getattr(Area.objects, level)().get(name=name)
    reaching = Presence.objects.reaching(area).order_by("project__code")
    return {each.project.code: each.known_by for each in reaching.select_related("project")}


def test_a_cercle_is_reached_directly_by_its_region_and_by_the_country(told):
    told(
        project("P1", cercles="Gamma"),
        project("P2", regions="Est"),
        project("P3", zones="national"),
        project("P4", cercles="Alpha"),
        project("P5"),
    )
    assert known("Gamma") == {"P1": "itself", "P2": "around", "P3": "country"}
    assert known("Est", "regions") == {"P1": "inside", "P2": "itself", "P3": "country"}


def test_a_commune_is_inside_its_cercle_and_its_region(told):
    told(project("P1"))
    commune = Area.objects.communes().get(name="Gamma Sud")
    services.add_presence(Project.objects.get(), commune, who="A", today=TODAY)
    assert known("Gamma") == {"P1": "inside"}
    assert known("Est", "regions") == {"P1": "inside"}
    assert known("Bêta") == {}


def test_a_zone_reaches_no_cercle_until_somebody_says_which(told):
    told(project("P1", zones="Confins"))
    assert known("Gamma") == {}
    zone = NamedZone.objects.get()
    services.define_zone(zone, Area.objects.cercles().filter(name__in=("Bêta", "Gamma")), note="Dit par A.")
    assert known("Gamma") == known("Bêta") == {"P1": "zone"}
    assert known("Est", "regions") == {"P1": "zone"}
    assert known("Alpha") == {}


def test_a_presence_that_ended_reaches_nothing_until_it_is_confirmed_again(told):
    told(project("P1", cercles="Gamma"))
    presence = Presence.objects.get()
    services.end_presence(presence, who="A", today=TODAY)
    assert known("Gamma") == {}
    services.confirm_presence(presence, who="A", today=TODAY)
    assert known("Gamma") == {"P1": "itself"}


def test_a_zone_outside_mali_reaches_no_cercle(told):
    told(project("P1", zones="Niger"))
    assert NamedZone.objects.get().outside_mali
    assert known("Gamma") == {}


def test_the_rows_of_the_layer_have_a_p_code_and_no_invented_point(told, client):
    told(project("P1", regions="Est", cercles="Gamma"))
    found = client.get("/api/layers/project_presences.geojson").json()["features"]
    assert [each["geometry"] for each in found] == [None, None]
    assert {each["properties"]["pcode"] for each in found} == {"ML92", "ML9202"}
    rows = client.get("/api/layers/project_presences.csv").content.decode().splitlines()
    assert len(rows) == 3


def test_the_layer_of_presences_says_who_funds_and_keeps_each_project_and_its_themes(told, member):
    told(project("P1", cercles="Gamma", donor="UE", themes_en="land; water"), project("P2", regions="Est"))
    member("ONG A")
    involve = Project.objects.get(code="P1").involvements
    involve.create(organisation=Organisation.objects.get(name="ONG A"))
    rows = ROWS["project_presences"].all().order_by("project__code")
    assert list(rows.values_list("donors", "organisations", "project__themes")) == [
        ("UE", "ONG A", "land; water"),
        ("", "", ""),
    ]
