"""What was adopted since the programme: whether an area is among the target cercles in force."""

from apps.maps.targets import adoption_line
from apps.targeting.models import Adoption


def adoption_told(place):
    """Return the adoption in force and those of its cercles that are here; None while there is none."""
    adoption = Adoption.objects.in_force()
    if adoption is None:
        return None
    here = {"area__parent": place.area} if place.is_region else {"area": place.area}
    return {
        "sentence": adoption_line(adoption),
        "body": adoption.body,
        "decided_on": adoption.decided_on.isoformat(),
        "run": adoption.run.name,
        "run_hash": adoption.run.hash,
        "cercles": [
            {"pcode": pcode, "name": name}
            for pcode, name in adoption.cercles.filter(**here).values_list("area__pcode", "area__name")
        ],
    }
