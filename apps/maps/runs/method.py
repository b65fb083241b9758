"""How an answer was made, in words: scales, means, rules, draws."""

from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.maps import formats
from apps.maps.runs.reading import Reading
from apps.maps.runs.told import (
    counted,
    criterion_title,
    figure,
    joined,
    number,
    share,
    value_told,
    zone_title,
)

NORMALISATIONS = {
    "min_max": gettext_lazy("du plus bas au plus haut de la zone"),
    "percentile": gettext_lazy("par son rang parmi les autres (percentile)"),
    "z_score": gettext_lazy("par son écart à la moyenne, en écarts types (z-score)"),
}

AGGREGATIONS = {
    "arithmetic": gettext_lazy("moyenne arithmétique pondérée (ce qui est haut compense ce qui est bas)"),
    "geometric": gettext_lazy(
        "moyenne géométrique pondérée d’INFORM (une valeur haute pèse plus que dans une somme)"
    ),
}

AGGREGATIONS_SHORT = {
    "arithmetic": gettext_lazy("moyenne arithmétique"),
    "geometric": gettext_lazy("moyenne géométrique"),
}

NORMALISATIONS_SHORT = {
    "min_max": gettext_lazy("min-max"),
    "percentile": gettext_lazy("percentile"),
    "z_score": gettext_lazy("z-score"),
}

DIRECTIONS = {
    "more": gettext_lazy("plus il y en a, plus le score monte"),
    "less": gettext_lazy("moins il y en a, plus le score monte"),
}


def method_lines(answer):
    """Return the sentences that say how an answer was made."""
    reading = Reading(answer)
    lines = [_("Chaque critère est ramené entre 0 et 1, puis pondéré ; le score va de 0 à 100.")]
    for zone in reading.zones.values():
        lines += [
            *_of_zone(reading, zone),
            *(_of_criterion(reading, each) for each in reading.used(zone["key"])),
        ]
    return [*lines, *rule_lines(answer), *_draws(answer)]


def _of_zone(reading, zone):
    told = {
        "zone": zone_title(zone),
        "areas": counted(reading.answer["question"]["level"], zone["areas"]),
        "how": AGGREGATIONS[zone["aggregation"]],
    }
    if reading.has_zones:
        yield _("Zone « %(zone)s », %(areas)s : %(how)s.") % told
    else:
        yield _("%(areas)s : %(how)s.") % told


def _of_criterion(reading, criterion):
    return _("%(criterion)s : %(share)s du poids, %(scale)s ; %(direction)s ; %(missing)s.") % {
        "criterion": criterion_title(criterion),
        "share": share(reading.answer["weights"][criterion["id"]]),
        "scale": scale(criterion),
        "direction": direction(criterion),
        "missing": missing(criterion),
    }


def scale(criterion):
    """Return how the values of a criterion become comparable."""
    told = str(NORMALISATIONS[criterion["normalisation"]])
    if criterion["bounds"]:
        low, high = (figure(criterion, end) for end in criterion["bounds"])
        told = _("de %(low)s à %(high)s, limites fixées") % {"low": low, "high": high}
    return _("%(scale)s, après logarithme") % {"scale": told} if criterion["logged"] else told


def direction(criterion):
    """Return what more of a criterion says."""
    if criterion["direction"] != "band":
        return str(DIRECTIONS[criterion["direction"]])
    low, high = criterion["band"]
    if low == high:
        return _("le mieux à %(best)s, moins bien en deçà et au-delà") % {"best": value_told(criterion, low)}
    return _("le mieux de %(low)s à %(high)s, moins bien en deçà et au-delà") % {
        "low": figure(criterion, low),
        "high": value_told(criterion, high),
    }


def missing(criterion):
    """Return what is done with an area of which a criterion is not known."""
    match criterion["missing"]:
        case "region_median":
            return _("ce qui manque prend la médiane de la région")
        case "value":
            return _("ce qui manque prend la valeur %(fill)s") % {
                "fill": value_told(criterion, criterion["fill"])
            }
    return _("ce qui manque prive de score")


# --- Rules ---


def rule_lines(answer):
    """Return the rules of the choice, a sentence each."""
    reading, rules = Reading(answer), answer["rules"]
    return [
        *_numbers(reading, rules),
        *_budget(rules),
        *_of_regions(reading, rules["floors"], _("Au moins %(n)s en %(region)s.")),
        *_of_regions(reading, rules["ceilings"], _("Au plus %(n)s en %(region)s.")),
        *_of_areas(reading, rules["must"], _("%(name)s doit en être : « %(reason)s ».")),
        *_of_areas(reading, rules["must_not"], _("%(name)s n’en est pas : « %(reason)s ».")),
        *_of_areas(reading, rules["no_access"], _("%(name)s est sans accès : « %(reason)s ».")),
    ]


def _numbers(reading, rules):
    if rules["number"] is not None:
        yield _("%(n)s à choisir en tout.") % {"n": formats.number(rules["number"])}
    for zone in reading.zones.values():
        if zone["number"] is not None:
            yield _("%(n)s à choisir dans la zone « %(zone)s ».") % {
                "n": formats.number(zone["number"]),
                "zone": zone_title(zone),
            }


def _budget(rules):
    if rules["budget"] is not None:
        yield _("Budget de %(budget)s, à %(cost)s l’unité sauf coût propre.") % {
            "budget": number(rules["budget"]),
            "cost": number(rules["cost"]),
        }


def _of_regions(reading, numbers, sentence):
    for region, n in numbers.items():
        yield sentence % {"n": formats.number(n), "region": reading.regions.get(region, region)}


def _of_areas(reading, reasons, sentence):
    for pcode, reason in reasons.items():
        yield sentence % {"name": reading.names([pcode])[0], "reason": reason}


# --- Draws ---


def _draws(answer):
    asked, robust = answer["question"]["robustness"], answer["robustness"]
    yield _(
        "Ce qui pourrait être autrement est tiré %(draws)s fois, et le choix refait chaque fois "
        "(germe du hasard : %(seed)s)."
    ) % {"draws": formats.number(robust["draws"]), "seed": robust["seed"]}
    if robust["concentration"] is not None:
        yield _(
            "Poids : loi de Dirichlet autour des poids choisis, concentration %(n)s ; un poids d’un tiers "
            "varie d’environ %(spread)s points de pourcentage."
        ) % {"n": number(robust["concentration"]), "spread": _spread_of_a_third(robust["concentration"])}
    if asked["normalisations"]:
        yield _("Mise à l’échelle : %(names)s.") % {
            "names": joined(NORMALISATIONS_SHORT[each] for each in asked["normalisations"])
        }
    if asked["aggregations"]:
        yield _("Agrégation : %(names)s.") % {
            "names": joined(AGGREGATIONS_SHORT[each] for each in asked["aggregations"])
        }
    yield from _places(robust)


def _spread_of_a_third(concentration):
    """Return the standard deviation of a weight of one third, in points of percentage."""
    return formats.number(100 * sqrt(1 / 3 * 2 / 3 / (concentration + 1)))


def _places(robust):
    if robust.get("placings", 1) > 1:
        yield _("Lieux imprécis : %(n)s façons de placer les événements mal situés.") % {
            "n": formats.number(robust["placings"])
        }
    if robust.get("fillings", 1) > 1:
        yield _("Valeurs inconnues : %(n)s autres valeurs possibles pour chacune.") % {
            "n": formats.number(robust["fillings"])
        }
