"""The gaps of a study, area by area: of one level, sorted and filtered as the address asks."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.maps import formats
from apps.maps.coverage import sentences as said
from apps.maps.questions import WrongParameter
from apps.maps.reach.told import link_title
from apps.maps.tables import direction, next_sort, sortable

LEVELS = ("regions", "cercles", "communes")
ORDERS = ("name", "people", "beyond", "share", "weighted", "lacking")
ROWS_A_PAGE = 100


@dataclass(frozen=True)
class StudyView:
    """Which areas of an answer, in which order, which page of them."""

    level: str
    sort: str
    region: str
    page: str

    @property
    def order(self):
        return self.sort.removeprefix("-")

    @property
    def is_descending(self):
        return self.sort.startswith("-")


def study_view(parameters, answer):
    """Return what these query parameters (a QueryDict) ask of an answer; raises WrongParameter."""
    regions = [region["pcode"] for region in answer["regions"]]
    return StudyView(
        level=_one_of(parameters, "level", LEVELS, "cercles"),
        sort=_one_of(parameters, "sort", [sign + order for order in ORDERS for sign in ("", "-")], "-beyond"),
        region=_one_of(parameters, "region", regions, ""),
        page=parameters.get("page", "1"),
    )


def _one_of(parameters, name, known, default):
    told = parameters.get(name) or default
    if told and told not in known:
        raise WrongParameter(
            _("L’adresse demande %(name)s = « %(value)s », qui n’existe pas. Valeurs possibles : %(known)s.")
            % {"name": name, "value": told[:40], "known": ", ".join(known)}
        )
    return told


def table_told(answer, view):
    """Return what templates/maps/reach/_table.html shows."""
    regions = _regions(answer, view.level)
    areas = [area for area in answer[view.level] if view.region in ("", regions.get(area["pcode"]))]
    key = KEYS[view.order]
    known = sorted(
        (area for area in areas if key(area) is not None),
        key=lambda area: (sortable(key(area)), area["pcode"]),
        reverse=view.is_descending,
    )
    ordered = known + [area for area in areas if key(area) is None]
    page = Paginator(ordered, ROWS_A_PAGE).get_page(view.page)
    return {
        "page": page,
        "shown": len(areas),
        "all": len(answer[view.level]),
        "rows": [row(area) for area in page],
        "country": row(answer["country"]),
        "columns": {
            order: {
                "direction": direction(view, order),
                "next": next_sort(view, order, first="" if order == "name" else "-"),
            }
            for order in ORDERS
        },
        "regions": sorted((each["pcode"], each["name"]) for each in answer["regions"]),
        "has_norm": view.level != "communes" and answer["country"]["norm"] is not None,
        "has_links": answer["question"]["chain"],
        "has_assigned": answer["judicial_map"] is not None,
    }


def _regions(answer, level):
    """Return {P-code: that of its region} of the areas of a level."""
    if level == "regions":
        return {each["pcode"]: each["pcode"] for each in answer["regions"]}
    cercles = {each["pcode"]: each["parent"] for each in answer["cercles"]}
    if level == "cercles":
        return cercles
    return {each["pcode"]: cercles.get(each["parent"]) for each in answer["communes"]}


def _share(area):
    return area["beyond"]["high"] / area["people_placed"] if area["people_placed"] else None


KEYS = {
    "name": lambda area: area["name"],
    "people": lambda area: area["people_placed"],
    "beyond": lambda area: area["beyond"] and area["beyond"]["high"],
    "share": _share,
    "weighted": lambda area: area["weighted"] and area["weighted"]["beyond_high"],
    "lacking": lambda area: area["norm"] and area["norm"]["lacking_high"],
}


def row(area):
    """Return an area as the table shows it; None where it is not known."""
    placed, beyond, weighted, norm = area["people_placed"], area["beyond"], area["weighted"], area["norm"]
    return {
        "area": area,
        "url": _sheet(area),
        "people": placed,
        "beyond": beyond and said.interval(beyond["low"], beyond["high"]),
        "known": beyond and said.interval(beyond["known"], beyond["high"]),
        "share": said.share(beyond["low"] / placed, beyond["high"] / placed) if beyond and placed else None,
        "weighted": weighted
        and said.interval(round(weighted["beyond_known"]), round(weighted["beyond_high"])),
        "lacking": norm and said.interval(norm["lacking_low"], norm["lacking_high"]),
        "standing": norm and said.interval(norm["standing_low"], norm["standing_known"]),
        "needed": norm and formats.number(norm["needed"]),
        "link": _worst_link(area["worst_link"]),
        "assigned": [assigned_told(each) for each in area["assigned"] or []],
    }


def _sheet(area):
    """Return the address of the sheet of an area: a commune's is its cercle's."""
    match area["level"]:
        case "region":
            return reverse("region-sheet", args=[area["pcode"]])
        case "cercle":
            return reverse("cercle-sheet", args=[area["pcode"]])
        case "commune":
            return reverse("cercle-sheet", args=[area["parent"]])
    return ""


def _worst_link(people):
    """Return the link that is the farthest for the most people."""
    if not people or not any(people.values()):
        return None
    return link_title(max(people, key=people.get))


def assigned_told(told):
    """Return how far people are from the court of the law, and from the nearest."""
    people = told["people"]
    return {
        "kind": link_title(told["court_kind"]),
        "reached": formats.percent(told["reached"] / people) if people else None,
        "nearest_reached": formats.percent(told["nearest_reached"] / people) if people else None,
        "another": formats.percent(told["another_is_nearest"] / people) if people else None,
        "km": formats.number(told["km"], 1),
        "nearest_km": formats.number(told["nearest_km"], 1),
    }
