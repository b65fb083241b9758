"""The land around Mali, made small."""

import json

import pytest
import shapely
from django.core.management import CommandError, call_command

from apps.maps.management.commands import build_basemap

# Two squares that share the meridian of 1 degree west, Mali (466) and Niger (562); far away, Australia (036).
TOPOLOGY = {
    "type": "Topology",
    "arcs": [
        [[-1, 10], [-1, 15]],
        [[-1, 15], [-6, 15], [-6, 10], [-1, 10]],
        [[-1, 10], [4, 10], [4, 15], [-1, 15]],
        [[140, -30], [141, -30], [141, -29], [140, -30]],
    ],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "id": "466", "properties": {"name": "Mali"}},
                {"type": "Polygon", "arcs": [[2, -1]], "id": "562", "properties": {"name": "Niger"}},
                {"type": "Polygon", "arcs": [[3]], "id": "036", "properties": {"name": "Australia"}},
            ],
        }
    },
}


@pytest.fixture
def atlas(tmp_path):
    path = tmp_path / "countries-50m.json"
    path.write_text(json.dumps(TOPOLOGY))
    return path


def test_neighbours_keep_their_common_border_and_far_countries_are_left_out(atlas, tmp_path):
    output = tmp_path / "basemap/countries.geojson"
    call_command("build_basemap", atlas, output=output)
    features = json.loads(output.read_text())["features"]
    mali, niger = (shapely.geometry.shape(feature["geometry"]) for feature in features)
    assert mali.area == pytest.approx(25)
    assert mali.intersection(niger).length == pytest.approx(5)


def test_a_neighbour_carries_its_name_in_both_languages_and_mali_none(atlas, tmp_path):
    output = tmp_path / "countries.geojson"
    call_command("build_basemap", atlas, output=output)
    mali, niger = (feature["properties"] for feature in json.loads(output.read_text())["features"])
    assert mali == {}
    assert (niger["name_fr"], niger["name_en"]) == ("Niger", "Niger")
    assert -1 < niger["label"][0] < 4


def test_rings_of_too_few_points_are_left_out():
    speck = shapely.box(0, 0, 0.0001, 0.0001)
    assert build_basemap.rounded_rings(shapely.MultiPolygon([speck, shapely.box(0, 0, 1, 1)])) == [
        [[(1, 0), (1, 1), (0, 1), (0, 0), (1, 0)]]
    ]


def test_a_missing_atlas_says_what_to_run(tmp_path):
    with pytest.raises(CommandError, match="npm ci"):
        call_command("build_basemap", tmp_path / "none.json")
