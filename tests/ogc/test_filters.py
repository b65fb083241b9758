"""Part 3, filtering: queryables, and filters of CQL2 on numbers that are checked by hand."""

import json

import pytest

from apps.boundaries.models import Settlement
from apps.events.models import ConflictEvent
from layers.catalogue import LAYERS
from tests import small_country
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


COMPARISONS = [
    ("fatalities = 5", "B"),
    ("fatalities <> 5", "ACD"),
    ("fatalities < 5", "A"),
    ("fatalities <= 5", "AB"),
    ("fatalities > 12", "D"),
    ("fatalities >= 12", "CD"),
    ("fatalities > 4.5", "BCD"),
    ("5 < fatalities", "CD"),
    ("fatalities BETWEEN 5 AND 12", "BC"),
    ("fatalities NOT BETWEEN 5 AND 12", "AD"),
    ("fatalities IN (0, 40)", "AD"),
    ("fatalities NOT IN (0, 40)", "BC"),
    ("fatalities = 99999999999999999999", ""),
    ("fatalities < 99999999999999999999", "ABCD"),
    ("location_name IN ('A', 'C')", "AC"),
    ("actor1 = 'Séno'", "A"),
    ("actor1 = 'l''État'", "D"),
    ("civilians_targeted = TRUE", "D"),
    ("civilians_targeted = false", "ABC"),
    ("fatalities > 0 AND fatalities < 40", "BC"),
    ("fatalities = 0 OR fatalities = 40", "AD"),
    ("NOT fatalities = 0", "BCD"),
    ("NOT (fatalities = 0 OR fatalities = 40)", "BC"),
    ("fatalities = 0 OR fatalities = 5 AND location_name = 'B'", "AB"),
    ("TRUE", "ABCD"),
    ("commune = 'ML910102'", "B"),
    ("commune IS NULL", ""),
    ("commune IS NOT NULL", "ABCD"),
    ("geometry IS NULL", ""),
]
TEXTS = [
    ("actor1 LIKE 'S%'", "AB"),
    ("actor1 LIKE 'S_no'", "A"),
    ("actor1 NOT LIKE 'S%'", "CD"),
    (r"actor1 LIKE '100\%%'", "C"),
    (r"actor1 LIKE '100\_%'", ""),
    ("CASEI(actor1) = CASEI('séno')", "A"),
    ("CASEI(actor1) LIKE CASEI('SÉ%')", "A"),
    ("ACCENTI(actor1) = ACCENTI('Seno')", "A"),
    ("CASEI(ACCENTI(actor1)) = CASEI(ACCENTI('sénO'))", "AB"),
    ("ACCENTI(CASEI(actor1)) IN (ACCENTI(CASEI('SÉNO')), 'x')", "AB"),
]
DAYS = [
    ("occurred_on = DATE('2020-11-02')", "B"),
    ("occurred_on >= DATE('2021-01-31')", "CD"),
    ("occurred_on > TIMESTAMP('2021-01-31T10:00:00Z')", "D"),
    ("occurred_on BETWEEN DATE('2020-11-02') AND DATE('2021-01-31')", "BC"),
    ("T_AFTER(occurred_on, DATE('2020-11-02'))", "CD"),
    ("T_BEFORE(occurred_on, DATE('2020-11-02'))", "A"),
    ("T_EQUALS(occurred_on, DATE('2020-11-02'))", "B"),
    ("T_DISJOINT(occurred_on, INTERVAL('2020-11-02', '2021-01-31'))", "AD"),
    ("T_INTERSECTS(occurred_on, INTERVAL('2020-11-02', '2021-01-31'))", "BC"),
    ("T_INTERSECTS(occurred_on, INTERVAL('..', '2020-11-02'))", "AB"),
    ("T_INTERSECTS(occurred_on, INTERVAL('2021-01-01', '..'))", "CD"),
    ("T_DURING(occurred_on, INTERVAL('2020-11-02', '2021-02-01'))", "C"),  # its ends are not inside
    ("T_AFTER(occurred_on, INTERVAL('2020-10-15', '2021-01-31'))", "D"),
    ("T_MEETS(INTERVAL('2020-01-01', '2020-11-02'), INTERVAL(occurred_on, '2030-01-01'))", "B"),
    ("T_METBY(INTERVAL(occurred_on, '2030-01-01'), INTERVAL('2020-01-01', '2020-11-02'))", "B"),
    ("T_STARTS(INTERVAL('2020-11-02', '2021-01-01'), INTERVAL(occurred_on, '2030-01-01'))", "B"),
    ("T_STARTEDBY(INTERVAL(occurred_on, '2030-01-01'), INTERVAL('2020-11-02', '2021-01-01'))", "B"),
    ("T_FINISHES(INTERVAL('2020-01-01', occurred_on), INTERVAL('2019-01-01', '2020-11-02'))", "B"),
    ("T_FINISHEDBY(INTERVAL('2019-01-01', occurred_on), INTERVAL('2020-01-01', '2020-11-02'))", "B"),
    ("T_CONTAINS(INTERVAL('2020-10-15', '2021-03-01'), INTERVAL(occurred_on, '2021-02-15'))", "BCD"),
    ("T_OVERLAPS(INTERVAL('2020-01-01', occurred_on), INTERVAL('2020-11-01', '2020-12-31'))", "B"),
    ("T_OVERLAPPEDBY(INTERVAL(occurred_on, '2030-01-01'), INTERVAL('2020-10-20', '2020-11-10'))", "B"),
]
SHAPES = [
    ("S_INTERSECTS(geometry, BBOX(-5, 13, -4, 13.5))", "A"),
    ("S_INTERSECTS(geometry, POINT(-4.5 13.7))", "B"),
    ("S_EQUALS(geometry, POINT(-4.5 13.7))", "B"),
    ("S_WITHIN(geometry, POLYGON((-5 13, -3 13, -3 14, -5 14, -5 13)))", "ABC"),
    ("S_CONTAINS(POLYGON((-5 13, -3 13, -3 14, -5 14, -5 13)), geometry)", "ABC"),
    ("S_DISJOINT(geometry, POLYGON((-5 13, -3 13, -3 14, -5 14, -5 13)))", "D"),
    ("S_TOUCHES(geometry, POLYGON((-4.5 13, -3 13, -3 14, -4.5 14, -4.5 13)))", "AB"),
    ("S_INTERSECTS(geometry, LINESTRING(-4.5 13, -4.5 14))", "AB"),
    ("S_INTERSECTS(geometry, MULTIPOINT(-4.5 13.2, -2.5 13.2))", "AD"),
    (
        "S_WITHIN(geometry, MULTIPOLYGON(((-5 13,-4 13,-4 13.5,-5 13)),((-3 13,-2 13,-2 14,-3 14,-3 13))))",
        "AD",
    ),
    ("NOT S_INTERSECTS(geometry, POINT(-4.5 13.7))", "ACD"),
]


@pytest.mark.parametrize("examples", [COMPARISONS, TEXTS, DAYS, SHAPES], ids=["=", "LIKE", "T_", "S_"])
def test_a_filter_finds_what_it_says(client, examples):
    assert {text: found(client, text) for text, _ in examples} == dict(examples)


AREAS = [
    ("S_INTERSECTS(geometry, POINT(-4 13.5))", ["ML9101", "ML9201"]),  # on the border of both
    ("S_TOUCHES(geometry, BBOX(-5, 13, -4, 14))", ["ML9201"]),
    ("S_EQUALS(geometry, POLYGON((-5 13, -4 13, -4 14, -5 14, -5 13)))", ["ML9101"]),
    ("S_OVERLAPS(geometry, BBOX(-4.5, 13, -3.5, 14))", ["ML9101", "ML9201"]),
    ("S_CROSSES(geometry, LINESTRING(-6 13.5, -4.5 13.5))", ["ML9101"]),
    ("S_CONTAINS(geometry, POINT(-2.5 13.5))", ["ML9202"]),
    ("S_WITHIN(POINT(-2.5 13.5), geometry)", ["ML9202"]),
    ("people > 600", ["ML9101"]),
    ("people IS NULL", ["ML9201"]),
    ("NOT people > 600", ["ML9202"]),  # where nobody knows, it is not said
    ("region = 'ML92' AND name LIKE 'G%'", ["ML9202"]),
]


def test_areas_are_filtered_by_shape_and_what_is_not_known_is_left_out(client):
    assert {text: ids(client, "cercles", filter=text) for text, _ in AREAS} == dict(AREAS)


NODES = [
    ({"op": ">=", "args": [{"property": "fatalities"}, 12]}, "CD"),
    (
        {
            "op": "and",
            "args": [
                {"op": "like", "args": [{"property": "actor1"}, "S%"]},
                {"op": "not", "args": [{"op": "=", "args": [{"property": "fatalities"}, 0]}]},
            ],
        },
        "B",
    ),
    ({"op": "isNull", "args": [{"property": "actor2"}]}, ""),
    ({"op": "between", "args": [{"property": "fatalities"}, 5, 12]}, "BC"),
    ({"op": "in", "args": [{"property": "location_name"}, ["A", "D"]]}, "AD"),
    ({"op": "t_after", "args": [{"property": "occurred_on"}, {"date": "2021-01-31"}]}, "D"),
    (
        {"op": "t_intersects", "args": [{"property": "occurred_on"}, {"interval": ["..", "2020-10-15"]}]},
        "A",
    ),
    (
        {
            "op": "s_within",
            "args": [
                {"property": "geometry"},
                {
                    "type": "Polygon",
                    "coordinates": [[[-5, 13], [-4, 13], [-4, 13.5], [-5, 13.5], [-5, 13]]],
                },
            ],
        },
        "A",
    ),
    ({"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": [-3, 13, -2, 14]}]}, "D"),
    (
        {
            "op": "=",
            "args": [
                {"op": "casei", "args": [{"property": "actor1"}]},
                {"op": "casei", "args": ["SÉNO"]},
            ],
        },
        "A",
    ),
]


def test_req_filter_lang_json_finds_what_the_text_finds(client):
    for node, expected in NODES:
        assert found(client, json.dumps(node), filter__lang="cql2-json") == expected, node


def test_req_filter_mixing_expressions_a_filter_and_parameters_all_hold(client):
    assert found(client, "fatalities > 0", bbox="-5,13,-3,14", datetime="2020-01-01/2020-12-31") == "B"
    assert found(client, "fatalities > 0", event_type="Violence against civilians") == "D"
    told = read(client, items("events", filter="fatalities > 0", limit=1))
    assert (told["numberMatched"], told["numberReturned"]) == (3, 1)


WRONG = [
    ("foo = 1", "fatalities"),  # says the fields there are
    ("password = 'x'", "password"),
    ("load__url = 'x'", "load__url"),
    ("source_updated IS NULL", "source_updated"),  # a column that is not declared
    ("fatalities = 'many'", "fatalities"),
    ("fatalities LIKE '1%'", "fatalities"),
    ("actor1 = 3", "actor1"),
    ("actor1 < TRUE", "actor1"),
    ("occurred_on > 2020", "occurred_on"),
    ("occurred_on > DATE('2020-99-01')", "2020-99-01"),
    ("T_AFTER(actor1, DATE('2020-01-01'))", "actor1"),
    ("civilians_targeted = 'yes'", "civilians_targeted"),
    ("CASEI(fatalities) = 'x'", "fatalities"),
    ("pg_sleep(10) = 1", "pg_sleep"),
    ("fatalities + 1 > 3", "+"),
    ("S_DWITHIN(geometry, POINT(1 2), 10)", "S_DWITHIN"),
    ("A_CONTAINS(actor1, ('a'))", "a_contains"),
    ("S_INTERSECTS(geometry, geometry)", "geometry"),
    ("S_INTERSECTS(actor1, POINT(1 2))", "geometry"),
    ("S_INTERSECTS(geometry, POINT(1000 2))", "1000"),
    ("S_WITHIN(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))", "croise"),
    ("S_WITHIN(geometry, POLYGON((0 0, 1 1)))", "géométrie"),
    ("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(1 2)))", "POLYGON"),
    ("actor1 LIKE 'a\\'", "LIKE"),
    ("actor1 LIKE location_name", "LIKE"),
    ("fatalities", "name = "),
    ("fatalities = ", "lettre"),
    ("", "cql2-text"),
    ("1; DROP TABLE events_conflictevent", "cql2-text"),
    ("actor1 = 'x' OR 1=1 --", "cql2-text"),
]


def test_a_wrong_filter_is_refused_and_says_what_is_wrong(client):
    for text, words in WRONG:
        parameter, told = refused(client, "events", filter=text)
        assert parameter == "filter"
        assert words.lower() in told.lower(), text


WRONG_NODES = [
    "",
    "[]",
    "{",
    "null",
    '"x"',
    "3",
    '{"op": "and", "args": []}',
    '{"op": "=", "args": [1]}',
    '{"op": 3, "args": [1, 2]}',
    '{"op": "=", "args": [{"property": 3}, 1]}',
    '{"op": "in", "args": [{"property": "fatalities"}, 3]}',
    '{"op": "in", "args": [{"property": "fatalities"}, []]}',
    '{"op": "not", "args": []}',
    '{"op": "s_within", "args": [{"property": "geometry"}, {"type": "Polygon", "coordinates": [[]]}]}',
    '{"op": "s_within", "args": [{"property": "geometry"}, {"type": "Polygon", "coordinates": []}]}',
    '{"op": "s_within", "args": [{"property": "geometry"}, {"type": "Tea", "coordinates": [1, 2]}]}',
    '{"op": "s_within", "args": [{"property": "geometry"}, {"type": "Point", "coordinates": ["a", 2]}]}',
    '{"op": "s_within", "args": [{"property": "geometry"}, {"type": "Point", "coordinates": [1]}]}',
    '{"op": "s_within", "args": [{"property": "geometry"}, {"bbox": ["a", 1, 2, 3]}]}',
    '{"op": "t_after", "args": [{"property": "occurred_on"}, {"interval": ["2020-01-01"]}]}',
    '{"op": "t_after", "args": [{"property": "occurred_on"}, {"date": 3}]}',
    '{"op": "=", "args": [{"property": "actor1"}, "\\u0000"]}',
    '{"op": "=", "args": [{"property": "actor1"}, "\\ud800"]}',
]


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
