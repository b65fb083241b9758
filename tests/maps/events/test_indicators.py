"""/evenements/: indicators of areas, their uncertainty beside them, what is missing said."""

import csv
import io
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from apps.maps.events import words
from apps.patterns.figures import CONFLICT_CLASS_LABELS, HOT_SPOT_LABELS
from apps.patterns.models import Pattern
from geo.vocabulary import PlacePrecision
from tests import small_country
from tests.small_country import event, happened

pytestmark = pytest.mark.django_db

PAGE = "/evenements/"


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.people(Alpha=1000)
        happened(
            event(-4.5, 13.2, fatalities=4),
            event(-4.5, 13.2),
            event(-4.5, 13.2, geo_precision=PlacePrecision.REGION),
            event(-3.5, 13.2, event_type="Violence against civilians", fatalities=1),
            event(-3.5, 13.3, "2019-06-10"),
            access="signed_in",
        )
        call_command("measure_patterns", verbosity=0)


def rows(client, query=""):
    page = client.get(PAGE + query).content.decode()
    body = page.partition('id="indicators-table"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in body.split("</tr>")[:-1]]


def test_everybody_reads_them_and_each_number_has_its_doubt(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        told = rows(client)
    assert [row.split()[0] for row in told] == ["Alpha", "Bêta", "Gamma"]
    assert "2 2 à 3" in told[0] or "2 3" in told[0]
    assert "faible, groupée" in told[0]
    assert "n. d." in told[1]


def test_a_year_a_level_and_an_order_are_asked(client):
    assert [row.split()[0] for row in rows(client, "?level=region&period=2019&sort=name")] == ["Est", "Ouest"]
    assert [row.split()[0] for row in rows(client, "?sort=-name")] == ["Gamma", "Bêta", "Alpha"]
    communes = rows(client, "?level=commune&cercle=ML9202&sort=name")
    assert [row.split("Gamma,")[0].strip() for row in communes] == ["Gamma Nord", "Gamma Sud"]


@pytest.mark.parametrize(
    "wrong", ["level=ville", "period=1789", "sort=love", "source=ucdp", "events_until=hier", "cercle=ML01"]
)
def test_what_means_nothing_is_refused(client, wrong):
    assert client.get(f"{PAGE}?{wrong}").status_code == 400


def test_events_until_a_day_have_no_pattern_measured_and_say_so(client):
    told = client.get(f"{PAGE}?events_until=2019-06-30").content.decode()
    assert "non mesuré pour cette question" in told
    assert "30 juin 2019" in told


def test_before_anything_was_known_counts_are_unknown(client):
    told = client.get(f"{PAGE}?known_at=2001-01-01").content.decode()
    assert "inconnus, pas nuls" in told
    assert "<tbody>" not in told


def test_the_map_and_its_legend_say_what_the_table_says(client):
    told = client.get(PAGE).content.decode()
    assert "spot--not_tested" in told
    assert re.search(r"pas de test <b>3</b>", told)


def test_the_file_has_every_area_and_its_sources(client):
    answer = client.get(f"{PAGE}indicateurs.csv?level=commune")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 5
    south = next(line for line in lines if line["pcode"] == "ML910101")
    assert (south["violent_events"], south["fatalities"], south["events_Battles"]) == ("2", "4", "2")
    assert (south["hot_spot"], south["hot_spot_why"]) == ("", "too_few_areas")
    assert south["source_events"] == "Essai"
    assert south["trend_change_a_year"] == ""


def test_the_page_is_light_and_in_english_too(client):
    told = client.get(f"{PAGE}?lang=en")
    assert len(told.content) < 300_000
    assert "Indicators of events" in told.content.decode()


def test_every_label_and_reason_has_its_words():
    assert set(words.HOT_SPOTS) == set(HOT_SPOT_LABELS)
    assert set(words.CONFLICT_CLASSES) == set(CONFLICT_CLASS_LABELS)
    assert set(words.WHY) == set(Pattern.Why)


def test_changes_are_signed_and_the_largest_are_not_told_to_the_percent():
    assert [words.change(share) for share in (0.35, -0.12, 0.001, 20)] == [
        "+35\u00a0%",
        "\u221212\u00a0%",
        "0\u00a0%",
        "plus de +999\u00a0%",
    ]


def test_the_bar_leads_here(client):
    assert f'href="{reverse("event-indicators")}"' in client.get("/donnees/").content.decode()
