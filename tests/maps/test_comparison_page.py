"""/evenements/comparaison/: what it says, its file, and what an address may ask."""

import html
import re
from datetime import date

import pytest

from apps.events import published
from apps.events.models import PublishedCount
from layers.readers.monthly_counts import CountCategory, MonthlyCount
from layers.readers.problems import Reading
from layers.sources_toml import Contents
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db
PAGE = "/evenements/comparaison/"


@pytest.fixture
def counts():
    small_country.make()
    small_country.happened(event(-4.5, 13.2), event(-4.5, 13.7), event(-2.5, 13.2, "2020-09-10"))
    records = [
        MonthlyCount(
            category=CountCategory.POLITICAL_VIOLENCE,
            month=month,
            pcode="",
            name=name,
            region="",
            events=number,
            fatalities=None,
            row=2,
        )
        for name, month, number in (("Alpha", date(2020, 10, 1), 3), ("Gamma", date(2020, 9, 1), 1))
    ]
    published.save_counts(
        Reading(records, []), small_country.source(Contents.HDX_COUNTS, "hdx.csv"), series="hdx"
    )


def text_of(client, address=PAGE, status=200):
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html.unescape(response.content.decode())))


@pytest.mark.usefixtures("counts")
def test_the_page_says_how_well_they_agree_and_why_not(client):
    text = text_of(client)
    assert "égales dans 1 mois sur 2" in text
    assert "3 événements chez nous et 4 chez l’éditeur" in text
    assert "Le mois le plus éloigné est oct. 2020\u00a0: 2 et 3" in text.replace(" :", "\u00a0:")
    assert "Pourquoi elles diffèrent" in text
    assert "+1" in text


@pytest.mark.usefixtures("counts")
def test_a_cercle_and_a_period_are_asked_by_the_address(client):
    text = text_of(client, f"{PAGE}?cercle=ML9101&depuis=2020-10&jusqua=2020-10")
    assert "Alpha, de oct. 2020 à oct. 2020" in text
    assert "égales dans 0 mois sur 1" in text
    assert client.get(f"{PAGE}?cercle=ML9999").status_code == 404
    assert "n’est pas comprise" in text_of(client, f"{PAGE}?depuis=hier")


@pytest.mark.usefixtures("counts")
def test_the_file_holds_the_table_with_its_sources(client):
    lines = client.get("/evenements/comparaison.csv?cercle=ML9101").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("month,placed,point_only,outside,ours,published,difference,cercle")
    assert lines[2].startswith("2020-10-01,2,0,0,2,3,1,ML9101,Alpha,hdx,political_violence,acled")


def test_without_counts_the_page_says_how_to_get_them(client):
    PublishedCount.objects.all().delete()
    assert "Aucun compte d’éditeur n’est chargé" in text_of(client)
    assert client.get("/evenements/comparaison.csv").status_code == 200


@pytest.mark.usefixtures("counts")
def test_the_questions_to_the_database_do_not_grow(client, django_assert_max_num_queries):
    client.get(PAGE)
    with django_assert_max_num_queries(26):
        client.get(PAGE)
