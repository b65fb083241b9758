"""What the template of /ciblage/ shows: ranking, choice with its totals, and what the scripts need."""

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from apps.accounts.access import may_save_choices, may_see_choices
from apps.boundaries.models import Area
from apps.events.figures import imprecise, period_of, provenance
from apps.maps import formats, indicators, tables
from apps.maps.asked import asked_told
from apps.maps.map.page import shapes_url, source_line, source_notes, static_url
from apps.maps.targeting import sentences as said
from apps.maps.targets import targets_line
from apps.targeting import services
from apps.targeting.models import Adoption
from apps.targeting.services import CRITERIA
from geo.names import fold
from geo.vocabulary import Level, PeopleMethod
from layers.areas import PEOPLE_METHODS

WITHOUT_PROGRAMME = 21
"""How many first cercles are set apart while no programme is loaded: as many as it chose."""


def targeting_context(request, question, *, bounds):
    """Return what templates/maps/targeting.html needs; `bounds` is the period of all events."""
    ranked = ranking_rows(question)
    told = shared_context(request, question, ranked, said.page(), bounds=bounds)
    return told | {
        "presets": presets(bounds, question.asked),
        "sliders": sliders(question.weights),
        "sentence": sentence(question.weights, question.since, question.until),
        "agreement": agreement(ranked, told["programme"]),
        "downloads": downloads(question),
        "compose": compose_addresses(question),
    }


def shared_context(request, question, ranked, words, *, bounds, costs=None):
    """Return what the page shows of three sliders and of a whole question alike."""
    told = provenance(question.asked)
    programme = [row for row in ranked if row["target"]]
    chosen = [row for row in ranked if row["pcode"] in question.cercles]
    shown = told | {"areas": ranked}
    return {
        "question": question,
        "bounds": bounds,
        "asked": asked_told(question.asked),
        "rows": table_rows(ranked, question, words),
        "columns": columns(question, ranked, words),
        "sort": {key: sort_link(question, key) for key in ("rank", "name")}
        | {"target": sort_link(question, "target", first="-")},
        "has_estimates": any(row["people_method"] == PeopleMethod.ESTIMATED for row in ranked),
        "estimate_title": PEOPLE_METHODS[PeopleMethod.ESTIMATED].in_language(get_language()),
        "simulated": told["simulated"],
        "approximate": told["approximate"],
        "programme": programme,
        "targets_line": targets_line(Adoption.objects.in_force()) if programme else "",
        "chosen": chosen,
        "imprecise": imprecise_told(ranked),
        "unknown": sorted(set(question.cercles) - {row["pcode"] for row in ranked}),
        "totals": totals(chosen, ranked, costs),
        "may_save": may_save_choices(request.user),
        "may_see_choices": may_see_choices(request.user),
        "source_line": source_line(shown),
        "tiles_attribution": settings.TILES_ATTRIBUTION,
        "today": timezone.localdate(),
        "shapes_url": shapes_url("cercles"),
        "people_columns": ("people",),
        "communes_url": f"{reverse('targeting-communes')}?{communes_query(question)}",
        "settings": screen_settings(question, bounds, ranked, programme, shown, costs) | {"words": words},
    }


def compose_addresses(question):
    """Return where a whole question begins: from the sliders as they stand, or from the programme's case."""
    asked = parameters(question)
    return {
        name: f"{reverse('targeting')}?{urlencode(asked | {'outils': name})}"
        for name in ("criteres", "programme")
    }


def ranking_rows(question):
    """Return the cercles best first; by P-code and without a score when every weight is zero."""
    if question.has_weight:
        return services.ranked(question.since, question.until, question.weights, question.asked)
    unranked = {"score": None, "rank": None, "contributions": {}, "missing": ()}
    return [cercle | unranked for cercle in services.figures(question.since, question.until, question.asked)]


def presets(bounds, asked):
    """Return the usual periods as (title, first month, last month), for the buttons beside the two months."""
    if bounds.since is None:
        return []
    periods = {key: period_of(key, asked) for key in indicators.PERIOD_TITLES}
    return [(indicators.PERIOD_TITLES[key], period.since, period.until) for key, period in periods.items()]


def sliders(weights):
    total = sum(weights.values())
    words = said.criteria()
    return [
        {
            "name": criterion,
            "weight": weight,
            "share": said.fill(said.page()["share"], share=formats.percent(weight / total if total else 0)),
            **words[criterion],
        }
        for criterion, weight in weights.items()
    ]


def sentence(weights, since, until):
    """Return « Cercles classés par événements violents … (50 %) et population (50 %), de … à … »."""
    words = said.page()
    total = sum(weights.values())
    if not total:
        return words["noWeight"]
    parts = [
        f"{words['criteria'][criterion]['inSentence']} ({formats.percent(weight / total)})"
        for criterion, weight in weights.items()
        if weight
    ]
    told = listed(parts, words)
    if since is None:
        return said.fill(words["sentenceWithoutEvents"], criteria=told)
    return said.fill(words["sentence"], criteria=told, since=formats.month(since), until=formats.month(until))


def listed(parts, words):
    """Return « un, deux et trois »."""
    return words["and"].join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def columns(question, ranked, words):
    """Return the columns of figures, each with its order and the order that a click asks."""
    return [
        {"name": criterion, **sort_link(question, criterion, first="-"), **words["criteria"][criterion]}
        for criterion in (ranked[0]["values"] if ranked else ())
    ]


def sort_link(question, key, *, first=""):
    return {
        "direction": tables.direction(question, key),
        "next": tables.next_sort(question, key, first=first),
    }


def table_rows(ranked, question, words):
    """Return the rows in the order asked, each with its cells and the reason for a missing score."""
    return [
        row
        | {
            "is_chosen": row["pcode"] in question.cercles,
            "cells": [
                (name, value, words["criteria"][name]["decimals"]) for name, value in row["values"].items()
            ],
            "bars": bars(row["contributions"], words),
            "points": points(row["contributions"], words),
            "zone_title": row.get("zone_title", ""),
            "why_no_score": why_no_score(row, words),
            "zone": words["zoneLogics"].get(row["zone_logic"], ""),
        }
        for row in in_order(ranked, question)
    ]


def in_order(ranked, question):
    """Return the rows sorted by a column: those without the figure last, equal ones by rank."""
    key = question.order
    if key == "rank" and not question.is_descending:
        return ranked
    value = {"name": lambda row: fold(row["name"]), "target": lambda row: row["target"]}.get(
        key, lambda row: row["values"].get(key, row.get(key))
    )
    known = [row for row in ranked if value(row) is not None]
    unknown = [row for row in ranked if value(row) is None]
    return sorted(known, key=value, reverse=question.is_descending) + unknown


def bars(contributions, words):
    """Return the parts of a score side by side: mark of the criterion, start and width in points."""
    parts, start = [], 0.0
    for criterion, width in contributions.items():
        parts.append((words["criteria"][criterion]["mark"], f"{start:.2f}", f"{width:.2f}"))
        start += width
    return parts


def points(contributions, words):
    """Return what the bar of a score says: « Événements violents : 32,1 points ; Population : 4,0 »."""
    told = (
        said.fill(words["points"], what=words["criteria"][criterion]["title"], points=formats.number(part, 1))
        for criterion, part in contributions.items()
    )
    return words["then"].join(told)


def why_no_score(row, words):
    """Return which figure a cercle without a score lacks; empty for one that has a score."""
    if not row["missing"]:
        return words["noZone"] if row.get("zone_key") == "" else ""
    if "zone_key" in row:
        titles = [words["criteria"][criterion]["title"] for criterion in row["missing"]]
        return said.fill(words["noScore"], what=listed(titles, words))
    unknown = {"unknownPeople": row["people"], "unknownEvents": row["violent_events"]}
    what = words["and"].join(words[name] for name, figure in unknown.items() if figure is None)
    return said.fill(words["noScore"], what=what)


def agreement(ranked, programme):
    """Return how many of the first are the programme's, as a sentence; empty without a ranking."""
    ranks = [row["rank"] for row in programme if row["rank"]]
    if not ranks:
        return ""
    first = len(programme)
    common = sum(rank <= first for rank in ranks)
    return said.plural(said.page()["agreement"], common, first=first, targets=first)


def totals(chosen, everyone, costs=None):
    """
    Return what the chosen cercles hold together, as the sentences under the map.

    `costs` is the cost of each, {P-code: amount}, where a question tells them.
    """
    words = said.page()
    if not chosen:
        return {"count": said.fill(words["noneChosen"], total=formats.number(len(everyone))), "lines": []}
    return {
        "count": said.plural(words["chosen"], len(chosen), total=formats.number(len(everyone))),
        "lines": [
            *people_lines(chosen, everyone),
            *commune_lines(chosen),
            *event_lines(chosen, everyone),
            *cost_lines(chosen, costs),
        ],
    }


def people_lines(chosen, everyone):
    words = said.page()
    known = [row["people"] for row in chosen if row["people"] is not None]
    country = sum(row["people"] or 0 for row in everyone)
    lines = []
    if known:
        share = said.fill(words["peopleShare"], share=formats.percent(sum(known) / country, 1))
        lines.append(f"{said.plural(words['people'], sum(known))} ({share})")
    if len(known) < len(chosen):
        lines.append(said.plural(words["peopleUnknown"], len(chosen) - len(known)))
    return lines


def communes_by_cercle():
    """Return {P-code of a cercle: how many communes it has} in the active edition."""
    rows = Area.objects.active().at(Level.COMMUNE).values_list("parent__pcode")
    return dict(rows.annotate(communes=Count("pk")).order_by("parent__pcode"))


def commune_lines(chosen):
    by_cercle = communes_by_cercle()
    number = sum(by_cercle.get(row["pcode"], 0) for row in chosen)
    return [said.plural(said.page()["communes"], number)] if number else []


def event_lines(chosen, everyone):
    """Return the events and deaths of the period; nothing while no event is loaded."""
    words = said.page()
    if any(row["violent_events"] is None for row in chosen):
        return []
    events = sum(row["violent_events"] for row in chosen)
    country = sum(row["violent_events"] for row in everyone)
    told = said.plural(words["violentEvents"], events)
    share = said.fill(words["eventsShare"], share=formats.percent(events / country, 1)) if country else ""
    return [
        f"{told} ({share})" if share else told,
        said.plural(words["fatalities"], sum(row["fatalities"] for row in chosen)),
    ]


def cost_lines(chosen, costs):
    if not costs:
        return []
    return [said.fill(said.page()["cost"], cost=formats.number(sum(costs[row["pcode"]] for row in chosen)))]


def imprecise_told(ranked):
    """Return the sentence on the events that no cercle counts; empty when there is none."""
    told = imprecise(ranked)
    if not told["events"]:
        return ""
    return said.plural(said.page()["imprecise"], told["events"], share=formats.percent(told["share"], 1))


def parameters(question):
    """Return the question as the API and this page take it: months, weights, and what is asked of events."""
    months = (
        {"since": f"{question.since:%Y-%m}", "until": f"{question.until:%Y-%m}"} if question.since else {}
    )
    weights = {f"w_{criterion}": weight for criterion, weight in question.weights.items()}
    return months | weights | question.asked.parameters()


def communes_query(question):
    """Return what the address of the communes of the choice asks."""
    months = {
        name: f"{day:%Y-%m}" for name, day in (("since", question.since), ("until", question.until)) if day
    }
    asked = months | question.asked.parameters() | {"cercles": ",".join(question.cercles)}
    return urlencode(asked, safe=",")


def downloads(question):
    """Return the files of the choice (of the whole ranking while nothing is chosen)."""
    if question.since is None or not question.has_weight:
        return []
    asked = parameters(question) | ({"cercles": ",".join(question.cercles)} if question.cercles else {})
    return [
        {
            "title": title,
            "extension": extension,
            "url": f"{reverse('api:targeting-choice', args=[extension])}?{urlencode(asked, safe=',')}",
        }
        for title, extension in (("GeoJSON", "geojson"), ("CSV", "csv"))
    ]


def rank_limits(cercles, first):
    """
    Return the last rank of each of five classes: thirds of the `first`, then the rest in halves.

    Ranks are what is compared here, and the first are as many as the programme chose.

    >>> rank_limits(53, 21)
    [7, 14, 21, 37, 53]
    """
    first = min(first, cercles)
    limits = [round(first / 3), round(2 * first / 3), first, first + round((cercles - first) / 2), cercles]
    return sorted({limit for limit in limits if limit})


KEPT = (
    "pcode",
    "name",
    "region_name",
    "people",
    "violent_events",
    "fatalities",
    "events",
    "events_imprecise",
    "values",
    "target",
)
"""What the script needs of a cercle; the API gives the same names when the period changes."""


def screen_settings(question, bounds, ranked, programme, shown, costs):
    return {
        "criteria": list(CRITERIA),
        "asked": question.asked.parameters(),
        "weights": question.weights,
        "since": question.since and f"{question.since:%Y-%m}",
        "until": question.until and f"{question.until:%Y-%m}",
        "bounds": [f"{day:%Y-%m}" for day in (bounds.since, bounds.until) if day],
        "programme": question.with_programme,
        "sort": question.sort,
        "chosen": [row["pcode"] for row in ranked if row["pcode"] in question.cercles],
        "communes": communes_by_cercle(),
        "costs": costs,
        "figures": [{name: row[name] for name in KEPT} for row in ranked],
        "rankLimits": rank_limits(len(ranked), len(programme) or WITHOUT_PROGRAMME),
        "simulated": shown["simulated"],
        "notes": source_notes(shown),
        "countries": static_url("basemap/countries.geojson"),
        "hasTiles": bool(settings.TILES_URL),
        "shapes": {detail: shapes_url("cercles", detail) for detail in ("low", "medium", "high")},
        "addresses": {
            "figures": reverse("api:targeting-figures"),
            "communes": reverse("targeting-communes"),
            "selections": reverse("api:selection-list"),
            "choice": {
                extension: reverse("api:targeting-choice", args=[extension])
                for extension in ("geojson", "csv")
            },
        },
    }
