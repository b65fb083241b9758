"""The projects that the shipped tables tell, as `load_country` wrote them: counts of the documents."""

import html
import re

import pytest
from django.db.models import Q, Sum

from apps.projects.models import Funding, NamedZone, Presence, Project

pytestmark = pytest.mark.django_db

Register, Reach = Project.Register, Presence.Reach


def of(register):
    return Project.objects.filter(register=register)


def test_annex_1_has_61_projects_by_result():
    assert of(Register.ANNEX_1).count() == 61
    by_result = [of(Register.ANNEX_1).filter(result_area=n).count() for n in (1, 2, 3, 4)]
    assert by_result == [13, 23, 8, 17]


def test_of_the_61_one_names_cercles_26_a_place_and_29_dates():
    annex = of(Register.ANNEX_1)
    naming = annex.filter(presences__reach=Reach.CERCLE).distinct()
    assert [each.code for each in naming] == ["P009"]
    assert annex.with_presence().count() == 26
    assert annex.without_presence().count() == 35
    assert annex.filter(Q(start_year__isnull=False) | Q(end_year__isnull=False)).count() == 29


def test_one_project_of_annex_1_has_two_donor_lines():
    lines = Funding.objects.filter(project__register=Register.ANNEX_1, line=2)
    assert [(each.project.code, each.donor, each.amount, each.currency) for each in lines] == [
        ("P013", "UE", 5_000_000, "EUR")
    ]


def test_allocated_resources_are_8_projects_in_12_lines_and_sum_to_what_the_document_states():
    lines = Funding.objects.filter(project__register=Register.RESOURCES)
    assert (of(Register.RESOURCES).count(), lines.count()) == (8, 12)
    assert lines.aggregate(total=Sum("amount"))["total"] == 3_138_393
    assert not Project.objects.filter(code__in=("RTOTAL", "RGAP", "RREQ")).exists()


def test_the_other_registers():
    counts = {register: of(register).count() for register in (Register.MENTIONED, Register.BULLETIN_2017)}
    assert counts == {Register.MENTIONED: 11, Register.BULLETIN_2017: 11}
    assert of(Register.WORK_PLAN).count() == 98
    assert not of(Register.ENTERED).exists()


def test_the_activities_cost_one_dollar_more_than_the_work_plan_states():
    amounts = Funding.objects.filter(project__register=Register.WORK_PLAN)
    assert amounts.aggregate(total=Sum("amount"))["total"] == 25_458_864
    assert not amounts.filter(amount=None).exists()
    assert of(Register.WORK_PLAN).filter(fundings=None).count() == 3


def test_an_antenna_of_four_regions_is_one_activity():
    antennas = Project.objects.get(code="2.5-11")
    assert {each.place for each in antennas.presences.all()} == {"Mopti", "Kayes", "Gao", "Sikasso"}
    assert antennas.fundings.get().amount == 120_267


def test_the_documents_define_no_zone():
    names = set(NamedZone.objects.values_list("name", flat=True))
    assert {"Liptako-Gourma", "Centre", "Nord", "Sahel", "Frontière Mali-Niger"} <= names
    assert not NamedZone.objects.exclude(cercle_names=[]).exists()
    outside = NamedZone.objects.filter(outside_mali=True).values_list("name", flat=True)
    assert set(outside) == {"Burkina Faso", "Niger", "Nigeria"}


def test_nobody_has_confirmed_a_presence_yet():
    assert not Presence.objects.filter(last_confirmed__isnull=False).exists()


def test_every_project_names_its_document_and_passage():
    told = Project.objects.with_words().values_list("document", "publisher", "source_passage")
    assert all(document and publisher and passage for document, publisher, passage in told)


def text_of(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_26_of_the_61_tell_a_place_and_one_names_a_cercle(client):
    page = text_of(client.get("/projets/?registre=annex_1"))
    assert "Annexe 1 du document de programme 61 26 1 29" in page
    assert "61 projets sur 189" in page
    assert "35 projets de cette liste ne disent aucun lieu." in page
    assert "Document de programme PROSMED 2021-2025" in page
    assert ".txt" not in page
