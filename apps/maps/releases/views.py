"""Releases: the list, one of them, its files, the key; data keepers freeze another."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from apps.accounts.access import keeps_data
from apps.exports.sending import sent_file
from apps.maps.institutions.readers import for_keepers
from apps.maps.releases.page import release_context, releases_context
from apps.releases import services
from apps.releases.describing import media_type
from apps.releases.manifest import MANIFEST, SIGNATURE
from apps.releases.models import Release, ReleaseKey

A_YEAR = 31_536_000


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def releases_page(request):
    """Show every release; posted to by a data keeper, have the worker freeze another."""
    if request.method == "POST":
        return freeze(request)
    return render(
        request, "maps/releases/list.html", releases_context(request, keeps=keeps_data(request.user))
    )


@for_keepers
def freeze(request):
    """Have the worker freeze what is loaded now."""
    try:
        services.begin(author=request.user, today=timezone.localdate())
    except services.NotNow as error:
        messages.error(request, str(error))
    return redirect("releases")


@require_safe
@vary_on_cookie
def release_page(request, name):
    """Show what a release holds, how it is cited and verified, what changed since the one before."""
    release = get_object_or_404(Release.objects.made().select_related("key"), name=name)
    context = release_context(request, release, keeps=keeps_data(request.user))
    return render(request, "maps/releases/release.html", context)


@require_POST
@for_keepers
def doi(request, name):
    """Keep the DOI under which a copy of the release is found."""
    release = get_object_or_404(Release.objects.made(), name=name)
    try:
        services.keep_doi(release, request.POST.get("doi", ""))
    except services.NotADoi:
        messages.error(request, _("Ce n’est pas un DOI : attendu 10.5281/zenodo.1234567, par exemple."))
    return redirect("release", name=name)


@require_safe
def release_file(request, name, path):
    """Send a file of a release: one that its manifest names, the manifest itself, or its signature."""
    release = get_object_or_404(Release.objects.made(), name=name)
    seal = release.manifest["files"].get(path)
    if path == MANIFEST:
        etag = release.manifest_sha256
    elif path == SIGNATURE:
        etag = f"{release.manifest_sha256}-sig"
    elif seal:
        etag = seal["sha256"]
    else:
        raise Http404(path)
    answer = sent_file(
        request,
        release.folder / path,
        content_type=media_type(path),
        file_name=f"maillage_{name}_{path.rpartition('/')[2]}",
        etag=etag,
        modified=release.made_at,
        is_public=True,
    )
    if answer.status_code in (200, 206, 304):
        # Frozen and public for ever: whoever has it need not ask again.
        answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return answer


@require_safe
def key_file(request, fingerprint=None):
    """Send a public key: the one that signs now, or that of a fingerprint."""
    asked = {"until": None} if fingerprint is None else {"fingerprint": fingerprint}
    key = get_object_or_404(ReleaseKey, **asked)
    return HttpResponse(
        key.public_pem,
        content_type="application/x-pem-file",
        headers={"Content-Disposition": f'attachment; filename="maillage_{key.fingerprint[:12]}.pem"'},
    )
