"""The tables of the programme: loaded together, once, all or nothing, and tied to the edition in use."""

import io
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from apps.infrastructure.models import Fact
from apps.programme import services
from apps.programme.models import (
    ContextStatistic,
    Indicator,
    PlannedWork,
    Risk,
    TargetCercle,
)
from apps.projects.models import Project
from apps.sources.models import Document, LayerRevision, Load
from layers.programme import TABLES
from tests import small_country

pytestmark = pytest.mark.django_db

SHIPPED = Path(__file__).parents[2] / "data/programme"


def load(folder, *options):
    out, err = io.StringIO(), io.StringIO()
    call_command("load_programme", folder, *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path):
    """Return a folder that holds the shipped tables, without what is known of their source."""
    for table in TABLES.values():
        shutil.copy(SHIPPED / table.file_name, tmp_path)
    return tmp_path


def change(folder, stem, before, after):
    path = folder / f"{stem}.csv"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def in_use():
    return Load.objects.in_use().of_kind("programme").get()


def test_the_shipped_tables_come_with_the_country():
    row = in_use()
    assert (row.file_name, row.rows_refused, row.access) == ("programme (data)", 0, "public")
    assert row.rows_written == 1223
    assert row.licence == "Faits tirés de documents publiés"
    assert Document.objects.count() == 5


def test_every_table_is_kept_by_some_app():
    kept = {stem: model.objects.count() for stem, model in services.MODELS.items()}
    assert kept["target_cercles"] == 21
    assert kept["indicators"] == kept["indicators_reduced"] == 106
    assert Fact.objects.count() == 111
    assert Project.objects.filter(register="annex_1").count() == 61
    elsewhere = {"documents", "existing_infrastructure_status", "ongoing_projects"}
    assert set(TABLES) == set(services.MODELS) | elsewhere


@pytest.mark.parametrize("stem", services.MODELS)
def test_no_text_that_a_table_may_hold_is_longer_than_its_column(stem):
    kept = {field.name: field for field in services.MODELS[stem]._meta.get_fields()}
    for field in TABLES[stem].fields:
        column = kept.get(field.name)
        if isinstance(column, models.CharField) and not field.choices:
            assert field.longest <= column.max_length, field.name


def test_the_same_bytes_again_are_only_checked():
    before = in_use()
    said, _ = load(SHIPPED)
    assert said == f"programme (data): unchanged since load {before.pk}.\n"
    assert in_use().pk == before.pk


def test_a_changed_table_is_loaded_in_place_of_the_former(folder):
    change(folder, "risks", "Opérationnelle,Elevée,Fort", "Opérationnelle,Faible,Fort")
    before = in_use().pk
    revision, _ = LayerRevision.objects.of("risks")
    said, _ = load(folder)
    assert said.startswith(f"Wrote 1223 rows of {folder.name} ({folder.parent.name}), refused 0")
    assert in_use().pk != before
    assert Risk.objects.get(number=1).probability == "Faible"
    assert Risk.objects.count() == 9
    assert LayerRevision.objects.of("risks")[0] > revision
    assert in_use().publisher.startswith("PNUD Mali")


def test_a_dry_run_writes_nothing(folder):
    change(folder, "risks", '1,"Multiplicité', 'un,"Multiplicité')
    before = in_use().pk
    said, told = load(folder, "--dry-run")
    assert said.endswith("would write 1222, refuse 1. Nothing written.\n")
    assert "risks.csv, ligne 2, number" in told
    assert in_use().pk == before


def test_a_refused_row_is_kept_with_its_table_line_and_remedy(folder):
    change(folder, "acronyms", "AFP,", ",")
    load(folder)
    refusal = in_use().refusals.get()
    assert (refusal.where, refusal.row, refusal.field) == ("acronyms.csv, ligne 2", 2, "acronym")
    assert refusal.remedy


def test_a_missing_table_is_named_and_nothing_changes(folder):
    (folder / "places.csv").unlink()
    before = in_use().pk
    with pytest.raises(CommandError, match=r"tables absentes.*places\.csv"):
        load(folder)
    assert in_use().pk == before


def test_a_table_without_a_good_row_leaves_the_former_rows(folder):
    header = (folder / "risks.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "risks.csv").write_text(f"{header}\n,,,,,,,,\n", encoding="utf-8")
    with pytest.raises(CommandError, match="intact"):
        load(folder)
    assert Risk.objects.count() == 9


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="rien: no such folder"):
        load(tmp_path / "rien")


def test_a_load_that_breaks_half_way_leaves_everything_as_it_was(folder, settings):
    change(folder, "risks", "Opérationnelle,Elevée,Fort", "Opérationnelle,Faible,Fort")
    settings.PROGRAMME_WRITERS = ["apps.programme.services.save_tables", "operator.truediv"]
    before = in_use().pk
    with pytest.raises(TypeError):
        load(folder)
    assert in_use().pk == before
    assert Risk.objects.get(number=1).probability == "Elevée"


def test_what_the_document_does_not_say_is_none_and_what_it_prints_as_0_is_0():
    told, printed = PlannedWork.objects.get(infra_id="INF01"), PlannedWork.objects.filter(usd_2024=0)
    assert told.usd_by_year == [67037, None, None, None, None]
    assert printed.exists()
    assert TargetCercle.objects.filter(initiation_phase_cercle=None).count() == 15


def test_a_range_has_its_words_and_no_number():
    row = ContextStatistic.objects.get(stat_id="T016")
    assert (row.value, row.value_told) == (None, "40-70")


def test_both_variants_of_an_indicator_are_kept():
    targets = Indicator.objects.filter(indicator_id="1.2.1").values_list("framework", "target_2025")
    assert dict(targets) == {"21 cercles": "276", "17 cercles": "233"}


def test_targets_and_works_follow_the_edition_and_what_it_lacks_is_told():
    small_country.make()
    assert TargetCercle.objects.filter(area=None).count() == 21
    assert PlannedWork.objects.filter(areas__isnull=False).count() == 0
    (sentence,) = services.follow_edition()
    assert sentence.startswith("This edition lacks these places: ")
    assert "Koro" in sentence


def test_following_an_edition_takes_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(66):
        services.follow_edition()


def load_country(**options):
    out = io.StringIO()
    call_command("load_country", stdout=out, stderr=out, **options)
    return out.getvalue()


def test_the_operators_tables_go_before_those_that_come_with_the_project(folder):
    change(folder, "risks", "Opérationnelle,Elevée,Fort", "Opérationnelle,Faible,Fort")
    assert f"Wrote 1223 rows of {folder.name}" in load_country(data=folder)
    assert "programme" not in load_country()
    assert Risk.objects.get(number=1).probability == "Faible"
