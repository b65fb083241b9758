"""The same values give the same bytes."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.runs.canonical import canonical, digest
from geo.vocabulary import Level

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9) | st.text(max_size=8),
    lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=4), each, max_size=4),
    max_leaves=12,
)


def test_keys_are_sorted_and_nothing_is_wasted():
    assert canonical({"b": [1, "é"], "a": None}) == '{"a":null,"b":[1,"é"]}'


def test_the_last_bits_of_a_number_are_not_told():
    assert canonical([0.1 + 0.2, 1 / 3, 1e-12]) == "[0.3,0.333333333,0]"


def test_one_and_1_0_are_one_number_and_minus_zero_is_zero():
    assert canonical([1.0, 1, -0.0]) == "[1,1,0]"


def test_what_is_not_known_is_null_and_what_is_endless_is_refused():
    assert canonical(float("nan")) == "null"
    with pytest.raises((ValueError, OverflowError)):
        canonical(float("inf"))


def test_days_and_words_of_the_domain_are_written_as_they_are_told():
    assert canonical([date(2020, 10, 31), Level.CERCLE]) == '["2020-10-31",2]'


def test_a_digest_is_that_of_the_bytes():
    assert digest("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


@given(values)
def test_what_is_written_reads_back_to_the_same_text(value):
    text = canonical(value)
    assert canonical(json.loads(text)) == text
