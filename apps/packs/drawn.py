"""How the rows of a pack are drawn: by the signs of our legends, each row where its place is known."""

import json
from bisect import bisect_right
from dataclasses import dataclass

from apps.catalogue.legends import AREA, POINT, Classes, Kinds, Sign, legend, signs_of
from geo.vocabulary import Level, PlacePrecision
from layers.declaration import Geometry

PRECISION = "geo_precision"
TOLD_EXACTLY = {
    PRECISION: (PlacePrecision.EXACT, PlacePrecision.NEAR),
    "place_told": ("exact",),
    "reach": ("point",),
}
"""Field of a layer -> its values of a place that is that of the row itself, not of a place around it."""


@dataclass(frozen=True)
class Drawn:
    """
    Signs of a layer and, of each row, which (`of_rows`). `title` says what their classes count, if they do;
    `imprecise` are the rows whose point is that of a place around them. None are told where one sign says
    nothing: the page has a colour for each such layer.
    """

    title: str
    signs: tuple[Sign, ...]
    of_rows: tuple[int, ...]
    imprecise: tuple[int, ...]

    def as_dict(self, language):
        """Return the same as plain values."""
        return {
            "title": self.title,
            "signs": [
                {
                    "words": each.words.in_language(language),
                    "fill": each.fill,
                    "line": each.line,
                    "width": each.width,
                    "radius": each.radius,
                    "opacity": each.opacity,
                }
                for each in self.signs
            ],
            "ofRows": self.of_rows,
            "imprecise": self.imprecise,
        }


def drawn(layer, rows, language):
    """Return how these rows (values of all fields of the layer, in their order) are drawn (`Drawn`)."""
    told = [dict(zip(layer.field_names, row, strict=True)) for row in rows]
    shown = legend(layer)
    places = [_sign_of(shown, row) for row in told]
    if isinstance(shown, Classes) and set(places) <= {len(shown.signs)}:
        # Nothing is known of any: a surface of "no data" would say less than none.
        shown, places = AREA, [0] * len(told)
    signs, title = signs_of(shown), shown.title.in_language(language) if isinstance(shown, Classes) else ""
    if isinstance(shown, Kinds):
        used = sorted(set(places))
        signs, places = [signs[place] for place in used], [used.index(place) for place in places]
    if shown is POINT:
        signs, places = [], []
    imprecise = (number for number, row in enumerate(told) if not _is_exact(row))
    return Drawn(title, tuple(signs), tuple(places), tuple(imprecise))


def _sign_of(shown, row):
    match shown:
        case Kinds(field=field, signs=signs):
            return list(signs).index(row[field]) if row[field] in signs else len(signs)
        case Classes(maplibre=expression, limits=limits, signs=signs):
            value = _valued(expression, row)
            return len(signs) if value is None else bisect_right(limits, value)
    return 0


def _valued(expression, row):
    """Return the number that an expression of a legend makes of a row; None where a part is unknown."""
    match expression:
        case ["get", name]:
            return row[name]
        case ["/", one, other]:
            above, below = _valued(one, row), _valued(other, row)
            return above / below if above is not None and below else None
    raise ValueError(
        f"{expression!r} is not how a legend counts: expected ['get', name] or ['/', one, other]"
    )


def _is_exact(row):
    return all(row[name] in exact for name, exact in TOLD_EXACTLY.items() if row.get(name))


def place_of(layer, row, shape):
    """
    Return where a row is drawn: GeoJSON of an area, [longitude, latitude] of a point; None where nowhere.

    A row known to a wider unit than a cercle is not drawn, as on our own map: its point lies in a cercle of
    which nobody told it.
    """
    if not shape:
        return None
    if layer.geometry is Geometry.AREA:
        return json.loads(shape)
    names = layer.field_names
    precision = row[names.index(PRECISION)] if PRECISION in names else None
    if precision and not PlacePrecision(precision).is_placed_in(Level.CERCLE):
        return None
    return [round(shape.x, 5), round(shape.y, 5)]
