"""The browser ranks as the server does, to the last bit. How fast it does is measured by `make bench`."""

import random

import pytest
from django.utils import translation

from apps.maps import formats
from geo.scoring import ranking

pytestmark = pytest.mark.browser

CASES = 1000

RANK_IN_BROWSER = """async (cases) => {
    const address = (name) => document.querySelector(`link[rel=modulepreload][href*="${name}"]`).href;
    const { ranking } = await import(address("scoring"));
    const { number } = await import(address("format"));
    const told = ({ pcode, score, rank, contributions, missing }) =>
        [pcode, score, rank, contributions, missing, number(score, 1)];
    return cases.map(([values, weights]) => ranking(values, weights).map(told));
}"""


def random_case(chance, *, cercles=None):
    """Return values and weights with ties, gaps, whole numbers, zero weights, equal values."""
    pcodes = [
        f"ML{number:04}" for number in chance.sample(range(100, 2000), cercles or chance.randint(1, 60))
    ]
    values = {
        criterion: {pcode: _value(chance, criterion) for pcode in pcodes}
        for criterion in ("violent", "deaths", "people")
    }
    if chance.random() < 0.1:
        values["deaths"] = dict.fromkeys(pcodes, chance.choice((None, 0, 3.5)))
    weights = {criterion: chance.choice((0, 1, 10, 33, 50, 100, 0.1, 7.25)) for criterion in values}
    weights["people"] = weights["people"] or 1
    return values, weights


def _value(chance, criterion):
    if chance.random() < 0.05:
        return None
    if chance.random() < 0.2:
        return chance.choice((0, 1, 2.5))
    return chance.randint(1, 3_000_000) if criterion == "people" else chance.expovariate(1 / 20)


def on_the_server(values, weights):
    return [
        [each.pcode, each.score, each.rank, each.contributions, list(each.missing), shown(each.score)]
        for each in ranking(values, weights)
    ]


def shown(score):
    return "n. d." if score is None else formats.number(score, 1)


def test_a_thousand_random_rankings_are_the_same_to_the_last_bit(reader):
    chance = random.Random(20201031)
    cases = [random_case(chance) for _ in range(CASES)]
    page = reader.open("/ciblage/")
    ranked = page.evaluate(RANK_IN_BROWSER, cases)
    with translation.override("fr"):
        for case, in_browser in zip(cases, ranked, strict=True):
            assert in_browser == on_the_server(*case), case


def test_the_table_shows_what_the_api_answers(reader):
    page = reader.open_map("/ciblage/")
    page.fill("#w_people", "73")
    page.wait_for_url("**w_people=73**")
    cercles = page.request.get(page.url.replace("/ciblage/", "/api/targeting/ranking/")).json()["cercles"]
    rows = page.locator("#ranking tbody tr").evaluate_all(
        """rows => rows.map((row) => [
            row.dataset.pcode,
            row.querySelector(".rank").dataset.value,
            row.querySelector(".score").dataset.value,
        ])"""
    )
    assert [pcode for pcode, _, _ in rows] == [cercle["pcode"] for cercle in cercles]
    for (_, rank, score), cercle in zip(rows, cercles, strict=True):
        assert (int(rank) if rank else None) == cercle["rank"]
        assert (float(score) if score else None) == cercle["score"]
