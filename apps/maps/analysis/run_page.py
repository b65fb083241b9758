"""What the pages of kept questions show: the list, one with its versions, and what asking again gave."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.access import may_save_choices
from apps.analysis import files, runs
from apps.maps.analysis.address import query_of
from apps.maps.analysis.answer_page import answer_context, page_of
from apps.maps.analysis.changes import changes
from apps.maps.analysis.reuse import lines
from apps.maps.analysis.views import related_url
from apps.maps.runs.opening import run_context
from apps.maps.runs.page import RUNS, sources_told
from apps.maps.runs.told import author_of, state_told
from geo.vocabulary import AccessClass


def list_context(user, page):
    """Return what templates/maps/analysis/list.html needs."""
    found = Paginator(runs.readable(user).without_texts(), RUNS).get_page(page)
    return {
        "runs": [{"run": run, "author": author_of(run), "state": state_told(run)} for run in found],
        "page": found,
        "may_ask": may_save_choices(user),
    }


def answered_context(request, run):
    """Return what templates/maps/analysis/run.html needs of a kept question that is done."""
    found = runs.answer_of(run, request.user)
    told = versions_told(run, request.user)
    base = run_context(run, request.user) | {
        "versions": told,
        "version": next(each for each in told if each["is_this"]),
        "change_url": f"{reverse('analysis-form')}?run={run.pk}",
        "again_url": reverse("analysis-run-again", args=[run.pk]),
        "link": request.build_absolute_uri(reverse("analysis-run", args=[run.pk])),
        "is_whole_answer": found is not None,
    }
    if found is None:
        return base | {"sentence": runs.sentence_of(run)}
    addresses = {each: reverse("analysis-run-file", args=[run.pk, each]) for each in files.WRITERS}
    is_open = run.is_public and run.access == AccessClass.PUBLIC
    address = request.build_absolute_uri(addresses["geojson"]) if is_open else None
    base |= {"reuse": lines(address, f"maillage_{run.hash[:12]}.geojson"), "is_open": is_open}
    return base | answer_context(
        found.as_dict(),
        sort=request.GET.get("sort", ""),
        page=page_of(request.GET),
        files=addresses,
        related=related_url,
    )


def versions_told(run, user):
    """Return the versions of a question, the first one first, with what each changed in the one before."""
    found = runs.versions(run, user)
    by_key = {each.pk: each for each in found}
    return [
        {
            "n": place,
            "of": len(found),
            "run": each,
            "url": reverse("analysis-run", args=[each.pk]),
            "author": author_of(each),
            "is_this": each.pk == run.pk,
            "changes": changes(runs.question_of(by_key[each.forked_from_id]), runs.question_of(each))
            if each.forked_from_id in by_key
            else [],
        }
        for place, each in enumerate(found, start=1)
    ]


def again_context(request, run, again):
    """Return what templates/maps/analysis/again.html needs."""
    return run_context(run, request.user) | {
        "again": again,
        "came": sources_told(again.came),
        "went": sources_told(again.went),
        "sentence": runs.sentence_of(run),
        "now_url": f"{reverse('analysis')}?{query_of(runs.question_of(run))}",
        "why": "" if again.is_same or again.came or again.went else _(
            "Aucun chargement n’a changé : ce sont des rangées corrigées sur place, ou la façon de calculer."
        ),
    }  # fmt: skip
