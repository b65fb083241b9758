"""What the pages of runs show: the list, and one run."""

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.accounts.access import may_save_choices, may_see
from apps.maps import formats
from apps.maps.load_words import KINDS
from apps.maps.runs.comparing import compared
from apps.maps.runs.doubts import doubts
from apps.maps.runs.drawings import BAR_WIDTH, INTERVAL_WIDTH, legend, run_map
from apps.maps.runs.method import direction, method_lines, missing, rule_lines, scale
from apps.maps.runs.opening import run_context
from apps.maps.runs.reading import Reading
from apps.maps.runs.robustness import robustness_told
from apps.maps.runs.table import columns, tables_told
from apps.maps.runs.told import (
    CLASSES,
    author_of,
    counted,
    criterion_title,
    day_of,
    figure,
    number,
    state_told,
    unit_of,
    value_told,
    zone_title,
)
from apps.maps.scenarios.run_parts import comments_context, decision_context
from apps.targeting import runs
from geo.vocabulary import EventSource
from layers.events import SOURCES

RUNS = 50
"""Runs on a page of the list."""


def list_context(user, page):
    """Return what templates/maps/runs/list.html needs."""
    found = Paginator(runs.readable(user).without_texts(), RUNS).get_page(page)
    return {
        "runs": [{"run": run, "author": author_of(run), "state": state_told(run)} for run in found],
        "page": found,
        "may_ask": may_save_choices(user),
    }


def answered_context(run, user, answer, question):
    """Return what templates/maps/runs/run.html needs of a run that is done."""
    reading = Reading(answer)
    table = tables_told(reading, question)
    classes, without = legend(reading)
    return (
        run_context(run, user)
        | decision_context(user, run)
        | comments_context(user, run)
        | {
            "answer": answer,
            "question": question,
            "is_whole": reading.is_whole,
            "sentence": sentence(answer),
            "facts": _facts(answer),
            "has_bytes": may_see(user, run.access),
            "map": run_map(reading, run.edition),
            "legend": classes,
            "legend_without": without,
            "table": table,
            "columns": columns(question),
            "choices": _choices(reading),
            "bar_width": BAR_WIDTH,
            "interval_width": INTERVAL_WIDTH,
            "has_zones": reading.has_zones,
            "pair": _pair(answer, question),
            "robustness": robustness_told(reading) if reading.is_whole else None,
            "criteria": _criteria(reading),
            "rules": rule_lines(answer),
            "zones": [(zone_title(zone), zone) for zone in reading.zones.values()],
            "method": method_lines(answer),
            "doubts": doubts(answer),
            "sources": sources_told(answer["snapshot"]),
            "source_line": source_line(run, answer),
            "is_commune": answer["question"]["level"] == "commune",
            "today": timezone.localdate(),
        }
    )


def sentence(answer):
    """Return the answer in one sentence: how many are chosen, for how many people, at what cost."""
    totals, level = answer["totals"], answer["question"]["level"]
    told = {
        "areas": counted(level, totals["areas"]),
        "of": formats.number(len(answer["scores"])),
        "people": formats.number(totals["people"]),
        "share": formats.percent(totals["people_share"]),
    }
    if totals["people_share"] is None:
        text = _("%(areas)s sur %(of)s.") % told
    else:
        text = _("%(areas)s sur %(of)s, %(people)s habitants (%(share)s de la population connue).") % told
    if totals["people_unknown"]:
        text += " " + _("Population inconnue : %(areas)s.") % {
            "areas": counted(level, totals["people_unknown"])
        }
    if totals["cost"] is not None:
        text += " " + _("Coût : %(cost)s.") % {"cost": number(totals["cost"])}
    return text


def _facts(answer):
    source = answer["source"]
    return {
        "source": SOURCES[EventSource(source)].in_language(get_language()) if source else "",
        "seed": answer["robustness"]["seed"],
        "method": answer["method"],
    }


def source_line(run, answer):
    """Return what a map of a run rests on, in a line."""
    told = {
        "source": _facts(answer)["source"] or "—",
        "until": formats.day(day_of(answer["events_until"])) or "—",
        "edition": answer["edition"],
        "hash": run.hash[:12],
    }
    return _("Événements : %(source)s, jusqu’au %(until)s. Limites : %(edition)s. Exécution %(hash)s.") % told


def _choices(reading):
    """Return what the filters and the comparison offer."""
    return {
        "zones": [(key, zone_title(zone)) for key, zone in reading.zones.items()],
        "regions": sorted(reading.regions.items(), key=lambda each: each[1]),
        "classes": [(key, str(word)) for key, word in CLASSES.items()] if reading.is_whole else [],
        "areas": sorted((area["name"], area["pcode"]) for area in reading.areas.values()),
    }


def _pair(answer, question):
    if not question.one or not question.other or question.one == question.other:
        return None
    return compared(answer, question.one, question.other)


def _criteria(reading):
    return [
        {
            "told": criterion,
            "title": criterion_title(criterion),
            "unit": unit_of(criterion),
            "zone": zone_title(reading.zones[criterion["zone"]]),
            "share": reading.answer["weights"][criterion["id"]],
            "scale": scale(criterion),
            "direction": direction(criterion),
            "missing": missing(criterion),
            "least": figure(criterion, criterion["least"]),
            "greatest": None
            if criterion["greatest"] is None
            else value_told(criterion, criterion["greatest"]),
        }
        for zone in reading.zones
        for criterion in reading.used(zone)
    ]


def sources_told(snapshot):
    """Return the sources of an answer with what each is, in words."""
    return [
        source | {"kind_told": KINDS.get(source["kind"], source["kind"]), "day": day_of(source["as_of"])}
        for source in snapshot
    ]
