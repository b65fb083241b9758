"""What templates/maps/coverage/both.html shows: what stands and what works, on one map, as thirds of each."""

from collections import Counter
from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.boundaries.models import Edition
from apps.coverage.both_senses import both_senses
from apps.coverage.figures import loads_in_use
from apps.maps.coverage import sentences as said
from apps.maps.small_map import class_map
from geo.vocabulary import CoverageSense, Level

THIRDS = range(3)
CELL = 44


def both_context(asked):
    """Return what the template needs to answer a `CoverageQuestion` in both senses."""
    rows = both_senses(asked)
    shades = {row.pcode: shade_of(row) for row in rows}
    edition = Edition.objects.filter(is_active=True).first()
    loads = loads_in_use()
    return {
        "asked": asked,
        "kilometres": said.kilometres(asked.limit_km),
        "institutions": said.what(asked.kinds),
        "map": class_map(edition, Level.CERCLE, shades) if edition else None,
        "legend": _legend(Counter(shades.values())),
        "rows": [(row, _class_told(row), _told(row.nominal), _told(row.functional)) for row in rows],
        "unknown": sum(shade == "unknown" for shade in shades.values()),
        "edition": edition and edition.name,
        "is_simulated": any(load.is_simulated for load in loads.values()),
        "sources": list(loads.values()),
        "back_url": f"{reverse('coverage')}?{urlencode(asked.as_parameters())}",
        "nominal_query": urlencode(replace(asked, sense=CoverageSense.NOMINAL).as_parameters()),
        "functional_query": urlencode(replace(asked, sense=CoverageSense.FUNCTIONAL).as_parameters()),
        "today": timezone.localdate(),
    }


def shade_of(row):
    """Return how a cercle is drawn: « nf », the thirds of what stands and works; unknown; none."""
    if row.nominal is None:
        return "none"
    return "unknown" if row.classes is None else "{}{}".format(*row.classes)


def _legend(counts):
    """Return the square: what stands goes right, what works up; what works stands, so half is empty."""
    return {
        "cells": [
            {
                "x": CELL * stands,
                "y": CELL * (2 - works),
                "shade": f"{stands}{works}" if works <= stands else "",
                "count": counts[f"{stands}{works}"],
            }
            for works in THIRDS
            for stands in THIRDS
        ],
        "unknown": counts["unknown"],
        "none": counts["none"],
        "cell": CELL,
    }


def _class_told(row):
    """Return in words what the colour of a cercle says."""
    if row.nominal is None:
        return _("pas de donnée")
    if row.classes is None:
        return _("inconnu : l’état de ses institutions n’est pas dit")
    stands, works = row.classes
    if stands == works:
        return [_("peu à portée"), _("à moitié à portée"), _("à portée, et cela travaille")][works]
    return _("à portée d’un bâtiment, moins de ce qui travaille")


def _told(shares):
    return said.share(*shares) if shares else None
