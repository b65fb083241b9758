"""The table under the map."""

from apps.maps import tables
from apps.maps.indicators import COLUMNS
from apps.maps.questions import MapQuestion


def area(pcode, name, **figures):
    return {"pcode": pcode, "name": name, "region_name": "Mopti", **dict.fromkeys(COLUMNS, 0), **figures}


AREAS = [
    area("ML0501", "Ténenkou", people=10, violent_per_100k=2.0),
    area("ML0502", "Djenné", people=None, violent_per_100k=None),
    area("ML0503", "Écoulé", people=30, violent_per_100k=5.0),
    area("ML0504", "Zan", people=20, violent_per_100k=5.0),
]


def names(sort):
    return [row["name"] for row in tables.rows(AREAS, MapQuestion(sort=sort), targets=[])]


def test_the_largest_figure_first_and_missing_ones_last_whichever_way():
    assert names("-people") == ["Écoulé", "Zan", "Ténenkou", "Djenné"]
    assert names("people") == ["Ténenkou", "Zan", "Écoulé", "Djenné"]


def test_accents_do_not_count_in_the_order_of_names():
    assert names("name") == ["Djenné", "Écoulé", "Ténenkou", "Zan"]


def test_equal_figures_stand_in_a_fixed_order():
    assert names("-violent_per_100k")[:2] == ["Zan", "Écoulé"]
    assert names("violent_per_100k")[1:3] == ["Écoulé", "Zan"]


def test_a_second_click_turns_the_order_round():
    question = MapQuestion(sort="-people")
    assert tables.direction(question, "people") == "descending"
    assert tables.next_sort(question, "people", first="-") == "people"
    assert tables.next_sort(question, "events", first="-") == "-events"
    assert tables.next_sort(question, "name") == "name"


def test_targets_are_marked():
    marked = [
        row["name"] for row in tables.rows(AREAS, MapQuestion(), targets=["ML0504"]) if row["is_target"]
    ]
    assert marked == ["Zan"]
