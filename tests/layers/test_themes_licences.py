"""Every layer has a theme; every licence that comes with the project or its known files is in plain words."""

import re

import pytest

from layers import known_files
from layers.catalogue import LAYERS
from layers.licences import LICENCES, licences_of
from layers.themes import THEMES, by_theme, themes_of
from tests.conftest import ROOT


def test_every_layer_has_a_theme_and_no_theme_names_another():
    named = {name for theme in THEMES.values() for name in theme.layers}
    assert named == set(LAYERS)


def test_a_layer_stands_once_under_the_first_of_its_themes():
    stands = [layer.name for _, layers in by_theme(LAYERS.values()) for layer in layers]
    assert sorted(stands) == sorted(LAYERS)
    assert [theme.key for theme in themes_of(LAYERS["cercles"])] == ["territoire", "population"]


def test_a_theme_without_a_layer_is_left_out():
    assert [theme.key for theme, _ in by_theme([LAYERS["projects"]])] == ["projets"]


def shipped():
    for path in (ROOT / "data").rglob("sources.toml"):
        yield from re.findall(r'^licence = "(.*)"$', path.read_text(encoding="utf-8"), re.MULTILINE)


def of_known_files():
    publishers = [each for each in vars(known_files).values() if isinstance(each, known_files.Publisher)]
    return [each.licence for each in publishers if each.licence]


@pytest.mark.parametrize("written", sorted({*shipped(), *of_known_files()}))
def test_a_licence_that_comes_with_the_project_is_known(written):
    assert all(known for _, known in licences_of(written))


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("CC BY-IGO 3.0", "CC BY-IGO"),
        ("Creative Commons Attribution for Intergovernmental Organisations", "CC BY-IGO"),
        ("cc-by-igo", "CC BY-IGO"),
        ("CC BY 4.0", "CC BY:"),
        ("Creative Commons Attribution International", "CC BY:"),
        ("CC BY-SA 4.0", "CC BY-SA"),
        ("CC BY-NC 4.0", "CC BY-NC"),
        ("ODbL 1.0", "ODbL"),
        ("Open Database License (ODC-ODbL)", "ODbL"),
        ("CC0 1.0, déclarée par qui a reconditionné les fichiers", "CC0"),
        ("Public Domain / No Restrictions", "Public domain"),
        ("Conditions d'utilisation d'ACLED", "Terms of use of ACLED"),
        ("Non précisée par la source", "No licence stated"),
        ("", "No licence stated"),
    ],
)
def test_a_licence_is_known_however_it_is_written(written, title):
    [(_, known)] = licences_of(written)
    assert known.title.en.startswith(title)


def test_only_terms_that_forbid_it_say_that_rows_may_not_be_passed_on():
    forbidding = [each.title.en for each in LICENCES if each.may_not and "pass on" in each.may_not.en]
    assert forbidding == ["Terms of use of ACLED"]
