"""Bars of the shares that weights have in a set of weightings: from where to where, and the middle."""

from apps.maps import formats
from apps.maps.runs.told import short_title, zone_title

LEFT, RIGHT, ROW = 190, 520, 26
WIDTH = RIGHT + 110


def interval_bars(answer, shares):
    """Return the drawing of these ranges, a row for each criterion; None where there is none."""
    if not shares:
        return None
    zones = {zone["key"]: zone for zone in answer["zones"]}
    several = len(zones) > 1
    rows = [
        _row(criterion, zones[criterion["zone"]] if several else None, shares[criterion["id"]])
        | {"y": at * ROW, "chosen": _x(answer["weights"][criterion["id"]])}
        for at, criterion in enumerate(answer["criteria"])
        if criterion["id"] in shares
    ]
    ticks = [{"x": _x(share), "told": formats.percent(share)} for share in (0, 0.25, 0.5, 0.75, 1)]
    return {
        "rows": rows,
        "ticks": ticks,
        "width": WIDTH,
        "height": len(rows) * ROW + 24,
        "base": len(rows) * ROW,
    }


def _row(criterion, zone, share):
    title = short_title(criterion)
    return {
        "title": f"{title} ({zone_title(zone)})" if zone else title,
        "short": title,
        "zone": zone_title(zone) if zone else "",
        "low": share["low"],
        "median": share["median"],
        "high": share["high"],
        "least": share["least"],
        "most": share["most"],
        "x": _x(share["low"]),
        "length": round(_x(share["high"]) - _x(share["low"]), 1),
        "middle": _x(share["median"]),
        "thin_x": _x(share["least"]),
        "thin_end": _x(share["most"]),
    }


def _x(share):
    return round(LEFT + (RIGHT - LEFT) * share, 1)
