"""The files of a run: asked for, waited for, taken away."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_GET, require_http_methods
from django.views.decorators.vary import vary_on_cookie

from apps.accounts.access import may_see
from apps.maps.memo.files import FILES
from apps.maps.memo.page import memo_context, state_of
from apps.runs import files
from apps.runs.models import RunFile
from apps.targeting import runs


def _run(request, pk):
    """Return a run that has an answer; 404 for a reader who may not open it."""
    return get_object_or_404(runs.readable(request.user).answered(), pk=pk)


def _may_have(request, run):
    """Return whether this reader may have what is made of the whole answer."""
    return may_see(request.user, run.access)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def memo_page(request, pk):
    """Memo and map of a run: made once asked for (POST `file`), then here to be taken."""
    run = _run(request, pk)
    if not _may_have(request, run):
        return render(request, "maps/memo/page.html", {"run": run, "is_withheld": True}, status=403)
    if request.method == "POST":
        named = FILES.get(request.POST.get("file"))
        if named is None:
            raise Http404
        files.ask_for(run, named.kind, named.language)
        return redirect("memo", run.pk)
    return render(request, "maps/memo/page.html", memo_context(run))


@require_GET
@vary_on_cookie
def memo_state(request, pk):
    """How far each file is, for the page that waits."""
    run = _run(request, pk)
    if not _may_have(request, run):
        raise Http404
    response = JsonResponse(state_of(run))
    patch_cache_control(response, no_store=True)
    return response


def _etag(request, pk, name):
    return f'"{_file(request, pk, name).sha256}"'


def _file(request, pk, name):
    """Return the file of this name that is there; 404 for one that is not, or not for this reader."""
    run = _run(request, pk)
    if name not in FILES or not _may_have(request, run):
        raise Http404
    named = FILES[name]
    found = files.of(run).get((named.kind, named.language))
    if found is None or found.state != RunFile.State.DONE:
        raise Http404
    return found


@require_GET
@vary_on_cookie
@condition(etag_func=_etag)
def memo_file(request, pk, name):
    """One file, to be saved."""
    found, named = _file(request, pk, name), FILES[name]
    response = HttpResponse(bytes(found.body), content_type=named.content_type)
    response["Content-Disposition"] = f'attachment; filename="{named.file_name(found.run)}"'
    patch_cache_control(response, private=True, no_cache=True)
    return response
