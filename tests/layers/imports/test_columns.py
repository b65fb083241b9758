import pytest

from layers.imports.columns import How, ambiguities, match_columns, missing
from layers.imports.kinds import KINDS

POPULATION, AREA_TABLE, PROJECTS = KINDS["population"], KINDS["area_table"], KINDS["projects"]


def headers_of(headers, kind, hxl=None, saved=None):
    found = match_columns(headers, hxl, kind, saved)
    return {name: (match.header, str(match.how)) for name, match in found.items()}


def test_known_headers_are_found_whatever_their_case_accents_and_order():
    assert headers_of(["FEMMES", "région", "Cercle", "T_TL", "hommes"], POPULATION) == {
        "name": ("Cercle", "known"),
        "region": ("région", "known"),
        "people": ("T_TL", "known"),
        "men": ("hommes", "known"),
        "women": ("FEMMES", "known"),
    }


def test_the_preferred_of_two_known_headers_is_taken():
    found = headers_of(["cercle", "admin2Name_fr", "population"], POPULATION)
    assert found["name"] == ("admin2Name_fr", "known")


def test_a_hashtag_says_more_than_a_header():
    found = headers_of(
        ["a", "total", "c"], POPULATION, ["#adm2+name+fr", "#population+f", "#population+total"]
    )
    assert found == {"name": ("a", "hxl"), "people": ("c", "hxl"), "women": ("total", "hxl")}


def test_a_bare_hashtag_is_not_one_with_attributes():
    found = headers_of(["debut", "publié"], KINDS["statuses"], ["#date+start", "#date"])
    assert found["as_of"] == ("publié", "hxl")


def test_what_was_saved_for_the_publisher_goes_first():
    found = match_columns(
        ["cercle", "total", "population"], None, POPULATION, {"people": "Total", "men": "gone"}
    )
    assert found["people"].header == "total"
    assert found["people"].how is How.SAVED
    assert "men" not in found


def test_a_misspelt_header_is_matched_and_says_how_alike():
    match = match_columns(["Cerkle", "Populaton"], None, POPULATION)["people"]
    assert (match.header, match.how) == ("Populaton", How.FUZZY)
    assert 90 < match.likeness < 100


def test_what_is_only_a_little_alike_is_not_matched():
    assert "people" not in match_columns(["cercle", "pollution"], None, POPULATION)


def test_two_headers_as_alike_are_left_to_the_keeper():
    headers = ["cercle", "populations 1", "populations 2"]
    assert "people" not in match_columns(headers, None, POPULATION)
    assert ambiguities(headers, None, POPULATION) == {"people": ("populations 1", "populations 2")}
    assert ambiguities(["cercle", "population"], None, POPULATION) == {}


def test_a_header_serves_once():
    found = match_columns(["cercle"], None, AREA_TABLE)
    assert [match.header for match in found.values()] == ["cercle"]


def test_the_smallest_area_is_the_place_and_the_next_its_parent():
    headers = ["région", "cercle", "adm1_pcode", "adm2_pcode"]
    assert headers_of(headers, KINDS["boundaries"]) == {
        "pcode": ("adm2_pcode", "known"),
        "name": ("cercle", "known"),
        "parent_pcode": ("adm1_pcode", "known"),
    }
    tags = ["#adm1+name", "#adm2+name", "#adm1+code", "#adm2+code"]
    assert headers_of(["a", "b", "c", "d"], AREA_TABLE, tags) == {
        "pcode": ("d", "hxl"),
        "name": ("b", "hxl"),
        "parent_name": ("a", "hxl"),
    }


def test_missing_names_what_is_needed_and_one_of_each_choice():
    assert missing(POPULATION, {"people": "T_TL"}) == ["pcode", "name"]
    assert missing(POPULATION, {"people": "T_TL", "name": "cercle"}) == []
    assert missing(PROJECTS, {"code": "id"}) == ["title"]
    assert missing(KINDS["institutions"], {"kind": "type", "longitude": "x"}) == [
        *("longitude", "pcode", "cercle", "commune", "locality"),
    ]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_the_names_that_a_kind_uses_are_its_fields(kind):
    names = [field.name for field in kind.fields]
    used = {*kind.key, *kind.other_key, *(name for group in kind.one_of for name in group)}
    assert len(names) == len(set(names))
    assert used <= set(names)
    assert all(set(field.choices.values()) <= set(field.choice_labels) for field in kind.fields)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_file_under_our_own_labels_is_matched_whole(kind, language):
    labels = {field.name: field.label.in_language(language) for field in kind.fields}
    found = match_columns(list(labels.values()), None, kind)
    assert {name: match.header for name, match in found.items()} == labels
