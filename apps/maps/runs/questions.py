"""What the address of the page of a run asks: which areas, in which order, which two against each other."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.maps.questions import WrongParameter
from apps.maps.runs.told import CLASSES

ORDERS = ("rank", "name", "region_name", "selected", "score", "probability", "median_rank", "known")
CHOICES = {"in": True, "out": False}


@dataclass(frozen=True)
class RunQuestion:
    sort: str = "rank"
    zone: str = ""
    region: str = ""
    choice: str = ""
    robustness: str = ""
    one: str = ""
    other: str = ""
    page: str = "1"

    @property
    def order(self):
        return self.sort.removeprefix("-")

    @property
    def is_descending(self):
        return self.sort.startswith("-")

    @property
    def filters(self):
        """Tell whether only some of the areas are asked."""
        return bool(self.zone or self.region or self.choice or self.robustness)

    def holds(self, area, robust):
        """Tell whether an area, with what robustness says of it, is among those asked."""
        return (
            (not self.zone or area["zone"] == self.zone)
            and (not self.region or area["region"] == self.region)
            and (not self.choice or area["selected"] is CHOICES[self.choice])
            and (not self.robustness or robust.get("class") == self.robustness)
        )


def run_question(parameters, reading):
    """Return what these query parameters ask of a run; raises WrongParameter."""
    return RunQuestion(
        sort=_one_of(parameters, "sort", [sign + key for key in ORDERS for sign in ("", "-")], "rank"),
        zone=_one_of(parameters, "zone", reading.zones),
        region=_one_of(parameters, "region", reading.regions),
        choice=_one_of(parameters, "choice", CHOICES),
        robustness=_one_of(parameters, "class", CLASSES),
        one=_one_of(parameters, "one", reading.areas),
        other=_one_of(parameters, "other", reading.areas),
        page=parameters.get("page", "1"),
    )


def _one_of(parameters, name, known, default=""):
    told = parameters.get(name) or default
    if told and told not in known:
        raise WrongParameter(
            _("« %(told)s » n’est pas une valeur de « %(name)s » pour cette exécution.")
            % {"told": told, "name": name}
        )
    return told
