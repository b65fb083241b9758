"""Codes of an edition not stored, names typed wrong, whatever is told: no editions but a test's own."""

import csv
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.boundaries import codes
from apps.boundaries.models import Area
from apps.boundaries.place_matching import PlaceMatcher
from apps.sources.models import Load
from geo.vocabulary import Level
from layers.readers import codes as codes_reader
from layers.sources_toml import Contents
from tests import small_country
from tests.boundaries.test_place_matching import certain, pcodes
from tests.small_country import square

pytestmark = pytest.mark.django_db


def test_codes_side_by_side_tell_an_edition_that_is_not_stored(tmp_path):
    areas = [
        (
            level,
            pcode.replace("ML91", "ML01").replace("ML92", "ML02"),
            name,
            parent.replace("ML91", "ML01").replace("ML92", "ML02"),
            shape,
        )
        for level, pcode, name, parent, shape in small_country.AREAS
    ]
    small_country.make("2021-12-20", areas)
    path = tmp_path / "crosswalk_pcodes_2015_2019_2021.csv"
    path.write_text(
        "adm2_pcode_2015,adm2_name_2015,adm3_pcode_2015,adm3_name_2015,adm2_pcode_2019,adm2_name,adm3_pcode_2019,"
        "adm3_name,adm2_pcode_2021\n"
        "ML0109,Alfa,ML010909,Alfa Sud,ML0101,Alpha,ML010101,Alpha Sud,ML0101\n"
        "ML0109,Alfa,ML010908,Alfa Nord,ML0101,Alpha,ML010102,Alpha Nord,ML0101\n"
        "ML0101,Beta,ML010101,Beta,ML0201,Bêta,ML020101,Bêta,ML0201\n",
        encoding="utf-8",
    )
    reading = codes_reader.read(path)
    assert (
        codes.save_codes(reading.records, small_country.recorded(Load.Kind.CODES, Contents.CODES, path.name))
        == 0
    )
    matcher = PlaceMatcher("2015")
    assert certain(matcher.match(Level.CERCLE, code="ML0101")) == "ML0201"
    assert certain(matcher.match(Level.CERCLE, code="ML0109", name="Alpha")) == "ML0101"
    assert certain(matcher.match(Level.COMMUNE, code="ML010908")) == "ML010102"
    assert PlaceMatcher().match(Level.CERCLE, code="ML0101").area is None


def test_a_crosswalk_with_a_code_twice_refuses_the_second(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text(
        "adm2_pcode_2015,adm2_name_2015,adm3_pcode_2015,adm3_name_2015,adm2_pcode_2019,adm2_name,adm3_pcode_2019,"
        "adm3_name,adm2_pcode_2021\n"
        "ML0109,A,ML010909,B,ML0101,A,ML010101,B,ML0101\n"
        "ML0109,A,ML010909,B,ML0101,A,ML010102,B,ML0101\n"
        "ML0109,A,X,B,ML0101,A,ML010103,B,ML0101\n",
        encoding="utf-8",
    )
    reading = codes_reader.read(path)
    assert [(each.row, each.reason) for each in reading.refusals] == [
        (3, "Ce code est déjà à la ligne 2."),
        (4, "Ce n’est pas un P-code."),
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20), st.text(max_size=12), st.text(max_size=12), st.sampled_from(Level))
def test_whatever_is_told_is_answered(no_editions_matcher, name, code, parent, level):
    match = no_editions_matcher.match(level, name=name, code=code, parent=parent)
    assert match.is_certain == (match.area is not None)
    assert len(match.candidates) <= 8
    assert len(match.why) <= 300 or match.is_certain


@pytest.fixture(scope="module")
def no_editions_matcher(django_db_setup, django_db_blocker):
    """Return a matcher of the stand-in, which every test finds loaded."""
    with django_db_blocker.unblock():
        matcher = PlaceMatcher()
        matcher.match(Level.CERCLE, name="Tenenku")
        return matcher


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def typed_wrong(name, chance):
    """Return a name with one letter replaced, left out, added, or two exchanged."""
    at = chance.randrange(len(name))
    return (
        name[:at] + chance.choice(LETTERS) + name[at + 1 :],
        name[:at] + name[at + 1 :],
        name[:at] + chance.choice(LETTERS) + name[at:],
        name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
    )[chance.randrange(4)]


@pytest.mark.geodata
def test_a_letter_wrong_in_a_real_commune_is_proposed_first_and_never_taken_for_another(geodata):
    """Of 701 communes with one typing mistake: none is taken for another, 97 % are proposed first."""
    small_country.make("2021-12-20", real_names(geodata))
    matcher, chance = PlaceMatcher(), random.Random(20260101)
    taken_for_another, questions, first, among = [], 0, 0, 0
    for commune in Area.objects.communes().select_related("parent").defer("boundary", "parent__boundary"):
        told = typed_wrong(commune.name, chance)
        match = matcher.match(Level.COMMUNE, name=told, parent=commune.parent.name)
        if match.is_certain:
            taken_for_another += [(told, match.area)] if match.area.pk != commune.pk else []
            continue
        questions += 1
        first += pcodes(match)[:1] == [commune.pcode]
        among += commune.pcode in pcodes(match)
    assert taken_for_another == []
    assert questions > 600
    assert first / questions >= 0.97
    assert among / questions >= 0.99


def real_names(geodata):
    """Return regions, cercles and communes under their real names, each a small square of its own."""
    with (geodata / "codes/mli_pcodes_adm1_2_20211220.csv").open(encoding="utf-8") as file:
        higher = [
            (Level(int(r["Admin Level"])), r["P-Code"], r["Name"], r["Parent P-Code"])
            for r in csv.DictReader(file)
        ]
    with (geodata / "codes/crosswalk_pcodes_2015_2019_2021.csv").open(encoding="utf-8") as file:
        communes = [
            (Level.COMMUNE, r["adm3_pcode_2019"], r["adm3_name"], r["adm2_pcode_2021"])
            for r in csv.DictReader(file)
        ]
    return [(*row, square(*corners(number))) for number, row in enumerate([*higher, *communes])]


def corners(number):
    west, south = -12 + number % 40 * 0.1, 11 + number // 40 * 0.1
    return west, south, west + 0.1, south + 0.1
