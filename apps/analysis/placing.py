"""What lies in which administrative area, by the placement that loads stored; events by their precision."""

from apps.analysis.composing import all_of, any_of, bound, composed, joined
from geo.vocabulary import Level, PlacePrecision

COLUMN = {Level.REGION: "region_id", Level.CERCLE: "cercle_id", Level.COMMUNE: "commune_id"}

NEAR_ENOUGH = (PlacePrecision.EXACT, PlacePrecision.NEAR)
"""The precisions of events that stand at their point for a distance or a drawn shape."""

NAMES_SHOWN = 3

FIRST_NAMES = "(array_agg(o.name ORDER BY o.name, o.key))[1:{most}]"

COUNTED_IN_AREAS = """
hit{k} AS MATERIALIZED (
    SELECT place.area AS key, {number} AS related, NULL::float8 AS metres, {names} AS names
    FROM o{k} o CROSS JOIN LATERAL ({places}) place
    WHERE o.sure AND {o_placed}
    GROUP BY place.area
)"""

IN_ONE = """
EXISTS (SELECT 1 FROM ({places}) place JOIN o{k} o ON o.key = place.area)"""

IN_AREAS = """
hit{k} AS MATERIALIZED (
    SELECT w.key, count(DISTINCT o.key) AS related, NULL::float8 AS metres, {names} AS names
    FROM w{k} w CROSS JOIN LATERAL ({places}) place JOIN o{k} o ON o.key = place.area
    WHERE {w_sure}
    GROUP BY w.key
)"""


def near_enough(alias, is_event):
    """Return the condition that a feature stands at its point: of events, by their precision."""
    if not is_event:
        return composed("{alias}.sure", alias=alias)
    precisions = bound([each.value for each in NEAR_ENOUGH])
    return composed("({a}.sure AND {a}.place_precision = ANY({p}))", a=alias, p=precisions)


def placed_in(alias, level):
    """Return the condition that an event counts with confidence in the area of a level that it lies in."""
    precisions = bound([each.value for each in PlacePrecision if each.is_placed_in(level)])
    return composed("{a}.place_precision = ANY({p})", a=alias, p=precisions)


def unit_in(alias, level, regions, cercles):
    """
    Return the condition that an event not placed in areas of a level may lie in some, by its wider unit.

    `regions` and `cercles` are the SQL of the identifiers of those in which the areas lie.
    """
    loose = [each for each in PlacePrecision if not each.is_placed_in(level)]
    ways = []
    for unit, ids in ((Level.CERCLE, cercles), (Level.REGION, regions)):
        precisions = bound([each.value for each in loose if each.unit is unit])
        ways.append(
            composed(
                "({a}.place_precision = ANY({p}) AND {a}.{column} IN ({ids}))",
                a=alias,
                p=precisions,
                column=COLUMN[unit],
                ids=ids,
            )
        )
    country = bound([each.value for each in loose if each.unit is None])
    return any_of([*ways, composed("{a}.place_precision = ANY({p})", a=alias, p=country)])


def places(alias, ground, levels):
    """Return the SQL of the areas, of these levels, that a feature lies in."""
    if ground.areas:
        columns = ", ".join(f"(place.{COLUMN[level]})" for level in levels)
        return composed(
            "SELECT DISTINCT up.area FROM area place, LATERAL (VALUES {columns}) up (area)"
            " WHERE place.id = ANY({alias}.areas) AND up.area IS NOT NULL",
            columns=columns,
            alias=alias,
        )
    return composed(
        "SELECT up.area FROM (VALUES {columns}) up (area) WHERE up.area IS NOT NULL",
        columns=", ".join(f"({alias}.{COLUMN[level]})" for level in levels),
    )


def in_one(step):
    """Return the condition that a feature of a step lies in one of the areas of its other side."""
    what, of = step.what, step.of
    if what.ground.areas:
        return composed(IN_ONE, k=step.number, places=places("w", what.ground, of.levels))
    return any_of(
        composed("w.{column} IN (SELECT key FROM {of})", column=COLUMN[level], of=of.name)
        for level in of.levels
    )


def told_in(alias, ground, ids):
    """Return the condition that a feature lies in one of these areas: {Level: identifiers}."""
    levels = [level for level, told in ids.items() if told]
    if ground.areas:
        inside = any_of(
            composed("place.{column} = ANY({ids})", column=COLUMN[level], ids=bound(ids[level]))
            for level in levels
        )
        return composed(
            "EXISTS (SELECT 1 FROM area place WHERE place.id = ANY({alias}.areas) AND {inside})",
            alias=alias,
            inside=inside,
        )
    return any_of(
        composed("{alias}.{column} = ANY({ids})", alias=alias, column=COLUMN[level], ids=bound(ids[level]))
        for level in levels
        if getattr(ground, level.name.lower())
    )


def event_in(alias, known):
    """Return (surely, perhaps): an event lies in one of these `Places`."""
    level = known.finest
    surely = all_of(
        [
            any_of(
                composed(
                    "{a}.{column} = ANY({ids})", a=alias, column=COLUMN[each], ids=bound(known.ids[each])
                )
                for each in known.levels
            ),
            placed_in(alias, level),
        ]
    )
    regions, cercles = (
        composed("SELECT unnest({ids}::bigint[])", ids=bound(known.around[each]))
        for each in (Level.REGION, Level.CERCLE)
    )
    return surely, all_of([composed("NOT {surely}", surely=surely), unit_in(alias, level, regions, cercles)])


def near_precision(alias):
    """Return the condition that an event stands at its point for a distance or a drawn shape."""
    return composed("{a}.place_precision = ANY({p})", a=alias, p=bound([each.value for each in NEAR_ENOUGH]))


def negated(condition):
    return composed("NOT {condition}", condition=condition)


def unit_of(alias):
    """Return the SQL of the area that an imprecise event stands for; NULL: the country."""
    ways = []
    for level in (Level.CERCLE, Level.REGION):
        told = [each.value for each in PlacePrecision if each.unit is level and each not in NEAR_ENOUGH]
        ways.append(
            composed(
                "WHEN {a}.place_precision = ANY({p}) THEN {a}.{column}",
                a=alias,
                p=bound(told),
                column=COLUMN[level],
            )
        )
    return composed("(CASE {ways} END)", ways=joined(" ", ways))
