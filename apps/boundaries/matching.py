"""Finding the cercle a name stands for in the active edition: by letters, by known other names, by sound."""

import csv
from collections import defaultdict

from django.conf import settings

from apps.boundaries.models import Area
from geo.names import closest, fold, sound

ALIASES_FILE = settings.BASE_DIR / "data" / "places" / "aliases.csv"


class CercleNames:
    """The names of the cercles of the active edition. A name alone never decides between two cercles."""

    def __init__(self):
        self.cercles = list(Area.objects.cercles().select_related("parent"))
        self.regions = {fold(region.name): region for region in Area.objects.regions()}
        self.by_letters, self.by_sound = defaultdict(list), defaultdict(list)
        for cercle in self.cercles:
            self._know(cercle.name, cercle)
        for alias, cercle in self.aliases():
            self._know(alias, cercle)

    def _know(self, name, cercle):
        self.by_letters[fold(name)].append(cercle)
        self.by_sound[sound(name)].append(cercle)

    def aliases(self):
        """Return (other name, cercle) for each line of the list whose cercle is in this edition."""
        known = {fold(cercle.name): cercle for cercle in self.cercles}
        with ALIASES_FILE.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["level"] == "cercle"]
        return [(row["name"], known[fold(row["cercle"])]) for row in rows if fold(row["cercle"]) in known]

    def one(self, name):
        """Return the cercle this name stands for, or None when it stands for none or for several."""
        for found in (self.by_letters.get(fold(name)), self.by_sound.get(sound(name))):
            if found:
                return found[0] if len({cercle.pk for cercle in found}) == 1 else None
        return None

    def of_row(self, name, region_name):
        """
        Return the cercles a row about the cercle `name` covers: one, or all of a region that it has become.

        A cercle raised to a region keeps its name: the row then names another region than the cercle
        now lies in, and a region of the row's own name exists.
        """
        cercle = self.one(name)
        region = self.regions.get(fold(name))
        if region and region_name and fold(region_name) != fold(region.name):
            return [each for each in self.cercles if each.parent_id == region.pk]
        return [cercle] if cercle else []

    def nearest(self, name):
        """Return the cercle name whose spelling is nearest, for "vouliez-vous", or None."""
        return closest(name, [cercle.name for cercle in self.cercles])
