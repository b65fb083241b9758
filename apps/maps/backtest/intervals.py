"""Bars of the shares that weights have in a set of weightings: from where to where, and the middle."""

from apps.maps import formats
from apps.maps.runs.told import short_title, zone_title

LEFT, RIGHT, ROW = 190, 520, 26
WIDTH = RIGHT + 110


def interval_bars(answer, shares):
    """Return the drawing of these ranges by zone, a row for each criterion; None where there is none."""
    if not shares:
        return None
    rows, headings = [], []
    for zone in answer["zones"]:
        if len(answer["zones"]) > 1:
            headings.append({"y": (len(rows) + len(headings)) * ROW, "title": zone_title(zone)})
        for criterion in answer["criteria"]:
            if criterion["zone"] == zone["key"] and criterion["id"] in shares:
                about = {"y": (len(rows) + len(headings)) * ROW, "zone": zone_title(zone)}
                start = _x(answer["weights"][criterion["id"]])
                rows.append(_row(criterion, shares[criterion["id"]]) | about | {"start": start})
    base = (len(rows) + len(headings)) * ROW
    ticks = [{"x": _x(share), "told": formats.percent(share)} for share in (0, 0.25, 0.5, 0.75, 1)]
    drawing = {"width": WIDTH, "height": base + 24, "base": base, "ticks": ticks}
    return drawing | {"rows": rows, "headings": headings}


def _row(criterion, share):
    return {
        "title": short_title(criterion),
        **share,
        "x": _x(share["low"]),
        "length": round(_x(share["high"]) - _x(share["low"]), 1),
        "middle": _x(share["median"]),
        "thin_x": _x(share["least"]),
        "thin_end": _x(share["most"]),
    }


def _x(share):
    return round(LEFT + (RIGHT - LEFT) * share, 1)
