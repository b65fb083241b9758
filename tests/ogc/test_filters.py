"""Part 3, filtering: queryables, and filters of CQL2 on numbers that are checked by hand."""

import json

import pytest

from apps.boundaries.models import Settlement
from apps.events.models import ConflictEvent
from layers.catalogue import LAYERS
from tests import small_country
from tests.ogc.cql2_examples import AREAS, COMPARISONS, DAYS, NODES, SHAPES, TEXTS, WRONG, WRONG_NODES
from tests.ogc.reading import description, ids, items, linked, read, refused
from tests.small_country import event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    """Four events, A and B in Alpha, C in Bêta, D in Gamma, each of a day, deaths and an actor of its own."""
    with lasting():
        small_country.make()
        small_country.people(Alpha=1000, Gamma=500)
        small_country.happened(
            event(-4.5, 13.2, "2020-10-15", fatalities=0, actor1="Séno", location_name="A"),
            event(-4.5, 13.7, "2020-11-02", fatalities=5, actor1="SENO", location_name="B"),
            event(-3.5, 13.2, "2021-01-31", fatalities=12, actor1="100%_sûr", location_name="C"),
            event(
                -2.5,
                13.2,
                "2021-02-01",
                fatalities=40,
                actor1="l'État",
                location_name="D",
                event_type="Violence against civilians",
            ),
        )


def found(client, text, **parameters):
    """Return the names of the events that a filter finds, in order."""
    told = read(client, items("events", filter=text, **parameters))
    return "".join(sorted(each["properties"]["location_name"] for each in told["features"]))


@pytest.mark.parametrize("examples", [COMPARISONS, TEXTS, DAYS, SHAPES], ids=["=", "LIKE", "T_", "S_"])
def test_a_filter_finds_what_it_says(client, examples):
    assert {text: found(client, text) for text, _ in examples} == dict(examples)


def test_areas_are_filtered_by_shape_and_what_is_not_known_is_left_out(client):
    assert {text: ids(client, "cercles", filter=text) for text, _ in AREAS} == dict(AREAS)


def test_req_filter_lang_json_finds_what_the_text_finds(client):
    for node, expected in NODES:
        assert found(client, json.dumps(node), filter__lang="cql2-json") == expected, node


def test_req_filter_mixing_expressions_a_filter_and_parameters_all_hold(client):
    assert found(client, "fatalities > 0", bbox="-5,13,-3,14", datetime="2020-01-01/2020-12-31") == "B"
    assert found(client, "fatalities > 0", event_type="Violence against civilians") == "D"
    told = read(client, items("events", filter="fatalities > 0", limit=1))
    assert (told["numberMatched"], told["numberReturned"]) == (3, 1)


def test_a_wrong_filter_is_refused_and_says_what_is_wrong(client):
    for text, words in WRONG:
        parameter, told = refused(client, "events", filter=text)
        assert parameter == "filter"
        assert words.lower() in told.lower(), text


def test_a_wrong_filter_in_json_is_refused(client):
    for node in WRONG_NODES:
        assert refused(client, "events", filter=node, filter__lang="cql2-json")[0] == "filter", node


LETTERS = [
    "'; DELETE FROM events_conflictevent; --",
    "%",
    "\\",
    '"',
    "$$",
    "{}",
    "%s",
    "%(x)s",
    "a' OR 'a'='a",
]


def test_what_is_written_in_a_filter_is_never_run(client):
    """A value of any letters is looked for, and finds nothing."""
    for text in LETTERS:
        assert found(client, "actor1 = '" + text.replace("'", "''") + "'") == ""
        assert ids(client, "events", actor1=text) == []
    assert ConflictEvent.objects.count() == 4


@pytest.mark.parametrize(
    "text",
    [
        "(" * 900 + "fatalities = 1" + ")" * 900,
        "NOT " * 900 + "fatalities = 1",
        "-" * 900 + "fatalities = 1",
        "fatalities = 1 OR " * 400 + "TRUE",
        "CASEI(" * 199 + "actor1" + ")" * 199 + " = 'x'",
        "NOT (" * 60 + "fatalities = 1" + ")" * 60,
    ],
)
def test_a_filter_that_is_too_large_or_too_deep_is_refused(client, text):
    assert refused(client, "events", filter=text)[0] == "filter"


def test_a_long_filter_within_the_bounds_is_answered(client):
    assert found(client, " OR ".join(f"fatalities = {number}" for number in range(200))) == "ABCD"


def test_a_language_that_is_not_read_is_refused(client):
    assert refused(client, "events", filter="TRUE", filter__lang="cql-text")[0] == "filter-lang"


def test_a_table_draws_nothing_to_be_filtered(client):
    assert refused(client, "projects", filter="geometry IS NULL")[0] == "filter"
    assert refused(client, "projects", filter="S_INTERSECTS(geometry, POINT(1 2))")[0] == "filter"


def test_rows_without_a_point_are_neither_inside_nor_outside(client):
    pages = (
        read(client, items("planned_works", limit=1, filter=text))["numberMatched"]
        for text in (
            "S_INTERSECTS(geometry, BBOX(-20,0,20,30))",
            "NOT S_INTERSECTS(geometry, BBOX(-20,0,20,30))",
            "geometry IS NULL",
            "TRUE",
        )
    )
    inside, outside, nowhere, every = pages
    assert (inside + nowhere, outside) == (every, 0)


# --- Queryables ---


def test_req_queryables_link_and_get_queryables_response(client):
    told = read(client, "/ogc/collections/events")
    (address,) = linked(told, "http://www.opengis.net/def/rel/ogc/1.0/queryables", "application/schema+json")
    answer = client.get(address)
    assert answer["Content-Type"] == "application/schema+json"
    schema = answer.json()
    assert (schema["$schema"], schema["type"]) == ("https://json-schema.org/draft/2020-12/schema", "object")
    assert schema["$id"] == "http://testserver/ogc/collections/events/queryables"
    assert list(schema["properties"]) == [*LAYERS["events"].field_names, "geometry"]
    assert schema["additionalProperties"] is False


def test_a_queryable_says_its_type_its_words_in_both_languages_and_its_values(client):
    told = read(client, "/ogc/collections/events/queryables")["properties"]
    assert told["fatalities"]["type"] == "integer"
    assert told["fatalities"]["x-titles"] == {"fr": "Morts", "en": "Fatalities"}
    assert (told["occurred_on"]["type"], told["occurred_on"]["format"]) == ("string", "date")
    assert told["occurred_on"]["x-ogc-role"] == "primary-instant"
    assert told["geometry"]["format"] == "geometry-point"
    assert "Riots" in told["event_type"]["enum"]
    assert told["geo_precision"]["enum"][:2] == [1, 2]
    assert "geometry" not in read(client, "/ogc/collections/projects/queryables")["properties"]


def test_req_queryables_expression_construction_every_queryable_of_every_layer_can_be_filtered(client):
    for name in LAYERS:
        told = read(client, f"/ogc/collections/{name}/queryables")["properties"]
        text = " OR ".join(f"{field} IS NULL" for field in told)
        read(client, items(name, limit=1, filter=text))


def test_req_queryables_query_parameters_every_queryable_is_a_parameter(client):
    described = description(client)["paths"]
    for name, layer in LAYERS.items():
        parameters = described[f"/collections/{name}/items"]["get"]["parameters"]
        assert set(layer.field_names) <= {each.get("name") for each in parameters}
    assert ids(client, "cercles", people="1000") == ["ML9101"]


def test_conf_every_class_of_filters_that_is_declared_is_tried_here(client):
    declared = {
        each.partition("/conf/")[2]
        for each in read(client, "/ogc/conformance")["conformsTo"]
        if "features-3" in each or "cql2" in each
    }
    assert declared == {
        "queryables",
        "queryables-query-parameters",
        "filter",
        "features-filter",
        "cql2-text",
        "cql2-json",
        "basic-cql2",
        "advanced-comparison-operators",
        "case-insensitive-comparison",
        "accent-insensitive-comparison",
        "basic-spatial-functions",
        "basic-spatial-functions-plus",
        "spatial-functions",
        "temporal-functions",
    }


def test_a_settlement_is_found_by_its_name_without_accents_or_case(client):
    load = Settlement.objects.first().load
    Settlement.objects.create(load=load, name="Bêléhédé", source_id="essai", location="POINT(-4.5 13.5)")
    text = "CASEI(ACCENTI(name)) LIKE CASEI(ACCENTI('BELEH%')) AND source_id = 'essai'"
    assert [
        each["properties"]["name"] for each in read(client, items("settlements", filter=text))["features"]
    ] == ["Bêléhédé"]
