"""The page of the programme: its numbers are those of the document, or their difference is told."""

import html
import re

import pytest

from apps.programme import figures
from apps.programme.models import Activity, BudgetLine, PlannedWork
from apps.sources.models import Load

pytestmark = pytest.mark.django_db


def text_of(client, address="/programme/", status=200):
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def figure(number):
    return f"{number:,}".replace(",", " ")


def line(code):
    return next(each for each in figures.work_plan() if each.code == code)


def test_every_subtotal_of_a_product_is_the_sum_of_its_activities_but_one():
    products = [each for each in figures.work_plan() if each.row_type in ("product", "technical_support")]
    assert {each.code: each.differences for each in products if each.differences} == {
        "3.3": [(2021, -1), (2022, -1)]
    }


def test_results_sum_to_the_whole_and_the_dollar_that_lacks_is_told():
    totals = [line(str(result)).total for result in (1, 2, 3, 4)]
    assert totals == [3_904_123, 16_794_714, 2_465_625, 2_294_402]
    assert line("TA").differences == [(2025, -1), (None, -1)]
    assert line("TB").total == 25_458_863 + 4_305_108


def test_fees_that_do_not_follow_their_rate_are_told_year_by_year():
    assert line("GMS").differences == [(2021, -390_365), (2022, 20_632), (None, -369_733)]
    assert line("LEVY").differences == [(2021, -42_875), (2022, -50_234), (None, -93_110)]
    assert line("MG").parts is None


def test_the_grand_total_is_32_million_and_its_years_are_one_dollar_short():
    assert line("GT").total == 32_000_000
    assert line("GT").years_differ_by == 1


def test_a_changed_activity_shows_as_a_difference(client):
    Activity.objects.filter(activity_id="1.1-01").update(usd_2021=8_000)
    assert line("1.1").differences == [(2021, -100)]
    assert "2021 : −100" in text_of(client)


def test_a_joint_amount_is_counted_once():
    antennas = [work for work in figures.works() if work.alignment_confidence == "joint"]
    assert len(antennas) == 4
    assert len({work.activity_id for work in antennas}) == 1
    assert figures.usd_of(antennas) == 120_267


def test_works_told_of_a_cercle_add_up_as_the_document_does():
    works = figures.works()
    assert figures.usd_at_cercles(works) == 3_455_061
    assert figures.usd_at_cercles(works, figures.COMMISSARIATS) == 2_403_024
    assert figures.usd_at_cercles(works, figures.COURTS) == 992_037
    assert figures.usd_at_cercles(works, figures.PRISONS) == 60_000


def test_works_without_an_amount_cost_nobody_knows_what_and_not_zero():
    assert figures.usd_of(PlannedWork.objects.filter(infra_id__in=["INF20", "INF32"])) is None


def test_eight_target_cercles_have_no_named_work():
    rows = figures.works_of_targets(figures.targets(), figures.works())
    assert [target.cercle_name for target, works, _usd in rows if not works] == [
        "Mopti",
        "Bandiagara",
        "Ségou",
        "Gao",
        "Ansongo",
        "Ménaka",
        "Anderamboukane",
        "Nioro du Sahel",
    ]


def test_four_cercles_left_out_cannot_be_found_by_arithmetic():
    communes = [target.communes for target in figures.targets()]
    assert figures.ways_to_leave_out(communes, 4, 44) == 158
    assert figures.ways_to_leave_out(communes, 4, 43) == 140


def test_the_page_says_what_is_found_and_what_is_to_be_found(client):
    text = text_of(client)
    for number in (32_000_000, 3_138_393, 28_861_607, 3_455_061, 25_458_863, 2_403_024, 120_267):
        assert figure(number) in text
    assert "compté une fois pour 4 lieux" in text
    assert "8 cercles cibles sans ouvrage nommé" in text
    assert "277 ou 276 communes" in text
    assert "158 choix de 4 cercles font l’un, 140 l’autre" in text


def test_the_chart_says_in_words_what_an_eye_sees(client):
    text = text_of(client)
    assert "Millions de dollars : 2021 7,29 M, 2022 8,02 M, 2023 7,45 M, 2024 6,32 M, 2025 2,92 M." in text
    assert "La plus grande part : Résultat 2, 16,79 M en cinq ans." in text


def test_the_page_names_documents_and_never_their_files(client):
    page = client.get("/programme/").content.decode()
    assert "Document de programme PROSMED 2021-2025" in page
    assert ".txt" not in page


def test_without_its_tables_the_page_says_how_to_load_them(client):
    for model in (Activity, BudgetLine, PlannedWork):
        model.objects.all().delete()
    figures.TargetCercle.objects.all().delete()
    assert "load_programme" in text_of(client)


def test_without_its_budget_the_page_shows_the_rest(client):
    BudgetLine.objects.all().delete()
    text = text_of(client)
    assert "Le budget du plan de travail n’est pas chargé." in text
    assert "Les 21 cercles" in text


@pytest.mark.parametrize(("persona", "status"), [("anonymous", 403), ("partner", 200)])
def test_tables_that_need_sign_in_are_not_shown_to_others(as_persona, persona, status):
    Load.objects.of_kind("programme").update(access="signed_in")
    client = as_persona(persona)
    for address in ("/programme/", "/programme/regles/", "/programme/listes/sigles/", "/bulletin/"):
        assert client.get(address).status_code == status


def test_the_page_asks_few_queries(client, django_assert_max_num_queries):
    client.get("/programme/")
    with django_assert_max_num_queries(20):
        client.get("/programme/")


def test_pages_weigh_less_than_300_kilobytes(client):
    for address in ("/programme/", "/programme/regles/", "/programme/listes/resultats/", "/bulletin/"):
        assert len(client.get(address).content) < 300_000
