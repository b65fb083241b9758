"""The files of a run: asked for, waited for, taken away."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_GET, require_http_methods
from django.views.decorators.vary import vary_on_cookie

from apps.accounts.access import may_see
from apps.maps.memo.files import files_of
from apps.maps.memo.page import memo_context, state_of
from apps.maps.runs.kinds import PAGES
from apps.maps.runs.opening import run_context
from apps.runs import files
from apps.runs.models import RunFile


def _run(request, pk, kind):
    """Return a run that has an answer; 404 for a reader who may not open it."""
    return get_object_or_404(PAGES[kind].told_by.readable(request.user).answered(), pk=pk)


def _may_have(request, run):
    """Return whether this reader may have what is made of the whole answer."""
    return may_see(request.user, run.access)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def memo_page(request, pk, kind):
    """Memo and map of a run: made once asked for (POST `file`), then here to be taken."""
    run = _run(request, pk, kind)
    context = run_context(run, request.user)
    if not _may_have(request, run):
        return render(request, "maps/memo/page.html", context | {"is_withheld": True}, status=403)
    if request.method == "POST":
        named = files_of(run).get(request.POST.get("file"))
        if named is None:
            raise Http404
        files.ask_for(run, named.kind, named.language)
        return redirect(context["urls"]["memo"])
    return render(request, "maps/memo/page.html", context | memo_context(run))


@require_GET
@vary_on_cookie
def memo_state(request, pk, kind):
    """How far each file is, for the page that waits."""
    run = _run(request, pk, kind)
    if not _may_have(request, run):
        raise Http404
    response = JsonResponse(state_of(run))
    patch_cache_control(response, no_store=True)
    return response


def _etag(request, pk, name, kind):
    return f'"{_file(request, pk, name, kind).sha256}"'


def _file(request, pk, name, kind):
    """Return the file of this name that is there; 404 for one that is not, or not for this reader."""
    run = _run(request, pk, kind)
    named = files_of(run).get(name)
    if named is None or not _may_have(request, run):
        raise Http404
    found = files.of(run).get((named.kind, named.language))
    if found is None or found.state != RunFile.State.DONE:
        raise Http404
    return found


@require_GET
@vary_on_cookie
@condition(etag_func=_etag)
def memo_file(request, pk, name, kind):
    """One file, to be saved."""
    found = _file(request, pk, name, kind)
    named = files_of(found.run)[name]
    response = HttpResponse(bytes(found.body), content_type=named.content_type)
    response["Content-Disposition"] = f'attachment; filename="{named.file_name(found.run)}"'
    patch_cache_control(response, private=True, no_cache=True)
    return response
