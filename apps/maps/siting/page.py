"""What the pages of siting runs show: the list, and one run."""

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.access import may_save_choices, may_see
from apps.maps import formats
from apps.maps.runs.opening import run_context
from apps.maps.runs.page import RUNS, sources_told
from apps.maps.runs.told import author_of, state_told
from apps.maps.siting import sentences as said
from apps.maps.siting import trust
from apps.maps.siting.drawing import siting_map
from apps.maps.siting.reading import Reading
from apps.maps.siting.ready_made import READY_MADE
from apps.maps.siting.rows import (
    cost_rows,
    curve_of,
    curve_rows,
    gain_levels,
    plan_rows,
    plans_of_gains,
    site_rows,
)
from apps.maps.siting.words import plan_titles
from apps.siting import runs


def list_context(user, page):
    """Return what templates/maps/siting/list.html needs."""
    found = Paginator(runs.readable(user).without_texts(), RUNS).get_page(page)
    return {
        "runs": [{"run": run, "author": author_of(run), "state": state_told(run)} for run in found],
        "page": found,
        "may_ask": may_save_choices(user),
        "ready_made": READY_MADE.values(),
    }


def answered_context(run, user, answer):
    """Return what templates/maps/siting/run.html needs of a run that is done."""
    reading = Reading(answer)
    sites, titles = site_rows(reading), plan_titles()
    return (
        run_context(run, user)
        | shown(reading)
        | {
            "has_bytes": may_see(user, run.access),
            "facts": _facts(reading),
            "sites": sites,
            "has_years": any(site["year"] for site in sites),
            "has_robust": bool(reading.shares),
            "has_planned_mark": bool(reading.planned),
            "curve_rows": curve_rows(reading),
            "gains": gain_levels(reading),
            "gain_titles": [titles[key] for key in plans_of_gains(reading)],
            "rules": trust.rules(reading),
            "doubts": trust.doubts(reading),
            "sources": sources_told(answer["snapshot"]),
            "today": timezone.localdate(),
        }
    )


def shown(reading):
    """Return what the page and the memo of a run both show."""
    answer = reading.answer
    return {
        "answer": answer,
        "sentence": said.sentence(reading),
        "floor": said.floor(),
        "against": said.against(reading),
        "failed": trust.why_not(reading),
        "map": siting_map(
            answer["edition"],
            chosen=site_rows(reading),
            planned=reading.planned["sites"] if reading.planned else (),
            existing=answer["existing"] or (),
            limit_km=reading.limit_km,
        ),
        "limit_told": reading.limit_told(),
        "plans": plan_rows(reading),
        "curve": curve_of(reading),
        "worth": trust.worth(reading),
        "method": trust.method(reading),
        "costs": cost_rows(reading),
        "source_line": _("Limites : %(edition)s.") % {"edition": answer["edition"]},
    }


def _facts(reading):
    plan = reading.chosen
    if plan is None:
        return []
    return [
        {"title": _("Sites"), "told": formats.number(len(plan["sites"])), "note": ""},
        {"title": _("Coût"), "told": said.dollars(plan["cost"]), "note": ""},
        {"title": _("À portée"), "told": reading.limit_told(), "note": said.measure_note(reading)},
    ]
