"""What the page of a run draws: bars of contributions, intervals of ranks, the map of the classes."""

from apps.boundaries.models import Edition
from apps.maps.runs.told import CLASSES, class_title, points, short_title
from apps.maps.small_map import country_drawing
from geo.vocabulary import Level

LEVELS = {"cercle": Level.CERCLE, "commune": Level.COMMUNE}

BAR_WIDTH, INTERVAL_WIDTH = 120, 120
TONES = 6
"""Tones of the parts of a bar: beyond, they begin again, and a gap parts them."""


def score_bar(criteria, contributions):
    """Return the parts of a stacked bar, in the order of the criteria: a score of 100 fills it."""
    parts, x = [], 0.0
    for place, criterion in enumerate(criteria):
        width = contributions.get(criterion["id"], 0) / 100 * BAR_WIDTH
        if width > 0:
            parts.append(
                {
                    "x": round(x, 1),
                    "width": round(max(width - 0.6, 0.3), 1),
                    "tone": place % TONES + 1,
                    "title": f"{short_title(criterion)} {points(contributions[criterion['id']])}",
                }
            )
        x += width
    return parts


def interval(robust, last_place, line):
    """
    Return the interval of ranks of an area on a scale from 1 to the last place; None without ranks.

    `line` is the number chosen: the mark stands between it and the next.
    """
    if robust.get("median_rank") is None:
        return None

    def x(rank):
        return round(4 + (rank - 1) / max(last_place - 1, 1) * (INTERVAL_WIDTH - 8), 1)

    low, high = x(robust["low_rank"]), x(robust["high_rank"])
    return {
        "x": low,
        "width": max(round(high - low, 1), 1),
        "median": x(robust["median_rank"]),
        "line": x(line + 0.5) if line and line < last_place else None,
    }


def run_map(reading, edition_name):
    """Return the drawing of the areas of a run by class of robustness; None where its edition is gone."""
    edition = Edition.objects.filter(name=edition_name).first()
    if edition is None:
        return None
    level = reading.answer["question"]["level"]
    drawing = country_drawing(edition, LEVELS[level])
    drawn = [_drawn(area, reading) for area in drawing["areas"]]
    return drawing | {
        "areas": [area for area in drawn if not area["selected"]],
        "chosen": [area for area in drawn if area["selected"]],
        "has_checks": level == "cercle",
    }


def _drawn(drawn, reading):
    area = reading.areas.get(drawn["pcode"])
    shade = shade_of(reading, area)
    return drawn | {
        "shade": shade,
        "selected": bool(area and area["selected"]),
        "told": class_title(shade) if shade in CLASSES else "",
    }


def shade_of(reading, area):
    """Return how an area is drawn: by its class; `none` without a score, `outside` when it is not ranked."""
    if area is None:
        return "outside"
    if area["rank"] is None:
        return "none"
    if not reading.is_whole:
        return "always" if area["selected"] else "never"
    return reading.answer["robustness"]["areas"][area["pcode"]]["class"]


def legend(reading):
    """Return each class with its word and how many areas it holds."""
    shades = [shade_of(reading, area) for area in reading.areas.values()]
    return [(key, class_title(key), shades.count(key)) for key in CLASSES], shades.count("none")
