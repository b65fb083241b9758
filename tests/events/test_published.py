"""What publishers count stands beside our own counts, tied by code and name, never by code alone."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.boundaries import services as boundaries
from apps.events import published
from apps.events.models import PublishedCount
from apps.sources.models import Load
from geo.vocabulary import Level
from layers.readers.monthly_counts import CountCategory, MonthlyCount
from layers.readers.problems import Reading
from layers.sources_toml import Contents
from tests import small_country

pytestmark = pytest.mark.django_db
SEPTEMBER, AUGUST = date(2026, 9, 1), date(2026, 8, 1)


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        return small_country.make()


def count(name="Alpha", pcode="ML9101", month=SEPTEMBER, events=3, **about):
    told = {"category": CountCategory.DEMONSTRATION, "region": "Ouest", "fatalities": 0, "row": 2}
    return MonthlyCount(name=name, pcode=pcode, month=month, events=events, **told | about)


def saved(*counts, series="hapi", since=None, name="comptes.csv"):
    source = small_country.source(Contents.HAPI_COUNTS, name)
    return published.save_counts(Reading(list(counts), []), source, series=series, since=since)


def cercles():
    return dict(PublishedCount.objects.values_list("name_told", "cercle__pcode"))


def test_a_row_is_tied_by_code_where_the_name_agrees_else_by_name():
    saved(
        count("ALPHA", "ML9101"),
        count("Beta", "ML9999"),
        count("Gamma", "ML9101"),
        count("Delta", "ML9101"),
    )
    assert cercles() == {"ALPHA": "ML9101", "Beta": "ML9201", "Gamma": "ML9202", "Delta": None}


def test_a_row_of_a_cercle_that_became_a_region_is_tied_to_none():
    areas = (
        *small_country.AREAS,
        (Level.REGION, "ML93", "Delta", "ML", small_country.square(-2, 13, -1, 14)),
        (Level.CERCLE, "ML9301", "Delta", "ML93", small_country.square(-2, 13, -1.5, 14)),
        (Level.CERCLE, "ML9302", "Epsilon", "ML93", small_country.square(-1.5, 13, -1, 14)),
    )
    small_country.make("Nouveau pays", areas)
    saved(count("Delta", "ML9203", region="Est"), count("Delta", "ML9301", month=AUGUST, region="Delta"))
    told = PublishedCount.objects.values_list("month", "cercle__pcode").order_by("month")
    assert list(told) == [(AUGUST, "ML9301"), (SEPTEMBER, None)]
    assert published.cercles_told() == {"Delta": 2}


def test_the_same_counts_again_change_nothing():
    first = saved(count(), count("Beta"))
    assert first.told() == {"added": 2, "changed": 0, "deleted": 0, "unchanged": 0, "refused": 0}
    again = saved(count(), count("Beta"), name="autre.csv")
    assert again.told() == {"added": 0, "changed": 0, "deleted": 0, "unchanged": 2, "refused": 0}
    assert again.load == first.load
    assert Load.objects.of_kind("monthly_counts").count() == 1


def test_what_changed_was_added_or_went_is_counted_and_no_more():
    saved(count(events=3), count("Beta", events=1), count("Gamma", events=9))
    kept = PublishedCount.objects.get(name_told="Gamma").pk
    again = saved(count(events=4), count("Gamma", events=9), count("Gamma", month=AUGUST), name="deux.csv")
    assert again.told() == {"added": 1, "changed": 1, "deleted": 1, "unchanged": 1, "refused": 0}
    assert PublishedCount.objects.get(name_told="Gamma", month=SEPTEMBER).pk == kept
    assert Load.objects.in_use().of_kind("monthly_counts").get() == again.load
    assert set(PublishedCount.objects.values_list("load", flat=True)) == {again.load.pk}


def test_months_before_those_asked_stay():
    saved(count(month=AUGUST, events=8), count(events=3))
    again = saved(count(events=5), since=SEPTEMBER, name="deux.csv")
    assert (again.changed, again.deleted) == (1, 0)
    assert dict(PublishedCount.objects.values_list("month", "events")) == {AUGUST: 8, SEPTEMBER: 5}


def test_no_row_at_all_empties_nothing():
    saved(count())
    assert saved(name="vide.csv").told() == {
        "added": 0,
        "changed": 0,
        "deleted": 0,
        "unchanged": 0,
        "refused": 0,
    }
    assert PublishedCount.objects.count() == 1


def test_two_series_stand_side_by_side():
    saved(count(), series="hapi")
    saved(count(), series="hdx", name="deux.csv")
    assert Load.objects.in_use().of_kind("monthly_counts").count() == 2
    assert PublishedCount.objects.count() == 2


def test_the_day_of_the_data_is_the_end_of_the_last_month():
    assert saved(count(month=AUGUST), count(month=date(2025, 12, 1))).load.as_of == date(2026, 8, 31)
    assert published._last_day(date(2025, 12, 1)) == date(2025, 12, 31)


def test_another_edition_ties_every_count_anew(country):
    saved(count("Alpha", "ML9101"))
    renamed = [
        (level, pcode, "Omega" if pcode == "ML9101" else name, parent, boundary)
        for level, pcode, name, parent, boundary in small_country.AREAS
    ]
    small_country.make("Autre pays", renamed)
    assert cercles() == {"Alpha": None}
    boundaries.activate(country)
    assert cercles() == {"Alpha": "ML9101"}


HDX = "Country,Admin1,Admin2,ISO3,Admin2 Pcode,Admin1 Pcode,Month,Year,Events,Fatalities\n"


@pytest.fixture
def hdx_file(tmp_path):
    path = tmp_path / "acled_monthly_by_cercle.csv"
    path.write_text(
        HDX + "Mali,Ouest,Alpha,MLI,ML9101,ML91,May,2020,2,1\nMali,Est,Zeta,MLI,ML9299,ML92,May,2020,1,0\n",
        encoding="utf-8",
    )
    return path


def loaded(path, *options):
    out, err = io.StringIO(), io.StringIO()
    call_command("load_counts", "hdx", str(path), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_tells_the_difference_and_what_does_not_tie(hdx_file):
    out, err = loaded(hdx_file)
    assert "added 2, changed 0, deleted 0, unchanged 0, refused 0" in out
    assert "In no cercle of this edition: Zeta." in out
    assert "pris pour la violence politique" in err
    load = Load.objects.in_use().of_kind("monthly_counts").get()
    assert (load.access, load.publisher, load.as_of) == ("signed_in", "ACLED, par HDX", date(2020, 5, 31))
    assert "unchanged" in loaded(hdx_file)[0]


def test_a_dry_run_writes_nothing(hdx_file):
    assert "would write 2, refuse 0. Nothing written." in loaded(hdx_file, "--dry-run")[0]
    assert not PublishedCount.objects.exists()


def test_a_file_without_a_good_row_leaves_the_former_rows(hdx_file):
    loaded(hdx_file)
    hdx_file.write_text(HDX + "Mali,Ouest,Alpha,MLI,ML9101,ML91,Germinal,2020,2,1\n", encoding="utf-8")
    with pytest.raises(CommandError, match="the former rows are intact"):
        loaded(hdx_file)
    assert PublishedCount.objects.count() == 2


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CommandError):
        call_command("load_counts", "hapi", str(Path(tmp_path) / "absent.csv"))


def test_the_layer_is_public_because_it_only_counts(client, hdx_file):
    loaded(hdx_file)
    answer = client.get("/api/layers/published_counts.geojson?cercle=ML9101").json()
    assert [feature["properties"]["events"] for feature in answer["features"]] == [2]
    assert answer["features"][0]["properties"]["cercle"] == "ML9101"
