"""How the layers are drawn outside our own map: signs and classes once, for MapLibre and for QGIS."""

from dataclasses import dataclass

from apps.catalogue.tiles.asked import GRIDDED
from geo.vocabulary import InstitutionStatus
from layers.declaration import Geometry, Words
from layers.institutions import INSTITUTION_STATUSES
from layers.settlements import SETTLEMENT_CLASSES

RAMP = ("#f5e7c8", "#e8c68d", "#d19c58", "#a86a33", "#6b3d1e")
"""That of our own map, light to dark: read by their lightness alone too, whatever colours a reader sees."""

NO_DATA = "#d0d3d6"
ACCENT, INK, PAPER, BORDER = "#2f4b7c", "#1d2126", "#fbfaf7", "#7d7466"


@dataclass(frozen=True)
class Sign:
    """A filled surface or a round mark. `width` is that of its line, `radius` that of a mark, in pixels."""

    words: Words
    fill: str
    line: str = BORDER
    width: float = 0.7
    radius: float = 4
    opacity: float = 1


@dataclass(frozen=True)
class Classes:
    """Surfaces by a number. `limits` say where each class but the first begins; `missing`: none is known."""

    title: Words
    maplibre: list
    qgis: str
    needs: tuple[str, ...]
    limits: tuple[float, ...]
    signs: tuple[Sign, ...]
    missing: Sign | None = None


@dataclass(frozen=True)
class Kinds:
    """Marks by the value of a field; `other` for any other value and for none."""

    field: str
    signs: dict[str, Sign]
    other: Sign


def between(first, limits, index, *, whole):
    """Return the words of a class: "2 – 10", "60 and more"; of `whole` numbers, "5 – 19"."""
    low, high = [first, *limits][index], [*limits, None][index]
    if high is None:
        return Words(f"{low} et plus", f"{low} and more")
    told = f"{low} – {high - 1 if whole else high}"
    return Words(told, told)


DENSITY_LIMITS = (2, 10, 30, 60)
DENSITY = Classes(
    Words("Habitants par km²", "People per km²"),
    ["/", ["get", "people"], ["get", "area_km2"]],
    '"people" / "area_km2"',
    ("people", "area_km2"),
    DENSITY_LIMITS,
    tuple(Sign(between(0, DENSITY_LIMITS, place, whole=False), fill) for place, fill in enumerate(RAMP)),
    Sign(Words("pas de donnée", "no data"), NO_DATA),
)
"""Limits of our choice: from the Sahara to the inner delta and the cotton belt. Towns lie above the last."""

CELL_LIMITS = (5, 20, 100, 500)
CELLS = Classes(
    Words("Événements dans une case", "Events in a cell"),
    ["get", "events"],
    '"events"',
    ("events",),
    CELL_LIMITS,
    tuple(
        Sign(between(1, CELL_LIMITS, place, whole=True), fill, opacity=0.75)
        for place, fill in enumerate(RAMP)
    ),
)
"""Limits of our choice, the same at every zoom."""

TARGETS = Sign(Words("Cercle cible", "Target cercle"), ACCENT, line=ACCENT, width=3, opacity=0.2)
EVENT = Sign(Words("Événement", "Event"), PAPER, line=INK, width=1.5, radius=5, opacity=0.65)
AREA = Sign(Words("Surface", "Area"), PAPER, opacity=0.4)
POINT = Sign(Words("Lieu", "Place"), PAPER, line=INK, width=1.5)

SETTLEMENT_RADIUS = dict(zip(SETTLEMENT_CLASSES, (6.0, 5.0, 4.5, 3.5, 2.0), strict=True))
SETTLEMENTS = Kinds(
    "settlement_class",
    {
        rank: Sign(words, PAPER, line=INK, width=1.2, radius=SETTLEMENT_RADIUS[rank])
        for rank, words in SETTLEMENT_CLASSES.items()
    },
    Sign(Words("rang inconnu", "rank unknown"), PAPER, line=INK, width=1.2, radius=2),
)

STATUS_FILL = {
    InstitutionStatus.FUNCTIONAL.value: INK,
    InstitutionStatus.PERIODIC.value: "#7f858c",
    InstitutionStatus.RELOCATED.value: "#7f858c",
    InstitutionStatus.UNDER_CONSTRUCTION.value: PAPER,
    InstitutionStatus.CLOSED.value: "#c9ccd0",
    InstitutionStatus.DESTROYED.value: "#c9ccd0",
}
"""Full where it works, half where it does at times, empty where it is to come: by lightness alone."""
INSTITUTIONS = Kinds(
    "status",
    {
        status: Sign(INSTITUTION_STATUSES[status], fill, line=INK, width=1.5, radius=5)
        for status, fill in STATUS_FILL.items()
    },
    Sign(INSTITUTION_STATUSES[InstitutionStatus.UNKNOWN.value], "#efe9dc", line=BORDER, width=1.5, radius=5),
)

OF_LAYER = {
    "target_cercles": TARGETS,
    "settlements": SETTLEMENTS,
    "institutions": INSTITUTIONS,
    **dict.fromkeys(GRIDDED, EVENT),
}


def legend(layer):
    """
    Return how the features of a layer are drawn: a `Sign` for all, by `Classes` or by `Kinds`.

    One sign for all where the layer lacks the fields that tell signs apart.
    """
    plain = AREA if layer.geometry is Geometry.AREA else POINT
    shown = OF_LAYER.get(layer.name, DENSITY if layer.geometry is Geometry.AREA else POINT)
    match shown:
        case Classes(needs=needs):
            return shown if set(needs) <= set(layer.field_names) else plain
        case Kinds(field=field):
            return shown if field in layer.field_names else plain
    return shown


def signs_of(shown):
    """Return every sign of a legend, in its order."""
    match shown:
        case Classes():
            return [*shown.signs, *([shown.missing] if shown.missing else [])]
        case Kinds():
            return [*shown.signs.values(), shown.other]
    return [shown]
