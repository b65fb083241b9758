"""Finding the area a name stands for in the active edition: by letters, by known other names, by sound."""

import csv

from django.conf import settings

from apps.boundaries.models import Area
from geo.names import NameIndex, fold

ALIASES_FILE = settings.BASE_DIR / "data" / "places" / "aliases.csv"


def aliases():
    """Return (other name, area of the active edition) for each line of the list whose area exists."""
    regions = {fold(region.name): region for region in Area.objects.regions()}
    cercles = {fold(cercle.name): cercle for cercle in Area.objects.cercles().select_related("parent")}
    with ALIASES_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = (
        (row["name"], (regions if row["level"] == "region" else cercles).get(fold(row[row["level"]])))
        for row in rows
    )
    return [(name, area) for name, area in told if area]


class CercleNames:
    """The names of the cercles of the active edition. A name alone never decides between two cercles."""

    def __init__(self):
        self.cercles = list(Area.objects.cercles().select_related("parent"))
        self.regions = {fold(region.name): region for region in Area.objects.regions()}
        pcodes = {cercle.pcode for cercle in self.cercles}
        others = [(name, area) for name, area in aliases() if area.pcode in pcodes]
        self.index = NameIndex([*((cercle.name, cercle) for cercle in self.cercles), *others])

    def one(self, name):
        """Return the cercle this name stands for, or None when it stands for none or for several."""
        found = self.index.find(name)
        return found[0] if len(found) == 1 else None

    def of_row(self, name, region_name):
        """
        Return the cercles a row about the cercle `name` covers: one, or all of a region that it has become.

        A cercle raised to a region keeps its name: the row then names another region than the cercle
        now lies in, and a region of the row's own name exists.
        """
        region = self.regions.get(fold(name))
        if region and region_name and fold(region_name) != fold(region.name):
            return [each for each in self.cercles if each.parent_id == region.pk]
        cercle = self.one(name)
        return [cercle] if cercle else []
