"""What is declared of each layer, in both languages."""

import re

import pytest

from layers.catalogue import LAYERS

WRONG_FRENCH = re.compile(r"[^\s\u00a0]:(?=\s|$)| :|[^\s\u202f][;?!](?=\s|$)| [;?!]|\w'\w")


def words_of(layer):
    yield from (layer.title, layer.description)
    for field in layer.fields:
        yield field.label
        yield from field.choices.values()
        if field.unit:
            yield field.unit


@pytest.mark.parametrize("layer", LAYERS.values(), ids=lambda layer: layer.name)
def test_every_word_is_there_in_both_languages_and_spaced_as_french(layer):
    for words in words_of(layer):
        assert words.fr.strip()
        assert words.en.strip()
        assert not WRONG_FRENCH.search(words.fr), words.fr


@pytest.mark.parametrize("layer", LAYERS.values(), ids=lambda layer: layer.name)
def test_a_time_field_and_the_filters_are_declared_fields(layer):
    assert layer.time_field is None or layer.time_field in layer.field_names
    assert len(set(layer.field_names)) == len(layer.field_names)
