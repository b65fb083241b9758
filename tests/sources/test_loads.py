"""Loads: recorded with their source, done once for the same bytes, all or nothing."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from apps.boundaries.models import Area, Edition, PopulationRow
from apps.sources.models import Load
from tests import small_country

pytestmark = pytest.mark.django_db

GOOD = "region,cercle,area_km2,population_2009,source,note\nOuest,Alpha,1,1000,RGPH,\nEst,Gamma,1,500,RGPH,\n"
BAD = GOOD + "Est,Bêta,1,beaucoup,RGPH,\n"


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()


def load(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def file(tmp_path, text, name="population_2009_census_essai.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def population():
    return Load.objects.in_use().of_kind("population").get()


def test_a_load_says_what_it_read_and_from_whom(tmp_path):
    said, _ = load("load_population", file(tmp_path, GOOD))
    row = population()
    assert (row.rows_read, row.rows_written, row.rows_refused) == (2, 2, 0)
    assert (row.publisher, row.file_name, row.access) == (
        "INSTAT Mali",
        "population_2009_census_essai.csv",
        "public",
    )
    assert len(row.sha256) == 64
    assert row.as_of == date(2009, 12, 31), "no younger than the year it tells"
    assert said == f"Wrote 2 rows of population from {row.file_name}, refused 0 (load {row.pk}).\n"


def test_the_same_file_again_moves_only_the_day_it_was_checked(tmp_path):
    path = file(tmp_path, GOOD)
    load("load_population", path)
    first = population()
    said, _ = load("load_population", path)
    again = population()
    assert said == f"{path.name}: unchanged since load {first.pk}.\n"
    assert again.last_checked > first.last_checked
    assert again.loaded_at == first.loaded_at


def test_a_refused_row_is_kept_with_its_reason(tmp_path):
    _, told = load("load_population", file(tmp_path, BAD))
    row = population()
    assert (row.rows_read, row.rows_written, row.rows_refused) == (3, 2, 1)
    refusal = row.refusals.get()
    assert (refusal.row, refusal.value, refusal.is_doubt) == (4, "beaucoup", False)
    assert refusal.remedy
    assert "beaucoup" in told


def test_a_dry_run_writes_nothing(tmp_path):
    before = Load.objects.count()
    said, _ = load("load_population", file(tmp_path, BAD), "--dry-run")
    assert "would write 2, refuse 1. Nothing written." in said
    assert Load.objects.count() == before


def test_a_file_without_a_good_row_leaves_the_former_rows(tmp_path):
    load("load_population", file(tmp_path, GOOD))
    with pytest.raises(CommandError, match="intact"):
        load(
            "load_population",
            file(tmp_path, GOOD.splitlines()[0] + "\nOuest,Alpha,1,?,x,\n", "population_2009_census_2.csv"),
        )
    assert PopulationRow.objects.count() == 2


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"rien\.csv: no such file"):
        load("load_population", tmp_path / "rien.csv")


def test_a_load_that_breaks_half_way_leaves_everything_as_it_was(tmp_path, monkeypatch):
    load("load_population", file(tmp_path, GOOD))
    before = population().pk
    monkeypatch.setattr("apps.boundaries.services.settle_people", lambda load: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load("load_population", file(tmp_path, GOOD + "Est,Bêta,1,7,RGPH,\n", "population_2009_census_3.csv"))
    assert population().pk == before
    assert PopulationRow.objects.count() == 2


def test_boundaries_with_a_fault_are_refused_whole(tmp_path):
    path = tmp_path / "mli_adm1.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"adm1_pcode":"ML1",'
        '"adm1_name":"Ouest","adm0_pcode":"ML"},"geometry":{"type":"Polygon","coordinates":'
        "[[[-5,13],[-4,13],[-4,14],[-5,14],[-5,13]]]}}]}"
    )
    before = Edition.objects.count()
    with pytest.raises(CommandError, match="Nothing written"):
        load("load_boundaries", path, "--edition", "fautive", "--valid-from", "2024-01-01", "--activate")
    assert Edition.objects.count() == before
    assert Area.objects.regions().count() == 2


@pytest.mark.geodata
def test_an_older_edition_comes_beside_and_is_switched_on_and_back(geodata):
    older, newer = (
        [geodata / "boundaries" / f"mli_adm{level}_{edition}_full.geojson" for level in (1, 2, 3)]
        for edition in ("cod2019", "cod2021")
    )
    load("load_boundaries", *newer, "--activate")
    load("load_population", geodata / "population" / "population_adm2_2020_codps.csv")
    load("load_boundaries", *older, "--edition", "2019", "--activate")
    assert Area.objects.cercles().count() == 50
    assert Area.objects.cercles().with_people().get(pcode="ML0704").people == 67_119
    said, _ = load("load_boundaries", *newer, "--activate")
    assert "switched on" in said
    assert Area.objects.cercles().count() == 53


def test_cercles_without_their_regions_are_refused(tmp_path):
    path = tmp_path / "mli_adm2.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"adm1_pcode":"ML01",'
        '"adm2_pcode":"ML0101","adm2_name":"Alpha"},"geometry":{"type":"Polygon","coordinates":'
        "[[[-5,13],[-4,13],[-4,14],[-5,14],[-5,13]]]}}]}"
    )
    with pytest.raises(CommandError, match="an edition needs regions and cercles: no region here"):
        load("load_boundaries", path, "--edition", "x", "--valid-from", "2024-01-01")


@pytest.mark.geodata
def test_the_same_files_in_another_order_are_the_same_edition(geodata):
    paths = [geodata / "boundaries" / f"mli_adm{level}_cod2019_full.geojson" for level in (1, 2, 3)]
    load("load_boundaries", *paths)
    said, _ = load("load_boundaries", *reversed(paths))
    assert "unchanged" in said
