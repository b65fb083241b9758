"""Every layer in every format that GDAL and Arrow write: the same rows, read by other programs than ours."""

import hashlib
from datetime import UTC, date, datetime
from uuid import uuid4

import pyarrow.parquet as parquet
import pyogrio
import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.http import QueryDict

from apps.area_tables.models import AreaTable, AreaValue
from apps.boundaries.models import Area, AreaShape, TileShape
from apps.boundaries.services import DETAIL_FROM_ZOOM
from apps.events.models import ConflictEvent, PublishedCount
from apps.exports.about import about
from apps.exports.doubts import DOUBTS, licence_of
from apps.exports.formats import FORMATS
from apps.exports.selection import selected
from apps.exports.writers import tiles
from apps.exports.writers.shapefile import cut, short_names
from apps.programme.models import Indicator, Result
from apps.sources.models import Load
from geo.vocabulary import EventSource, Level
from layers.catalogue import LAYERS
from layers.declaration import FieldType, Geometry
from layers.sources_toml import Contents
from tests import small_country
from tests.exports import reading_files as reading

pytestmark = pytest.mark.django_db

ROWS_IN = ("gpkg", "fgb", "shp", "parquet")
ALL = (*ROWS_IN, "pmtiles")
EVERY = [(layer.name, name) for layer in LAYERS.values() for name in ROWS_IN if FORMATS[name].suits(layer)]
EMPTY_HERE = {"commune_counts"}
"""Of no event in a commune: all other layers have rows here."""

ODD = '=1+1 « Ségou, Ménaka, Kénédougou »\n"😀"; -3'
LONG = "é" * 400
"""Eight hundred bytes."""
BEFORE_THE_EPOCH = date(1960, 9, 22)


@pytest.fixture(scope="module", autouse=True)
def every_layer_has_rows(lasting):
    with lasting():
        commune = make_commune()
        make_tables(commune.parent)
        make_events_of_ucdp()
        kept = Result.objects.order_by("row").first()
        for number, about_it in enumerate(ODD_RESULTS, start=1):
            odd = {
                "row": 30_000 + number,
                "result_id": f"odd{number}",
                "value_scope": "joint",
                "year": "2020",
            }
            Result.objects.create(load=kept.load, **odd, **about_it)
        first = Indicator.objects.order_by("row").first()
        Indicator.objects.filter(pk=first.pk).update(baseline_num=None)
        second = Indicator.objects.order_by("row")[1]
        Indicator.objects.filter(pk=second.pk).update(baseline_num=0, cumulative=False, indicator=ODD)


ODD_RESULTS = (
    {"place": ODD, "description_en": LONG, "value": None, "n_places": 0, "location": None},
    {"place": "Ménaka", "description_en": ODD, "value": 0.0, "n_places": 1, "location": Point(2.4, 15.9)},
    {"place": "Ségou", "description_en": "", "value": -2.5, "n_places": 2, "location": Point(-6.25, 13.4375)},
)


def make_commune():
    """Return a commune of a tenth of a degree, a hole in it, in a cercle of the stand-in."""
    cercle = Area.objects.cercles().get(pcode="ML0501")
    hole = ((-4.04, 14.44), (-4.06, 14.44), (-4.06, 14.46), (-4.04, 14.44))
    shape = MultiPolygon(
        Polygon(((-4.1, 14.4), (-4.0, 14.4), (-4.0, 14.5), (-4.1, 14.5), (-4.1, 14.4)), hole), srid=4326
    )
    commune = Area.objects.create(
        edition=cercle.edition,
        level=Level.COMMUNE,
        pcode="ML050101",
        name="Kénédougou",
        parent=cercle,
        boundary=shape,
        area_km2=119.5,
    )
    for detail in AreaShape.Detail:
        AreaShape.objects.create(area=commune, detail=detail, shape=shape)
    for zoom in DETAIL_FROM_ZOOM:
        plane = shape.transform(3857, clone=True)
        TileShape.objects.create(area=commune, from_zoom=zoom, shape=plane)
    return commune


def make_events_of_ucdp():
    load = small_country.recorded(Load.Kind.UCDP_EVENTS, Contents.UCDP_EVENTS, "ged.csv")
    for day, place, point in (
        (BEFORE_THE_EPOCH, "Kénédougou", Point(-3.5, 14.2)),
        (date(2020, 10, 15), "Mopti", Point(-3.6, 14.3)),
    ):
        ConflictEvent.objects.create(
            load=load,
            source=EventSource.UCDP,
            source_event_id=place,
            digest=uuid4(),
            known_from=datetime(2021, 1, 1, tzinfo=UTC),
            occurred_on=day,
            time_precision=1,
            event_type="Battles",
            fatalities=0,
            location=point,
            geo_precision=4,
            location_name=place,
        )


def make_tables(cercle):
    load = small_country.recorded(Load.Kind.AREA_TABLE, Contents.OTHER, "marchés.csv")
    table = AreaTable.objects.create(key="marches", title="Marchés", level=Level.CERCLE, load=load)
    AreaValue.objects.create(table=table, area=cercle, pcode=cercle.pcode, number=0, row=1)
    AreaValue.objects.create(table=table, name_told="Ségou ?", number=None, row=2)
    told = {"load": load, "series": "hdx", "month": date(2020, 1, 1), "events": 0, "fatalities": None}
    PublishedCount.objects.create(
        category="all", pcode_told="ML0501", name_told="Mopti", cercle=cercle, **told
    )


def selection_in(format_, layer, query="", *, language="fr"):
    parameters = QueryDict(query)
    return selected(AnonymousUser(), LAYERS[layer], FORMATS[format_], parameters, language=language)[0]


def written(selection, folder):
    path = folder / f"{selection.layer.name}.{selection.format.extension}"
    selection.format.write(selection, path)
    return path


def expected(selection):
    """Return the rows of a selection, as the format can hold them."""
    names = [each.name for each in selection.fields]
    is_shapefile = selection.format.name == "shp"
    records = [
        ([cut_as_told(value) if is_shapefile else value for value in values], shape)
        for _, values, shape in selection.records(shape="wkb")
    ]
    return names, reading.told_alike(records)


def cut_as_told(value):
    """An empty text is no text in a Shapefile; a long one ends before its 255th byte."""
    return (cut(value) or None) if isinstance(value, str) else value


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("layer", "format_"), EVERY)
def test_a_file_holds_the_rows_of_its_layer_and_its_licence(layer, format_, tmp_path):
    selection = selection_in(format_, layer)
    path = written(selection, tmp_path)
    names, rows = expected(selection)
    assert bool(rows) != (layer in EMPTY_HERE)
    assert reading.rows_of(path, names) == rows
    told = about(selection)
    assert licence_of(told) in said_in(path, format_)
    assert all(source.sha256 in said_in(path, format_) for source in told.sources)
    if selection.layer.geometry is not Geometry.TABLE and format_ != "parquet":
        assert pyogrio.read_info(path, layer=0)["crs"] == "EPSG:4326"


def said_in(path, format_):
    """Return what a file says of itself, as one text."""
    if format_ == "shp":
        return reading.readme_of(path)
    if format_ == "parquet":
        said = parquet.read_metadata(path).metadata
        return said[b"licence"].decode() + said[b"maillage"].decode()
    if format_ == "fgb":
        said = pyogrio.read_info(path, layer=0)["layer_metadata"]
        return said["licence"] + said["about"]
    return reading.of_geopackage(path, "SELECT metadata FROM gpkg_metadata")[0][0]


@pytest.mark.parametrize("format_", ROWS_IN)
def test_no_row_that_matches_makes_a_whole_file_without_rows(format_, tmp_path):
    selection = selection_in(format_, "settlements", "name=Nulle part")
    path = written(selection, tmp_path)
    names = [each.name for each in selection.fields]
    assert reading.rows_of(path, names) == []
    if format_ == "parquet":
        assert parquet.read_schema(path).names == [*names, "geometry"]
        assert "bbox" not in reading.geo_of(path)["columns"]["geometry"]
    else:
        assert len(pyogrio.read_info(path, layer=0)["fields"]) == len(names)


@pytest.mark.parametrize("format_", ROWS_IN)
def test_only_the_fields_asked_are_in_the_file(format_, tmp_path):
    selection = selection_in(format_, "results_2020_2021", "fields=result_id,value")
    rows = dict(values for values, _ in reading.rows_of(written(selection, tmp_path), ["result_id", "value"]))
    assert (rows["odd1"], rows["odd2"], rows["odd3"]) == (None, 0.0, -2.5)


@pytest.mark.parametrize("format_", ROWS_IN)
def test_unknown_is_not_zero_and_texts_come_as_they_are(format_, tmp_path):
    selection = selection_in(format_, "results_2020_2021")
    names = ["result_id", "value", "place", "description_en"]
    rows = {
        row[0]: (*row[1:], shape)
        for row, shape in reading.rows_of(written(selection, tmp_path), names)
        if row[0].startswith("odd")
    }
    long = "é" * 127 if format_ == "shp" else LONG
    assert rows["odd1"] == (None, ODD, long, None)
    assert rows["odd2"] == (0.0, "Ménaka", ODD, "POINT (2.4 15.9)")
    assert rows["odd3"][0] == -2.5
    assert rows["odd3"][-1] == "POINT (-6.25 13.4375)"


@pytest.mark.parametrize("format_", ROWS_IN)
def test_days_before_the_epoch_are_days(format_, tmp_path):
    path = written(selection_in(format_, "ucdp_events"), tmp_path)
    rows = reading.rows_of(path, ["location_name", "occurred_on", "fatalities", "fatalities_low"])
    assert ["Kénédougou", "1960-09-22", 0, None] in [values for values, _ in rows]


@pytest.mark.parametrize("format_", ALL)
def test_the_same_rows_make_the_same_bytes(format_, tmp_path, monkeypatch):
    monkeypatch.setattr(tiles, "LAST_ZOOM", 4)
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        written(selection_in(format_, "results_2020_2021"), folder)
    (one,), (other,) = first.iterdir(), second.iterdir()
    assert sha256(one) == sha256(other)


class Stopped(Exception):
    """Whoever waited gave up."""


@pytest.mark.parametrize("format_", ALL)
def test_a_reader_who_gives_up_ends_the_work(format_, tmp_path):
    def give_up(done, total):
        raise Stopped

    selection = selection_in(format_, "cercles")
    with pytest.raises(Stopped):
        selection.format.write(selection, tmp_path / f"x.{selection.format.extension}", step=give_up)


@pytest.mark.parametrize("format_", ROWS_IN)
def test_how_far_it_is_is_told_in_rows(format_, tmp_path):
    heard = []
    selection = selection_in(format_, "events")
    path = tmp_path / f"x.{selection.format.extension}"
    selection.format.write(selection, path, step=lambda done, total: heard.append((done, total)))
    assert heard == [(0, 2500), (2000, 2500), (2500, 2500)]


def test_names_of_a_shapefile_differ_and_have_ten_letters():
    short = short_names(["fatalities", "fatalities_low", "fatalities_high", "Fatalities_mean", "region"])
    assert list(short.values()) == ["fatalities", "fataliti_1", "fataliti_2", "Fataliti_3", "region"]


def test_the_readme_of_a_shapefile_tells_doubts_losses_and_names(tmp_path):
    french = reading.readme_of(written(selection_in("shp", "events"), tmp_path))
    assert DOUBTS["simulated"].fr in french
    assert "events_source → events_sou" in french
    folder = tmp_path / "en"
    folder.mkdir()
    english = reading.readme_of(written(selection_in("shp", "events", language="en"), folder))
    assert DOUBTS["simulated"].en in english
    assert "Names of fields cut short" in english


def test_a_shapefile_covers_its_points_alone(tmp_path):
    selection = selection_in("shp", "results_2020_2021", "region=ML05")
    path = written(selection, tmp_path)
    west, south, east, north = pyogrio.read_info(path, force_total_bounds=True)["total_bounds"]
    assert -9 < west <= east < 0
    assert 12 < south <= north < 18


def test_geoparquet_tells_where_its_shapes_lie_and_in_which_system(tmp_path):
    told = reading.geo_of(written(selection_in("parquet", "communes"), tmp_path))
    column = told["columns"][told["primary_column"]]
    assert (told["version"], column["encoding"], column["geometry_types"]) == (
        "1.1.0",
        "WKB",
        ["MultiPolygon"],
    )
    assert column["bbox"] == [-4.1, 14.4, -4.0, 14.5]
    assert column["crs"]["id"] == {"authority": "OGC", "code": "CRS84"}


def test_types_are_those_declared(tmp_path):
    types = {FieldType.INTEGER: "int64", FieldType.DATE: "datetime64[D]", FieldType.BOOLEAN: "bool"}
    info = pyogrio.read_info(written(selection_in("gpkg", "events"), tmp_path), layer="events")
    found = dict(zip(info["fields"], info["dtypes"], strict=True))
    wanted = {each.name: types[each.type] for each in LAYERS["events"].fields if each.type in types}
    assert {name: found[name] for name in wanted if name != "id"} == {
        name: kind for name, kind in wanted.items() if name != "id"
    }
