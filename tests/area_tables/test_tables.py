"""Tables keyed by P-code: kept, replaced, followed into another edition, deleted with a reason."""

from datetime import date

import pytest

from apps.area_tables import figures
from apps.area_tables.history import deleted_tables
from apps.area_tables.models import AreaTable, AreaTableEvent
from apps.area_tables.services import ToldValue, TwoRowsOfOneArea, delete_table, doubled, save_table
from apps.boundaries import services as boundaries
from apps.boundaries.models import Area
from apps.sources.models import Load
from geo.vocabulary import AccessClass, Level
from layers.sources_toml import Contents
from tests import small_country
from tests.boundaries import old_and_new

pytestmark = pytest.mark.django_db


def kept(values, key="displaced", level=Level.CERCLE, **about):
    """Write a table of these (name of area or None, number or words), one a row from row 2."""
    load = small_country.recorded(Load.Kind.AREA_TABLE, Contents.OTHER, f"{key}.csv", len(values), **about)
    areas = {area.name: area for area in Area.objects.active().at(level)}
    told = [
        ToldValue(
            row,
            areas.get(name),
            number=value if isinstance(value, float) else None,
            text=value if isinstance(value, str) else "",
            name_told=name or "Ailleurs",
        )
        for row, (name, value) in enumerate(values, start=2)
    ]
    return save_table(
        key, "Personnes déplacées", "Displaced people", "personnes", level, told, load,
        method="Comptées.", as_of=date(2020, 12, 31), made_by=None,
    )  # fmt: skip


def test_what_is_missing_is_none_and_never_zero():
    small_country.make()
    table = kept([("Alpha", 12.0), ("Bêta", 0.0), ("Gamma", None)])
    assert figures.values_of(table, Level.CERCLE) == {"ML9101": 12.0, "ML9201": 0.0, "ML9202": None}
    assert figures.values_of(table, Level.REGION) == {"ML91": None, "ML92": None}


def test_two_rows_of_one_area_are_refused_by_name_and_the_former_table_stays():
    small_country.make()
    former = kept([("Alpha", 12.0)])
    with pytest.raises(TwoRowsOfOneArea, match=r"«\u00a0Alpha\u00a0» \(ML9101\) est aux lignes 2 et 3\."):
        kept([("Alpha", 1.0), ("Alpha", 2.0)])
    assert figures.values_of(former, Level.CERCLE)["ML9101"] == 12.0
    alpha = Area.objects.cercles().get(name="Alpha")
    assert doubled([ToldValue(2, alpha), ToldValue(3, None), ToldValue(9, alpha)]) == [(9, 2, alpha)]


def test_a_table_replaces_the_one_of_its_key_and_retires_its_load():
    small_country.make()
    first = kept([("Alpha", 12.0), ("Bêta", 5.0)])
    former_load = first.load
    second = kept([("Alpha", 13.0)])
    assert first.pk == second.pk
    assert figures.values_of(second, Level.CERCLE) == {"ML9101": 13.0, "ML9201": None, "ML9202": None}
    former_load.refresh_from_db()
    assert (former_load.in_use, second.load.in_use) == (False, True)
    assert [event.pgh_label for event in AreaTableEvent.objects.order_by("pgh_id")] == ["insert", "update"]


def test_an_area_of_another_level_is_refused():
    small_country.make()
    load = small_country.recorded(Load.Kind.AREA_TABLE, Contents.OTHER, "t.csv")
    region = Area.objects.regions().first()
    with pytest.raises(ValueError, match="not of level"):
        save_table(
            "t",
            "T",
            "",
            "",
            Level.CERCLE,
            [ToldValue(2, region, 1.0)],
            load,
            method="",
            as_of=None,
            made_by=None,
        )


def test_words_make_no_numbers_for_choices():
    small_country.make()
    kept([("Alpha", "priorité 1")], key="words")
    kept([("Alpha", 1.0)], key="numbers")
    assert [table.key for table in figures.tables()] == ["numbers"]


def test_no_table_is_there_at_first():
    assert list(figures.tables(AccessClass)) == []


def test_values_follow_another_edition_where_an_area_is_still_one():
    former, now = old_and_new.make()
    table = kept([("Ténenkou", 12.0), ("Ménaka", 3.0), ("Inékar", 4.0)])
    boundaries.activate(former)
    # ML9101 of 2021 was ML9102; Ménaka and Inékar were one cercle: neither value is that of the whole.
    assert figures.values_of(table, Level.CERCLE) == {
        "ML9101": None, "ML9102": 12.0, "ML9103": None, "ML9204": None,
    }  # fmt: skip
    assert sorted(table.values.filter(area=None).values_list("name_told", flat=True)) == ["Inékar", "Ménaka"]
    boundaries.activate(now)
    told = {pcode: number for pcode, number in figures.values_of(table, Level.CERCLE).items() if number}
    assert told == {"ML9101": 12.0, "ML9201": 3.0, "ML9202": 4.0}


def test_an_area_divided_since_keeps_its_row_without_a_place():
    former, now = old_and_new.make()
    boundaries.activate(former)
    table = kept([("Ménaka", 7.0), ("Bamako", 8.0)])
    boundaries.activate(now)
    told = {pcode: number for pcode, number in figures.values_of(table, Level.CERCLE).items() if number}
    assert told == {"ML9103": 8.0}
    assert list(table.values.filter(area=None).values_list("number", flat=True)) == [7.0]


def test_a_deleted_table_says_who_and_why(django_user_model):
    small_country.make()
    keeper = django_user_model.objects.create_user("keeper")
    table = kept([("Alpha", 12.0)])
    delete_table(table, by=keeper, why="chiffres provisoires")
    assert not AreaTable.objects.exists()
    assert not Load.objects.in_use().of_kind(Load.Kind.AREA_TABLE).exists()
    assert [(each.key, each.who, each.why) for each in deleted_tables()] == [
        ("displaced", "keeper", "chiffres provisoires")
    ]
