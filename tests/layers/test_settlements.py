from pathlib import Path

import pytest

from geo.vocabulary import SettlementClass
from layers.readers import settlements

BAD = Path(__file__).parent / "bad/settlements"


def test_faults_are_told_one_a_row_and_an_unknown_rank_is_none():
    reading = settlements.read(BAD / "faults.csv")
    assert [(each.row, each.field, each.reason) for each in reading.problems] == [
        (3, "class", "Cette valeur est inconnue."),
        (4, "longitude, latitude", "Longitude et latitude semblent échangées."),
        (5, "pcode_2015", "Cette valeur est déjà à la ligne 2."),
        (6, "name", "La valeur manque."),
        (7, "pcode_2015", "La valeur manque."),
        (8, "longitude", "La valeur manque."),
    ]
    first, last = reading.records
    assert (first.name, first.settlement_class) == ("Aaa", SettlementClass.VILLAGE)
    assert (first.longitude, first.latitude) == (-11.5, 14.6)
    assert (first.commune_name, first.cercle_name) == ("Bangassi", "Kayes")
    assert (last.name, last.settlement_class, last.row) == ("Hhh", None, 9)


@pytest.mark.geodata
def test_every_real_settlement_is_read(geodata):
    reading = settlements.read(geodata / "places/settlements_ocha_2015_18769.csv")
    assert len(reading.records) == 18_769
    assert reading.problems == []
    ranks = [record.settlement_class for record in reading.records]
    assert ranks.count(SettlementClass.CAPITAL) == 1
