"""The bundled stand-in: what it holds, that it is built again byte for byte, how far from the truth it is."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
import shapely

from geo.placing import Placer
from geo.shapes import area_km2, gaps, overlaps
from geo.vocabulary import EventType, Level, PlacePrecision, SettlementClass
from layers import sources_toml
from layers.readers import boundaries, events, settlements
from layers.standin import building
from layers.standin.areas import seats
from layers.standin.events import LAST_DAY, events_csv

DATA = Path(__file__).parents[3] / "data"
CERCLES = DATA / "admin_boundaries" / "standin_adm2.geojson"
FOLDERS = sorted({path.parent for path in DATA.rglob("*") if path.is_file()})
MENAKA = {"ML1001", "ML1002", "ML1003", "ML1004"}


@pytest.fixture(scope="module")
def built():
    return building.contents(DATA)


@pytest.fixture(scope="module")
def cercles():
    return boundaries.read(CERCLES).records


@pytest.fixture(scope="module")
def regions():
    return boundaries.read(DATA / "admin_boundaries" / "standin_adm1.geojson").records


@pytest.fixture(scope="module")
def simulated():
    return events.read_simulated(DATA / "events" / "standin_events.csv").records


def test_it_is_built_again_byte_for_byte(built):
    assert {name: (DATA / name).read_bytes().decode() for name in built} == built


def test_building_writes_what_differs_and_notes_its_fingerprint(tmp_path):
    for source in (DATA / building.SOURCES).iterdir():
        target = tmp_path / building.SOURCES / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    listing = tmp_path / "admin_boundaries" / "sources.toml"
    listing.write_bytes((DATA / "admin_boundaries" / "sources.toml").read_bytes())
    (tmp_path / "admin_boundaries" / "standin_adm2.geojson").write_text("old")

    assert len(building.build(tmp_path)) == 4
    assert building.build(tmp_path) == []
    names = [source.path.name for source in sources_toml.read(listing.parent)]
    assert names == ["standin_adm1.geojson", "standin_adm2.geojson"]


def test_ten_regions_and_53_cercles_fit_exactly(regions, cercles):
    assert (len(regions), len(cercles)) == (10, 53)
    assert boundaries.check([*regions, *cercles]) == []
    shapes = [cercle.boundary for cercle in cercles]
    assert shapely.coverage_is_valid(shapes)
    assert overlaps(shapes, larger_than_km2=0) == []
    assert gaps(shapes, larger_than_km2=0) == []


def test_each_region_is_the_union_of_its_cercles(regions, cercles):
    for region in regions:
        own = [cercle.boundary for cercle in cercles if cercle.parent_pcode == region.pcode]
        assert shapely.union_all(own).equals(region.boundary)


def test_each_cercle_holds_its_seat_and_carries_its_names(cercles):
    by_pcode = {cercle.pcode: cercle for cercle in cercles}
    for seat in seats(DATA / building.SOURCES / "cercle_seats_53.csv"):
        cercle = by_pcode[seat.cercle_pcode]
        assert cercle.boundary.covers(shapely.Point(seat.longitude, seat.latitude))
        assert (cercle.name, cercle.parent_pcode) == (seat.cercle, seat.region_pcode)


def test_menaka_is_a_region_cut_out_of_gao(regions, cercles):
    assert {cercle.pcode for cercle in cercles if cercle.parent_pcode == "ML10"} == MENAKA
    gao, menaka = (next(region for region in regions if region.name == name) for name in ("Gao", "Ménaka"))
    assert gao.boundary.touches(menaka.boundary)


def test_coordinates_have_four_decimals_and_the_files_are_light():
    numbers = (
        shapely.get_coordinates(shapely.from_geojson(CERCLES.read_text(encoding="utf-8"))).ravel().tolist()
    )
    assert all(number == round(number, 4) for number in numbers)
    assert CERCLES.stat().st_size < 50_000


def test_every_feature_says_that_it_is_approximate():
    collection = json.loads(CERCLES.read_text(encoding="utf-8"))
    assert all(feature["properties"]["approximate"] for feature in collection["features"])


def test_towns_have_their_rank_where_it_is_known():
    reading = settlements.read(DATA / "settlements" / "standin_towns.csv")
    assert reading.problems == []
    ranks = Counter(town.settlement_class for town in reading.records)
    assert ranks == {
        SettlementClass.CAPITAL: 1,
        SettlementClass.REGION_SEAT: 9,
        SettlementClass.CERCLE_SEAT: 43,
        None: 43,
    }
    capital = next(town for town in reading.records if town.settlement_class is SettlementClass.CAPITAL)
    assert (capital.name, capital.cercle_name) == ("Bamako", "Bamako")
    assert "Timbuktu" not in {town.name for town in reading.records}


def test_events_are_simulated_in_every_row_and_every_actor(simulated):
    assert len(simulated) == 2500
    with (DATA / "events" / "standin_events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["simulated"] for row in rows} == {"true"}
    actors = {row["actor1"] for row in rows} | {row["actor2"] for row in rows if row["actor2"]}
    assert all("simulé" in actor for actor in actors)


def test_events_lie_in_the_cercle_they_name(simulated, cercles):
    names = {cercle.pcode: cercle.name for cercle in cercles}
    placer = Placer(list(names), [cercle.boundary for cercle in cercles])
    pcodes = placer.place([event.longitude for event in simulated], [event.latitude for event in simulated])
    assert [names[pcode] for pcode in pcodes] == [event.admin2 for event in simulated]


def test_events_have_every_type_and_precision_and_more_of_them_later(simulated):
    assert {event.event_type for event in simulated} == set(EventType)
    precisions = Counter(event.geo_precision for event in simulated)
    exact, near, region = (precisions[each] for each in (1, 2, PlacePrecision.REGION))
    assert exact > near > region > 0
    years = Counter(event.occurred_on.year for event in simulated)
    assert years[2018] < years[2019] < years[2020]
    assert max(event.occurred_on for event in simulated) <= LAST_DAY
    assert simulated == sorted(simulated, key=lambda event: event.occurred_on)


def test_only_some_types_kill(simulated):
    deadly = {event.event_type for event in simulated if event.fatalities}
    assert deadly == {EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS}


def test_another_seed_makes_other_events(built):
    drawn = building.drawn_cercles(DATA)
    found = building.found_towns(DATA)
    same = events_csv(drawn, found, seed=building.SEED)
    assert same == built["events/standin_events.csv"]
    assert events_csv(drawn, found, seed=building.SEED + 1) != same


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_bundled_file_has_its_source_and_fingerprint(folder):
    # Reading compares the fingerprints.
    told = {source.path.name: source for source in sources_toml.read(folder)}
    assert set(told) == {path.name for path in folder.iterdir() if path.is_file()} - {"sources.toml"}
    assert all(source.publisher and source.licence and source.edition for source in told.values())


SHARES = [("2019", 73, 80), ("2021", 72, 80)]


@pytest.mark.geodata
@pytest.mark.parametrize(("year", "area_percent", "settlements_percent"), SHARES)
def test_how_much_is_in_the_right_cercle(geodata, cercles, year, area_percent, settlements_percent):
    """The numbers that sources.toml tells. Edition 2019 has one cercle where the stand-in has four."""
    real = {
        area.pcode: area.boundary
        for area in boundaries.read(geodata / f"boundaries/mli_adm2_cod{year}_full.geojson").records
    }
    mine = {cercle.pcode: cercle.boundary for cercle in cercles}
    if year == "2019":
        mine["ML0704"] = shapely.union_all([mine.pop(pcode) for pcode in MENAKA])
    shared_km2 = sum(area_km2(shapely.intersection(mine[pcode], real[pcode])) for pcode in real)
    assert round(100 * shared_km2 / sum(map(area_km2, real.values()))) == area_percent

    places = settlements.read(geodata / "places/settlements_ocha_2015_18769.csv").records
    spots = [place.longitude for place in places], [place.latitude for place in places]
    truth, guess = (Placer(list(areas), list(areas.values())).place(*spots) for areas in (real, mine))
    right = sum(one == other for one, other in zip(truth, guess, strict=True) if one)
    assert round(100 * right / sum(pcode is not None for pcode in truth)) == settlements_percent

    note = next(source.note for source in sources_toml.read(DATA / "admin_boundaries"))
    assert f"{area_percent}\u00a0%" in note
    assert f"{settlements_percent}\u00a0%" in note


def test_levels_are_those_of_the_files(regions, cercles):
    assert {region.level for region in regions} == {Level.REGION}
    assert {cercle.level for cercle in cercles} == {Level.CERCLE}
