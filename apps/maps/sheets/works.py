"""What the programme says of an area: whether it is a target, and the works planned with their budgets."""

from apps.maps.programme.words import ACTIONS, CONFIDENCES, STATES
from apps.maps.sheets.place import split_by_place
from apps.programme import figures
from apps.programme.figures import JOINT, has_money
from apps.programme.models import YEARS, TargetCercle
from layers.programme.targets import ZONE_LOGICS
from layers.programme.workplan import WORKS_KINDS

ZONES = "target zones"
"""The level of a line of the work plan that names no place but the target zones."""


def targets_told(place, references, language):
    """Return what the programme says of this cercle, or of the cercles of this region."""
    of_area = {"area__parent": place.area} if place.is_region else {"area": place.area}
    found = TargetCercle.objects.filter(load__in_use=True, **of_area).select_related("area")
    return [
        {
            "cercle_pcode": target.area.pcode,
            "cercle_name": target.area.name,
            "zone_logic": ZONE_LOGICS[target.zone_logic].in_language(language),
            "communes": target.communes,
            "volunteer_planned": target.volunteer_planned,
            **references.of(target),
        }
        for target in found.defer("area__boundary")
    ]


def works_told(place, references, language, *, is_target):
    """
    Return the works planned here with what they cost together, those told of the region, and the lines
    for the target zones, which may concern this place and are never added.
    """
    works = figures.works()
    here, around = split_by_place(works, place)
    zones = [work for work in works if work.level == ZONES] if is_target else []
    told = {
        name: [_work(work, references, language) for work in rows]
        for name, rows in (("here", here), ("of_region", around), ("target_zones", zones))
    }
    return {**told, "totals": _totals(here)}


def _work(work, references, language):
    is_told = has_money(work)
    return {
        "code": work.infra_id,
        "kind": WORKS_KINDS[work.kind].in_language(language),
        "place": work.place or None,
        "actions": [str(ACTIONS.get(action, action)) for action in work.action.split("; ") if action],
        "state": str(STATES.get(work.status, work.status)),
        "partner": work.national_partner or None,
        **{f"usd_{year}": usd or None for year, usd in zip(YEARS, work.usd_by_year, strict=True)},
        "usd_total": work.usd_total if is_told else None,
        "confidence": str(CONFIDENCES[work.alignment_confidence]),
        "is_joint": work.alignment_confidence == JOINT,
        **references.of(work),
    }


def _totals(works):
    """
    Return what the works cost together by year, None where none tells an amount. Joint amounts are left
    out: they are of other places too.
    """
    own = [work for work in works if work.alignment_confidence != JOINT]
    paid = [work for work in own if has_money(work)]
    sums = figures.total_of(paid)
    names = [*(f"usd_{year}" for year in YEARS), "usd_total"]
    return {
        **{name: usd or None for name, usd in zip(names, sums, strict=True)},
        "works": len(works),
        "works_without_amount": len(own) - len(paid),
        "works_with_joint_amount": len(works) - len(own),
    }
