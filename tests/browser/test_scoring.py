"""The browser ranks as the server does. How fast it does is measured by `make bench`."""

import json
import random

import numpy as np
import pytest
from django.utils import translation

from apps.maps import formats
from geo.aggregating import Aggregation
from geo.normalising import Direction, Normalisation, Scale
from geo.scoring import ranking

pytestmark = pytest.mark.browser

CASES = 1000

RANK_IN_BROWSER = """async (text) => {
    const address = (name) => document.querySelector(`link[rel=modulepreload][href*="${name}"]`).href;
    const { ranking } = await import(address("scoring"));
    const { number } = await import(address("format"));
    const told = (each) => ({ ...each, shown: number(each.score, 1) });
    return JSON.stringify(JSON.parse(text).map((question) => ranking(...question).map(told)));
}"""


def random_case(chance, *, cercles=None):
    """Return values, weights, scales and a mean, with ties, gaps, zero weights, equal values."""
    pcodes = [
        f"ML{number:04}" for number in chance.sample(range(100, 2000), cercles or chance.randint(1, 60))
    ]
    values = {
        criterion: {pcode: _value(chance, criterion) for pcode in pcodes}
        for criterion in ("violent", "deaths", "people", "change")
    }
    if chance.random() < 0.1:
        values["deaths"] = dict.fromkeys(pcodes, chance.choice((None, 0, 3.5)))
    weights = {criterion: chance.choice((0, 1, 10, 33, 50, 100, 0.1, 7.25)) for criterion in values}
    weights["people"] = weights["people"] or 1
    scales = {
        criterion: _scale(chance, criterion, [value for value in column.values() if value is not None] or [1])
        for criterion, column in values.items()
        if chance.random() < 0.9
    }
    return values, weights, scales, chance.choice(list(Aggregation))


def _value(chance, criterion):
    if chance.random() < 0.05:
        return None
    if chance.random() < 0.2:
        return chance.choice((0, 1, 2.5))
    if criterion == "change":
        return chance.gauss(0, 5)
    return chance.randint(1, 3_000_000) if criterion == "people" else chance.expovariate(1 / 20)


def _scale(chance, criterion, known):
    """Return any scale; its limits are values, between them or beyond, and no negative one where logged."""
    normalisation = chance.choice(list(Normalisation))
    direction = chance.choice(list(Direction))
    is_logged = criterion != "change" and chance.random() < 0.3
    limits = sorted(chance.choice(known) * chance.choice((1, 1, 0.5, 1.5)) for _ in range(4))
    has_bounds = normalisation is Normalisation.MIN_MAX and limits[0] < limits[3] and chance.random() < 0.5
    return Scale(
        normalisation,
        direction,
        bounds=(limits[0], limits[3]) if has_bounds else None,
        band=(limits[1], chance.choice(limits[1:3])) if direction is Direction.BAND else None,
        is_logged=is_logged,
    )


def ranked_in_the_browser(reader, cases):
    """Return the browser's rankings; as text both ways, for so many objects pass slowly."""
    page = reader.open("/ciblage/")
    return json.loads(page.evaluate(RANK_IN_BROWSER, json.dumps([_told(*case) for case in cases])))


def _told(values, weights, scales, aggregation):
    """Return a case as the browser asks."""
    return [
        values,
        weights,
        {criterion: _scale_told(scale) for criterion, scale in scales.items()},
        aggregation,
    ]


def _scale_told(scale):
    return {
        "normalisation": scale.normalisation,
        "direction": scale.direction,
        "bounds": scale.bounds,
        "band": scale.band,
        "logged": scale.is_logged,
    }


def shown(score):
    return "n. d." if score is None else formats.number(score, 1)


def test_a_thousand_random_rankings_are_the_same(reader):
    chance = random.Random(20201031)
    cases = [random_case(chance) for _ in range(CASES)]
    in_browser = ranked_in_the_browser(reader, cases)
    for case, theirs in zip(cases, in_browser, strict=True):
        ours = ranking(*case)
        assert [
            (each["pcode"], each["rank"], each["missing"], [*each["contributions"]]) for each in theirs
        ] == [(each.pcode, each.rank, list(each.missing), [*each.contributions]) for each in ours], case
        here = [[each.score or 0, *each.contributions.values()] for each in ours]
        there = [[each["score"] or 0, *each["contributions"].values()] for each in theirs]
        assert np.abs(np.concatenate(here) - np.concatenate(there)).max() < 1e-9, case


def test_a_score_is_shown_alike(reader):
    chance = random.Random(20201031)
    cases = [random_case(chance) for _ in range(50)]
    in_browser = ranked_in_the_browser(reader, cases)
    with translation.override("fr"):
        for case, theirs in zip(cases, in_browser, strict=True):
            assert [each["shown"] for each in theirs] == [shown(each.score) for each in ranking(*case)]


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
