"""The workbook of a run makes its scores anew: each formula is worked out from the values beside it."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from apps.maps.runs.files import as_workbook
from apps.targeting import runs
from geo.vocabulary import AccessClass
from tests import small_country
from tests.maps.runs.conftest import PEOPLE, VIOLENCE
from tests.maps.runs.spreadsheet import Workbook

ALL = "1 all"
MORE = ("more", None)
LESS = ("less", None)


def opened(run):
    with override("en"):
        body, _content_type = as_workbook(run, json.loads(run.answer) | {"is_whole": True})
    return Workbook(body)


def column(book, title, sheet=ALL):
    (letters,) = (letters for letters, told in book.titles(sheet).items() if told == title)
    return [book.value(sheet, f"{letters}{row}") for row in (2, 3, 4)]


def test_scores_and_ranks_follow_from_values_and_weights(run):
    book = opened(run())
    assert book.names == ["Criteria", ALL, "About"]
    assert column(book, "Name") == ["Alpha", "Gamma", "Bêta"]
    assert column(book, "Score") == pytest.approx([83.333333333, 25, 0])
    assert column(book, "Rank") == [1, 2, 3]
    assert column(book, "Difference") == [0, 0, 0]


def test_a_reader_who_changes_a_weight_sees_another_ranking(run):
    book = opened(run())
    # Violence weighs nothing: people 100, 50, 200 thousand make a third, nothing, all.
    book.cells["Criteria", "C2"] = 0.0
    assert column(book, "Score") == pytest.approx([33.333333333, 100, 0])
    assert column(book, "Rank") == [2, 1, 3]


@pytest.mark.parametrize("normalisation", ["min_max", "percentile", "z_score"])
@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric"])
@pytest.mark.parametrize(("direction", "band"), [MORE, LESS, ("band", [60_000, 120_000])])
@pytest.mark.parametrize("logged", [False, True])
def test_every_scale_and_mean_gives_the_scores_of_the_run(
    run, normalisation, aggregation, direction, band, logged
):
    people = PEOPLE | {
        "normalisation": normalisation,
        "direction": direction,
        "band": band,
        "logged": logged,
    }
    asked = run(zones=[{"key": "all", "aggregation": aggregation, "criteria": [VIOLENCE, people]}])
    book = opened(asked)
    assert column(book, "Score") == pytest.approx(
        [area["score"] for area in json.loads(asked.answer)["scores"]]
    )
    # What a reader without a spreadsheet sees is what the formulas give.
    for (sheet, ref), kept in book.kept.items():
        assert book.value(sheet, ref) == pytest.approx(kept), (sheet, ref)


def test_fixed_bounds_cut_what_lies_beyond(run):
    bounded = PEOPLE | {"bounds": [0, 100_000]}
    assert column(opened(run([bounded])), "Score") == [100, 100, 50]


def test_a_missing_value_leaves_its_cells_empty_and_one_filled_in_counts(run):
    small_country.people(Alpha=100_000, Bêta=50_000)
    book = opened(run())
    assert column(book, "Score")[2] == column(book, "Rank")[2] == ""
    filled = opened(run([VIOLENCE, PEOPLE | {"missing": "value", "fill": 150_000}]))
    assert column(filled, "Score") == pytest.approx([75 + 12.5, 25, 0])


def test_no_name_becomes_a_formula(run):
    book = opened(run(rules={"number": 1, "must": {"ML9101": "=1+1"}}, name="=HYPERLINK(0)"))
    assert not any("HYPERLINK" in formula for formula in book.formulas.values())
    assert "=HYPERLINK(0)" in book.cells.values()


def test_who_may_not_read_the_values_is_given_no_workbook(run):
    done = run()
    done.access = AccessClass.DATA_KEEPERS
    assert as_workbook(done, runs.told_to(done, AnonymousUser()))[0] is None
