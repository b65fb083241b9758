"""What the page of a run says of how much its choice hangs on."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.maps import formats
from apps.maps.runs.told import class_title, joined, share, short_title, zone_title
from apps.maps.runs.why import Why, probability

DOUBTS = {
    "weights": gettext_lazy("le poids des critères"),
    "normalisation": gettext_lazy("la mise à l’échelle"),
    "aggregation": gettext_lazy("la façon d’agréger"),
    "places": gettext_lazy("les lieux imprécis et les intervalles"),
    "filled": gettext_lazy("ce qui remplace les valeurs inconnues"),
}
"""What can be in doubt about a choice (geo.sensitivity.Source), inside a sentence."""

NEAR_THE_LINE = 5
"""Areas on each side of the line of a zone whose tipping weights are told."""

INDEX_WIDTH = 160

MOST_NAMES = 12


def robustness_told(reading):
    """Return what templates/maps/runs/_robustness.html needs."""
    indices = reading.answer["robustness"]["indices"]
    return {
        "draws": reading.answer["robustness"]["draws"],
        "classes": _classes(reading),
        "against": list(_against(reading)),
        "indices": _indices(indices),
        "index_width": INDEX_WIDTH,
        "most": list(_most(reading, indices)),
        "left_out": _left_out(reading),
        "tipping": _tipping(reading),
        "topsis": _topsis(reading),
    }


# --- Classes ---


def _classes(reading):
    told = [area["class"] for area in reading.answer["robustness"]["areas"].values()]
    return [(key, class_title(key), told.count(key), within) for key, within in _limits(reading).items()]


def _limits(reading):
    """Return between which shares of draws each class lies, in words."""
    limits = {key: share(least) for key, least in reading.answer["robustness"]["classes"].items()}
    between = _("de %(low)s à %(high)s des tirages")
    return {
        "always": _("%(low)s des tirages ou plus") % {"low": limits["always"]},
        "probable": between % {"low": limits["probable"], "high": limits["always"]},
        "depends": between % {"low": limits["depends"], "high": limits["probable"]},
        "unlikely": between % {"low": limits["unlikely"], "high": limits["depends"]},
        "never": _("%(high)s des tirages ou moins") % {"high": limits["unlikely"]},
    }


def _against(reading):
    """Yield who is out though most draws choose it, and who is in though most do not."""
    robust = reading.answer["robustness"]["areas"]
    out = [area for area in reading.areas.values() if not area["selected"] and _is_likely(robust, area)]
    inside = [area for area in reading.areas.values() if area["selected"] and not _is_likely(robust, area)]
    if out:
        yield _("Hors du choix, mais dans plus de la moitié des tirages : %(names)s.") % {
            "names": _with_shares(robust, out)
        }
    if inside:
        yield _("Dans le choix, mais dans moins de la moitié des tirages : %(names)s.") % {
            "names": _with_shares(robust, inside)
        }


def _is_likely(robust, area):
    return robust[area["pcode"]]["probability"] > 0.5


def _with_shares(robust, areas):
    return joined(
        f"{area['name']} ({probability(robust[area['pcode']]['probability'])})" for area in areas[:MOST_NAMES]
    ) + (f" … ({len(areas)})" if len(areas) > MOST_NAMES else "")


# --- What it hangs on ---


def _indices(indices):
    """Return each source of doubt with its part in the shift of ranks, the greatest first."""
    told = [
        _index(source, indices["shift"][source], indices["staying"][source]) for source in indices["shift"]
    ]
    return sorted(told, key=lambda each: -(each["total"] or 0))


def _index(source, shift, staying):
    return {
        "title": str(DOUBTS[source]),
        "first": shift["first"],
        "total": shift["total"],
        "staying": staying["total"],
        "first_width": _width(shift["first"]),
        "total_width": _width(shift["total"]),
    }


def _width(value):
    # An estimate of a small index may fall below 0: there is then nothing to draw, and its number says so.
    return round(min(max(value or 0, 0), 1) * INDEX_WIDTH, 1)


def _most(reading, indices):
    """Yield on which doubt the ranks hang most, and on which the choice."""
    shift, staying = (_greatest(indices[name]) for name in ("shift", "staying"))
    if shift:
        yield _(
            "Ce qui déplace le plus les rangs : %(source)s (%(share)s de la variation, avec ce à quoi elle "
            "se mêle). D’un tirage à l’autre, un rang change de %(ranks)s en moyenne."
        ) % {
            "source": DOUBTS[shift],
            "share": formats.percent(indices["shift"][shift]["total"]),
            "ranks": formats.number(indices["mean_shift"], 1),
        }
    if staying:
        yield _(
            "Ce qui change le plus la liste : %(source)s (%(share)s). En moyenne, %(staying)s des %(chosen)s "
            "choisis le restent."
        ) % {
            "source": DOUBTS[staying],
            "share": formats.percent(indices["staying"][staying]["total"]),
            "staying": formats.number(indices["mean_staying"], 1),
            "chosen": formats.number(reading.answer["totals"]["areas"]),
        }


def _greatest(by_source):
    known = {source: each["total"] for source, each in by_source.items() if each["total"] is not None}
    return max(known, key=known.get) if known else None


# --- Another method ---


def _topsis(reading):
    """Return what TOPSIS would choose by the same rules, in a sentence."""
    areas = reading.answer["topsis"]["areas"]
    enters = [
        area["name"] for code, area in reading.areas.items() if _differs(areas, area, code, is_in=False)
    ]
    leaves = [area["name"] for code, area in reading.areas.items() if _differs(areas, area, code, is_in=True)]
    told = {
        "common": formats.number(reading.answer["topsis"]["common"]),
        "chosen": formats.number(reading.answer["totals"]["areas"]),
        "enters": joined(enters),
        "leaves": joined(leaves),
    }
    if not enters and not leaves:
        return _("TOPSIS, une autre méthode, ferait le même choix avec les mêmes poids et les mêmes règles.")
    return (
        _(
            "TOPSIS, une autre méthode, choisirait %(common)s des %(chosen)s mêmes avec les mêmes poids et "
            "les mêmes règles. Entreraient : %(enters)s. Sortiraient : %(leaves)s."
        )
        % told
    )


def _differs(areas, area, code, *, is_in):
    return area["selected"] is is_in and areas[code]["selected"] is not is_in


# --- One criterion left out, one weight moved ---


def _left_out(reading):
    """Return each criterion with who enters and who leaves without it; None: it is alone in its zone."""
    return [
        {
            "criterion": reading.criteria[id_],
            "title": short_title(reading.criteria[id_]),
            "zone": zone_title(reading.zones[reading.criteria[id_]["zone"]]),
            "is_alone": exchange is None,
            "enters": joined(reading.names(exchange["enters"])) if exchange else "",
            "leaves": joined(reading.names(exchange["leaves"])) if exchange else "",
        }
        for id_, exchange in reading.answer["robustness"]["leave_one_out"].items()
    ]


def _tipping(reading):
    """Return the areas nearest to the line of each zone, each with the nearest weight that turns its fate."""
    rows = []
    for zone in reading.zones:
        ranked = reading.ranked(zone)
        last_in = [area for area in ranked if area["selected"]][-NEAR_THE_LINE:]
        first_out = [area for area in ranked if not area["selected"]][:NEAR_THE_LINE]
        rows += [_weight(reading, area) for area in (*last_in, *first_out)]
    return [row for row in rows if row]


def _weight(reading, area):
    found = Why(reading, area["pcode"]).nearest_weight()
    if found is None:
        return None
    criterion, weight, turning = found
    return {
        "area": area,
        "zone": zone_title(reading.zone_of(area)),
        "criterion": short_title(criterion),
        "weight": share(weight),
        "turning": share(turning),
    }
