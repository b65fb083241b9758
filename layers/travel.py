"""Layers of travel that an operator may add, their classes, and the default speed of each."""

from dataclasses import dataclass
from enum import StrEnum

from layers.declaration import Words


class TravelKind(StrEnum):
    """What a layer of travel tells."""

    ROADS = "roads"
    RIVERS = "rivers"
    BARRIERS = "barriers"
    LAND_COVER = "land_cover"
    SLOPE = "slope"
    FRICTION = "friction"


VECTOR_KINDS = (TravelKind.ROADS, TravelKind.RIVERS, TravelKind.BARRIERS)
"""Told by lines and areas, with a class each; the others are rasters."""

KIND_WORDS = {
    TravelKind.ROADS: Words("Routes et pistes", "Roads and tracks"),
    TravelKind.RIVERS: Words("Cours d’eau et plans d’eau", "Rivers and water bodies"),
    TravelKind.BARRIERS: Words("Obstacles", "Barriers"),
    TravelKind.LAND_COVER: Words("Couverture du sol", "Land cover"),
    TravelKind.SLOPE: Words("Pente", "Slope"),
    TravelKind.FRICTION: Words("Temps par mètre donné", "Friction as given"),
}

WALKING = "walking"
"""What is travelled where no layer tells anything: beside the kinds, the one other thing with a speed."""

WALKING_WORDS = Words("À pied", "On foot")
NOTHING_KNOWN = Words("là où l’on ne sait rien du terrain", "where nothing is known of the ground")

NO_CLASS = "*"
"""The class of walking, of features that tell none, and of what has no classes."""


@dataclass(frozen=True, kw_only=True)
class DefaultSpeed:
    """How fast one gets along in a class until a data keeper says otherwise, and who says so; 0: stopped."""

    what: str
    of_class: str
    words: Words
    kmh: float
    source: Words


REFERENCES = (
    "Tobler, W. (1993), Three presentations on geographical analysis and modeling, NCGIA 93-1.",
    "AccessMod 5, user manual: speeds after Toxopeus (1996) and Nelson (2000).",
    "Blanford, J. I. et al. (2012), It’s a long, long walk: accessibility to hospitals, maternity and "
    "integrated health centers in Niger, Int. J. Health Geographics 11:24.",
    "Macharia, P. M. et al. (2017), Spatial models for the rational allocation of routinely distributed bed "
    "nets to public health facilities in Western Kenya, Malaria Journal 16:367.",
)
"""What the sources of speeds are short for."""

_TOBLER = Words("Tobler 1993, arrondi", "Tobler 1993, rounded")
_ACCESSMOD = Words("AccessMod 5, manuel", "AccessMod 5, manual")
_KENYA = Words("Macharia et al. 2017, Kenya", "Macharia et al. 2017, Kenya")
_NIGER = Words("Blanford et al. 2012, Niger", "Blanford et al. 2012, Niger")
_OURS = Words("notre choix, faute de source pour le Mali", "our choice, for want of a source for Mali")
_BETWEEN = Words(
    "notre choix, entre AccessMod 5 et Macharia et al. 2017",
    "our choice, between AccessMod 5 and Macharia et al. 2017",
)
_PIROGUE = Words(
    "notre choix : traversée en pirogue, attente comprise",
    "our choice: crossing by dugout, waiting included",
)
_STOPS = Words(
    "notre choix : un obstacle arrête tant que personne ne dit comment on le passe",
    "our choice: a barrier stops until somebody says how it is passed",
)
UNKNOWN_CLASS = Words(
    "classe que nous ne connaissons pas : comme à pied, jusqu’à ce qu’un gardien des données la règle",
    "a class we do not know: as on foot, until a data keeper sets it",
)
UNKNOWN_RIVER = Words(
    "classe que nous ne connaissons pas : comme une rivière, jusqu’à ce qu’un gardien des données la règle",
    "a class we do not know: like a river, until a data keeper sets it",
)


def _roads(kmh: float, source: Words, **classes: tuple[str, str]) -> tuple[DefaultSpeed, ...]:
    return tuple(
        DefaultSpeed(what=TravelKind.ROADS, of_class=name, words=Words(*words), kmh=kmh, source=source)
        for name, words in classes.items()
    )


def _water(kmh: float, source: Words, **classes: tuple[str, str]) -> tuple[DefaultSpeed, ...]:
    return tuple(
        DefaultSpeed(what=TravelKind.RIVERS, of_class=name, words=Words(*words), kmh=kmh, source=source)
        for name, words in classes.items()
    )


def _ground(of_class: str, kmh: float, source: Words, fr: str, en: str) -> DefaultSpeed:
    return DefaultSpeed(
        what=TravelKind.LAND_COVER, of_class=of_class, words=Words(fr, en), kmh=kmh, source=source
    )


DEFAULT_SPEEDS = (
    DefaultSpeed(what=WALKING, of_class=NO_CLASS, words=NOTHING_KNOWN, kmh=5, source=_TOBLER),
    *_roads(100, _ACCESSMOD, motorway=("autoroute", "motorway"), motorway_link=("bretelle", "motorway link")),
    *_roads(
        80,
        _ACCESSMOD,
        trunk=("route nationale", "trunk road"),
        trunk_link=("bretelle de nationale", "trunk link"),
    ),
    *_roads(
        60,
        _BETWEEN,
        primary=("route principale", "primary road"),
        primary_link=("bretelle de principale", "primary link"),
    ),
    *_roads(
        30,
        _KENYA,
        secondary=("route secondaire", "secondary road"),
        secondary_link=("bretelle de secondaire", "secondary link"),
        tertiary=("route tertiaire", "tertiary road"),
        tertiary_link=("bretelle de tertiaire", "tertiary link"),
    ),
    *_roads(
        20,
        _ACCESSMOD,
        unclassified=("route locale", "local road"),
        residential=("rue", "street"),
        road=("route non classée", "road of unknown class"),
        track=("piste", "track"),
    ),
    *_roads(10, _OURS, service=("desserte", "service road"), living_street=("rue partagée", "living street")),
    *_roads(
        5,
        _KENYA,
        path=("sentier", "path"),
        footway=("chemin piéton", "footway"),
        pedestrian=("rue piétonne", "pedestrian street"),
        bridleway=("chemin muletier", "bridleway"),
    ),
    *_water(1, _PIROGUE, river=("rivière ou fleuve", "river"), canal=("canal", "canal")),
    *_water(
        3,
        _OURS,
        stream=("ruisseau ou oued", "stream or wadi"),
        ditch=("fossé", "ditch"),
        drain=("drain", "drain"),
    ),
    *_water(0, _NIGER, water=("plan d’eau", "water body"), riverbank=("lit de fleuve", "river bed")),
    *_water(1, _PIROGUE, **{NO_CLASS: ("eau sans classe", "water without a class")}),
    DefaultSpeed(
        what=TravelKind.BARRIERS,
        of_class=NO_CLASS,
        words=Words("obstacle", "barrier"),
        kmh=0,
        source=_STOPS,
    ),
    _ground("10", 1.5, _NIGER, "arbres", "tree cover"),
    _ground("20", 1.5, _NIGER, "arbustes", "shrubland"),
    _ground("30", 3, _NIGER, "herbes", "grassland"),
    _ground("40", 3, _NIGER, "cultures", "cropland"),
    _ground("50", 4, _NIGER, "bâti", "built-up"),
    _ground("60", 1.5, _NIGER, "sol nu, désert", "bare ground, desert"),
    _ground("80", 0, _NIGER, "eau permanente", "permanent water"),
    _ground("90", 1, _KENYA, "zone humide", "wetland"),
)
"""
Roads and rivers by the values of OpenStreetMap's `highway` and `waterway`, land cover by the codes of ESA
WorldCover 2021. Speeds of the sources are of other countries and other classes: carried over by us.
"""

_BY_CLASS = {(str(each.what), each.of_class): each for each in DEFAULT_SPEEDS}


def default_speed(what: str, of_class: str) -> DefaultSpeed:
    """
    Return the default of a class; of one we do not know: as on foot, water like a river, a barrier stops.

    >>> default_speed("roads", "primary").kmh, default_speed("roads", "goudron").kmh
    (60, 5)
    >>> default_speed("barriers", "checkpoint").kmh
    0
    """
    known = _BY_CLASS.get((what, of_class))
    if known:
        return known
    if what in (TravelKind.BARRIERS, TravelKind.RIVERS):
        alike = _BY_CLASS[what, NO_CLASS]
        source = alike.source if what == TravelKind.BARRIERS else UNKNOWN_RIVER
    else:
        alike, source = _BY_CLASS[WALKING, NO_CLASS], UNKNOWN_CLASS
    words = Words("sans classe", "without a class") if of_class == NO_CLASS else Words(of_class, of_class)
    return DefaultSpeed(what=what, of_class=of_class, words=words, kmh=alike.kmh, source=source)


class Placing(StrEnum):
    """How a place came to lie where it does on the grid."""

    AS_IT_IS = "as_it_is"
    OUT_OF_WATER = "out_of_water"
    OFF_A_BARRIER = "off_a_barrier"
    OUTSIDE_MALI = "outside_mali"
    OFF_THE_GRID = "off_the_grid"
    NO_GROUND_NEAR = "no_ground_near"


PLACING_WORDS = {
    Placing.AS_IT_IS: Words("à sa place", "where it is"),
    Placing.OUT_OF_WATER: Words(
        "dans l’eau : mise sur la terre la plus proche", "in water: moved to the nearest land"
    ),
    Placing.OFF_A_BARRIER: Words(
        "sur un obstacle : mise à côté, là où l’on passe", "on a barrier: moved beside it, where one passes"
    ),
    Placing.OUTSIDE_MALI: Words(
        "hors du Mali : ne compte que si on le demande", "outside Mali: counts only if asked"
    ),
    Placing.OFF_THE_GRID: Words("hors de la grille : ne compte pas", "off the grid: does not count"),
    Placing.NO_GROUND_NEAR: Words(
        "aucun terrain où l’on passe à proximité : ne compte pas",
        "no ground nearby where one passes: does not count",
    ),
}
