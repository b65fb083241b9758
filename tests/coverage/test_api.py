"""Coverage through the API: one set of figures as JSON, table and map; restricted rows stay hidden."""

import csv
import io

import pytest

from apps.infrastructure.models import Institution
from apps.programme.models import PlannedWork
from apps.sources.models import Load
from tests import small_country
from tests.coverage.inhabited import complete_everywhere, live, planned, stands

pytestmark = pytest.mark.django_db

ASKED = "kinds=ti&limit_km=10"


@pytest.fixture(autouse=True, scope="module")
def one_court_and_one_work(lasting):
    with lasting():
        Institution.objects.all().delete()
        PlannedWork.objects.all().delete()
        small_country.make()
        live((-4.5, 13.25), (-3.5, 13.5), (-2.5, 13.75))
        small_country.people(Alpha=900, Bêta=600, Gamma=300)
        stands(-4.5, 13.25)
        planned(-3.5, 13.5)
        complete_everywhere()


def test_an_answer_tells_its_question_figures_institutions_and_works(client):
    told = client.get(f"/api/coverage/?{ASKED}").json()
    assert (told["kinds"], told["sense"], told["limit_km"], told["works"]) == (
        "ti",
        "nominal",
        "10",
        "false",
    )
    assert (told["country"]["reached_low"], told["country"]["beyond_low"]) == (900, 900)
    assert [area["share_beyond_high"] for area in told["areas"]] == [0.0, 1.0, 1.0]
    (court,) = told["institutions"]
    assert (court["longitude"], court["latitude"], court["counts"]) == (-4.5, 13.25, "sure")
    assert told["works_change"]["country"]["gained_high"] == 600
    assert [work["infra_id"] for work in told["works_placed"]] == ["INF01"]


def test_works_count_where_the_question_says_so(client):
    assert client.get(f"/api/coverage/?{ASKED}&works=true").json()["country"]["reached_low"] == 1500


def test_the_table_has_the_same_figures_and_its_sources_on_each_line(client):
    body = client.get(f"/api/coverage.csv?{ASKED}").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(body)))
    assert [(line["pcode"], line["reached_low"]) for line in lines] == [
        ("ML9101", "900"),
        ("ML9201", "0"),
        ("ML9202", "0"),
        ("ML", "900"),
    ]
    assert {line["edition"] for line in lines} == {"Petit pays"}
    assert all("Essai" in line["attribution"] for line in lines)


def test_the_map_has_the_same_figures(client):
    features = client.get(f"/api/coverage.geojson?{ASKED}&level=commune").json()["features"]
    assert {feature["id"]: feature["properties"]["reached_low"] for feature in features}["ML910101"] == 900
    assert all(feature["geometry"]["type"] == "MultiPolygon" for feature in features)


def test_a_wrong_question_is_refused_with_the_way_out(client):
    response = client.get("/api/coverage/?limit_km=500")
    assert (response.status_code, response.json()["parameter"]) == (400, "limit_km")


def test_institutions_of_a_restricted_source_are_counted_but_not_listed(client):
    Load.objects.in_use().of_kind(Load.Kind.INSTITUTIONS).update(access="signed_in")
    small_country.recorded(Load.Kind.INSTITUTIONS, "institutions", access="signed_in")
    told = client.get(f"/api/coverage/?{ASKED}").json()
    assert (told["institutions"], told["institutions_sure"]) == (None, 1)
    assert told["country"]["reached_low"] == 900


def test_works_of_a_restricted_source_are_not_listed(client):
    Load.objects.in_use().of_kind(Load.Kind.PROGRAMME).update(access="data_keepers")
    told = client.get(f"/api/coverage/?{ASKED}").json()
    assert (told["works_placed"], told["works_without_place"]) == (None, None)
    assert told["works_change"]["areas"][1]["works"] == []
