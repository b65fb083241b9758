"""A question ranked and chosen from: every cercle's score, its parts, its rank, and why it is in or out."""

from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _

from apps.programme.models import TargetCercle
from apps.runs.services import RunFailed
from apps.targeting.indicators import INDICATORS
from apps.targeting.rules import ALL, rules_of
from apps.targeting.zones import USED
from geo.aggregating import contributions
from geo.choosing import How, ImpossibleRules, choose, held_back_by, in_order, unmet
from geo.normalising import normalised
from geo.robustness import tipping
from geo.turning import turning_values
from geo.vocabulary import PeopleMethod

MUST_NOT, NO_ACCESS, NO_SCORE, BELOW = "must_not", "no_access", "no_score", "below_the_line"


class Ranking:
    """The zones scored, ranked and chosen from. Raises RunFailed where no choice can keep the rules."""

    def __init__(self, measuring, asked_zones, rules_asked):
        self.measuring, self.asked_zones, self.rules_asked = measuring, asked_zones, rules_asked
        self.rules = rules_of(rules_asked, measuring, asked_zones)
        self.zones = [each.zone for each in asked_zones]
        areas = len(measuring.areas)
        self.score, self.rank = np.full(areas, np.nan), np.full(areas, np.nan)
        self.zone_of = {}
        self.parts = {}
        for asked_zone in asked_zones:
            self._score(asked_zone)
        order, _ranks = in_order(-self.rank[None, :])
        try:
            self.how = choose(order, self.rules, eligible=~np.isnan(self.rank)[None, :])[0]
        except ImpossibleRules as error:
            raise RunFailed(
                _(
                    "Aucun choix ne peut tenir ces règles : un cercle est imposé et exclu, les cercles "
                    "imposés dépassent une limite ou le budget, ou un plancher dépasse son plafond."
                )
            ) from error

    def _score(self, asked_zone):
        zone = asked_zone.zone
        each = np.array([normalised(one.values, one.scale) for one in zone.criteria])
        parts = contributions(each, zone.shares, zone.aggregation)
        self.score[zone.members] = parts.sum(axis=0)
        _order, ranks = in_order(parts.sum(axis=0)[None, :])
        self.rank[zone.members] = ranks[0]
        for at, member in enumerate(zone.members):
            self.zone_of[member] = asked_zone
            if not np.isnan(self.score[member]):
                self.parts[member] = {one.key: parts[place, at] for place, one in enumerate(zone.criteria)}

    @cached_property
    def chosen(self):
        return self.how > 0

    @property
    def columns(self):
        return [criterion.column for zone in self.asked_zones for criterion in zone.criteria]

    @cached_property
    def by_region(self):
        """Return {P-code of a region: places of its areas that are ranked}."""
        found = {}
        for place in self.zone_of:
            found.setdefault(self.measuring.areas[place]["region"], []).append(place)
        return found

    @property
    def rests_on_events(self):
        return any(
            INDICATORS[criterion.asked["indicator"]].is_of_events and criterion.status == USED
            for zone in self.asked_zones
            for criterion in zone.criteria
        )

    @cached_property
    def tipping(self):
        return tipping(self.zones, self.rules)

    @cached_property
    def turning(self):
        return turning_values(self.zones, self.rules)

    # --- Told ---

    def criteria_told(self):
        return [
            criterion.asked
            | {
                "id": criterion.id,
                "zone": zone.key,
                "status": criterion.status,
                "known": int((~np.isnan(criterion.column.values)).sum()),
                "filled": int(criterion.filled.sum()),
                "of": len(zone.members),
                "least": _least(criterion.column.values, np.min),
                "greatest": _least(criterion.column.values, np.max),
                "table_title": criterion.column.table.title if criterion.column.table else None,
                "table_as_of": criterion.column.table.as_of if criterion.column.table else None,
                **self._days(criterion),
            }
            for zone in self.asked_zones
            for criterion in zone.criteria
        ]

    def _days(self, criterion):
        if not INDICATORS[criterion.asked["indicator"]].is_of_events:
            return {}
        period = self.measuring.period_of(criterion.asked)
        return {"since": period.since, "until": period.until}

    def weights_told(self):
        """Return the share of weight of each criterion in its zone; 0 of one without data or weight."""
        shares = {
            one.key: share
            for zone in self.zones
            for one, share in zip(zone.criteria, zone.shares, strict=True)
        }
        return {
            criterion.id: shares.get(criterion.id, 0)
            for zone in self.asked_zones
            for criterion in zone.criteria
        }

    def zones_told(self):
        return [
            {
                "key": zone.key,
                "title": zone.title,
                "areas": len(zone.members),
                "number": zone.number,
                "aggregation": zone.zone.aggregation,
                "chosen": int(self.chosen[zone.members].sum()),
                "line": self._line(zone),
            }
            for zone in self.asked_zones
        ]

    def _line(self, zone):
        """Return the lowest score that came in by rank and the highest that stayed below; None without."""
        by_rank = [self.score[each] for each in zone.members if self.how[each] == How.RANK]
        below = [
            self.score[each]
            for each in zone.members
            if not self.chosen[each] and not np.isnan(self.score[each]) and each not in self.rules.barred
        ]
        return {"last_in": min(by_rank, default=None), "first_out": max(below, default=None)}

    def rules_told(self):
        return self.rules_asked | {"unmet": unmet(self.chosen, self.rules)}

    def totals(self):
        """Return what is chosen, together; people of those whose number is known."""
        people = self.measuring.people
        known = self.chosen & ~np.isnan(people)
        costs = np.array(self.rules.costs) if self.rules.costs else np.zeros(len(people))
        return {
            "areas": int(self.chosen.sum()),
            "people": float(people[known].sum()),
            "people_share": float(people[known].sum() / np.nansum(people)) if np.nansum(people) else None,
            "people_unknown": int((self.chosen & np.isnan(people)).sum()),
            "cost": float(costs[self.chosen].sum()) if self.rules_asked["cost"] is not None else None,
        }

    def scores_told(self):
        """Return every area, best first by zone, those without a score last, with all that is known of it."""
        targets = set(TargetCercle.objects.filter(area__isnull=False).values_list("area__pcode", flat=True))
        places = sorted(
            self.zone_of,
            key=lambda each: (
                self.asked_zones.index(self.zone_of[each]),
                np.isnan(self.rank[each]),
                0 if np.isnan(self.rank[each]) else self.rank[each],
                self.measuring.pcodes[each],
            ),
        )
        return [
            self._told(place) | {"of_programme": self.measuring.pcodes[place] in targets} for place in places
        ]

    def _told(self, place):
        area, zone = self.measuring.areas[place], self.zone_of[place]
        at = zone.members.index(place)
        known = not np.isnan(self.rank[place])
        return {
            "pcode": area["pcode"],
            "name": area["name"],
            "region": area["region"],
            "region_name": area["region_name"],
            "zone": zone.key,
            "score": self.score[place] if known else None,
            "rank": int(self.rank[place]) if known else None,
            "selected": bool(self.chosen[place]),
            "how": How(self.how[place]).name.lower() if self.chosen[place] else None,
            "why_not": None if self.chosen[place] else self._why_not(place),
            "reason": self._reason(area["pcode"]),
            "contributions": self.parts.get(place, {}),
            "values": {
                criterion.id: {
                    "value": criterion.column.values[at],
                    "low": criterion.column.low[at],
                    "high": criterion.column.high[at],
                    "filled": criterion.values[at] if criterion.filled[at] else None,
                }
                for criterion in zone.criteria
            },
            "missing": [
                criterion.id
                for criterion in zone.criteria
                if criterion.status == USED and np.isnan(criterion.values[at])
            ],
            "tipping": {
                key: shares[at] for key, shares in self.tipping[zone.key].items() if shares[at] is not None
            },
            "turning": {
                key: values[place] for key, values in self.turning[zone.key].items() if place in values
            },
            "quality": self._quality(zone, at, area),
            "people": area["people"],
        }

    def _why_not(self, place):
        pcode = self.measuring.pcodes[place]
        if pcode in self.rules_asked["no_access"]:
            return [NO_ACCESS]
        if pcode in self.rules_asked["must_not"]:
            return [MUST_NOT]
        if np.isnan(self.rank[place]):
            return [NO_SCORE]
        held = held_back_by(place, self.chosen, self.rules)
        line = self._line(self.zone_of[place])["last_in"]
        # Below the line while places are left, not its rank keeps it out: its region or the money does.
        has_place = held and not any(each == ALL or each.startswith("zone.") for each in held)
        if line is not None and self.score[place] < line and not has_place:
            return [BELOW]
        return held

    def _reason(self, pcode):
        return next(
            (
                self.rules_asked[name][pcode]
                for name in ("must", "must_not", "no_access")
                if pcode in self.rules_asked[name]
            ),
            "",
        )

    def _quality(self, zone, at, area):
        """Return how much of the weight rests on known and on precise values, and which are not."""
        shares = dict(zip((one.key for one in zone.zone.criteria), zone.zone.shares, strict=True))
        used = [criterion for criterion in zone.criteria if criterion.status == USED]
        known = [each for each in used if not np.isnan(each.column.values[at])]
        precise = [each for each in known if each.column.low[at] == each.column.high[at]]
        return {
            "known": sum(shares[each.id] for each in known),
            "precise": sum(shares[each.id] for each in precise),
            "filled": [each.id for each in used if each.filled[at]],
            "imprecise": [each.id for each in known if each.column.low[at] != each.column.high[at]],
            "people_estimated": area["people_method"] == PeopleMethod.ESTIMATED,
        }


def _least(values, end):
    known = values[~np.isnan(values)]
    return float(end(known)) if known.size else None
