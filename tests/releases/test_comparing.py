"""What changed between two releases, row by row, counted by hand."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.releases.changelog import changelog
from apps.releases.changes import by_area, changes, without_names
from apps.releases.comparing import difference

HERE = {"type": "Point", "coordinates": [-4.2, 14.5]}


def town(number, name, cercle="ML0501", *, source=None, shape=HERE, **more):
    """Return a row of the settlements: its number is another after each load, its identifier is not."""
    values = {"id": number, "name": name, "source_id": source or name, "region": "ML05", "cercle": cercle}
    return {"type": "Feature", "id": number, "geometry": shape, "properties": values | more}


def written(path, rows):
    """Write rows as a layer of a release is written: one a line, after what the file says of itself."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    path.write_text(f'{{"type":"FeatureCollection","about":{{}},"features":[\n{lines}\n]}}\n')
    return path


@pytest.fixture
def compared(tmp_path):
    """Return a function that tells how two lists of settlements differ."""

    def differ(before, now, layer="settlements"):
        old, new = written(tmp_path / "old.geojson", before), written(tmp_path / "new.geojson", now)
        return difference(layer, old, new)

    return differ


BEFORE = [town(1, "Mopti"), town(2, "Koro", "ML0505"), town(3, "Bankass", "ML0502"), town(4, "Fatoma")]
NOW = [
    town(11, "Mopti"),
    town(12, "Koro-ville", "ML0505", source="Koro"),
    town(13, "Djenné", "ML0503"),
    town(14, "Sofara", "ML0503"),
    town(15, "Gao", None, region="ML07"),
]


def test_three_added_one_changed_two_removed(compared):
    found = compared(BEFORE, NOW)
    assert (found.added, found.changed, found.removed, found.unchanged) == (3, 1, 2, 1)
    assert found.named == {
        "added": ["Djenné", "Sofara", "Gao"],
        "changed": ["Koro"],
        "removed": ["Bankass", "Fatoma"],
    }
    assert found.changed_fields == {"name": 1}
    assert found.by_area == {
        "ML0503": {"added": 2, "changed": 0, "removed": 0},
        "ML07": {"added": 1, "changed": 0, "removed": 0},
        "ML0505": {"added": 0, "changed": 1, "removed": 0},
        "ML0502": {"added": 0, "changed": 0, "removed": 1},
        "ML0501": {"added": 0, "changed": 0, "removed": 1},
    }


def test_another_number_alone_is_no_change(compared):
    found = compared([town(1, "Mopti")], [town(99, "Mopti")])
    assert (found.added, found.changed, found.removed, found.unchanged) == (0, 0, 0, 1)


def test_rows_known_by_their_number_that_differ_in_it_alone_are_unchanged(compared):
    rows = [
        {"type": "Feature", "id": n, "geometry": None, "properties": {"risk": "Inflation"}} for n in (1, 7)
    ]
    found = compared(rows[:1], rows[1:], layer="risks")
    assert (found.added, found.removed, found.unchanged) == (0, 0, 1)


def test_a_place_that_moved_is_changed_in_its_geometry(compared):
    moved = town(1, "Mopti", shape={"type": "Point", "coordinates": [-4.2, 14.6]})
    assert compared([town(1, "Mopti")], [moved]).changed_fields == {"geometry": 1}


def test_two_rows_of_one_name_are_two(compared):
    found = compared([town(1, "Mopti"), town(2, "Mopti")], [town(1, "Mopti")])
    assert (found.removed, found.unchanged) == (1, 1)
    assert found.named["removed"] == ["Mopti #2"]


def test_fields_that_came_and_went_are_told(compared):
    found = compared([town(1, "Mopti", people=5)], [town(1, "Mopti", class_="ville")])
    assert (found.new_fields, found.dropped_fields) == (["class_"], ["people"])
    assert found.changed_fields == {"people": 1, "class_": 1}


def test_a_row_that_touches_several_cercles_counts_in_each(compared):
    told = {"type": "Feature", "id": 1, "geometry": None, "properties": {"areas": "ML0501; ML0505; ML05"}}
    assert list(compared([], [told], layer="risks").by_area) == ["ML0501", "ML0505"]


def test_a_row_without_any_area_is_counted_as_such(compared):
    told = {"type": "Feature", "id": 1, "geometry": None, "properties": {"risk": "Inflation"}}
    assert compared([], [told], layer="risks").by_area == {"": {"added": 1, "changed": 0, "removed": 0}}


def test_an_empty_layer_has_no_rows(compared):
    found = compared([], [])
    assert (found.added, found.changed, found.removed, found.unchanged) == (0, 0, 0, 0)


names = st.lists(st.sampled_from(["Mopti", "Koro", "Bankass", "Gao"]), max_size=6)


@given(before=names, now=names)
def test_what_was_with_what_came_without_what_went_is_what_is(tmp_path_factory, before, now):
    folder = tmp_path_factory.mktemp("law")
    files = [
        written(folder / f"{n}.geojson", [town(n, name) for n, name in enumerate(each)])
        for n, each in enumerate((before, now))
    ]
    found = difference("settlements", *files)
    assert len(before) + found.added - found.removed == len(now)
    assert found.unchanged + found.changed + found.added == len(now)


def told(name, *, edition="2021", layers=("settlements",), sha="a" * 64, licence="CC0"):
    """Return a manifest as far as it is compared."""
    source = {"publisher": "INSTAT", "file": "f.csv", "sha256": sha, "edition": "", "as_of": "2021-12-20"}
    return {
        "name": name,
        "edition": edition,
        "simulated": True,
        "approximate": False,
        "layers": {each: {"licence": licence, "sources": [source]} for each in layers},
    }


@pytest.fixture
def two(tmp_path):
    """Return (manifest, folder) of a release and of the one before it."""
    for name, rows in (("2026-11-01", BEFORE), ("2026-11-23", NOW)):
        written(tmp_path / name / "layers" / "settlements.geojson", rows)
    before = told("2026-11-01", layers=("settlements", "risks"))
    now = told(
        "2026-11-23", edition="2025", layers=("settlements", "acronyms"), sha="b" * 64, licence="CC BY"
    )
    return now, tmp_path / "2026-11-23", before, tmp_path / "2026-11-01"


def test_layers_editions_sources_and_licences_that_changed_are_told(two):
    found = changes(*two)
    assert found["totals"] == {"added": 3, "changed": 1, "removed": 2}
    assert found["edition"] == {"before": "2021", "now": "2025"}
    assert (found["new_layers"], found["dropped_layers"]) == (["acronyms"], ["risks"])
    assert found["licences"] == {"settlements": {"before": "CC0", "now": "CC BY"}}
    assert [each["sha256"] for each in found["sources"]["settlements"]["new"]] == ["b" * 64]
    assert by_area(found)["ML0503"] == {"added": 2, "changed": 0, "removed": 0}
    assert "named" not in without_names(found)["layers"]["settlements"]


def test_the_changelog_says_the_same_in_both_languages(two):
    text = changelog(two[0], changes(*two))
    assert "données simulées" in text.splitlines()[0]
    assert "Lignes ajoutées\u00a0: 3, changées\u00a0: 1, retirées\u00a0: 2." in text
    assert "Rows added: 3, changed: 1, removed: 2." in text
    assert "| `settlements` | 3 | 1 | 2 | name (1) |" in text
    assert text.count("| ML0503 | 2 | 0 | 0 |") == 2
    assert "licence CC0 → CC BY" in text


def test_the_first_release_calls_nothing_new(tmp_path):
    found = changes(told("2026-11-23"), tmp_path)
    assert (found["compared"], found["previous"], found["new_layers"]) == (False, None, [])
    assert "First release" in changelog(told("2026-11-23"), found)


def test_a_release_whose_files_are_gone_is_not_compared(two, tmp_path):
    now, folder, before, _gone = two
    found = changes(now, folder, before, tmp_path / "gone")
    assert (found["compared"], found["layers"]) == (False, {})
    assert "no longer there" in changelog(now, found)
