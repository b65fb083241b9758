"""The cercles of a region, the communes of a cercle, and the settlements of both."""

from django.db.models import Count
from django.utils.translation import gettext as _

from apps.boundaries.models import Settlement
from apps.events.figures import period_of, placed_figures
from geo.vocabulary import Level, SettlementClass
from layers.settlements import SETTLEMENT_CLASSES

MAIN_SETTLEMENTS = 30
"""How many settlements a sheet names at first: the seats, by rank; without ranks, the first by name."""


def cercles_told(place, asked):
    """Return the cercles of a region with their figures of the last twelve months; None for a cercle."""
    if not place.is_region:
        return None
    figures = placed_figures(Level.CERCLE, period_of("12m", asked), asked)
    return [
        {
            "pcode": cercle["pcode"],
            "name": cercle["name"],
            "people": cercle["people"],
            "is_people_estimated": cercle["people_method"] == "estimated",
            "events": cercle["events"],
            "violent_events": cercle["violent_events"],
            "violent_events_per_100k_people": cercle["violent_per_100k"],
            "fatalities": cercle["fatalities"],
        }
        for cercle in figures
        if cercle["region"] == place.area.pcode
    ]


def communes_told(place):
    """Return the communes of a cercle by name; None for a region."""
    if place.is_region:
        return None
    return [
        {"pcode": each["pcode"], "name": each["name"], "area_km2": round(each["area_km2"], 1)}
        for each in place.communes
    ]


def settlements_told(area, language, *, every):
    """Return the settlements counted by rank, and the names of the main ones, or of all."""
    of_area = Settlement.objects.in_area(area)
    counts = list(
        of_area.values_list("settlement_class").annotate(n=Count("pk")).order_by("settlement_class")
    )
    total = sum(count for _rank, count in counts)
    named = of_area.order_by("settlement_class", "name", "pk")
    if not every:
        named = named[: min(MAIN_SETTLEMENTS, _seats(counts) or MAIN_SETTLEMENTS)]
    rows = list(named.values("name", "settlement_class", "commune__name", "location"))
    return {
        "settlements": total,
        "by_rank": [{"rank": rank_told(rank, language), "settlements": count} for rank, count in counts],
        "named": [
            {
                "name": row["name"],
                "rank": rank_told(row["settlement_class"], language),
                "commune": row["commune__name"],
                "longitude": round(row["location"].x, 6),
                "latitude": round(row["location"].y, 6),
                "is_seat": bool(row["settlement_class"])
                and row["settlement_class"] <= SettlementClass.CERCLE_SEAT,
            }
            for row in rows
        ],
        "settlements_not_named": total - len(rows),
    }


def _seats(counts):
    """Return how many settlements are the seat of something."""
    return sum(count for rank, count in counts if rank and rank < SettlementClass.VILLAGE)


def rank_told(rank, language):
    """Return how a rank is called."""
    return SETTLEMENT_CLASSES[str(rank)].in_language(language) if rank else _("rang inconnu")
