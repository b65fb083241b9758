"""The one statement of a question, step by step: which tables of it are made, and what it tells."""

import json

from apps.analysis import placing
from apps.analysis import queries as sql
from apps.analysis.composing import NOTHING, TRUE, all_of, any_of, bound, composed, joined
from apps.analysis.features import GROUNDS, layer_of
from apps.analysis.near import queries as near
from apps.analysis.questions import (
    BEYOND_KM,
    NEAREST,
    OF_DISTANCE,
    SHARE_OF_AREA,
    SHARE_OF_PEOPLE,
    SHARES,
)
from apps.analysis.reading import TYPES, places_of, rows_of, statement_of
from apps.analysis.shapes import from_geojson
from apps.analysis.sides import Side, Step

SPARE = 4
"""How many more than asked are measured on the ellipsoid, for the sphere may sort near ones otherwise."""

MANY = 5000
"""Features beyond which each pair is no longer measured where a few are enough (measured)."""

NO_NAMES = "NULL::text[]"

EXTRAS = {
    "related": "bigint",
    "metres": "float8",
    "names": "text[]",
    "km": "text",
    "part": "float8",
    "whole": "float8",
}


class Building:
    """A resolved question and the tables of its statement."""

    def __init__(self, question, wanted):
        """`wanted` are the declared fields that the last step's features must carry."""
        self.question, self.wanted = question, tuple(wanted)
        self.tables = [composed(sql.AREAS)]
        self.steps = []
        for number, told in enumerate(question["steps"], start=1):
            self.steps.append(self._step(number, told))

    @property
    def last(self):
        return self.steps[-1]

    def statement(self, parts):
        """Return the statement that tells these parts, each a SELECT."""
        return composed(
            "WITH {tables} {parts}",
            tables=joined(", ", self.tables),
            parts=joined(" UNION ALL ", (composed("({part})", part=part) for part in parts)),
        )

    def parts_of_steps(self):
        """Return what tells the rows in and out of each step."""
        return [self._told(step) for step in self.steps]

    # --- the sides ---------------------------------------------------------------------------------

    def _step(self, number, told):
        what = self._side(f"w{number}", told["what"], self._fields(told["what"]))
        of = self._side(f"o{number}", told["of"], self._fields_of(number)) if told["of"] else None
        step = Step(number, what, of, told["relation"])
        if of:
            self._relate(step)
        self.tables.append(self._kept(step))
        return step

    def _fields(self, what):
        """Return the fields that features carry: those wanted at the end, where they come to it."""
        layer = layer_of(self.question, what)
        last = layer_of(self.question, self.question["steps"][-1]["what"])
        if layer.name != last.name:
            return ("event_type", "fatalities") if GROUNDS[layer.name].is_event else ()
        return self.wanted

    def _fields_of(self, number):
        of = self.question["steps"][number - 1]["of"]
        layer = layer_of(self.question, of)
        if layer is None or not GROUNDS[layer.name].is_event:
            return ()
        return ("event_type", "fatalities")

    def _side(self, name, told, fields):
        if "step" in told:
            before = self.steps[told["step"] - 1]
            self.tables.append(sql.kept_before(name, before.number))
            return Side(
                name,
                before.what.layer,
                before.what.fields,
                before.what.places,
                by_distance=before.what.by_distance,
                scopes=list(before.what.scopes),
            )
        if "shape" in told:
            self.tables.append(
                sql.shape(name, told["name"], json.dumps(from_geojson(told["shape"]).geometry))
            )
            return Side(name, is_shape=True)
        if "layer" not in told:
            places = places_of(told["areas"])
            ids = sorted(pk for level in places.levels for pk in places.ids[level])
            self.tables.append(sql.selection(name, ids))
            return Side(name, places=places)
        return self._of_layer(name, told, fields)

    def _of_layer(self, name, told, fields):
        layer = layer_of(self.question, told)
        ground = GROUNDS[layer.name]
        sure, condition, places = TRUE, TRUE, None
        if told["areas"]:
            places = places_of(told["areas"])
            if ground.is_event:
                sure, perhaps = placing.event_in("told", places)
                condition = any_of([sure, perhaps])
            else:
                condition = placing.told_in("told", ground, places.ids)
        self.tables.append(sql.features(name, statement_of(self.question, told, fields), sure, condition))
        return Side(name, layer, tuple(fields), places)

    # --- the relations -----------------------------------------------------------------------------

    def _relate(self, step):
        if self._is_membership(step):
            pass
        elif step.is_by_place:
            self.tables.append(self._by_place(step))
        elif step.kind == NEAREST:
            self.tables += self._nearest(step)
        elif step.kind == SHARE_OF_AREA:
            self.tables += self._share_of_area(step)
        elif step.kind == SHARE_OF_PEOPLE:
            self.tables += self._share_of_people(step)
        elif self._needs_enough(step):
            self.tables.append(near.enough(step))
        else:
            self.tables.append(self._paired(step))
        if step.what.is_event and not step.is_by_place:
            step.what.by_distance = True
            if step.kind != BEYOND_KM and step.kind != NEAREST:
                self.tables.append(near.reached_units(step))
        if step.is_by_place and not step.counts_in_areas:
            step.what.scopes.append((step.of.name, max(step.of.levels)))

    def _is_listed(self, step):
        """Tell whether each feature that this step keeps is told with what it is related to."""
        return step.number == len(self.question["steps"]) and not self.question["measure"]

    def _is_membership(self, step):
        """Tell whether nothing is asked but to lie in one of the areas."""
        is_one = step.is_by_place and not step.counts_in_areas and not step.relation.get("first")
        return is_one and step.relation["at_least"] == 1 and not self._is_listed(step)

    def _needs_enough(self, step):
        """Tell whether nothing is asked but whether enough are near: how many, and how far, is not told."""
        is_told = self._is_listed(step) and step.kind != BEYOND_KM
        if step.kind not in OF_DISTANCE or is_told or step.what.is_event or step.relation.get("first"):
            return False
        return self._is_large(self.question["steps"][step.number - 1]["of"])

    def _is_large(self, features):
        """Tell whether features are so many that it is quicker to look for a few of them each time."""
        if "layer" not in features:
            return False
        return rows_of(self.question, features)[: MANY + 1].count() > MANY

    def _by_place(self, step):
        what, of, k = step.what, step.of, step.number
        names = NO_NAMES
        if self._is_listed(step) and not of.is_event:
            names = composed(placing.FIRST_NAMES, most=placing.NAMES_SHOWN)
        if step.counts_in_areas:
            level = what.ground.level
            return composed(
                placing.COUNTED_IN_AREAS,
                k=k,
                number="count(DISTINCT o.key)" if of.ground.areas else "count(*)",
                names=names,
                places=placing.places("o", of.ground, [level]),
                o_placed=placing.placed_in("o", level) if of.is_event else TRUE,
            )
        return composed(
            placing.IN_AREAS,
            k=k,
            names=names,
            places=placing.places("w", what.ground, of.levels),
            w_sure=placing.placed_in("w", max(of.levels)) if what.is_event else TRUE,
        )

    def _paired(self, step):
        """Relate by shape and distance; kilometres and names are told of what is listed alone."""
        is_told = self._is_listed(step)
        by_metres = is_told and step.relation.get("km") is not None
        return composed(
            near.PAIRED,
            k=step.number,
            metres="min(pair.metres)" if by_metres else "NULL::float8",
            measured=near.METRES if by_metres else "NULL::float8",
            names=composed(near.NEAREST_NAMES, most=placing.NAMES_SHOWN)
            if is_told and not step.of.is_event
            else NO_NAMES,
            close=near.close(
                step,
                step.what.name,
                step.what.near_enough(step.what.name),
                not_itself=near.not_itself(step),
            ),
            condition=near.pair_of(step),
        )

    def _nearest(self, step):
        count = step.relation["count"]
        return [
            composed(near.FOR_NEAREST, k=step.number, o_sure=step.of.near_enough(step.of.name)),
            composed(
                near.NEAREST,
                k=step.number,
                other=near.not_itself(step),
                sieve=bound(count + SPARE),
                count=bound(count),
                w_sure=step.what.near_enough("w"),
            ),
        ]

    def _share_of_area(self, step):
        cover = composed(
            near.COVER,
            k=step.number,
            shape=near.buffered("geom", step.relation.get("km")),
            o_sure=step.of.near_enough(step.of.name),
        )
        return [cover, composed(near.SHARE_OF_AREA, k=step.number)]

    def _share_of_people(self, step):
        reached = near.reached_people(step)
        column = placing.COLUMN[step.what.ground.level]
        return [reached, composed(near.SHARE_OF_PEOPLE, k=step.number, column=column)]

    # --- what is kept ------------------------------------------------------------------------------

    def _kept(self, step):
        sure, perhaps = self._conditions(step)
        is_joined = step.of is not None and not self._is_membership(step)
        told = {"related", "metres", "names"} if is_joined else set()
        told |= {"km"} if step.kind == NEAREST else set()
        told |= {"part", "whole"} if step.kind in SHARES else set()
        extras = ", ".join(
            f"hit.{name}" if name in told else f"NULL::{kind} AS {name}" for name, kind in EXTRAS.items()
        )
        columns = [f"w.{name}" for name in (*TYPES, *(f"f_{each}" for each in step.what.fields))]
        return composed(
            sql.STEP,
            k=step.number,
            columns=", ".join(columns),
            sure=all_of([composed("w.sure"), sure]),
            extras=extras,
            join=composed("LEFT JOIN hit{k} hit ON hit.key = w.key", k=step.number) if is_joined else NOTHING,
            kept=any_of([sure, perhaps]) if perhaps else sure,
        )

    def _conditions(self, step):
        """Return (what surely stands in the relation, what perhaps does): the second only of events."""
        what = step.what
        if step.of is None:
            return TRUE, None
        if step.kind == BEYOND_KM:
            far = composed("w.geom IS NOT NULL AND hit.key IS NULL")
            near_enough = placing.near_precision("w") if what.is_event else TRUE
            return all_of([near_enough, far]), placing.negated(near_enough) if what.is_event else None
        if step.kind in SHARES:
            return self._first(step, composed("true")), None
        if self._is_membership(step):
            inside = placing.in_one(step)
            if not what.is_event:
                return inside, None
            placed = placing.placed_in("w", max(step.of.levels))
            return all_of([placed, inside]), self._perhaps_in_areas(step)
        least = step.relation.get("at_least", 1)
        sure = self._first(step, composed("coalesce(hit.related >= {least}, false)", least=bound(least)))
        if not what.is_event or step.kind == NEAREST:
            return sure, None
        if step.is_by_place:
            return sure, self._perhaps_in_areas(step)
        return sure, near.unit_reached(step)

    def _perhaps_in_areas(self, step):
        """Return the condition that an event not placed well enough may lie in one of the areas."""
        finest = max(step.of.levels)
        regions, cercles = (
            composed("SELECT {column} FROM {of}", column=column, of=step.of.name)
            for column in ("region_id", "cercle_id")
        )
        units = placing.unit_in("w", finest, regions, cercles)
        return all_of([placing.negated(placing.placed_in("w", finest)), units])

    def _first(self, step, sure):
        if not step.relation.get("first"):
            return sure
        order = "hit.part / nullif(hit.whole, 0)" if step.kind in SHARES else "hit.related"
        return all_of(
            [
                sure,
                composed(
                    "w.key IN (SELECT key FROM (SELECT hit.key,"
                    " rank() OVER (ORDER BY {order} DESC NULLS LAST) AS place"
                    " FROM hit{k} hit JOIN {w} w ON w.key = hit.key) ranked WHERE place <= {first})",
                    order=order,
                    k=step.number,
                    w=step.what.name,
                    first=bound(step.relation["first"]),
                ),
            ]
        )

    def _told(self, step):
        what, of, k = step.what, step.of, step.number
        is_by_point = of is not None and not step.is_by_place
        if what.ground.areas:
            no_place = "coalesce(cardinality(w.areas), 0) = 0"
        else:
            no_place = "w.region_id IS NULL" if what.ground.region else "true"
        by_place = step.is_by_place and not step.counts_in_areas
        without = "read.no_point" if is_by_point else "read.no_place" if by_place else "0"
        loose = "read.loose" if what.is_event and (is_by_point or what.places) else "0"
        if of and of.is_event:
            ok = (
                of.near_enough("o")
                if is_by_point
                else all_of([composed("o.sure"), placing.placed_in("o", what.ground.level)])
            )
            loose = composed("{w} + (SELECT count(*) FROM o{k} o WHERE NOT {ok})", w=loose, k=k, ok=ok)
        return composed(
            sql.STEP_TOLD,
            k=k,
            without_place=without,
            related=composed("(SELECT count(*) FROM o{k} WHERE sure)", k=k) if of else "NULL::bigint",
            imprecise=loose,
            no_place=no_place,
            w_sure=what.near_enough("w") if is_by_point else composed("w.sure"),
        )
