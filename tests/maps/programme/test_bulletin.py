"""The bulletin of June 2017: counted again from its rows, its contradictions told."""

import html
import re

import pytest

from apps.programme import bulletin
from apps.programme.models import BulletinRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(db):
    return bulletin.rows_by_type()


@pytest.fixture
def funds(rows):
    return {fund.name: fund for fund in bulletin.funds(rows)}


def test_quick_impact_projects_agree_by_stage_and_by_region(funds):
    qip = funds["QIP"]
    assert (qip.projects, qip.staged, qip.placed) == (324, 222 + 102, 324)
    assert qip.by_place == {
        "Bamako": 51,
        "Tombouctou;Taoudénit": 77,
        "Kidal": 47,
        "Gao;Ménaka": 84,
        "Mopti": 65,
    }


def test_trust_fund_projects_count_in_each_of_their_regions(funds):
    assert (funds["TF"].projects, funds["TF"].staged, funds["TF"].placed) == (93, 44 + 49, 166)
    assert funds["TF"].budget == 31_330_367


def test_the_same_five_peacebuilding_projects_are_printed_twice(funds):
    assert (funds["PBF"].projects, funds["PBF"].placed) == (5, 10)


def test_each_family_of_shares_sums_to_one(rows):
    assert sum(share for _sector, share in bulletin.sectors(rows)) == pytest.approx(1)
    families = bulletin.families(rows)
    assert [(each.fund, len(each.shares), each.total) for each in families] == [
        ("QIP", 5, 1),
        ("TF", 8, 1),
        ("TF", 5, 1),
        ("PBF", 5, 1),
    ]


def test_the_page_tells_contradictions_and_ties_no_share_to_a_guessed_label(client):
    page = re.sub(r"<[^>]+>", " ", html.unescape(client.get("/bulletin/").content.decode()))
    text = re.sub(r"\s+", " ", page)
    assert "« 5 PBF » est imprimé deux fois" in text
    assert "Le projet de Ber porte TF en couverture et QIP dans le texte." in text
    assert "Parts sans libellé dans le document" in text
    assert "17 %, 26 %, 15 %, 20 %, 22 %" in text


def test_without_rows_the_page_says_so(client):
    BulletinRow.objects.all().delete()
    assert "ne sont pas chargées" in client.get("/bulletin/").content.decode()


def test_the_page_asks_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/bulletin/")
