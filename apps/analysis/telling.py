"""How an answer was found and what is doubtful of it, in French and in English."""

from apps.analysis.answers import words
from apps.analysis.features import AREA_LAYERS, LEVEL_NAMES, layers_of
from apps.analysis.grouping import Groups
from apps.analysis.listing import Listing
from apps.analysis.nouns import NOUNS
from apps.analysis.questions import (
    BEYOND_KM,
    NEAREST,
    OF_DISTANCE,
    PEOPLE,
    RATE,
    SHARE_OF_AREA,
    SHARE_OF_PEOPLE,
    SUM,
)
from apps.analysis.reading import fields_perhaps_unknown, rows_of
from apps.analysis.shapes import from_geojson
from apps.events.spreading import DRAWS_OF
from geo.spreading import SEED

PLACEMENT = words(
    "Un point est dans une seule région, un seul cercle, une seule commune\u00a0: ceux où son chargement l’a "
    "placé. Sur une limite partagée, il ne compte qu’une fois.",
    "A point lies in one region, one cercle and one commune: those in which its load placed it. On a shared "
    "border it counts once.",
)
DISTANCE = words(
    "Kilomètres à vol d’oiseau sur l’ellipsoïde WGS\u00a084\u00a0; ce qui est exactement à la limite est "
    "dedans. D’une unité, la distance part de son bord\u00a0; elle est nulle à l’intérieur.",
    "Kilometres as the crow flies on the WGS 84 ellipsoid; what lies exactly at the limit is within. From an "
    "area the distance is that from its edge, and none inside.",
)
SURFACE = words(
    "Superficies sur l’ellipsoïde WGS\u00a084\u00a0; le cercle autour d’un point est un polygone de "
    "360\u00a0côtés. Ce que plusieurs couvrent compte une fois.",
    "Areas on the WGS 84 ellipsoid; the circle around a point is a polygon of 360 sides. What several cover "
    "counts once.",
)
PEOPLE_SHARED = words(
    "Les habitants d’un cercle sont partagés entre ses localités (docs/methods.md)\u00a0; la part est celle "
    "des habitants des localités concernées.",
    "The people of a cercle are shared out over its settlements (docs/methods.md); the share is that of the "
    "people of the settlements concerned.",
)
PEOPLE_OF_COMMUNES = words(
    "Les habitants d’une commune sont estimés à partir de ceux de son cercle.",
    "The people of a commune are estimated from those of its cercle.",
)
NEAR_ENOUGH = words(
    "Pour une distance ou un tracé, ne comptent que les événements d’un lieu exact ou proche d’une "
    "localité\u00a0; «\u202fau plus\u202f» y ajoute ceux connus à une unité plus large que la limite "
    "atteint.",
    "For a distance or a shape, only events at an exact place or near a town count; “at most” adds those "
    "known to a wider unit that the limit reaches.",
)
INCOMPLETE = words(
    "Les registres d’institutions sont incomplets\u00a0: «\u202faucune connue\u202f» ne veut pas dire "
    "aucune.",
    "Registers of institutions are incomplete: “none known” does not mean none.",
)
PRESENCES = words(
    "Une présence de projet non dite est inconnue. Celle d’une zone nommée compte dans chaque cercle de "
    "la zone\u00a0; celle d’une région, dans la région seule.",
    "A presence nobody told is unknown. That of a named zone counts in each cercle of the zone; that of a "
    "region, in the region alone.",
)
AT_THEIR_SEAT = words(
    "Ouvrages et mécanismes sont dessinés au chef-lieu de l’unité que disent les documents\u00a0: leurs "
    "distances partent de là.",
    "Works and mechanisms are drawn at the seat of the area that documents tell: their distances are "
    "measured from there.",
)
JOINT_AMOUNTS = words(
    "Des lignes d’une même activité se partagent un montant (confiance «\u202fun montant pour plusieurs "
    "lignes\u202f»)\u00a0: leur somme le compte plusieurs fois, écartez-les.",
    "Rows of one activity share one amount (confidence “one amount for several rows”): their sum counts "
    "it several times, leave them out.",
)
SIMULATED = words("Ces événements sont simulés.", "These events are simulated.")
APPROXIMATE = words(
    "Les limites sont approximatives\u00a0: ce qui est près d’une limite peut être dans l’unité voisine.",
    "Boundaries are approximate: what lies near one may be in the neighbouring area.",
)
TRUNCATED = words(
    "La liste est coupée\u00a0: restreignez la question pour tout lire.",
    "The list is cut: narrow the question to read all of it.",
)
EQUALS = words(
    "Ceux à égalité avec le dernier gardé le sont aussi.",
    "Those equal to the last one kept are kept too.",
)
SEVERAL_VALUES = words(
    "Ce qui a plusieurs valeurs compte dans chacune\u00a0: les groupes ne s’additionnent pas.",
    "What has several values counts in each: the groups do not add up.",
)


def method_of(question, building):
    """Return how the answer to a question was found."""
    kinds = {step.kind for step in building.steps if step.of}
    told = []
    if any(step.is_by_place for step in building.steps) or set(question["by"]) & set(LEVEL_NAMES):
        told.append(PLACEMENT)
    if kinds & {*OF_DISTANCE, NEAREST}:
        told.append(DISTANCE)
    if SHARE_OF_AREA in kinds:
        told.append(SURFACE)
    measure = (question["measure"] or {}).get("kind")
    if SHARE_OF_PEOPLE in kinds or measure == PEOPLE:
        told.append(PEOPLE_SHARED)
    if "communes" in layers_of(question) or (measure == RATE and "commune" in question["by"]):
        told.append(PEOPLE_OF_COMMUNES)
    if _events_by_distance(building):
        told.append(NEAR_ENOUGH)
    return told + _spreading(question, building)


def _events_by_distance(building):
    return any(
        side and side.is_event and not step.is_by_place
        for step in building.steps
        if step.of
        for side in (step.what, step.of)
    )


def _spreading(question, building):
    """Tell how imprecise events were spread, where they were."""
    if question["measure"]:
        groups = Groups(question, building)
        level = groups.asked_level if groups.has_pair and not groups.side.by_distance else None
    else:
        listing = Listing(question, building, limit=0)
        is_spread = listing.has_pair and not listing.step.of.by_distance
        level = listing.step.what.ground.level if is_spread else None
    if level is None:
        return []
    name, draws = AREA_LAYERS[level], DRAWS_OF[level]
    name_fr = NOUNS[name].several
    return [
        words(
            f"Les événements connus à une unité plus large sont répartis entre ses {name_fr} par "
            f"{draws}\u00a0tirages (graine {SEED})\u00a0; «\u202fau moins\u202f» et «\u202fau plus\u202f» "
            "sont le 5e et le 95e\u00a0centile, comme pour les indicateurs.",
            f"Events known to a wider unit are spread over its {name} by {draws} draws (seed {SEED}); “at "
            "least” and “at most” are the 5th and the 95th percentile, as for the indicators.",
        )
    ]


def notes_of(answer, building):
    """Return what is doubtful of an answer, the gravest first."""
    names = set(layers_of(answer.question))
    told = [SIMULATED] if answer.simulated else []
    told += [APPROXIMATE] if answer.approximate else []
    told += [TRUNCATED] if answer.truncated else []
    told += _of_shapes(answer.question)
    for step in answer.steps:
        told += _of_step(step, building.steps[step["step"] - 1])
        told += _of_unknown(answer.question, step["step"])
    if "institutions" in names:
        told.append(INCOMPLETE)
    if "project_presences" in names:
        told.append(PRESENCES)
    if names & {"planned_works", "peace_mechanisms"} and any(
        step.of and not step.is_by_place for step in building.steps
    ):
        told.append(AT_THEIR_SEAT)
    return told + _of_measure(answer, building)


def _of_shapes(question):
    """Return what was done to the shapes of a question to make them valid."""
    drawn = [step["of"] for step in question["steps"] if "shape" in (step["of"] or {})]
    return [said for each in drawn for said in from_geojson(each["shape"]).said]


def _of_step(step, built):
    """Return what is doubtful of a step, each with its number: numbers of rows are not for every reader."""
    place = step["step"]
    told = []
    if step["without_place"]:
        number = step["without_place"]
        told.append(
            words(
                f"Étape {place}\u00a0: {number} sans lieu connu, laissés de côté.",
                f"Step {place}: {number} without a known place, left out.",
            )
        )
    if step["imprecise"]:
        number = step["imprecise"]
        told.append(
            words(
                f"Étape {place}\u00a0: {number} événements trop peu précis pour compter sûrement.",
                f"Step {place}: {number} events not placed well enough to count surely.",
            )
        )
    if built.of and not step["related"]:
        told.append(
            words(
                f"Étape {place}\u00a0: rien de connu à quoi se rapporter"
                + ("\u00a0; tout est donc gardé." if built.kind == BEYOND_KM else "."),
                f"Step {place}: nothing known to relate to"
                + ("; all is kept therefore." if built.kind == BEYOND_KM else "."),
            )
        )
    return [each | {"step": place} for each in told]


def _of_unknown(question, place):
    """Tell how many rows a condition left out because what it asks of them is not known."""
    told = []
    for side in ("what", "of"):
        features = question["steps"][place - 1].get(side) or {}
        fields = fields_perhaps_unknown(features) if features.get("layer") else []
        if not fields:
            continue
        number = rows_of(question, features, or_unknown=True).count() - rows_of(question, features).count()
        if number:
            told.append(_left_out(place, number, NOUNS[features["layer"]], fields))
    return told


def _left_out(place, number, noun, fields):
    fr, en = (", ".join(field.label.in_language(code) for field in fields) for code in ("fr", "en"))
    several, several_en = (noun.one, noun.one_en) if number == 1 else (noun.several, noun.several_en)
    left = ("laissée" if noun.is_feminine else "laissé") + ("s" if number > 1 else "")
    return words(
        f"Étape {place}\u00a0: {number}\u00a0{several} {left} de côté, faute de savoir ce que la condition "
        f"demande ({fr}).",
        f"Step {place}: {number} {several_en} left out, for what the condition asks ({en}) is not known.",
    ) | {"step": place}


def _of_measure(answer, building):
    measure = answer.question["measure"] or {}
    told = []
    names = [each["name"] for each in answer.columns]
    if measure.get("kind") == PEOPLE:
        unknown = sum(row[names.index("people_unknown")] or 0 for row in answer.rows)
        if unknown:
            told.append(
                words(
                    f"Population inconnue de {unknown}\u00a0d’entre eux\u00a0: elle n’est pas comptée, et "
                    "n’est pas nulle.",
                    f"The people of {unknown} of them are unknown: not counted, and not zero.",
                )
            )
    fields = {field.name: field for field in building.last.what.layer.fields}
    first = (answer.question["keep"] or {}).get("first")
    if first and answer.total > first:
        told.append(EQUALS)
    if any(name in fields and fields[name].several for name in answer.question["by"]):
        told.append(SEVERAL_VALUES)
    if measure.get("kind") == SUM and measure["field"].startswith("usd_"):
        told.append(JOINT_AMOUNTS)
    return told
