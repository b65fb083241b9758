"""What the page of the choice shows of a whole question: fields, ranking, what the scripts need."""

import math
from datetime import date

from django.urls import reverse

from apps.accounts.access import visible_classes
from apps.area_tables.figures import tables
from apps.events.figures import period_of
from apps.maps import formats
from apps.maps.runs.told import unit_of, zone_title
from apps.maps.targeting import question_fields as fields
from apps.maps.targeting import sentences as said
from apps.maps.targeting.page import listed, rank_limits, shared_context
from apps.maps.targeting.question_answer import preview
from apps.maps.targeting.question_form import kept_of
from apps.maps.targeting.question_text import packed
from apps.maps.targeting.questions import TargetingQuestion, last_day
from apps.targeting import services
from apps.targeting.indicators import INDICATORS
from apps.targeting.questions import MOST_CRITERIA
from apps.targeting.zones import NO_DATA, USED
from geo.vocabulary import Level

MARKS = 6
"""Shades that tell the criteria of a score apart; a seventh takes the first again."""

NUMBER = 21
"""How many first cercles are set apart where the question says no number: as many as the programme chose."""


class Screen:
    """A draft as the page shows it to a reader: what is asked of the address besides is in `parameters`."""

    def __init__(self, draft, parameters, user, bounds):
        self.draft, self.told, self.user, self.bounds = draft, draft.told, user, bounds
        self.parameters = parameters
        self.tables = [table for table in tables(visible_classes(user)) if table.level == Level.CERCLE]
        self.common = fields.common_period(self.told)
        self.preview = preview(draft, user)
        self.ids = self._ids()
        self.figures = services.figures_told(*self.period, draft.asked)["cercles"]
        self.columns = self._columns()

    @property
    def period(self):
        """Return the days of the common period, the last twelve months where none is said."""
        usual = period_of("12m", self.draft.asked)
        since, until = (_day(self.common[name]) for name in ("since", "until"))
        return since or usual.since, until or (usual.until and last_day(usual.until))

    def _ids(self):
        """Return {(zone, criterion): id}, as an answer calls them."""
        zones = self.told["zones"]
        return {
            (at, place): f"{zone.get('key')}.{criterion.get('key')}"
            if len(zones) > 1
            else criterion.get("key")
            for at, zone in enumerate(zones)
            for place, criterion in enumerate(zone["criteria"])
        }

    # --- Criteria and their values ---

    @property
    def criteria(self):
        """Yield (id, zone, criterion as told) of every criterion."""
        for (at, place), id_ in self.ids.items():
            yield id_, self.told["zones"][at], self.told["zones"][at]["criteria"][place]

    @property
    def ranked_criteria(self):
        """Return {id: criterion with its values}, where there is a ranking."""
        ranking = self.preview.ranking
        return {each.id: each for zone in ranking.asked_zones for each in zone.criteria} if ranking else {}

    def _columns(self):
        """Return {id of criterion: the column that holds its values}: the same measure has one column."""
        found, first = {}, {}
        for id_, each in self.ranked_criteria.items():
            if each.status != USED:
                continue
            told = each.asked
            same = tuple(
                str(told[name])
                for name in ("indicator", "table", "since", "until", "threshold", "kinds", "limit_km")
            )
            found[id_] = first.setdefault(same, id_)
        return found

    def values(self, column):
        """Return {P-code: what is known of it} of a column, in every zone."""
        measuring = self.preview.ranking.measuring
        column = measuring.column(self.ranked_criteria[column].asked)
        known = [_number(value) for value in column.values]
        return dict(zip(measuring.pcodes, known, strict=True))

    def words(self):
        """Return the words of each criterion, by id; their marks follow their place in their zone."""
        told = {}
        for (at, place), id_ in self.ids.items():
            criterion = self.told["zones"][at]["criteria"][place]
            indicator = INDICATORS.get(criterion.get("indicator"))
            title = fields.criterion_title(criterion, self.tables)
            is_ours = indicator is not None and criterion["indicator"] != "table"
            told[id_] = {
                "title": title,
                "unit": unit_of(criterion) if is_ours else "",
                "inSentence": str(indicator.in_sentence) if is_ours else title,
                "decimals": indicator.decimals if indicator else 1,
                "mark": f"n{place % MARKS + 1}",
            }
        return told

    # --- The ranking ---

    def rows(self):
        """Return the cercles in the order of the page: zone by zone, best first, then those of no zone."""
        outside = None if self.preview.ranking is None else ""
        columns = {column: self.values(column) for column in dict.fromkeys(self.columns.values())}
        rows = [
            cercle
            | {"values": {name: values.get(cercle["pcode"]) for name, values in columns.items()}}
            | {"score": None, "rank": None, "contributions": {}, "missing": (), "zone_key": outside}
            for cercle in self.figures
        ]
        if self.preview.ranking is None:
            return sorted(rows, key=lambda row: row["pcode"])
        told = self._ranked()
        zones = {zone.key: at for at, zone in enumerate(self.preview.ranking.asked_zones)}
        rows = [row | told.get(row["pcode"], {}) for row in rows]
        return sorted(
            rows,
            key=lambda row: (
                zones.get(row["zone_key"], math.inf),
                row["rank"] or math.inf,
                row["pcode"],
            ),
        )

    def _ranked(self):
        ranking = self.preview.ranking
        found = {}
        for member, zone in ranking.zone_of.items():
            at = zone.members.index(member)
            found[ranking.measuring.areas[member]["pcode"]] = {
                "zone_key": zone.key,
                "zone_title": self.zone_titles[zone.key],
                "score": _number(ranking.score[member]),
                "rank": None if math.isnan(ranking.rank[member]) else int(ranking.rank[member]),
                "contributions": {key: float(part) for key, part in ranking.parts.get(member, {}).items()},
                "missing": tuple(
                    each.id for each in zone.criteria if each.status == USED and math.isnan(each.values[at])
                ),
            }
        return found

    def zones(self):
        """Return the zones as the browser ranks them: members; weight, scale, values of each criterion."""
        ranking = self.preview.ranking
        if ranking is None:
            return []
        pcodes = [area["pcode"] for area in ranking.measuring.areas]
        return [
            {
                "title": self.zone_titles[zone.key],
                "members": [pcodes[member] for member in zone.members],
                "aggregation": zone.zone.aggregation,
                "criteria": [
                    {
                        "id": each.id,
                        "column": self.columns.get(each.id),
                        "weight": each.asked["weight"],
                        "scale": {
                            name: each.asked[name]
                            for name in ("normalisation", "direction", "bounds", "band", "logged")
                        },
                        "values": [_number(value) for value in each.values],
                    }
                    for each in zone.criteria
                    if each.status != NO_DATA
                ],
            }
            for zone in ranking.asked_zones
        ]

    @property
    def zone_titles(self):
        zones = self.told["zones"]
        if len(zones) == 1:
            return {zones[0].get("key"): ""}
        return {zone.get("key"): zone_title({"key": "", "title": "", **zone}) for zone in zones}

    @property
    def weights(self):
        return {id_: _weight(criterion) for id_, _zone, criterion in self.criteria}

    @property
    def q(self):
        return packed(self.told)


def _number(value):
    return None if value is None or math.isnan(value) else float(value)


def _weight(criterion):
    weight = criterion.get("weight")
    return weight if isinstance(weight, int | float) else 0


def _day(text):
    try:
        return text and date.fromisoformat(text)
    except ValueError:
        return None


# --- The page ---


def question_context(request, screen):
    """Return what templates/maps/targeting.html needs to show a whole question."""
    view = view_of(screen)
    words = said.page() | {"criteria": screen.words()}
    ranked = screen.rows()
    told = shared_context(request, view, ranked, words, bounds=screen.bounds, costs=costs_of(screen))
    editor = Editor(screen)
    told["settings"] |= answer_told(screen, ranked) | {
        "isQuestion": True,
        "rankLimits": rank_limits(*sizes(screen, ranked)),
        "run": str(screen.draft.forked_from.pk) if screen.draft.forked_from else None,
    }
    told["settings"]["addresses"] |= {
        "answer": reverse("targeting-answer"),
        "question": reverse("targeting-question"),
    }
    return told | {
        "is_question": True,
        "forked_from": screen.draft.forked_from,
        "sentence": zones_sentence(screen),
        "zones": editor.zones,
        "rules": editor.rules,
        "robustness": editor.robustness,
        "kept": kept_of(screen.told),
        "common": {name: fields.written_month(f"{day}") for name, day in _common(screen).items() if day},
        "elsewhere": editor.elsewhere,
        "failed": screen.preview.failed,
        "picked": picked_told(screen),
        "agreement": picked_agreement(screen, ranked),
        "add": fields.choice_of_indicators(screen.tables),
        "downloads": [],
        "people_columns": [
            id_ for id_, _zone, criterion in screen.criteria if criterion.get("indicator") == "people"
        ],
    }


def sizes(screen, ranked):
    """Return how many cercles the largest zone has, and how many of its first ones are set apart."""
    if screen.preview.ranking is None:
        return len(ranked), NUMBER
    largest = max(screen.preview.ranking.asked_zones, key=lambda zone: len(zone.members))
    return len(largest.members), largest.number or screen.draft.question["rules"]["number"] or NUMBER


def costs_of(screen):
    """Return the cost of each cercle, where the question tells any."""
    rules = (screen.draft.question or {}).get("rules", {})
    if rules.get("cost") is None and not rules.get("costs"):
        return None
    usual = rules["cost"] or 0
    return {each["pcode"]: rules["costs"].get(each["pcode"], usual) for each in screen.figures}


def _common(screen):
    since, until = screen.period
    return {"since": since, "until": until}


def view_of(screen):
    """Return what the rest of the page asks of any question: days, weights, choice, order of rows."""
    since, until = screen.period
    return TargetingQuestion(
        since=since,
        until=until,
        weights=screen.weights,
        cercles=screen.parameters.cercles,
        with_programme=screen.parameters.with_programme,
        sort=screen.parameters.sort,
        asked=screen.draft.asked,
    )


class Editor:
    """The fields of a question with what is wrong beside each; what no field shows is told `elsewhere`."""

    def __init__(self, screen):
        errors = dict(screen.draft.errors)
        self.zones = zones_told(screen, errors)
        self.rules = rules_told(screen, errors)
        self.robustness = fields.with_errors(
            fields.robustness_fields(screen.told.get("robustness") or {}), errors
        )
        self.elsewhere = list(dict.fromkeys(errors.values()))

    @property
    def fields(self):
        """Yield every field."""
        for zone in self.zones:
            yield from zone["fields"]
            yield {"name": f"zones.{zone['place']}.criteria", "error": zone["error"]}
            for criterion in zone["criteria"]:
                yield criterion["weight"]
                yield from criterion["fields"]
        yield from self.rules["fields"]
        for row in (*self.rules["regions"], *self.rules["cases"]):
            yield from row["fields"]
        yield from self.robustness


def zones_told(screen, errors):
    """Return each zone with the fields of its criteria."""
    regions = regions_of(screen.figures)
    several = len(screen.told["zones"]) > 1
    words = screen.words()
    return [
        {
            "place": place,
            "key": zone.get("key") or "",
            "areas": ",".join(map(str, zone.get("areas") or ())),
            "title": screen.zone_titles[zone.get("key")],
            "fields": fields.with_errors(
                [
                    *(fields.zone_fields(place, zone, regions) if several else ()),
                    fields.aggregation_field(place, zone),
                ],
                errors,
            ),
            "criteria": [
                criterion_told(screen, place, at, criterion, words[screen.ids[place, at]], errors)
                for at, criterion in enumerate(zone["criteria"])
            ],
            "has_room": len(zone["criteria"]) < MOST_CRITERIA,
            "error": errors.pop(f"zones.{place}.criteria", ""),
            "only_regions": [] if several else [str(each) for each in zone.get("regions") or ()],
        }
        for place, zone in enumerate(screen.told["zones"])
    ]


def criterion_told(screen, zone, at, criterion, words, errors):
    """Return what the page shows of one criterion: its weight, its fields, whether anything is known."""
    place = f"zones.{zone}.criteria.{at}"
    id_ = screen.ids[zone, at]
    told = fields.with_errors(
        [
            fields.number_field(f"{place}.weight", "", criterion.get("weight"), error_at=place),
            *fields.criterion_fields(place, criterion, screen.tables, screen.common),
        ],
        errors,
    )
    ranked = screen.ranked_criteria.get(id_)
    indicator = INDICATORS.get(criterion.get("indicator"))
    return words | {
        "id": id_,
        "at": place,
        "key": criterion.get("key") or "",
        "indicator": criterion.get("indicator") or "",
        "kinds": ",".join(map(str, criterion.get("kinds") or ())),
        "weight": told[0],
        "slides": isinstance(criterion.get("weight"), int | float),
        "fields": told[1:],
        "has_error": any(each["error"] for each in told),
        "note": indicator.note if indicator else "",
        "needs_table": criterion.get("indicator") == "table" and not criterion.get("table"),
        "has_no_data": ranked is not None and ranked.status == NO_DATA,
        "share": said.fill(said.page()["share"], share=formats.percent(share_of(screen, zone, id_))),
    }


def share_of(screen, zone, id_):
    """Return the share of the weights of its zone that a criterion has."""
    weights = [
        screen.weights[screen.ids[zone, at]] for at in range(len(screen.told["zones"][zone]["criteria"]))
    ]
    return screen.weights[id_] / sum(weights) if sum(weights) else 0


def rules_told(screen, errors):
    rules = screen.told.get("rules") or {}
    cercles = sorted(((each["pcode"], each["name"]) for each in screen.figures), key=lambda each: each[1])
    regions = regions_of(screen.figures)
    by_region = fields.region_rows(rules, regions)
    cases = fields.case_rows(rules, cercles)
    for row in (*by_region, *cases):
        fields.with_errors(row["fields"], errors)
    return {
        "fields": fields.with_errors(fields.rule_fields(rules), errors),
        "regions": by_region,
        "has_regions": any(each["value"] != "" for row in by_region for each in row["fields"]),
        "cases": cases,
        "has_cases": any(not row["is_empty"] for row in cases),
    }


def regions_of(figures):
    """Return (P-code, name) of the regions, by name."""
    return sorted({(each["region"], each["region_name"]) for each in figures}, key=lambda each: each[1])


# --- Sentences ---


def zones_sentence(screen):
    """Return by what the cercles are ranked, zone by zone, as static/js/targeting_said.js does."""
    words, by_id = said.page(), screen.words()
    told = [zone_sentence(zone, by_id, words) for zone in screen.zones()]
    told = [each for each in told if each]
    if not told:
        return words["noRanking"] if any(screen.weights.values()) else words["noWeight"]
    several = len(screen.told["zones"]) > 1
    sentence = words["sentenceByZone" if several else "sentenceWithoutEvents"]
    return said.fill(sentence, criteria=words["then"].join(told))


def zone_sentence(zone, by_id, words):
    total = sum(each["weight"] for each in zone["criteria"])
    parts = [
        f"{by_id[each['id']]['inSentence']} ({formats.percent(each['weight'] / total)})"
        for each in zone["criteria"]
        if each["weight"]
    ]
    if not parts:
        return ""
    told = listed(parts, words)
    return said.fill(words["zoneSentence"], zone=zone["title"], criteria=told) if zone["title"] else told


def picked_told(screen):
    """Return how many cercles the rules retain, as a sentence; empty where there is no ranking."""
    if screen.preview.ranking is None:
        return ""
    return said.plural(said.page()["picked"], len(screen.preview.chosen))


def picked_agreement(screen, ranked):
    """Return how many of those that the rules retain are of the programme."""
    chosen = set(screen.preview.chosen)
    if not chosen:
        return ""
    common = sum(row["target"] for row in ranked if row["pcode"] in chosen)
    return said.plural(said.page()["pickedAgreement"], common, picked=formats.number(len(chosen)))


def answer_told(screen, ranked):
    """Return what the scripts need to rank and to choose by a question, and to say what it retains."""
    since, until = screen.period
    return {
        "q": screen.q,
        "since": since and f"{since:%Y-%m}",
        "until": until and f"{until:%Y-%m}",
        "zones": screen.zones(),
        "columns": sorted(set(screen.columns.values())),
        "weights": screen.weights,
        "picked": screen.preview.chosen,
        "pickedTold": picked_told(screen),
        "agreementTold": picked_agreement(screen, ranked),
        "failed": screen.preview.failed,
        "noRanking": zones_sentence(screen),
        "costs": costs_of(screen),
    }


def answer(screen):
    """Return what the page is told while a question is being written: fields that are wrong, ranking."""
    ranked = screen.rows()
    editor = Editor(screen)
    kept = ("pcode", "name", "region_name", "people", "violent_events", "fatalities", "events")
    return answer_told(screen, ranked) | {
        "errors": {each["name"]: each["error"] for each in editor.fields if each["error"]},
        "elsewhere": editor.elsewhere,
        "figures": [
            {name: row[name] for name in (*kept, "events_imprecise", "values", "target")} for row in ranked
        ],
    }
