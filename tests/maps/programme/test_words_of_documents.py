"""Acronyms unfolded once a page, dates as precisely as told, notes numbered once, bars to scale."""

import pytest

from apps.maps.programme.acronyms import Unfolder
from apps.maps.programme.bars import bars
from apps.maps.programme.documents import told_date
from apps.maps.programme.footnotes import Footnotes
from apps.maps.programme.timeline import shade

TI = '<abbr class="acronym" tabindex="0" title="Tribunal d’Instance">TI</abbr>'


def test_an_acronym_unfolds_where_a_page_first_says_it():
    acronyms = Unfolder({"TI": "Tribunal d’Instance"})
    assert acronyms.mark("Un TI, puis un TI") == f"Un {TI}, puis un TI"
    assert acronyms.mark("Un TI encore") == "Un TI encore"


def test_a_word_that_only_begins_as_an_acronym_is_left_alone():
    assert Unfolder({"TI": "Tribunal d’Instance"}).mark("TITRE et Titre") == "TITRE et Titre"


def test_what_documents_say_is_escaped():
    marked = Unfolder({"TI": "<b>"}).mark("<script>TI</script>")
    assert marked.startswith("&lt;script&gt;<abbr")
    assert 'title="&lt;b&gt;"' in marked


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("2021", "2021"),
        ("2021-2025", "2021-2025"),
        ("2017-06", "juin 2017"),
        ("2021-07-31", "31 juil. 2021"),
        ("before the 2012 crisis", "before the 2012 crisis"),
    ],
)
def test_a_date_is_told_as_precisely_as_the_document_tells_it(told, shown):
    assert told_date(told) == shown


def test_a_note_said_twice_has_one_number():
    footnotes = Footnotes()
    assert [footnotes.number(note) for note in ("a", "", "b", "a")] == [1, None, 2, 1]
    assert footnotes.notes == ["a", "b"]


def test_bars_are_as_long_as_their_values_are_large():
    drawn = bars([("A", 10, "10", ""), ("B", 5, "5", ""), ("C", 0, "0", "")], width=260, names=100)
    assert [bar.length for bar in drawn.bars] == [100, 50, 0]
    assert bars([], width=260, names=100).height == 0


def test_a_year_without_money_has_no_shade():
    assert [shade(usd) for usd in (None, 0, 25_000, 100_000, 249_999, 250_000)] == [0, 0, 1, 2, 2, 3]
