"""The map of a run for print: classes told apart in colour and in black and white, the chosen by number."""

from django.utils.translation import gettext as _

from apps.boundaries.models import Edition
from apps.maps.small_map import country_drawing
from apps.runs.services import RunFailed
from geo.vocabulary import Level

PAINTS = {
    "always": "#6b3d1e",
    "probable": "url(#class-probable)",
    "depends": "url(#class-depends)",
    "unlikely": "url(#class-unlikely)",
    "never": "#fdfcf9",
}
"""
By class, as on the page of the run: darker is surer, and those between have a pattern of their own.

The plain ones are not told by their pattern: its tiles would show their seams in print.
"""

NO_SCORE, OUTSIDE = "url(#no-data)", "#e9e5db"

RADIUS = {"cercle": 6.0, "commune": 4.2}
"""Of the disc that carries a number, in units of the drawing: about a quarter of a millimetre on the page."""

BORDER = {"cercle": 1.7, "commune": 0.9}
"""Width of the border of what is chosen, in the same units."""

ASIDE = ((0, 0), (0, -1), (1, 0), (0, 1), (-1, 0), (1, -1), (1, 1), (-1, 1), (-1, -1))
"""Where a number goes whose place is taken, in diameters of its disc."""


def drawing_of(answer):
    """
    Return the drawing of an answer: every area with its paint, the chosen once more for their border.

    Raises RunFailed when the edition of the answer is no longer here.
    """
    level = answer["question"]["level"]
    radius = RADIUS[level]
    drawn = country_drawing(_edition(answer), Level[level.upper()], detail="medium")
    paints = paints_of(answer)
    chosen = {area["pcode"] for area in answer["scores"] if area["selected"]}
    for area in drawn["areas"]:
        area["paint"] = paints.get(area["pcode"], OUTSIDE)
    return drawn | {
        "chosen": [area for area in drawn["areas"] if area["pcode"] in chosen],
        "border": BORDER[level],
        "radius": radius,
        "size": 1.35 * radius,
        "drop": 0.48 * radius,
    }


def with_numbers(drawing, numbers):
    """Return the drawing with these numbers (by P-code) on its areas."""
    places = {area["pcode"]: area["at"] for area in drawing["areas"]}
    found = {numbers[pcode]: places[pcode] for pcode in numbers}
    return drawing | {"numbers": placed(found, drawing["radius"])}


def _edition(answer):
    edition = Edition.objects.filter(name=answer["edition"]).first()
    if edition is None:
        raise RunFailed(
            _("L’édition %(edition)s des limites n’est plus ici : sa carte ne peut pas être dessinée.")
            % {"edition": answer["edition"]}
        )
    return edition


def paints_of(answer):
    """Return the paint of each area that the answer ranks or could not rank, by P-code."""
    robust = answer["robustness"]["areas"]
    return {
        area["pcode"]: NO_SCORE if area["rank"] is None else PAINTS[robust[area["pcode"]]["class"]]
        for area in answer["scores"]
    }


def placed(places, radius):
    """
    Return (number, x, y) of these {number: (x, y)}; one whose place is taken goes to a free one beside it.

    >>> placed({1: (10, 10), 2: (50, 10), 3: (11, 10)}, 5)
    [(1, 10, 10), (2, 50, 10), (3, 11, 0)]
    """
    told = []
    for number, (x, y) in places.items():
        around = [(x + 2 * radius * right, y + 2 * radius * down) for right, down in ASIDE]
        free = (place for place in around if not any(_touch(place, other[1:], radius) for other in told))
        told.append((number, *next(free, (x, y))))
    return told


def _touch(one, other, radius):
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 < (1.8 * radius) ** 2
