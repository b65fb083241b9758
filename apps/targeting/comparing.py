"""Answers of several runs side by side: who is in, who enters and leaves, on how many they agree."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

FEWEST, MOST = 2, 6
"""Runs beside each other: what a reader can still hold against each other."""

PER = 100_000


class NotComparable(ValueError):
    """These runs cannot stand side by side; the message says why and the way out."""


@dataclass(frozen=True)
class Comparison:
    """Answers (`apps.targeting.runs.told_to`) in the order asked: the others are held to the first."""

    answers: list

    def __post_init__(self):
        for name, words in (
            (
                "edition",
                _("Ces exécutions sont d’éditions différentes (%(each)s) : refaites-les dans une même."),
            ),
            ("level", _("Ces exécutions sont d’échelons différents (%(each)s) : comparez celles d’un même.")),
        ):
            each = list(dict.fromkeys(_of(answer, name) for answer in self.answers))
            if len(each) > 1:
                raise NotComparable(words % {"each": ", ".join(each)})

    @cached_property
    def places(self):
        """Return what each run says of each area, by P-code, a dict for each answer."""
        return [{area["pcode"]: area for area in answer["scores"]} for answer in self.answers]

    @cached_property
    def chosen(self):
        return [{pcode for pcode, area in areas.items() if area["selected"]} for areas in self.places]

    def areas(self):
        """
        Return every area that a run ranks: pcode, name, region, `chosen_by` how many, and a cell a run.

        A cell is None where the run does not rank the area: that is not the same as leaving it out.
        """
        known = {pcode: area for areas in reversed(self.places) for pcode, area in areas.items()}
        return [
            {
                **{name: area[name] for name in ("pcode", "name", "region", "region_name")},
                "chosen_by": sum(pcode in chosen for chosen in self.chosen),
                "ranked_by": sum(pcode in areas for areas in self.places),
                "cells": [
                    self._cell(number, pcode) if pcode in areas else None
                    for number, areas in enumerate(self.places)
                ],
            }
            for pcode, area in sorted(known.items())
        ]

    def _cell(self, number, pcode):
        area = self.places[number][pcode]
        robust = self.answers[number]["robustness"].get("areas", {}).get(pcode, {})
        return {
            "selected": area["selected"],
            "rank": area["rank"],
            "zone": area["zone"],
            "probability": robust.get("probability"),
            "change": self._change(number, pcode),
        }

    def _change(self, number, pcode):
        before, now = pcode in self.chosen[0], pcode in self.chosen[number]
        return "enters" if now and not before else "leaves" if before and not now else ""

    def changes(self, number):
        """Return the P-codes that enter and that leave against the first run."""
        return sorted(self.chosen[number] - self.chosen[0]), sorted(self.chosen[0] - self.chosen[number])

    def consensus(self):
        """Return how many areas were chosen by 0, 1 ... all of the runs."""
        counted = [0] * (len(self.answers) + 1)
        for area in self.areas():
            counted[area["chosen_by"]] += 1
        return counted

    def figures(self, number):
        """
        Return what a run chose, together: number, people and those unknown, cost, violent events.

        `events_of` says of how many of the chosen the answer holds the number of events: `events` is of
        these alone, None where it is of none.
        """
        totals = self.answers[number]["totals"]
        events = [_events(self.answers[number], self.places[number][each]) for each in self.chosen[number]]
        known = [each for each in events if each is not None]
        return {
            **{name: totals[name] for name in ("areas", "people", "people_share", "people_unknown", "cost")},
            "events": sum(known) if known else None,
            "events_of": len(known),
        }


def _of(answer, name):
    return answer["question"]["level"] if name == "level" else answer[name]


def _events(answer, area):
    """Return the violent events of an area, where a criterion of the answer tells them; None elsewhere."""
    indicators = {
        criterion["indicator"]: criterion["id"]
        for criterion in answer["criteria"]
        if criterion["zone"] == area["zone"]
    }
    values = area.get("values", {})
    told = {name: values.get(id_, {}).get("value") for name, id_ in indicators.items()}
    if told.get("violent_events") is not None:
        return round(told["violent_events"])
    rate = told.get("violent_per_100k")
    return None if rate is None or area["people"] is None else round(rate * area["people"] / PER)
