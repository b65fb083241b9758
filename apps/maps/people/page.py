"""What templates/maps/people/people.html shows: the difference on a map, communes in a table, sources."""

from bisect import bisect_left, bisect_right
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.boundaries.models import Area, Edition
from apps.coverage.people import DRAWS, SEED
from apps.maps import formats
from apps.maps.load_words import KINDS
from apps.maps.questions import refusal
from apps.maps.small_map import class_map
from geo.dasymetric import CLASS_SPREAD, CLASS_WEIGHTS
from geo.vocabulary import Level

RATIOS = (0.5, 0.8, 1.25, 2.0)
"""How many times the estimate the raster is, where a class ends: as much on each side of 1. Our choice."""

SHADES = ("much-less", "less", "alike", "more", "much-more")


def people_context(answer):
    """Return what the template needs of a `PopulationAnswer`."""
    edition = Edition.objects.filter(is_active=True).first()
    shades = {commune.pcode: shade_of(commune.ratio) for commune in answer.communes}
    return {
        "answer": answer,
        "approximate": edition is not None and edition.is_approximate,
        "regions": list(Area.objects.regions().order_by("name").values_list("pcode", "name")),
        "sentence": sentence(answer),
        "raster_sentence": raster_sentence(answer),
        "count": ngettext("%(n)s commune", "%(n)s communes", len(answer.communes))
        % {"n": formats.number(len(answer.communes))},
        "map": class_map(edition, Level.COMMUNE, shades) if answer.communes else None,
        "legend": legend(shades.values()),
        "years": _(" et ").join(str(year) for year in answer.people_years),
        "sources": [(KINDS[source.kind], source) for source in answer.sources],
        "draws": DRAWS,
        "seed": SEED,
        "spread": CLASS_SPREAD,
        "weights": {each.name.lower(): weight for each, weight in CLASS_WEIGHTS.items()},
        "today": timezone.localdate(),
        **{extension: _file(extension, answer.region) for extension in ("csv", "geojson")},
    }


def unknown_region(pcode):
    """Return why the address means nothing."""
    return refusal("region", pcode, Area.objects.regions().order_by("pcode").values_list("pcode", flat=True))


def _file(extension, region):
    query = f"?{urlencode({'region': region})}" if region else ""
    return reverse(f"api:people-{extension}") + query


def shade_of(ratio):
    """Return the class of a ratio of the raster to the estimate; at a limit, the class nearer to 1."""
    if ratio is None:
        return "none"
    return SHADES[bisect_right(RATIOS, ratio) if ratio < 1 else bisect_left(RATIOS, ratio)]


def legend(shades):
    """Return (shade, words, how many communes) of each class, no data last."""
    shades = list(shades)
    words = (
        _("moins de la moitié de l’estimation"),
        _("de la moitié à 80 %"),
        _("proche : de 80 à 125 %"),
        _("de 125 % au double"),
        _("plus du double"),
    )
    rows = [(shade, told, shades.count(shade)) for shade, told in zip(SHADES, words, strict=True)]
    missing = shades.count("none")
    return [*rows, ("none", _("pas de donnée"), missing)] if missing else rows


def sentence(answer):
    """Return how many people the communes have, or why that is not known."""
    if not answer.communes:
        return _("Aucune commune n’est chargée : la population n’est connue que par cercle.")
    if answer.people is None:
        return _("Aucun chiffre de population ou aucune localité n’est chargé : rien à estimer.")
    return _(
        "%(people)s personnes (%(years)s) placées sur les localités de %(n)s communes, sans changer le total "
        "d’aucun cercle. Aucune source ne compte par commune : chaque nombre est une estimation, avec le "
        "moins et le plus que donnent d’autres méthodes."
    ) % {
        "people": formats.number(answer.people),
        "years": _(" et ").join(str(year) for year in answer.people_years),
        "n": formats.number(len(answer.known)),
    }


def raster_sentence(answer):
    """Return what the raster alone says of the same communes; empty without one."""
    if answer.raster is None or not answer.people:
        return ""
    told = {
        "raster": formats.number(round(answer.raster)),
        "edition": answer.raster_edition or _("d’une année non dite"),
        "ratio": formats.percent(answer.raster / answer.people - 1, 1),
    }
    if answer.raster < answer.people:
        told["ratio"] = formats.percent(1 - answer.raster / answer.people, 1)
        return _("Le raster seul (%(edition)s) y compte %(raster)s personnes, %(ratio)s de moins.") % told
    return _("Le raster seul (%(edition)s) y compte %(raster)s personnes, %(ratio)s de plus.") % told
