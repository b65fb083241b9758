"""Tables of documents read by their declarations: what is kept, what is refused, and in which words."""

import csv
import re
from pathlib import Path

import pytest

from geo.vocabulary import WorksKind, ZoneLogic
from layers.programme import PROGRAMME_LAYERS, TABLES
from layers.programme.declaring import PASSAGE_FIELDS
from layers.readers import programme
from layers.readers.problems import UnreadableFile

BAD = Path(__file__).parents[1] / "bad/programme"
SHIPPED = Path(__file__).parents[3] / "data/programme"
TITLES = {"001_essai.txt": "Trial"}

COMPUTED = {
    "target_cercles": "row_no region_in_source name_in_source computed_total_communes in_21 in_17",
    "planned_infrastructure": "sum_check",
    "workplan_activities": "usd_sum_years diff_total_minus_sum",
    "workplan_budget": "sum_of_years diff_total_minus_years check_basis parts_total diff_2021 diff_2022 "
    "diff_2023 diff_2024 diff_2025 diff_total check",
    "places": "files count_000 count_001 count_002 count_003 count_004",
}
"""Columns of the shipped tables that are not kept: what is computed here from the rows, counts by file."""


def read(stem):
    return programme.read_table(BAD / f"{stem}.csv", TABLES[stem], TITLES)


def told(reading):
    return [(each.row, each.field, each.is_fatal) for each in reading.problems]


def test_faults_of_target_cercles_are_told_one_a_row_and_the_sum_is_compared():
    reading = read("target_cercles")
    assert told(reading) == [
        (3, "zone_logic", True),
        (4, "n_communes", True),
        (5, "cercle", True),
        (6, "volunteer_planned", True),
        (None, "n_communes", False),
    ]
    assert reading.problems[0].remedy.endswith("Vouliez-vous «\u00a0Centre-Nord\u00a0»\u202f?")
    assert reading.problems[-1].reason == "Les communes des cercles lus font 15, le document en annonce 99."
    assert reading.left_out == {"hors des 21 cercles": 1}


def test_what_the_document_does_not_say_is_not_no():
    first, last = read("target_cercles").records
    assert (first["zone_logic"], first["volunteer_planned"]) == (ZoneLogic.CENTRE_NORD, True)
    assert (last["zone_logic"], last["volunteer_planned"], last["slavery_focus"]) == (
        ZoneLogic.SUD,
        None,
        "yes",
    )
    assert last["phase"] == last["note"] == ""


def test_faults_of_planned_works_name_line_column_and_remedy():
    reading = read("planned_infrastructure")
    assert told(reading) == [
        (3, "infra_type", True),
        (4, "level", True),
        (5, "usd_2021", True),
        (6, "usd_2021", True),
        (7, "source_file", True),
        (8, "source_file", True),
        (9, "alignment_confidence", True),
        (10, "infra_id", True),
        (11, "place", True),
    ]
    by_line = {problem.row: problem for problem in reading.problems}
    assert "Vouliez-vous «\u00a0commissariat\u00a0»" in by_line[3].remedy
    assert by_line[7].reason == "009_essai.txt n'est pas dans documents.csv."
    assert by_line[11].reason == "Ce texte a 201 signes, 200 au plus sont gardés."
    assert all(problem.remedy for problem in reading.problems)


def test_an_empty_amount_is_none_and_a_printed_zero_is_0():
    first = read("planned_infrastructure").records[0]
    assert [first[f"usd_{year}"] for year in range(2021, 2026)] == [0, None, None, None, 1000]
    assert (first["usd_total"], first["kind"], first["infra_type"]) == (
        1000,
        WorksKind.COMMISSARIAT,
        "commissariat",
    )


def test_a_record_has_its_values_by_column_too_and_its_documents_one_by_one():
    first, last = read("planned_infrastructure").records
    assert first["region"] == first["parent_told"] == "Mopti"
    assert last["documents"] == ["001_essai.txt", "001_essai.txt"]
    assert last["source_file"] == "001_essai.txt; 001_essai.txt"


def test_a_note_names_a_document_by_its_title():
    assert read("planned_infrastructure").records[0]["note"] == "“Trial” says so"


def test_a_number_that_stands_twice_or_in_words_is_refused():
    assert told(read("risks")) == [(3, "number", True), (4, "number", True), (5, "risk", True)]


def test_a_value_that_is_a_range_keeps_its_words_and_has_no_number():
    reading = read("context_statistics")
    assert told(reading) == [(4, "value", True)]
    assert [(record["value"], record["value_told"]) for record in reading.records] == [
        (None, "40-70"),
        (41.5, "41,5"),
    ]


def test_documents_need_a_title_and_a_key_of_their_own():
    assert told(read("documents")) == [(3, "title_fr", True), (4, "key", True)]


def test_a_table_without_a_column_is_refused_whole():
    with pytest.raises(UnreadableFile, match=r"acronyms\.csv.*colonnes absentes.*expansion_fr"):
        read("acronyms")


def test_a_folder_that_lacks_tables_is_told_which():
    with pytest.raises(UnreadableFile) as raised:
        programme.read(BAD)
    message = str(raised.value)
    assert "tables absentes" in message
    assert "places.csv" in message
    assert "risks.csv" not in message


def test_the_shipped_tables_have_no_fault():
    readings = programme.read(SHIPPED)
    assert [str(problem) for reading in readings.values() for problem in reading.problems] == []
    assert {stem: len(reading.records) for stem, reading in readings.items()} == {
        "documents": 5,
        "target_cercles": 21,
        "targeting_criteria": 22,
        "planned_infrastructure": 34,
        "existing_infrastructure_status": 111,
        "ongoing_projects": 88,
        "workplan_activities": 98,
        "workplan_budget": 27,
        "indicators": 53,
        "indicators_reduced": 53,
        "indicators_parent_frameworks": 20,
        "results_2020_2021": 273,
        "stabilisation_projects_2017": 71,
        "risks": 9,
        "stakeholders": 43,
        "acronyms": 155,
        "context_statistics": 36,
        "places": 104,
    }


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.stem)
def test_every_column_of_a_shipped_table_is_declared_or_computed_here(table):
    with (SHIPPED / table.file_name).open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    fields = (*table.fields, *(PASSAGE_FIELDS if table.cites else ()))
    declared = {field.header for field in fields} | ({programme.SOURCE_FILE} if table.cites else set())
    assert set(columns) - declared == set(COMPUTED.get(table.stem, "").split())
    assert declared <= set(columns)


def test_no_text_of_a_record_names_a_document_by_its_file():
    by_file = re.compile(r"\b\d{3}_|\.txt")
    keys = {"key", "documents", programme.SOURCE_FILE}
    for reading in programme.read(SHIPPED).values():
        for record in reading.records:
            texts = [value for name, value in record.items() if name not in keys and isinstance(value, str)]
            assert not any(by_file.search(text) for text in texts), texts


@pytest.mark.parametrize("layer", PROGRAMME_LAYERS, ids=lambda layer: layer.name)
def test_every_layer_carries_document_passage_and_doubt(layer):
    assert {"document", "publisher", "told", "source_passage", "note"} <= set(layer.field_names)
