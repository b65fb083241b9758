"""Which area a file means: by code of an edition, by name within its parent, or perhaps."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.boundaries import aliases, services
from apps.boundaries.codes import UnknownEdition
from apps.boundaries.models import Area, CodeOfEdition, Edition, PlaceAlias
from apps.boundaries.place_matching import PlaceMatcher
from geo.vocabulary import Level
from tests.boundaries import old_and_new

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def stored(lasting):
    with lasting():
        old_and_new.make()


@pytest.fixture
def editions():
    return [Edition.objects.get(name=name) for name in ("2015", "2021")]


def pcodes(match):
    return [candidate["pcode"] for candidate in match.candidates]


def certain(match):
    """Return the P-code of a certain match, None for one that is not."""
    return match.area.pcode if match.is_certain else None


# Names


@pytest.mark.parametrize(
    ("told", "how"),
    [
        ("Ténenkou", "exact"),
        ("TENENKOU", "folded"),
        ("ténenkou ", "folded"),
        ("Cercle de Ténenkou", "folded"),
        ("Tenenkou (cercle)", "folded"),
    ],
)
def test_accents_case_and_the_word_cercle_change_nothing(told, how):
    match = PlaceMatcher().match(Level.CERCLE, name=told)
    assert (certain(match), match.how) == ("ML9101", how)


def test_a_name_that_only_sounds_alike_is_proposed_and_never_taken():
    matcher = PlaceMatcher()
    match = matcher.match(Level.CERCLE, name="Tenenku")
    assert match.area is None
    assert match.is_question
    assert match.candidates == [
        {
            "pcode": "ML9101",
            "name": "Ténenkou",
            "parents": "Ouest",
            "likeness": 0.95,
            "how": "sound",
            "longitude": -4.5,
            "latitude": 13.5,
        }
    ]
    assert matcher.refusal(Level.CERCLE, name="Tenenku") == (
        "«\u00a0Tenenku\u00a0» n’est pas un cercle.",
        "Vouliez-vous «\u00a0Ténenkou\u00a0» (ML9101)\u202f?",
    )


def test_a_letter_wrong_is_proposed_with_its_likeness():
    match = PlaceMatcher().match(Level.CERCLE, name="Youvarou")
    assert [(each["pcode"], each["how"], each["likeness"]) for each in match.candidates] == [
        ("ML9102", "spelling", 0.88)  # 7 letters of 8: 14/16
    ]


def test_a_name_in_five_cercles_is_a_question_with_five_candidates():
    match = PlaceMatcher().match(Level.COMMUNE, name="Benkadi")
    assert match.area is None
    assert pcodes(match) == ["ML910101", "ML910201", "ML910302", "ML920101", "ML920201"]
    assert match.why == "5 communes s’appellent «\u00a0Benkadi\u00a0»."


@pytest.mark.parametrize("parent", ["Youwarou", "YOUWAROU", "ML9102"])
def test_the_parent_chooses_by_its_name_or_its_code(parent):
    assert certain(PlaceMatcher("2021").match(Level.COMMUNE, name="Benkadi", parent=parent)) == "ML910201"


def test_a_region_that_leaves_two_does_not_choose():
    match = PlaceMatcher().match(Level.COMMUNE, name="Benkadi", parent="Région de Ménaka")
    assert match.area is None
    assert pcodes(match)[:2] == ["ML920101", "ML920201"]


def test_a_parent_that_contradicts_is_a_question():
    match = PlaceMatcher().match(Level.CERCLE, name="Ténenkou", parent="Ménaka")
    assert match.area is None
    assert match.why == "«\u00a0Ténenkou\u00a0» (ML9101) est dans Ouest, non dans «\u00a0Ménaka\u00a0»."
    assert pcodes(match)[0] == "ML9101"


def test_a_parent_spelled_otherwise_confirms_a_name_but_does_not_choose_between_two():
    matcher = PlaceMatcher()
    confirmed = matcher.match(Level.COMMUNE, name="Commune I", parent="Bamakko")
    assert certain(confirmed) == "ML910301"
    assert confirmed.why == "«\u00a0Bamakko\u00a0» a été lu «\u00a0Bamako\u00a0»."
    assert matcher.match(Level.COMMUNE, name="Benkadi", parent="Bamakko").area is None


def test_an_unknown_parent_is_told():
    match = PlaceMatcher().match(Level.CERCLE, name="Bamako", parent="Atlantide")
    assert match.area is None
    assert match.why == "«\u00a0Atlantide\u00a0» n’est ni une région ni un cercle connus."


@pytest.mark.parametrize("told", ["Commune I", "commune 1", "Bamako Commune I", "Commune I (Bamako)"])
def test_commune_i_of_bamako_keeps_the_word_commune(told):
    assert certain(PlaceMatcher().match(Level.COMMUNE, name=told)) == "ML910301"


@pytest.mark.parametrize("told", [{"name": ""}, {"name": " — "}, {"parent": "Ouest"}])
def test_an_empty_name_is_no_question(told):
    match = PlaceMatcher().match(Level.CERCLE, **told)
    assert (match.area, match.is_question, match.why) == (None, False, "Aucun lieu n’est dit.")


def test_a_name_of_another_level_is_said():
    match = PlaceMatcher().match(Level.CERCLE, name="Commune I")
    assert match.why == "«\u00a0Commune I\u00a0» n’est pas un cercle\u202f; une commune porte ce nom."


# Codes


def test_a_code_is_read_in_the_edition_that_is_stated():
    told = {"code": "ML9102"}
    assert certain(PlaceMatcher("2015").match(Level.CERCLE, **told)) == "ML9101"
    assert certain(PlaceMatcher("2021").match(Level.CERCLE, **told)) == "ML9102"


def test_a_code_that_two_editions_read_otherwise_is_a_question_when_none_is_stated():
    match = PlaceMatcher().match(Level.CERCLE, code="ML9102")
    assert match.area is None
    assert sorted(pcodes(match)) == ["ML9101", "ML9102"]
    assert match.why == (
        "ML9102 est Youwarou dans l’édition 2021, Tenenkou dans l’édition 2015\u00a0: "
        "dire l’édition des codes."
    )


def test_a_code_that_all_editions_read_alike_is_certain_alone():
    assert certain(PlaceMatcher().match(Level.CERCLE, code="ml9103")) == "ML9103"


def test_the_name_beside_a_code_chooses_its_edition_and_that_is_said():
    match = PlaceMatcher().match(Level.CERCLE, code="ML9102", name="Ténenkou")
    assert (certain(match), match.how) == ("ML9101", "code_and_name")
    assert match.why == "ML9102 est Tenenkou dans l’édition 2015."


def test_a_code_of_another_edition_is_recognised_and_never_taken_at_face_value():
    match = PlaceMatcher("2021").match(Level.CERCLE, code="ML9102", name="Ténenkou")
    assert match.area is None
    assert match.why == (
        "ML9102 n’est pas «\u00a0Ténenkou\u00a0» dans l’édition 2021\u202f; "
        "ML9102 est Youwarou dans l’édition 2021, Tenenkou dans l’édition 2015."
    )
    assert pcodes(match) == ["ML9101", "ML9102"]


def test_a_code_that_the_stated_edition_lacks_is_found_in_another():
    match = PlaceMatcher("2015").match(Level.CERCLE, code="ML9202")
    assert match.area is None
    assert match.why.endswith("dans l’édition 2015\u202f; ML9202 est Inékar dans l’édition 2021.")


@pytest.mark.parametrize(
    "told", [{"code": "ML9204"}, {"code": "ML9204", "name": "Ménaka"}, {"name": "Ménaka"}]
)
def test_menaka_as_one_row_of_an_older_edition_is_never_one_of_its_parts(told):
    match = PlaceMatcher("2015").match(Level.CERCLE, **told)
    assert match.area is None
    assert sorted(pcodes(match)) == ["ML9201", "ML9202"]
    assert "est devenu 2 cercles" in match.why


def test_a_commune_is_found_in_the_cercle_that_was_divided():
    match = PlaceMatcher("2015").match(Level.COMMUNE, name="Benkadi Est", parent="Ménaka")
    assert certain(match) == "ML920201"


def test_a_code_that_is_no_p_code_is_left_aside_and_said():
    match = PlaceMatcher().match(Level.CERCLE, code="12", name="Bamako")
    assert certain(match) == "ML9103"
    assert match.why == "Le code «\u00a012\u00a0» n’est pas un P-code\u00a0: il n’a pas été lu."


def test_a_code_whose_parent_contradicts_is_a_question():
    match = PlaceMatcher("2021").match(Level.CERCLE, code="ML9101", parent="Ménaka")
    assert match.area is None
    assert "est dans Ouest" in match.why


def test_an_unknown_edition_names_those_that_are_known():
    with pytest.raises(UnknownEdition, match=r"1998.*2021.*2015"):
        PlaceMatcher("1998")


# What was decided


def test_a_decision_is_certain_the_next_time_and_undone_it_is_a_question_again(django_user_model):
    keeper = django_user_model.objects.create_user("keeper")
    area = Area.objects.cercles().get(pcode="ML9101")
    alias = aliases.remember(area, name="Tenenku", by=keeper)
    match = PlaceMatcher().match(Level.CERCLE, name="TENENKU")
    assert (certain(match), match.how) == ("ML9101", "alias")
    aliases.forget(alias, by=keeper, why="confondu")
    assert PlaceMatcher().match(Level.CERCLE, name="Tenenku").area is None
    assert [(each.how, each.name, each.area, each.who, each.why) for each in aliases.history()] == [
        ("delete", "Tenenku", "Ténenkou (ML9101)", "keeper", "confondu"),
        ("insert", "Tenenku", "Ténenkou (ML9101)", "keeper", "lieu décidé à l’import"),
    ]


def test_a_decision_holds_for_the_words_it_was_made_on(django_user_model):
    keeper = django_user_model.objects.create_user("keeper")
    area = Area.objects.communes().get(pcode="ML910201")
    aliases.remember(area, name="Benkadi", parent="Mopti", by=keeper)
    matcher = PlaceMatcher()
    assert certain(matcher.match(Level.COMMUNE, name="Benkadi", parent="Mopti")) == "ML910201"
    assert matcher.match(Level.COMMUNE, name="Benkadi").area is None
    cercle = Area.objects.cercles().get(pcode="ML9101")
    aliases.remember(cercle, name="Xyz", code="ML9102", by=keeper)
    matcher = PlaceMatcher()
    assert certain(matcher.match(Level.CERCLE, name="Xyz", code="ML9102")) == "ML9101"
    assert matcher.match(Level.CERCLE, name="Xyz", code="ML9103").area is None


def test_a_code_alone_is_not_remembered():
    with pytest.raises(ValueError, match="a code alone means nothing"):
        aliases.remember(Area.objects.cercles().first(), name="", code="ML9102", by=None)


def test_aliases_follow_another_edition_or_rest(editions):
    former, now = editions
    aliases.remember(Area.objects.cercles().get(name="Ténenkou"), name="Tenenku", by=None)
    aliases.remember(Area.objects.cercles().get(name="Inékar"), name="Inecar", by=None)
    services.activate(former)
    assert certain(PlaceMatcher().match(Level.CERCLE, name="Tenenku")) == "ML9102"
    assert [alias.name for alias in aliases.resting()] == ["Inecar"]
    assert PlaceMatcher().match(Level.CERCLE, name="Inecar").area is None
    services.activate(now)
    assert certain(PlaceMatcher().match(Level.CERCLE, name="Tenenku")) == "ML9101"
    assert certain(PlaceMatcher().match(Level.CERCLE, name="Inecar")) == "ML9202"
    assert PlaceAlias.objects.count() == 2


def test_codes_are_tied_again_when_an_edition_is_switched_on(editions):
    former, _ = editions
    services.activate(former)
    assert set(CodeOfEdition.objects.values_list("edition", flat=True)) >= {"2021"}
    assert certain(PlaceMatcher("2021").match(Level.CERCLE, code="ML9101")) == "ML9102"
    # Two cercles of 2021 lie in the one of 2015: each of them is it.
    assert certain(PlaceMatcher("2021").match(Level.CERCLE, code="ML9202")) == "ML9204"


# Laws and measure


def test_folding_and_case_never_change_a_certain_match():
    matcher = PlaceMatcher()
    areas = list(Area.objects.cercles())

    @settings(max_examples=60, deadline=None)
    @given(
        st.sampled_from(areas),
        st.sampled_from([str.upper, str.lower, str.title]),
        st.sampled_from(["", " ", "-", "’"]),
    )
    def written_otherwise(area, case, between):
        told = between.join([case(area.name)[:3], case(area.name)[3:]])
        match = matcher.match(Level.CERCLE, name=told)
        assert certain(match) in (area.pcode, None)
        assert certain(matcher.match(Level.CERCLE, name=case(area.name))) == area.pcode

    written_otherwise()


def test_twenty_thousand_rows_ask_the_database_once():
    matcher = PlaceMatcher()
    with CaptureQueriesContext(connection) as queries:
        for row in range(20_000):
            matcher.match(Level.CERCLE, name=("Tenenku", "Bamako", "Youvarou")[row % 3])
    assert len(queries) <= 1  # the points of the candidates
