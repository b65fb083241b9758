from pathlib import Path

import pytest

from geo.vocabulary import ZoneLogic
from layers.readers import targets

BAD = Path(__file__).parent / "bad/targets"


def test_faults_are_told_one_a_row_and_the_sum_is_compared():
    reading = targets.read(BAD / "faults.csv")
    assert [(each.row, each.field, each.is_fatal) for each in reading.problems] == [
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
    first, last = targets.read(BAD / "faults.csv").records
    assert (first.zone_logic, first.volunteer_planned, first.slavery_focus) == (
        ZoneLogic.CENTRE_NORD,
        True,
        "",
    )
    assert (last.zone_logic, last.volunteer_planned, last.slavery_focus) == (ZoneLogic.SUD, None, "yes")
    assert last.phase == last.note == ""


@pytest.mark.geodata
def test_the_programme_has_21_cercles_and_277_communes(geodata):
    reading = targets.read(geodata.parent / "programme/target_cercles.csv")
    assert reading.problems == []
    assert len(reading.records) == 21
    assert sum(record.communes for record in reading.records) == 277
    assert sum(record.zone_logic is ZoneLogic.CENTRE_NORD for record in reading.records) == 16
    assert sum(record.volunteer_planned is True for record in reading.records) == 19
