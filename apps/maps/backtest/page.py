"""What the page of back-tests shows: those that are ready, and one of them in full."""

import json

from django.urls import reverse

from apps.accounts.access import may_save_choices
from apps.boundaries.models import Edition
from apps.maps.backtest.intervals import interval_bars
from apps.maps.backtest.words import ALONE, CASES, FATES, reason
from apps.maps.runs.told import criterion_title, day_of, short_title, zone_title
from apps.maps.small_map import country_drawing
from apps.runs.models import Run
from apps.targeting import backtests
from apps.targeting.ready_made import CASES as READY_MADE
from geo.vocabulary import Level
from layers.spreadsheets import as_csv

LOOKED_AT = 60
"""Public back-tests among which the newest of each case are found."""

SHOWN_FIRST = ("all_2020", "national")


def page_context(user, run=None):
    """Return what templates/maps/backtest/page.html needs: `run` in full, else the first ready one."""
    ready, is_one = newest_by_case(), run is not None
    if run is None:
        run = ready.get(SHOWN_FIRST) or next(iter(ready.values()), None)
    return {
        "ready": [_summary(case, each, run) for case, each in ready.items()],
        "run": run,
        "is_one": is_one,
        "may_ask": may_save_choices(user),
        "cases": [(f"{case}-{zones}", title) for (case, zones), title in CASES.items()],
        "told": told(backtests.told_to(run, user)) if run and run.state == Run.State.DONE else None,
    }


def newest_by_case():
    """Return the newest public back-test of each ready-made case, in the order of the cases."""
    public = Run.objects.of_kind(backtests.KIND).answered().filter(is_public=True)
    found = {}
    for run in public[:LOOKED_AT]:
        question = json.loads(run.question)
        found.setdefault((question["case"], question["zones"]), run)
    return {case: found[case] for case in CASES if case in found}


def _summary(case, run, shown):
    answer = json.loads(run.answer)
    together = answer["agreement"]["together"]
    return {
        "title": CASES[case],
        "run": run,
        "url": reverse("backtest-run", args=[run.pk]),
        "is_shown": shown is not None and run.pk == shown.pk,
        "until": day_of(answer["question"]["until"]),
        "common": len(together["common"]),
        "together": together,
        "alone": _common(answer["alone"]["violent_events"]),
        "alone_rate": _common(answer["alone"]["violent_per_100k"]),
    }


def _common(alone):
    return len(alone["agreement"]["together"]["common"]) if alone["agreement"] else None


def told(answer):
    """Return an answer as the page shows it."""
    areas = {area["pcode"]: area for area in answer["scores"]}
    together, question = answer["agreement"]["together"], answer["question"]
    zones = {zone["key"]: zone_title(zone) for zone in answer["zones"]}
    weightings = answer["weightings"]
    return {
        "answer": answer,
        "title": _title(question),
        "until": day_of(question["until"]),
        "known_at": answer["known_at"] and day_of(answer["known_at"]),
        "is_of_regions": question["case"] in READY_MADE and question["zones"] == "programme",
        "together": together,
        "common": len(together["common"]),
        "missed": [areas[pcode] for pcode in together["missed"]],
        "false": [areas[pcode] for pcode in together["false"]],
        "unscored": [areas[pcode] for pcode in together["unscored"]],
        "zones": [(zones[key], each) for key, each in answer["agreement"]["zones"].items()],
        "beside": [_beside(name, alone) for name, alone in answer["alone"].items()],
        "criteria": [
            (criterion_title(each), zones[each["zone"]], answer["weights"][each["id"]])
            for each in answer["criteria"]
        ],
        "left_out": _left_out(answer, zones),
        "as_best": weightings and _weightings(answer, weightings["as_best"]),
        "as_chosen": weightings and weightings["as_chosen"],
        "reached": weightings and _reached(weightings["counts"], weightings["draws"]),
        "never": _named(answer["explained"], "never", areas),
        "always": _named(answer["explained"], "always", areas),
        "regions": answer["regions"],
        "reduced": _reduced(answer["reduced"], areas),
        "map": _map(answer),
        "rows": [_row(area, zones) for area in answer["scores"]],
    }


def _title(question):
    return CASES.get((question["case"], question["zones"]))


def _beside(name, alone):
    together = alone["agreement"] and alone["agreement"]["together"]
    return {
        "title": ALONE[name],
        "since": day_of(alone["since"]),
        "until": day_of(alone["until"]),
        "together": together,
        "common": together and len(together["common"]),
        "why": reason({"reason": alone["left_out"], "dated_to": alone["dated_to"]})
        if alone["left_out"]
        else "",
    }


def _left_out(answer, zones):
    """Return the criteria left out, each once with the reason: those of two zones have the same."""
    found = {}
    for each in answer["left_out"]:
        found.setdefault((short_title(each), str(reason(each))), []).append(zones[each["zone"]])
    return [
        {"title": title, "why": why, "zones": names if len(names) < len(zones) else []}
        for (title, why), names in found.items()
    ]


def _weightings(answer, found):
    return found | {"bars": interval_bars(answer, found["shares"])}


def _reached(counts, draws):
    """Return, of each number of cercles in common, how many weightings reach it, where any does."""
    most = max(counts)
    return [
        {"common": common, "number": number, "share": number / draws, "length": round(100 * number / most, 1)}
        for common, number in enumerate(counts)
        if number
    ]


def _named(explained, name, areas):
    return [areas[pcode] for pcode in explained[name]] if explained else None


def _reduced(reduced, areas):
    if reduced is None:
        return None
    named = {name: [areas[pcode] for pcode in reduced[name]] for name in ("leaving", "of_programme")}
    return named | {"to": reduced["to"]}


def _map(answer):
    """Return the drawing of the country, each cercle with its fate; None where its edition is gone."""
    edition = Edition.objects.filter(name=answer["edition"]).first()
    if edition is None:
        return None
    fates = {area["pcode"]: area["fate"] for area in answer["scores"]}
    drawing = country_drawing(edition, Level.CERCLE)
    for area in drawing["areas"]:
        area["fate"] = fates.get(area["pcode"], "outside")
        area["letter"] = FATES[area["fate"]][1] if area["fate"] in FATES else ""
        area["told"] = FATES[area["fate"]][0] if area["fate"] in FATES else ""
    key = [(fate, title, letter) for fate, (title, letter) in FATES.items()]
    return drawing | {"edition": edition.name, "key": key, "has_outside": len(fates) < len(drawing["areas"])}


def _row(area, zones):
    return area | {"zone_title": zones[area["zone"]], "fate_told": FATES[area["fate"]][0]}


def backtest_csv(answer):
    """Return the cercles of an answer as CSV; what is withheld is empty."""
    header = [
        "pcode",
        "cercle",
        "region",
        "zone",
        "chosen",
        "of_programme",
        "fate",
        "score",
        "rank",
        "share_of_weightings",
    ]
    names = (
        "pcode",
        "name",
        "region_name",
        "zone",
        "selected",
        "of_programme",
        "fate",
        "score",
        "rank",
        "share",
    )
    return as_csv(header, [[area.get(name) for name in names] for area in answer["scores"]])
