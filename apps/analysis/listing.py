"""The features that the last step kept, one a row: what the statement must tell of them, and their rows."""

from apps.analysis import placing
from apps.analysis.answers import column
from apps.analysis.composing import bound, composed
from apps.analysis.features import EVENT_LAYERS, layer_of
from apps.analysis.grouping import ALIKE
from apps.analysis.near import queries as near
from apps.analysis.pairs import Pairs
from apps.analysis.questions import BEYOND_KM, COUNTED_RELATIONS, NEAREST, SHARES, WITHIN_KM, field_of
from geo.vocabulary import VIOLENT_EVENT_TYPES

LISTED = """
SELECT 'row' AS part, json_build_array(s.fid, {told}) FROM ({listed}) s"""

FIRST_ROWS = """
SELECT * FROM step{k} WHERE sure ORDER BY {order} LIMIT {limit}"""

TOTAL = """
SELECT 'total' AS part, to_json(count(*)) FROM step{k} WHERE sure"""


class Listing:
    """The list of a question without groups or measure."""

    def __init__(self, question, building, *, limit):
        self.question, self.building, self.limit = question, building, limit
        self.step = building.last
        self.layer = layer_of(question, question["steps"][-1]["what"])
        self.of = layer_of(question, self.step_told["of"]) if self.step_told["of"] else None

    @property
    def step_told(self):
        return self.question["steps"][-1]

    @property
    def is_by_metres(self):
        return self.step.kind == NEAREST or (
            (self.step.relation or {}).get("km") is not None and not self.is_share
        )

    @property
    def is_share(self):
        return self.step.kind in SHARES

    @property
    def counts(self):
        return self.step.kind in COUNTED_RELATIONS

    @property
    def has_names(self):
        """Tell whether some of what is related is named: places of events are no names."""
        return self.counts and not (self.of and self.of.name in EVENT_LAYERS)

    @property
    def has_pair(self):
        """Tell whether what is counted beside each area are events, some of them imprecise."""
        return self.counts and self.step.counts_in_areas and bool(self.of) and self.of.name in EVENT_LAYERS

    @property
    def has_pair_by_distance(self):
        """Tell whether what is counted near each feature are events, some of them imprecise."""
        return (
            self.step.kind == WITHIN_KM
            and bool(self.of)
            and self.of.name in EVENT_LAYERS
            and not self.step.what.is_event
        )

    def parts(self):
        """Return what tells the rows and how many there are."""
        k = self.step.number
        listed = composed(FIRST_ROWS, k=k, order=self._order(), limit=bound(self.limit))
        parts = [composed(TOTAL, k=k), composed(LISTED, told=self._told(), listed=listed)]
        if self.has_pair_by_distance:
            parts.append(near.perhaps_near(self.step, listed))
        if self.has_pair:
            parts.append(self._alike())
        return parts

    def _told(self):
        told = [f"s.f_{name}" for name in self.step.what.fields if name in self.step.what.ground.listed]
        if self.counts:
            told.append("s.related")
        if self.is_by_metres and self.step.kind != BEYOND_KM:
            told.append("round((s.metres / 1000)::numeric, 3)")
        if self.has_names or self.step.kind == NEAREST:
            told.append("array_to_string(s.names, '; ')")
        if self.step.kind == NEAREST and self.step.relation["count"] > 1:
            told.append("s.km")
        if self.is_share:
            told.append("s.part / nullif(s.whole, 0)")
        return ", ".join(told)

    def _order(self):
        if self.counts:
            return "related DESC NULLS LAST, name, key"
        if self.is_share:
            return "part / nullif(whole, 0) DESC NULLS LAST, name, key"
        return "name, key"

    def _alike(self):
        level = self.step.what.ground.level
        return composed(
            ALIKE,
            part="alike",
            dimensions="",
            places="",
            table=self.step.of.name,
            laterals="",
            violent=bound([str(each) for each in VIOLENT_EVENT_TYPES]),
            counted=composed("(s.sure AND {placed})", placed=placing.placed_in("s", level)),
        )

    # --- rows --------------------------------------------------------------------------------------

    def columns(self):
        """Return the columns of the list."""
        told = []
        for name in self.step.what.fields:
            if name in self.step.what.ground.listed:
                field = field_of(self.layer, name)
                told.append(column(name, field.label.fr, field.label.en, str(field.type), field=field))
        of = (self.of.title.fr, self.of.title.en) if self.of else ("lieux", "places")
        if self.counts:
            told.append(column("related", f"Nombre ({of[0]})", f"Number ({of[1]})"))
            if self.has_pair or self.has_pair_by_distance:
                told.append(column("related_low", "au moins", "at least"))
                told.append(column("related_high", "au plus", "at most"))
        if self.is_by_metres and self.step.kind != BEYOND_KM:
            told.append(
                column(
                    "km", "Distance au plus proche", "Distance to the nearest", "number", unit=("km", "km")
                )
            )
        if self.has_names or self.step.kind == NEAREST:
            told.append(column("nearest", f"Lesquels ({of[0]})", f"Which ({of[1]})", "string"))
        if self.step.kind == NEAREST and self.step.relation["count"] > 1:
            told.append(
                column("nearest_km", "Leurs distances", "Their distances", "string", unit=("km", "km"))
            )
        if self.is_share:
            told.append(column("share", "Part", "Share", "number"))
        return told

    def _row(self, values):
        """Return the values of a row; the names of several related features that share one are told once."""
        if self.has_names:
            *others, names = values
            return [*others, "; ".join(dict.fromkeys((names or "").split("; ")))]
        return list(values)

    def rows(self, told, asked):
        """Return [(identifier, row)]; `asked` are the events counted beside, None without."""
        rows = [(row[0], self._row(row[1:])) for row in told.get("row", ())]
        if not self.has_pair and not self.has_pair_by_distance:
            return rows
        place = [each["name"] for each in self.columns()].index("related")
        if self.has_pair_by_distance:
            perhaps = dict(told.get("perhaps", ()))
            for fid, row in rows:
                row[place + 1 : place + 1] = [row[place], row[place] + perhaps.get(fid, 0)]
            return rows
        pairs = Pairs(self.step.what.ground.level, asked, by_distance=self.step.of.by_distance)
        alike = [tuple(row) for row in told.get("alike", ())]
        added = pairs.of(alike, {pcode: [pcode] for pcode, _row in rows}, "events")
        for pcode, row in rows:
            low, high = added[pcode]
            row[place + 1 : place + 1] = [row[place] + low, row[place] + high]
        return rows
