"""Releases, for programs: which there are, what each holds, where its files are."""

from django.http import Http404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.access import keeps_data
from apps.releases import citing
from apps.releases.manifest import MANIFEST, SIGNATURE
from apps.releases.models import Release


def file_of(request, release, path):
    """Return the whole address of a file of a release."""
    return request.build_absolute_uri(reverse("release-file", args=[release.name, path]))


def in_short(request, release):
    """Return a release as the list tells it."""
    told = release.manifest
    doubts = {name: told[name] for name in ("simulated", "approximate")}
    return {
        "name": release.name,
        "title": told["title"],
        "made_at": told["made_at"],
        "edition": told["edition"],
        **doubts,
        "layers": list(told["layers"]),
        "bytes": release.bytes,
        "doi": release.doi,
        "key": told["key"],
        "manifest_sha256": release.manifest_sha256,
        "changed": release.changes.get("totals") if release.changes.get("compared") else None,
        "self": request.build_absolute_uri(reverse("api:release", args=[release.name])),
        "page": request.build_absolute_uri(reverse("release", args=[release.name])),
        "manifest": file_of(request, release, MANIFEST),
        "signature": file_of(request, release, SIGNATURE),
    }


def cited(request, release, language):
    """Return how a release is cited, with the address that is asked where none was signed."""
    address = release.manifest["address"] or request.build_absolute_uri(
        reverse("release", args=[release.name])
    )
    told = release.manifest | {"address": address}
    return citing.text(told, language, doi=release.doi, manifest_sha256=release.manifest_sha256)


class ReleasesView(APIView):
    """Releases that stand, the newest first. They never change, and none goes away."""

    permission_classes = []

    @extend_schema(operation_id="releases_list", responses=OpenApiTypes.OBJECT)
    def get(self, request):
        return Response({"releases": [in_short(request, each) for each in Release.objects.made()]})


class ReleaseView(APIView):
    """
    One release: its manifest, what changed since the one before, and the address of each file.

    Of one that is being made, which data keepers may ask, how far it is.
    """

    permission_classes = []

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request, name):
        release = Release.objects.living().filter(name=name).first()
        if release is None or (release.is_under_way and not keeps_data(request.user)):
            raise Http404(name)
        if release.is_under_way:
            told = {field: getattr(release, field) for field in ("name", "state", "done", "total")}
            return Response(told, headers={"Cache-Control": "no-store"})
        paths = (*release.manifest["files"], MANIFEST, SIGNATURE)
        return Response(
            {
                "state": release.state,
                **in_short(request, release),
                "citation": {language: cited(request, release, language) for language in ("fr", "en")},
                "told": release.manifest,
                "changes": release.changes,
                "files": {path: file_of(request, release, path) for path in paths},
            }
        )
