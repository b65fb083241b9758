from pathlib import Path

import pytest

from geo.vocabulary import AccessClass
from layers import known_files, sources_toml
from layers.sources_toml import Contents, SourceFile, sha256_of


@pytest.fixture
def folder(tmp_path):
    """Return a function that makes empty files of these names in a folder, and returns it."""

    def make(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return tmp_path

    return make


def names_found(folder):
    found = known_files.find(folder)
    return {str(what): [source.path.name for source in sources] for what, sources in found.items()}


@pytest.mark.parametrize(
    ("name", "what", "edition"),
    [
        ("mli_adm2_cod2021_full.geojson", Contents.BOUNDARIES, "2021-12-20"),
        ("mli_admbnda_adm3_1m_gov_20211220.shp", Contents.BOUNDARIES, "2021-12-20"),
        ("mli_adm_1m_dnct_2019_SHP.zip", Contents.BOUNDARIES, "2019-08-02"),
        ("mli_admin_boundaries.geojson.zip", Contents.BOUNDARIES, ""),
        ("mli_admbnda_adm2_gov_ocha_itos.zip", Contents.BOUNDARIES, "2015-04-08"),
        ("population_adm2_2020_codps.csv", Contents.POPULATION, "2020"),
        ("mli_admpop_adm2_2022_v2.csv", Contents.POPULATION, "2022"),
        ("population_2009_census_by_cercle.csv", Contents.POPULATION, "2009"),
        ("settlements_ocha_2015_18769.csv", Contents.SETTLEMENTS, "2015"),
        ("acled_mali_1997_2020.csv", Contents.ACLED_EVENTS, "2020"),
        ("2024-01-01-2024-12-31-Mali.csv", Contents.ACLED_EVENTS, "2024-12-31"),
        ("acled_monthly_by_cercle_1997_2021.csv", Contents.HDX_COUNTS, "2021"),
        ("hdx_hapi_conflict_event_mli.csv", Contents.HAPI_COUNTS, ""),
        ("GEDEvent_v25_1.csv", Contents.UCDP_EVENTS, ""),
        ("ucdp_ged_sample_bangladesh.csv", Contents.UCDP_EVENTS, ""),
        ("osm_security_justice_admin_2019.geojson", Contents.INSTITUTIONS, "2019"),
        ("target_cercles.csv", Contents.PROGRAMME, ""),
    ],
)
def test_a_file_is_known_by_its_name(folder, name, what, edition):
    [[source]] = known_files.find(folder(name)).values()
    assert (source.what, source.edition) == (what, edition)
    assert source.publisher
    assert source.licence


@pytest.mark.parametrize(
    "name",
    [
        *("notes.txt", "mli_admpop_adm1_2020.csv", "places.csv"),
        *("mli_adm0_cod2021_full.geojson", "mli_admbnda_adm0_1m_gov_20211220.shp", "mli_admin0.geojson"),
        "mli_adm1_ne10m_simplified_qgis.geojson",
    ],
)
def test_other_files_are_not_ours(folder, name):
    assert known_files.find(folder(name)) == {}


def test_only_acled_events_need_signing_in(folder):
    sources = known_files.find(folder("acled_mali.csv", "osm_police.geojson", "target_cercles.csv"))
    closed = [str(what) for what, [source] in sources.items() if source.access is not AccessClass.PUBLIC]
    assert closed == ["acled_events"]


def test_acled_events_under_another_name_need_signing_in_too(folder):
    path = folder("events.csv") / "events.csv"
    source = known_files.source_of(path, otherwise=Contents.ACLED_EVENTS)
    assert (source.publisher, source.access) == ("ACLED", AccessClass.SIGNED_IN)


def test_the_newest_edition_is_taken_with_all_its_levels(folder):
    assert names_found(
        folder(
            *("a/mli_adm2_cod2019_full.geojson", "a/mli_adm2_cod2021_full.geojson"),
            *("a/mli_adm1_cod2021_full.geojson", "a/2015/mli_admbnda_adm1_gov_ocha_itos.zip"),
            *("population_2009_census_by_cercle.csv", "population_adm2_2020_codps.csv"),
        )
    ) == {
        "boundaries": ["mli_adm1_cod2021_full.geojson", "mli_adm2_cod2021_full.geojson"],
        "population": ["population_adm2_2020_codps.csv"],
    }


def listed(path, **told):
    required = {"what": Contents.BOUNDARIES, "publisher": "Us", "licence": "CC0", "sha256": sha256_of(path)}
    return SourceFile(path=path, **{**required, **told})


def test_a_sources_file_overrides_what_a_name_says(folder):
    path = folder("mli_adm1_cod2019_full.geojson") / "mli_adm1_cod2019_full.geojson"
    sources_toml.write(path.parent, [listed(path, edition="2030-01-01")])
    [[source]] = known_files.find(path.parent).values()
    assert (source.publisher, source.edition) == ("Us", "2030-01-01")
    assert known_files.source_of(path, otherwise=Contents.OTHER) == source


def test_an_official_file_goes_before_an_approximate_one_of_any_edition(folder):
    place = folder("stand_in.geojson", "mli_adm_full.geojson")
    sources_toml.write(place, [listed(place / "stand_in.geojson", approximate=True, edition="2030")])
    assert names_found(place) == {"boundaries": ["mli_adm_full.geojson"]}
    assert [str(what) for what in known_files.bundled(place)] == ["boundaries"]
    assert known_files.bundled(place)[Contents.BOUNDARIES][0].path.name == "stand_in.geojson"


def test_an_empty_folder_holds_nothing(tmp_path):
    assert known_files.find(tmp_path) == known_files.bundled(tmp_path) == {}


def test_nobody_is_named_for_a_file_that_nothing_tells(folder):
    source = known_files.source_of(folder("x.gpkg") / "x.gpkg", otherwise=Contents.BOUNDARIES)
    assert (source.what, source.publisher, source.licence) == (Contents.BOUNDARIES, "", "")


@pytest.mark.geodata
def test_the_official_files_are_found(geodata):
    assert names_found(Path(geodata)) == {
        "boundaries": [f"mli_adm{level}_cod2021_full.geojson" for level in (1, 2, 3)],
        "codes": ["crosswalk_pcodes_2015_2019_2021.csv"],
        "acled_events": ["acled_mali_1997_2020.csv"],
        "hdx_counts": ["acled_monthly_by_cercle_1997_2021.csv"],
        "ucdp_events": ["ucdp_ged_sample_bangladesh.csv"],
        "institutions": ["osm_security_justice_admin_2019.geojson"],
        "settlements": ["settlements_ocha_2015_18769.csv"],
        "commune_seats": ["commune_seats.csv"],
        "population": ["population_adm2_2020_codps.csv"],
        "raster": ["mli_afripop2020_20km.tif"],
    }
