"""
Somebody who is not signed in tries to find where and when events happened that are not for everybody.

One event, the secret, lies beside nine others in the south of Alpha and one in Gamma. Each try must fail.
"""

import json
import re
from datetime import date
from itertools import combinations

import pytest
import shapely
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.analysis import runs
from apps.analysis.answering import answer
from apps.analysis.bounds import TooLarge
from apps.analysis.guard import FEW, NotForReader
from apps.boundaries.models import Area, Settlement
from apps.events.models import CommuneMonth, ConflictEvent
from apps.events.queries import end_of_month
from apps.runs import services
from apps.runs.models import Run
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
LONGITUDE, LATITUDE, DAY = -4.56789, 13.23456, "2020-10-17"
SECRETS = re.compile(r"Puits|Groupe-secret|4\.56789|13\.23456|2020-10-17")


@pytest.fixture(scope="module", autouse=True)
def a_secret(lasting):
    with lasting():
        small_country.make()
        small_country.people(Alpha=200_000, Gamma=100_000)
        small_country.happened(
            event(LONGITUDE, LATITUDE, DAY, location_name="Puits", actor1="Groupe-secret", fatalities=7),
            *(event(-4.5, 13.1, f"2020-{month:02}-28") for month in range(2, 11)),
            event(-2.5, 13.2, "2020-09-30", event_type="Riots"),
            access="signed_in",
        )


def asked(what, *more, by=(), measure=None, **about):
    return {"steps": [what, *more], "by": list(by), "measure": measure, **about}


def events(**about):
    return {"what": {"layer": "events", **about}}


def near(km, of, layer="communes"):
    return {"what": {"layer": layer}, "relation": {"kind": "within_km", "km": km}, "of": of}


def refusal(question):
    with pytest.raises(NotForReader) as told:
        answer(question, NOBODY)
    assert not SECRETS.search(str(told.value))
    return str(told.value)


COUNT = {"kind": "count"}


# --- where ----------------------------------------------------------------------------------------------


def test_circles_of_many_radii_round_a_point_all_tell_the_same_nothing():
    point = {"shape": {"type": "Point", "coordinates": [-4.5, 13.2]}}
    told = {
        refusal(asked(events() | {"relation": {"kind": kind, "km": km}, "of": point}, measure=COUNT))
        for km in (0.1, 1, 5, 8.4, 8.5, 50, 500)
        for kind in ("within_km", "beyond_km")
    }
    assert len(told) == 1


def test_thin_strips_across_a_commune_all_tell_the_same_nothing():
    told = set()
    for west in (-5, -4.6, -4.56789, -4.5):
        strip = shapely.geometry.mapping(shapely.box(west, 13, west + 0.0001, 13.5))
        for kind in ("within", "intersects"):
            step = events() | {"relation": {"kind": kind}, "of": {"shape": strip}}
            told.add(refusal(asked(step, by=["region"], measure=COUNT)))
    assert len(told) == 1


@pytest.mark.parametrize("layer", ["communes", "settlements", "institutions", "cercles"])
@pytest.mark.parametrize("kind", ["nearest", "within_km", "beyond_km"])
def test_no_distance_to_the_events_is_told_of_what_everybody_reads(layer, kind):
    about = {"count": 1} if kind == "nearest" else {"km": 20}
    step = {"what": {"layer": layer}, "relation": {"kind": kind, **about}, "of": {"layer": "events"}}
    refusal(asked(step))
    refusal(asked(step, measure=COUNT))


@pytest.mark.parametrize("kind", ["contains", "intersects", "share_of_area", "share_of_people"])
def test_no_unit_is_chosen_by_its_events_for_a_threshold_would_count_them_one_by_one(kind):
    about = {"km": 10} if kind.startswith("share") else {"at_least": 3}
    step = {
        "what": {"layer": "communes"},
        "relation": {"kind": kind, **about},
        "of": {"layer": "events"},
    }
    refusal(asked(step))


def test_chains_of_steps_lead_to_the_events_from_no_side():
    communes = {"what": {"layer": "communes"}, "relation": {"kind": "contains"}, "of": {"layer": "events"}}
    settled = {"what": {"layer": "settlements"}}
    within_first = {"relation": {"kind": "within"}, "of": {"step": 1}}
    refusal(asked(communes, settled | within_first, by=["commune"], measure=COUNT))
    refusal(asked(near(5, {"layer": "settlements"}, "settlements"), near(5, {"layer": "events"})))
    refusal(asked({"what": {"layer": "communes"}}, events() | within_first, by=["commune"], measure=COUNT))
    refusal(asked(events(), {"what": {"step": 1}}, by=["commune"], measure=COUNT))
    refusal(asked(events(), near(1, {"step": 1}, "settlements"), measure=COUNT))


def test_a_point_beside_a_border_is_placed_by_no_choice_of_units_finer_than_published():
    for pcode in ("ML91", "ML9101", "ML910101"):
        step = events() | {"relation": {"kind": "within"}, "of": {"areas": [pcode]}}
        assert answer(asked(step, by=["commune"], measure=COUNT), NOBODY).rows[0][2] == 10
    step = events() | {"relation": {"kind": "touches"}, "of": {"areas": ["ML910101"]}}
    with pytest.raises(Exception, match="surfaces"):
        answer(asked(step, measure=COUNT), NOBODY)


# --- when, who, how many ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "where",
    [
        {"field": "actor1", "op": "=", "value": "Groupe-secret"},
        {"field": "actor1", "op": "contains", "value": "secret"},
        {"field": "location_name", "op": "=", "value": "Puits"},
        {"field": "occurred_on", "op": "=", "value": DAY},
        {"field": "fatalities", "op": ">=", "value": 7},
        {"field": "geo_precision", "op": "=", "value": 1},
        {"field": "source_event_id", "op": "=", "value": "T0"},
        {"field": "commune", "op": "=", "value": "ML910101"},
        {"field": "sub_event_type", "op": "=", "value": "Armed clash"},
    ],
    ids=lambda where: f"{where['field']} {where['op']}",
)
def test_no_rare_value_is_filtered_by(where):
    refusal(asked(events(where=[where]), by=["region"], measure=COUNT))


@pytest.mark.parametrize(
    "by", ["occurred_on", "actor1", "location_name", "fatalities", "id", "geo_precision"]
)
def test_no_field_of_the_rows_is_grouped_by(by):
    refusal(asked(events(), by=[by], measure=COUNT))


@pytest.mark.parametrize(
    ("kind", "field"), [("sum", "fatalities"), ("mean", "fatalities"), ("distinct", "actor1")]
)
def test_nothing_of_the_rows_is_added_up(kind, field):
    refusal(asked(events(), by=["region"], measure={"kind": kind, "field": field}))
    refusal(asked(events(), by=["region"], measure={"kind": "rate", "field": "fatalities"}))


def test_no_day_is_found_by_the_difference_of_two_periods():
    for since, until in ((DAY, DAY), ("2020-10-01", "2020-10-16"), ("2020-10-01", DAY), ("2020-10-17", None)):
        days = {name: day for name, day in (("since", since), ("until", until)) if day}
        refusal(asked(events(**days), by=["commune"], measure=COUNT))
    refusal(asked(events(), by=["commune"], measure=COUNT, events={"until": "2020-10-16"}))


# --- small numbers ------------------------------------------------------------------------------------------


def published(commune, first, last):
    """Return how many events the public layer of counts tells of a commune between two months."""
    cells = CommuneMonth.objects.filter(commune__pcode=commune, month__gte=first, month__lte=last)
    return sum(cells.values_list("events", flat=True))


def test_every_count_of_every_stretch_of_months_is_a_sum_of_published_ones_or_hidden():
    """So is the difference of any two: the finest that questions together tell is what the layer tells."""
    months = [date(2020, month, 1) for month in (2, 6, 9, 10)]
    for first, last in [*combinations(months, 2), *((month, month) for month in months)]:
        days = {"since": first.isoformat(), "until": end_of_month(last).isoformat()}
        for row in answer(asked(events(**days), by=["commune"], measure=COUNT), NOBODY).rows:
            number = published(row[0], first, last)
            assert row[2] == (FEW if 0 < number < 5 else number)


def test_no_answer_says_a_number_from_one_to_four_anywhere():
    dimensions = ("region", "cercle", "commune", "month", "year", "event_type")
    for by in [[], *([name] for name in dimensions), *map(list, combinations(dimensions, 2))]:
        try:
            found = answer(asked(events(), by=by, measure=COUNT), NOBODY)
        except NotForReader:
            continue
        numbers = [value for row in found.rows for value in row if isinstance(value, int)]
        numbers += [value for step in found.steps for name, value in step.items() if name != "step" and value]
        assert not {1, 2, 3, 4} & set(numbers), by
        assert not re.search(
            r"\b[1-4] (événement|sans lieu|event)", json.dumps(found.notes, ensure_ascii=False)
        )


def test_a_hidden_number_is_not_the_rest_of_a_sum():
    found = answer(asked(events(), by=["region"], measure=COUNT), NOBODY)
    assert [row[2] for row in found.rows] == [10, FEW]
    told = json.dumps(found.as_dict())
    assert '"read": null' in told
    assert not re.search(r": 11\b", told), "the rows of the load, which are all of them"


def test_rates_tell_a_hidden_number_neither_by_themselves_nor_by_their_order():
    found = answer(asked(events(), by=["cercle"], measure={"kind": "rate"}, keep={"first": 3}), NOBODY)
    assert [row[0] for row in found.rows] == ["ML9101"]
    for threshold in (0.5, 1, 1.5):
        refusal(asked(events(), by=["cercle"], measure={"kind": "rate"}, keep={"at_least": threshold}))


@pytest.mark.parametrize("least", [1.5, 2, 3, 4, 4.9])
def test_a_threshold_does_not_count_a_hidden_number_one_by_one(least):
    refusal(asked(events(), by=["commune"], measure=COUNT, keep={"at_least": least}))


# --- what a refusal and its cost tell -----------------------------------------------------------------------


def test_a_refusal_is_the_same_whether_there_are_events_or_none():
    question = asked(events(where=[{"field": "actor1", "op": "=", "value": "Groupe-secret"}]), measure=COUNT)
    there = refusal(question)
    ConflictEvent.objects.all().delete()
    assert refusal(question) == there


def test_a_refusal_asks_the_events_nothing():
    question = asked(events() | near(5, {"layer": "settlements"}) | events(), measure=COUNT)
    with CaptureQueriesContext(connection) as seen:
        refusal(question)
    assert seen.captured_queries
    assert not [each["sql"] for each in seen.captured_queries if "location" in each["sql"]]


def test_the_cost_of_a_plan_refuses_no_count_of_closed_rows_for_it_follows_from_how_many_there_are(settings):
    settings.QUESTION_PLAN_COST = 0
    assert answer(asked(events(), by=["region"], measure=COUNT), NOBODY).rows[0][2] == 10
    with pytest.raises(TooLarge):
        answer(asked({"what": {"layer": "communes"}}), NOBODY)


# --- by the doors -------------------------------------------------------------------------------------------

LISTED = asked(events())
CIRCLE = {"type": "Point", "coordinates": [LONGITUDE, LATITUDE]}
DOORS = {
    "a list": LISTED,
    "near each settlement": asked(near(10, {"layer": "events"}, "settlements")),
    "a circle": asked(
        events() | {"relation": {"kind": "within_km", "km": 1}, "of": {"shape": CIRCLE}}, measure=COUNT
    ),
    "by place": asked(events(), by=["location_name"], measure=COUNT),
}


@pytest.mark.parametrize("question", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize("form", ["json", "csv", "geojson"])
def test_the_api_refuses_in_every_form(client, question, form):
    response = client.post(f"/api/analyses/?format={form}", question, content_type="application/json")
    assert response.status_code == 403
    assert "se comptent par région" in response.json()["detail"]
    assert not re.search(r"Puits|Groupe-secret", response.content.decode())


@pytest.mark.parametrize("extension", ["csv", "geojson", "json", "xlsx"])
def test_the_pages_and_their_files_refuse(client, extension):
    told = {"q": json.dumps(LISTED)}
    for url in ("/analyse/", f"/analyse/reponse.{extension}"):
        response = client.get(url, told)
        assert response.status_code == 403
        assert not SECRETS.search(response.content.decode())


@pytest.mark.parametrize("form", ["json", "csv", "geojson"])
def test_what_is_taken_away_is_as_hidden_as_what_is_shown(client, form):
    question = asked(events(), by=["commune"], measure=COUNT)
    body = client.post(f"/api/analyses/?format={form}", question, content_type="application/json").content
    text = body.decode()
    assert FEW in text
    assert not SECRETS.search(text)
    if form == "csv":
        gamma = next(line for line in text.splitlines() if line.startswith("ML920201"))
        assert gamma.split(",")[2:5] == [FEW] * 3


@pytest.mark.parametrize("sort", ["count", "-count", "count_high", "-count_low"])
def test_sorting_a_page_ranks_no_hidden_number(client, sort):
    """Gamma has one event, the north of Alpha three: neither comes before the other for it."""
    happened = ConflictEvent.objects.filter(occurred_on__lt="2020-05-01", event_type="Battles")
    happened.update(commune=Area.objects.get(pcode="ML910102"))
    question = asked(events(), by=["commune"], measure=COUNT)
    page = client.get("/analyse/", {"q": json.dumps(question), "sort": sort}).content.decode()
    order = list(dict.fromkeys(re.findall(r"ML9\d{5}", page[page.index("<tbody") :])))
    hidden = [pcode for pcode in order if pcode in ("ML910102", "ML920201")]
    assert hidden == ["ML910102", "ML920201"]
    assert len(order) == 5


def test_a_public_run_of_somebody_signed_in_gives_its_rows_to_nobody_else(client, django_user_model):
    author = django_user_model.objects.create_user("tells")
    run = runs.save(author, LISTED, name="Tout")
    services.publish(run, is_public=True)
    assert SECRETS.search(Run.objects.get(pk=run.pk).answer)
    page = client.get(f"/analyse/questions/{run.pk}/")
    assert page.status_code == 200
    assert not SECRETS.search(page.content.decode())
    for url in (
        *(f"/analyse/questions/{run.pk}.{each}" for each in ("csv", "geojson", "json", "xlsx")),
        *(f"/api/analyses/{run.pk}.{each}" for each in ("csv", "geojson")),
    ):
        assert client.get(url).status_code == 404, url
    told = client.get(f"/api/analyses/{run.pk}/")
    assert told.status_code == 200
    assert not SECRETS.search(told.content.decode())
    again = client.get(f"/analyse/questions/{run.pk}/encore/")
    assert again.status_code == 403
    assert not SECRETS.search(again.content.decode())


def test_settlements_that_everybody_reads_are_still_asked_of_everybody():
    assert Settlement.objects.exists()
    assert answer(asked({"what": {"layer": "settlements"}}, measure=COUNT), NOBODY).rows[0][0] > 4
