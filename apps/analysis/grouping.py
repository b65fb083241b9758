"""What the features of the last step are counted by: the SQL of the groups, and their rows."""

from dataclasses import dataclass

from apps.analysis import placing
from apps.analysis.answers import column
from apps.analysis.composing import TRUE, Sql, all_of, any_of, bound, composed, joined
from apps.analysis.features import LEVEL_NAMES, LEVEL_WORDS, layer_of
from apps.analysis.questions import (
    AREA,
    COUNT,
    DISTINCT,
    MEAN,
    MONTH,
    PEOPLE,
    RATE,
    SHARE,
    SUM,
    TIMES,
    field_of,
)
from geo.vocabulary import VIOLENT_EVENT_TYPES
from layers.declaration import FieldType

PER = 100_000

GROUPED = """
SELECT 'group' AS part, json_build_array({names}) FROM (
    SELECT {told} FROM step{k} s {laterals} {grouping}
) g"""

PLACES = """
SELECT 'area' AS part, json_build_array(area.id, area.level, area.pcode, area.name, area.people,
       area.region_id, area.cercle_id, {scope})
FROM area WHERE area.level = ANY({levels})"""

UNPLACED = """
SELECT 'unplaced' AS part, to_json(count(*)) FROM step{k} s
WHERE s.sure AND NOT EXISTS ({places})"""

ALIKE = """
SELECT '{part}' AS part, json_build_array({dimensions} s.place_precision, cercle.pcode, region.pcode,
       s.f_event_type = ANY({violent}), s.f_fatalities, count(*))
FROM {table} s {laterals} LEFT JOIN area cercle ON cercle.id = s.cercle_id
LEFT JOIN area region ON region.id = s.region_id
WHERE NOT coalesce({counted}, false)
GROUP BY {places} s.place_precision, cercle.pcode, region.pcode, s.f_event_type = ANY({violent}),
         s.f_fatalities"""


@dataclass(frozen=True)
class Dimension:
    """One thing that features are grouped by: `sql` tells it of a feature `s`, `lateral` is joined for it."""

    name: str
    sql: Sql
    lateral: Sql | None = None
    level: object = None


def dimensions_of(question, last):
    """Return the dimensions that a question groups by."""
    layer = layer_of(question, question["steps"][-1]["what"])
    return [_dimension(layer, last.what.ground, name, number) for number, name in enumerate(question["by"])]


def _dimension(layer, ground, name, number):
    alias = f"by{number}"
    if name in LEVEL_NAMES:
        level = LEVEL_NAMES[name]
        lateral = composed(
            "CROSS JOIN LATERAL ({places}) {alias}", places=placing.places("s", ground, [level]), alias=alias
        )
        return Dimension(name, composed("{alias}.area", alias=alias), lateral, level)
    if name in TIMES:
        form = "YYYY-MM" if name == MONTH else "YYYY"
        return Dimension(name, composed("to_char(s.f_{time}, '{form}')", time=layer.time_field, form=form))
    field = field_of(layer, name)
    if field.several:
        lateral = composed(
            "LEFT JOIN LATERAL (SELECT DISTINCT told FROM"
            " unnest(string_to_array(nullif(s.f_{name}, ''), '; ')) told) {alias} ON true",
            name=name,
            alias=alias,
        )
        return Dimension(name, composed("{alias}.told", alias=alias), lateral)
    if field.type is FieldType.STRING:
        return Dimension(name, composed("nullif(s.f_{name}, '')", name=name))
    return Dimension(name, composed("s.f_{name}", name=name))


class Groups:
    """The groups of a question: what the statement must tell of them."""

    def __init__(self, question, building):
        self.question, self.building = question, building
        self.last = building.last
        self.side = self.last.what
        self.layer = layer_of(question, question["steps"][-1]["what"])
        self.measure = question["measure"]
        self.dimensions = dimensions_of(question, self.last)
        self.group_level = max((each.level for each in self.dimensions if each.level), default=None)

    @property
    def asked_level(self):
        """Return the finest level at which the place of the features matters; None: nowhere."""
        told = [each for each in (self.group_level, *self._levels_asked()) if each is not None]
        return max(told, default=None)

    def _levels_asked(self):
        yield from (level for _name, level in self.side.scopes)
        if self.side.places:
            yield self.side.places.finest

    @property
    def has_pair(self):
        """Tell whether events are counted whose place matters."""
        return (
            self.side.is_event
            and (self.asked_level is not None or self.side.by_distance)
            and self.counted_measure is not None
        )

    @property
    def counted_measure(self):
        """Return which of the measures of imprecise events this one adds up; None: of another kind."""
        kind, name = self.measure["kind"], self.measure.get("field")
        if kind == COUNT or (kind == RATE and name is None):
            return "events"
        return "fatalities" if kind in (SUM, RATE) and name == "fatalities" else None

    def counted(self):
        """Return the condition that a feature counts: of events, those placed well enough."""
        if not self.side.is_event or self.asked_level is None:
            return composed("s.sure")
        return all_of([composed("s.sure"), placing.placed_in("s", self.asked_level)])

    def parts(self):
        """Return what tells the groups, the areas, and the events counted in none."""
        parts = [self._groups()]
        levels = {each for each in (self.group_level, self.asked_level) if each is not None}
        if levels:
            parts.append(
                composed(PLACES, scope=self._scope(), levels=bound(sorted(level.value for level in levels)))
            )
        if self.group_level:
            lies = placing.places("s", self.side.ground, [self.group_level])
            parts.append(composed(UNPLACED, k=self.last.number, places=lies))
        if self.has_pair:
            parts.append(self._alike())
        return parts

    def _laterals(self, dimensions):
        return joined(" ", (each.lateral for each in dimensions if each.lateral))

    def _groups(self):
        measures = self._measures()
        told = [composed("{sql} AS d{n}", sql=each.sql, n=n) for n, each in enumerate(self.dimensions)]
        told += [composed("{sql} AS m{n}", sql=value, n=n) for n, value in enumerate(measures)]
        names = [f"g.d{n}" for n, _each in enumerate(self.dimensions)]
        places = ", ".join(str(place) for place, _each in enumerate(self.dimensions, start=1))
        return composed(
            GROUPED,
            names=", ".join([*names, *(f"g.m{n}" for n, _value in enumerate(measures))]),
            told=joined(", ", told),
            k=self.last.number,
            laterals=joined(" ", [self._laterals(self.dimensions), self._distinct_lateral()]),
            grouping=f"GROUP BY {places}" if places else "",
        )

    def _distinct_lateral(self):
        name = self.measure.get("field")
        if self.measure["kind"] != DISTINCT or not field_of(self.layer, name).several:
            return Sql("")
        return composed(
            "LEFT JOIN LATERAL unnest(string_to_array(nullif(s.f_{name}, ''), '; ')) several ON true",
            name=name,
        )

    def _measures(self):
        """Return the SQL of what is measured, then what must be told beside: how many are unknown."""
        kind, name, counted = self.measure["kind"], self.measure.get("field"), self.counted()
        value = composed("s.f_{name}", name=name) if name else None
        if kind == COUNT or (kind == RATE and not name):
            return [composed("count(*) FILTER (WHERE {counted})", counted=counted)]
        if kind in (SUM, RATE):
            return [
                composed(
                    "CASE WHEN count(*) = 0 OR count({v}) > 0"
                    " THEN coalesce(sum({v}) FILTER (WHERE {c}), 0) END",
                    v=value,
                    c=counted,
                )
            ]
        if kind == MEAN:
            return [composed("round((avg({v}) FILTER (WHERE {c}))::numeric, 6)", v=value, c=counted)]
        if kind == DISTINCT:
            told = (
                Sql("several")
                if field_of(self.layer, name).several
                else composed("nullif({v}::text, '')", v=value)
            )
            return [composed("count(DISTINCT {v}) FILTER (WHERE {c})", v=told, c=counted)]
        if kind == AREA:
            return [Sql("round(sum(s.area_km2)::numeric, 6)")]
        if kind == PEOPLE:
            return [Sql("sum(s.people)"), Sql("count(*) FILTER (WHERE s.people IS NULL)")]
        return [Sql("sum(s.part)"), Sql("sum(s.whole)")]

    def _scope(self):
        """Return whether an area is one of those that the question is about, at the finest level asked."""
        conditions = []
        if self.side.places:
            ids = self.side.places
            conditions.append(
                any_of(
                    composed(
                        "area.{column} = ANY({ids})", column=placing.COLUMN[level], ids=bound(ids.ids[level])
                    )
                    for level in ids.levels
                )
            )
        conditions += [
            composed(
                "EXISTS (SELECT 1 FROM {of} o"
                " WHERE o.key IN (area.region_id, area.cercle_id, area.commune_id))",
                of=name,
            )
            for name, _level in self.side.scopes
        ]
        return all_of(conditions) if conditions else TRUE

    def _alike(self):
        others = [each for each in self.dimensions if not each.level]
        told = [composed("{sql},", sql=each.sql) for each in others]
        return composed(
            ALIKE,
            part="alike",
            dimensions=joined(" ", told),
            places=joined(" ", told),
            table=f"step{self.last.number}",
            laterals=self._laterals(others),
            violent=bound([str(each) for each in VIOLENT_EVENT_TYPES]),
            counted=self.counted(),
        )


def columns_of(groups):
    """Return the columns of groups and of what is measured of them."""
    told = []
    for each in groups.dimensions:
        if each.level:
            words = LEVEL_WORDS[each.level]
            told.append(
                column(each.name, f"P-code ({words.fr.lower()})", f"P-code ({words.en.lower()})", "string")
            )
            told.append(column(f"{each.name}_name", words.fr, words.en, "string"))
        elif each.name in TIMES:
            words = ("Mois", "Month") if each.name == MONTH else ("Année", "Year")
            told.append(column(each.name, *words, "string"))
        else:
            field = field_of(groups.layer, each.name)
            told.append(column(each.name, field.label.fr, field.label.en, str(field.type), field=field))
    return told + measured_columns(groups)


def measured_columns(groups):
    kind, name = groups.measure["kind"], groups.measure.get("field")
    field = field_of(groups.layer, name) if name else None
    title = groups.layer.title
    if kind == COUNT:
        told = [column("count", f"Nombre ({title.fr})", f"Number ({title.en})")]
    elif kind == DISTINCT:
        told = [
            column(
                "distinct", f"Valeurs différentes ({field.label.fr})", f"Different values ({field.label.en})"
            )
        ]
    elif kind == AREA:
        told = [column("area", "Superficie", "Area", "number", unit=("km²", "km²"))]
    elif kind == PEOPLE:
        people = ("habitants", "people")
        told = [
            column("people", "Habitants", "People", unit=people),
            column("people_unknown", "dont la population est inconnue", "of unknown people"),
        ]
    elif kind == SHARE:
        told = [column("share", "Part", "Share", "number")]
    elif kind == RATE:
        of = (field.label.fr, field.label.en) if field else (title.fr, title.en)
        told = [
            column(
                "rate",
                f"{of[0]} pour 100\u202f000\u00a0habitants",
                f"{of[1]} per 100\u202f000 people",
                "number",
            )
        ]
    else:
        words = {SUM: ("Somme", "Sum"), MEAN: ("Moyenne", "Mean")}[kind]
        told = [
            column(
                kind,
                f"{words[0]}\u00a0: {field.label.fr}",
                f"{words[1]}: {field.label.en}",
                "number",
                unit=(field.unit.fr, field.unit.en) if field.unit else None,
            )
        ]
    if groups.has_pair:
        told += [
            column(f"{told[0]['name']}_low", "au moins", "at least", told[0]["type"]),
            column(f"{told[0]['name']}_high", "au plus", "at most", told[0]["type"]),
        ]
    if kind == RATE:
        told.append(column("people", "Habitants", "People", unit=("habitants", "people")))
    return told
