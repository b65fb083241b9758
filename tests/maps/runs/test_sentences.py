"""What is said of a run, against numbers made by hand."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from apps.maps.runs import sentences
from apps.targeting import runs
from geo.vocabulary import AccessClass
from tests import small_country
from tests.maps.runs.conftest import PEOPLE, VIOLENCE

TWO_ZONES = [
    {"key": "centre_nord", "areas": ["ML9101", "ML9201"], "number": 1, "criteria": [VIOLENCE]},
    {"key": "sud", "areas": ["ML9202"], "number": 0, "criteria": [PEOPLE]},
]


def plain(sentences_told):
    """Return the sentences with ordinary spaces, as a test is written."""
    return [text.replace("\u202f", " ").replace("\xa0", " ") for text in sentences_told]


def why(answer, pcode, language="fr"):
    with override(language):
        return plain(sentences.why(answer, pcode))


def test_a_cercle_that_enters_is_told_with_what_lifts_it_and_what_would_turn_it(answer):
    told = why(answer(), "ML9101")
    assert told[:4] == [
        "Alpha : rang 1 sur 3, score 83,33 sur 100.",
        "Alpha entre par son rang.",
        "Le dernier entré par son rang a un score de 83,33, le meilleur resté dehors de 25,00.",
        "Ce qui porte : Nombre d’événements violents, 2 événements (apporte 75,00 au score, contre 0,00 à la "
        "médiane).",
    ]
    # Of people Alpha is itself the median: it neither lifts nor holds down.
    assert not any(text.startswith("Ce qui retient") for text in told)


def test_english_says_the_same(answer):
    told = why(answer(), "ML9202", "en")
    assert told[:5] == [
        "Gamma: rank 2 of 3, score 25.00 out of 100.",
        "Gamma stays out by its rank, 58.33 below the score of the last one in.",
        "The last one in by rank has a score of 83.33, the best one left out 25.00.",
        "What lifts it: Population, 200,000 people (adds 25.00 to the score, against 8.33 at the median).",
        # 75 (v - 1) + 25 of Gamma passes 83.33 of Alpha at v = 1.78: told as 2.
        "All else equal, Gamma would enter if “Number of violent events” went from 1 to 2 events.",
    ]


def test_what_holds_down_is_told_least_first(answer):
    told = why(answer(), "ML9201")
    assert (
        "Ce qui retient : Population, 50 000 habitants (apporte 0,00 au score, contre 8,33 à la médiane)."
        in told
    )


@pytest.mark.parametrize(
    ("rules", "pcode", "expected"),
    [
        (
            {"number": 1, "must": {"ML9201": "Promis"}},
            "ML9201",
            "entre parce que la question l’impose : « Promis ».",
        ),
        (
            {"number": 1, "must_not": {"ML9101": "Servi"}},
            "ML9101",
            "parce que la question l’écarte : « Servi ».",
        ),
        (
            {"number": 1, "no_access": {"ML9101": "Route"}},
            "ML9101",
            "l’accès n’y est pas possible : « Route ».",
        ),
        ({"number": 2, "floors": {"ML92": 1}}, "ML9202", "par le plancher de sa région : au moins 1 en Est."),
        # Places are left: it is not its rank, below that of Alpha, that keeps Gamma out.
        ({"number": 3, "ceilings": {"ML92": 0}}, "ML9202", "sa région, Est, a déjà son plafond de 0."),
        ({"number": 3, "ceilings": {"ML91": 0}}, "ML9101", "sa région, Ouest, a déjà son plafond de 0."),
        (
            {"budget": 5, "cost": 4, "costs": {"ML9101": 9, "ML9202": 9, "ML9201": 4}},
            "ML9101",
            "ce qui reste du budget ne paie pas son coût, 9.",
        ),
    ],
)
def test_a_rule_that_decides_is_named(answer, rules, pcode, expected):
    assert why(answer(rules=rules), pcode)[1].endswith(expected)


def test_a_rule_tells_on_which_side_of_the_line_the_score_would_be(answer):
    told = why(answer(rules={"number": 1, "no_access": {"ML9101": "Route coupée"}}), "ML9101")
    assert "Sans cette règle, le score serait au-dessus du dernier entré par son rang (25,00)." in told
    assert not any("sortirait" in text or "entrerait" in text for text in told)


def test_a_cercle_without_a_value_says_which_and_that_it_is_not_zero(answer):
    small_country.people(Alpha=100_000, Bêta=50_000)
    told = why(answer(), "ML9202")
    assert told == [
        "Gamma n’a ni score ni rang : il manque Population. Ce n’est pas zéro, c’est inconnu.",
        "Pour un rang, il faut cette donnée, ou une autre règle pour ce qui manque.",
        "Dans le choix à aucun des 200 tirages : jamais.",
    ]


def test_equal_scores_are_told_as_equal(answer):
    told = why(answer([VIOLENCE]), "ML9201")
    assert told[0] == "Bêta : rang 2 sur 3, à égalité avec Gamma, score 0,00 sur 100."


def test_a_value_filled_in_is_told_as_such(answer):
    small_country.people(Alpha=100_000, Bêta=50_000)
    told = why(answer([VIOLENCE, PEOPLE | {"missing": "region_median"}]), "ML9202")
    assert "Inconnues, remplies par une autre valeur : Population (50 000 habitants)." in told


def test_who_may_not_read_a_table_is_told_the_choice_alone(run):
    done = run()
    done.access = AccessClass.DATA_KEEPERS
    told = runs.told_to(done, AnonymousUser())
    assert why(told, "ML9101") == [
        "Alpha entre dans le choix. Le reste repose sur un tableau d’accès restreint."
    ]
    with override("fr"):
        assert any("accès restreint" in text for text in sentences.doubts(told))
        assert sentences.method_lines(told)
        assert sentences.compared(told, "ML9101", "ML9201")["rows"] == []


# --- Two cercles ----------------------------------------------------------------------------------


def test_two_cercles_differ_by_the_sum_of_their_criteria(answer):
    with override("fr"):
        told = sentences.compared(answer(), "ML9101", "ML9202")
    # 83.33 - 25 = 75 of violence - 16.67 of people.
    assert [round(row["difference"], 2) for row in told["rows"]] == [75, -16.67]
    assert sum(row["difference"] for row in told["rows"]) == pytest.approx(told["difference"])
    assert plain(told["sentences"]) == [
        "Alpha devance Gamma de 58,33.",
        "Pour Alpha : Nombre d’événements violents (+75,00).",
        "Pour Gamma : Population (+16,67).",
    ]


def test_cercles_of_two_zones_are_not_measured_against_each_other(answer):
    with override("en"):
        told = sentences.compared(answer(zones=TWO_ZONES, rules={}), "ML9101", "ML9202")
    assert not told["are_in_one_zone"]
    assert told["sentences"][0].startswith("Alpha and Gamma are of two zones")


def test_a_cercle_without_a_score_has_no_gap(answer):
    small_country.people(Alpha=100_000, Bêta=50_000)
    with override("fr"):
        told = sentences.compared(answer(), "ML9101", "ML9202")
    assert (told["difference"], {row["difference"] for row in told["rows"]}) == (None, {None})
    assert plain(told["sentences"]) == ["Sans score, il n’y a pas d’écart à expliquer : Gamma."]


# --- Doubts, method -------------------------------------------------------------------------------


def test_doubts_name_what_does_not_count(answer):
    table = {"key": "conflictuality", "indicator": "table", "weight": 4}
    idle = {"key": "border", "indicator": "border_km", "weight": 0}
    with override("fr"):
        told = plain(sentences.doubts(answer([VIOLENCE, PEOPLE, table, idle])))
    assert "Ne comptent pas, faute de donnée : Conflictualité." in told
    assert "Connus, mais sans poids dans cette question : Frontière." in told


def test_the_method_is_told_criterion_by_criterion(answer):
    band = VIOLENCE | {"direction": "band", "band": [1, 2], "logged": True}
    with override("fr"):
        told = plain(
            sentences.method_lines(answer([band, PEOPLE], rules={"number": 1, "floors": {"ML92": 1}}))
        )
    assert told[1:6] == [
        "3 cercles : moyenne arithmétique pondérée (ce qui est haut compense ce qui est bas).",
        "Nombre d’événements violents (du 1er janv. 2020 au 31 oct. 2020) : 75 % du poids, du plus bas au "
        "plus haut de la zone, après logarithme ; le mieux de 1 à 2 événements, moins bien en deçà et "
        "au-delà ; ce qui manque prive de score.",
        "Population : 25 % du poids, du plus bas au plus haut de la zone ; plus il y en a, plus le score "
        "monte ; ce qui manque prive de score.",
        "1 à choisir en tout.",
        "Au moins 1 en Est.",
    ]


def test_a_turning_value_is_never_told_as_the_value_itself():
    criterion = {"indicator": "violent_per_100k"}
    with override("fr"):
        assert sentences.beyond(criterion, 6.36, 6.38) == ("6,36", "6,38")
        assert sentences.beyond(criterion, 6.3, 6.31) == ("6,3", "6,4")
        assert sentences.beyond({"indicator": "beyond_share"}, 0.5, 0.42) == ("50\xa0%", "42\xa0%")
