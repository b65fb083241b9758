"""What stands on the two pages of a memo, from the answer of its run."""

import json
from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.maps import formats
from apps.maps.load_words import KINDS
from apps.maps.memo.drawing import NO_SCORE, OUTSIDE, PAINTS, drawing_of, with_numbers
from apps.maps.runs.method import AGGREGATIONS_SHORT, direction, scale
from apps.maps.runs.reading import USED, Reading
from apps.maps.runs.robustness import DOUBTS
from apps.maps.runs.sentences import (
    Why,
    class_title,
    criterion_title,
    doubts,
    rule_lines,
    short_title,
    zone_title,
)
from apps.maps.runs.told import counted, day_of, ended, joined
from layers.events import SOURCES


@dataclass(frozen=True)
class Room:
    """How many lines of each list there is room for: what does not fit is counted, and left to the page."""

    chosen: int
    nearest: int
    criteria: int
    lines: int


class Contents:
    """What a memo tells of a run that is done, in the active language."""

    def __init__(self, run):
        self.run = run
        self.reading = Reading(json.loads(run.answer))
        self.answer = self.reading.answer
        self.level = self.answer["question"]["level"]
        self.drawing = drawing_of(self.answer)

    def told(self, room):
        """Return the context of the template for so much room."""
        numbers = self._numbers(room)
        return {
            **self._head(),
            "map": with_numbers(self.drawing, numbers),
            "legend": self._legend(),
            "columns": in_two(
                [line for zone in self.reading.zones for line in self._zone_lines(zone, numbers)]
            ),
            "more": self._chosen_in_all - len(numbers),
            "more_told": counted(self.level, self._chosen_in_all - len(numbers)),
            "nearest": self._nearest(room.nearest),
            "weighed": self._weighed(room.criteria),
            "rules": cut(rule_lines(self.answer), room.lines),
            "robustness": self._robustness(),
            "sources": sources_of(self.answer["snapshot"]),
            "doubts": cut(doubts(self.answer), room.lines),
        }

    # --- Head ---

    def _head(self):
        run, answer = self.run, self.answer
        return {
            "run": run,
            "answer": answer,
            "language": get_language(),
            "is_of_cercles": self.level == "cercle",
            "author": run.author and (run.author.get_full_name() or run.author.get_username()),
            "made_on": localdate(run.created),
            "address": settings.ADDRESS + reverse("run", args=[run.pk]),
            "sentence": self._sentence(),
            "surely": self._surely(),
            "known_on": day_of(answer["known_at"]),
            "events_source": answer["source"] and SOURCES[answer["source"]].in_language(get_language()),
            "rests_on_events": any(each["since"] for each in self._used()),
        }

    def _used(self):
        return [each for each in self.answer["criteria"] if each["status"] == USED]

    @property
    def _chosen_in_all(self):
        return self.answer["totals"]["areas"]

    def _sentence(self):
        totals = self.answer["totals"]
        told = {
            "chosen": counted(self.level, totals["areas"]),
            "of": formats.number(len(self.answer["scores"])),
            "people": formats.number(round(totals["people"])),
            "share": formats.percent(totals["people_share"]),
        }
        if totals["people_share"] is None:
            return _("Ce choix retient %(chosen)s sur %(of)s.") % told
        return (
            _(
                "Ce choix retient %(chosen)s sur %(of)s, où vivent %(people)s personnes, "
                "%(share)s de la population du pays."
            )
            % told
        )

    def _surely(self):
        """Return how sure the chosen are: how many of each class, the surest first."""
        classes = Counter(self._robust(area)["class"] for area in self._chosen())
        return joined(
            _("%(n)s « %(word)s »") % {"n": formats.number(classes[key]), "word": class_title(key)}
            for key in PAINTS
            if classes[key]
        )

    def _robust(self, area):
        return self.answer["robustness"]["areas"][area["pcode"]]

    def _chosen(self, zone=None):
        return [area for area in self.answer["scores"] if area["selected"] and zone in (None, area["zone"])]

    # --- Legend ---

    def _legend(self):
        scores = self.answer["scores"]
        classes = Counter(self._robust(area)["class"] for area in scores if area["rank"] is not None)
        without = sum(area["rank"] is None for area in scores)
        rows = [
            {"paint": paint, "title": class_title(key), "range": self._range(key), "count": classes[key]}
            for key, paint in PAINTS.items()
        ]
        rows.append({"paint": NO_SCORE, "title": _("pas de donnée"), "range": "", "count": without})
        if outside := len(self.drawing["areas"]) - len(scores):
            rows.append({"paint": OUTSIDE, "title": _("hors de la question"), "range": "", "count": outside})
        return rows

    def _range(self, key):
        least = self.answer["robustness"]["classes"]
        ends = {"always": (least["always"], None), "never": (None, least["unlikely"])}
        ends |= {
            "probable": (least["probable"], least["always"]),
            "depends": (least["depends"], least["probable"]),
            "unlikely": (least["unlikely"], least["depends"]),
        }
        low, high = (formats.percent(end) for end in ends[key])
        if high is None:
            return _("%(low)s des tirages ou plus") % {"low": low}
        if low is None:
            return _("%(high)s ou moins") % {"high": high}
        return _("%(low)s à %(high)s") % {"low": low, "high": high}

    # --- Lists ---

    def _numbers(self, room):
        """Return the number of each chosen area that there is room for, by P-code; every zone has some."""
        share = min(1, room.chosen / max(1, self._chosen_in_all))
        told = []
        for zone in self.reading.zones:
            chosen = self._chosen(zone)
            told += [area["pcode"] for area in chosen[: max(1, int(share * len(chosen)))]]
        return {pcode: number for number, pcode in enumerate(told, start=1)}

    def _zone_lines(self, key, numbers):
        zone, chosen = self.reading.zones[key], self._chosen(key)
        if self.reading.has_zones:
            yield {
                "zone": zone_title(zone),
                "chosen": len(chosen),
                "of": zone["areas"],
                "people": sum(area["people"] or 0 for area in chosen),
            }
        for area in chosen:
            if area["pcode"] in numbers:
                yield self._line(area) | {"number": numbers[area["pcode"]]}

    def _line(self, area):
        robust = self._robust(area)
        return {
            "name": area["name"],
            "region": area["region_name"],
            "rank": area["rank"],
            "low": robust["low_rank"],
            "high": robust["high_rank"],
            "share": robust["probability"],
            "word": class_title(robust["class"]),
            "people": area["people"],
        }

    def _nearest(self, room):
        """Return the best that their rank leaves out, zone by zone, with why and what would bring them in."""
        each = max(1, room // len(self.reading.zones))
        return [line for zone in self.reading.zones for line in list(self._left_out(zone))[:each]]

    def _left_out(self, zone):
        for area in self.reading.ranked(zone):
            why = Why(self.reading, area["pcode"])
            # Those that a rule keeps out stand with their reason among the rules.
            if not area["selected"] and not why.is_ruled:
                told = (why.fate(), *why.change()[:1])
                yield self._line(area) | {"why": " ".join(ended(sentence) for sentence in told)}

    # --- Method ---

    def _weighed(self, room):
        """Return the zones with their criteria that count."""
        each = max(1, room // len(self.reading.zones))
        return [
            {
                "title": zone_title(zone) if self.reading.has_zones else "",
                "mean": AGGREGATIONS_SHORT[zone["aggregation"]],
                "criteria": [self._criterion(one) for one in self._heaviest(key)[:each]],
                "more": max(0, len(self.reading.used(key)) - each),
            }
            for key, zone in self.reading.zones.items()
        ]

    def _heaviest(self, zone):
        return sorted(self.reading.used(zone), key=lambda one: -self.answer["weights"][one["id"]])

    def _criterion(self, one):
        return {
            "title": criterion_title(one),
            "share": self.answer["weights"][one["id"]],
            "how": _("%(direction)s ; %(scale)s") % {"direction": direction(one), "scale": scale(one)},
            "known": one["known"],
            "of": one["of"],
        }

    def _robustness(self):
        return [each for each in (self._stays(), self._matters_most(), self._without_one()) if each]

    def _stays(self):
        robust = self.answer["robustness"]
        always = sum(self._robust(area)["class"] == "always" for area in self._chosen())
        return _(
            "Sur %(draws)s tirages où poids, échelles, agrégation et données incertaines varient ensemble, "
            "%(n)s des %(chosen)s retenus le sont presque toujours ; en moyenne, %(staying)s le restent."
        ) % {
            "draws": formats.number(robust["draws"]),
            "n": formats.number(always),
            "chosen": formats.number(self._chosen_in_all),
            "staying": formats.number(robust["indices"]["mean_staying"], 1),
        }

    def _matters_most(self):
        # Estimates: one may come out a little beyond 0 or 1.
        totals = {
            key: min(1, max(0, index["total"]))
            for key, index in self.answer["robustness"]["indices"]["staying"].items()
            if index["total"] is not None
        }
        if not totals:
            return _("Rien de ce qui est tiré ne change la liste.")
        most, *others = sorted(totals, key=totals.get, reverse=True)
        told = {"most": DOUBTS[most], "share": formats.percent(totals[most])}
        if not others:
            return _("Seule en doute : %(most)s.") % told
        told |= {
            "next": DOUBTS[others[0]],
            "next_share": formats.percent(totals[others[0]]),
        }
        return (
            _(
                "Ce qui compte le plus est %(most)s (%(share)s de ce qui fait varier la liste), puis "
                "%(next)s (%(next_share)s) ; ces parts se recoupent."
            )
            % told
        )

    def _without_one(self):
        """Return which criterion changes most when it is left out, and who would come in."""
        dropped = {key: one for key, one in self.answer["robustness"]["leave_one_out"].items() if one}
        if not dropped:
            return ""
        most = max(dropped, key=lambda key: len(dropped[key]["enters"]))
        enters = dropped[most]["enters"]
        if not enters:
            return _("Aucun critère, ôté seul, ne change la liste.")
        return ngettext(
            "Ôté seul, c’est « %(criterion)s » qui change le plus la liste : %(names)s y entrerait.",
            "Ôté seul, c’est « %(criterion)s » qui change le plus la liste : %(names)s y entreraient.",
            len(enters),
        ) % {
            "criterion": self._with_zone(self.reading.criteria[most]),
            "names": joined(self.reading.names(enters[:MOST_NAMES]))
            if len(enters) <= MOST_NAMES
            else counted(self.level, len(enters)),
        }

    def _with_zone(self, criterion):
        title = short_title(criterion)
        if not self.reading.has_zones:
            return title
        return f"{title} ({zone_title(self.reading.zones[criterion['zone']])})"


MOST_NAMES = 8
"""Names told one by one in a sentence; beyond it, only how many."""


def in_two(lines):
    """Return the lines as two columns, the first the longer; a title never ends one."""
    half = (len(lines) + 1) // 2
    if half < len(lines) and "zone" in lines[half - 1]:
        half -= 1
    return [lines[:half], lines[half:]]


def cut(lines, room):
    """Return the lines there is room for, and how many more there are."""
    return {"lines": lines[:room], "more": max(0, len(lines) - room)}


def sources_of(snapshot):
    """Return the sources of an answer as a memo lists them."""
    return [
        source | {"title": KINDS.get(source["kind"], source["kind"]), "as_of": day_of(source["as_of"])}
        for source in snapshot
    ]
