"""An answer of targeting as pages read it: its areas by P-code, its criteria by id, its zones by key."""

from functools import cached_property
from statistics import median

USED, NO_DATA, NO_WEIGHT = "used", "no_data", "no_weight"


class Reading:
    """What stands in an answer (`apps.targeting.runs.told_to`), found by name."""

    def __init__(self, answer):
        self.answer = answer
        self.areas = {area["pcode"]: area for area in answer["scores"]}
        self.criteria = {criterion["id"]: criterion for criterion in answer["criteria"]}
        self.zones = {zone["key"]: zone for zone in answer["zones"]}

    @property
    def is_whole(self):
        """Tell whether values and scores are told to this reader; the choice alone where they are not."""
        return self.answer.get("is_whole", True)

    @property
    def has_zones(self):
        return len(self.zones) > 1

    def zone_of(self, area):
        return self.zones[area["zone"]]

    def members(self, zone_key):
        return self._members[zone_key]

    def ranked(self, zone_key):
        return self._ranked[zone_key]

    def used(self, zone_key):
        """Return the criteria of a zone that have data and weight."""
        return self._used[zone_key]

    @cached_property
    def _members(self):
        return self._by_zone(self.answer["scores"])

    @cached_property
    def _ranked(self):
        return self._by_zone(area for area in self.answer["scores"] if area["rank"] is not None)

    @cached_property
    def _used(self):
        return self._by_zone(each for each in self.answer["criteria"] if each["status"] == USED)

    def _by_zone(self, each):
        found = {zone: [] for zone in self.zones}
        for one in each:
            found[one["zone"]].append(one)
        return found

    def names(self, pcodes):
        """Return the names of these areas; the code of one that the answer does not rank."""
        return [self.areas[pcode]["name"] if pcode in self.areas else pcode for pcode in pcodes]

    @cached_property
    def medians(self):
        """Return the median contribution of each criterion among the ranked areas of its zone."""
        return {
            criterion["id"]: median(area["contributions"][criterion["id"]] for area in ranked)
            for zone in self.zones
            for criterion in self.used(zone)
            if (ranked := self.ranked(zone))
        }

    @cached_property
    def regions(self):
        """Return the names of the regions of the areas, by P-code."""
        return {area["region"]: area["region_name"] for area in self.answer["scores"]}
