"""Two areas of an answer against each other, criterion by criterion."""

from django.utils.translation import gettext as _

from apps.maps.runs.reading import Reading
from apps.maps.runs.told import joined, points, short_title, value_told, zone_title

LEAST_POINTS = 0.005


def compared(answer, one, other):
    """
    Return two areas against each other: their parts criterion by criterion, and sentences.

    The differences of the rows sum to the difference of the scores. It is None where one has no score, or
    where the answer withholds scores; areas of two zones are told as such: their scores measure two things.
    """
    reading = Reading(answer)
    pair = [reading.areas[pcode] for pcode in (one, other)]
    are_scored = all(area.get("score") is not None for area in pair)
    rows = _rows(reading, pair) if reading.is_whole else []
    difference = pair[0]["score"] - pair[1]["score"] if are_scored else None
    return {
        "one": pair[0],
        "other": pair[1],
        "are_in_one_zone": pair[0]["zone"] == pair[1]["zone"],
        "rows": rows,
        "difference": difference,
        "sentences": list(_sentences(reading, pair, rows, difference)),
    }


def _rows(reading, pair):
    criteria = [
        each
        for each in reading.answer["criteria"]
        if any(each["id"] in area["contributions"] or each["id"] in area["missing"] for area in pair)
    ]
    return [_row(criterion, *pair) for criterion in criteria]


def _row(criterion, one, other):
    parts = [_part(criterion, area) for area in (one, other)]
    known = [part for part in parts if part is not None]
    return {
        "criterion": criterion,
        "title": short_title(criterion),
        "values": [_value(criterion, area) for area in (one, other)],
        "parts": parts,
        "difference": parts[0] - parts[1] if len(known) == 2 else None,
    }


def _part(criterion, area):
    """Return the points that a criterion gives; 0 where its zone does not use it, None unknown."""
    if area["score"] is None:
        return None
    return area["contributions"].get(criterion["id"], 0)


def _value(criterion, area):
    """Return a value as told; nothing where the zone of the area does not have the criterion."""
    value = area["values"].get(criterion["id"])
    if value is None:
        return None
    return value_told(criterion, value["filled"] if value["value"] is None else value["value"])


def _sentences(reading, pair, rows, difference):
    if not reading.is_whole:
        yield _("Valeurs et scores reposent sur un tableau d’accès restreint.")
    elif pair[0]["zone"] != pair[1]["zone"]:
        yield _two_zones(reading, pair)
    elif difference is None:
        without = joined(area["name"] for area in pair if area["score"] is None)
        yield _("Sans score, il n’y a pas d’écart à expliquer : %(names)s.") % {"names": without}
    else:
        yield _gap(pair, difference)
        yield from _made_of(pair, rows, difference)


def _two_zones(reading, pair):
    return _(
        "%(one)s et %(other)s sont de deux zones, « %(zone_one)s » et « %(zone_other)s », aux critères "
        "et aux échelles propres : leurs scores ne mesurent pas la même chose."
    ) % {
        **dict(zip(("one", "other"), (area["name"] for area in pair), strict=True)),
        **{
            name: zone_title(reading.zone_of(area))
            for name, area in zip(("zone_one", "zone_other"), pair, strict=True)
        },
    }


def _gap(pair, difference):
    ahead, behind = pair if difference >= 0 else reversed(pair)
    told = {"ahead": ahead["name"], "behind": behind["name"], "points": points(abs(difference))}
    if abs(difference) < LEAST_POINTS:
        return _("%(ahead)s et %(behind)s ont le même score.") % told
    return _("%(ahead)s devance %(behind)s de %(points)s.") % told


def _made_of(pair, rows, difference):
    """Yield what speaks for the one ahead, then what speaks for the other."""
    sign = 1 if difference >= 0 else -1
    ahead, behind = pair if difference >= 0 else reversed(pair)
    for area, side in ((ahead, sign), (behind, -sign)):
        parts = sorted(
            (row for row in rows if side * row["difference"] >= LEAST_POINTS),
            key=lambda row: -abs(row["difference"]),
        )
        if parts:
            yield _("Pour %(name)s : %(parts)s.") % {
                "name": area["name"],
                "parts": joined(f"{row['title']} (+{points(abs(row['difference']))})" for row in parts),
            }
