"""A layer as a file: sent at once where it is there or small, else made by the worker meanwhile."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException, NotAuthenticated, PermissionDenied, ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.access import may_see
from apps.api.charging import charged
from apps.api.throttles import ExportReaders, count
from apps.api.views_layers import PARAMETERS
from apps.exports import services
from apps.exports.formats import BY_EXTENSION, FORMATS
from apps.exports.models import Export
from apps.exports.orders import order_of
from apps.exports.selection import NOT_PAGED, given, selected
from apps.exports.sending import sent_file
from apps.exports.writing import is_written_at_once
from layers.catalogue import LAYERS

State = Export.State

RETRY_SECONDS = 5
"""How soon to ask again for a file that is being made."""

A_FILE = {(200, each.content_type): OpenApiTypes.BINARY for each in FORMATS.values()}
"""What the schema says of an answer that is a file."""

FORMAT = "f"
"""The parameter by which a form names the format."""


class QueueFull(APIException):
    status_code = 429
    wait = 60


class NotMade(APIException):
    status_code = 503


class Gone(APIException):
    status_code = 410


@require_safe
def chosen(request, name):
    """Lead from a form, in which the format is a field like another, to the address of the file."""
    format_ = FORMATS.get(request.GET.get(FORMAT, "gpkg"))
    if name not in LAYERS or format_ is None:
        raise Http404(name)
    asked = [(key, ",".join(values)) for key, values in given(request.GET).lists() if key != FORMAT]
    address = reverse("downloads:layer", args=[name, format_.extension])
    return HttpResponseRedirect(f"{address}?{urlencode(asked)}" if asked else address)


class LayerFileView(APIView):
    """The rows asked of a layer as one file, in the format of the extension."""

    permission_classes = []

    @extend_schema(
        parameters=[
            *(each for each in PARAMETERS if each.name not in NOT_PAGED),
            OpenApiParameter("extension", str, OpenApiParameter.PATH, enum=list(BY_EXTENSION)),
        ],
        responses={**A_FILE, 202: OpenApiTypes.OBJECT},
    )
    def get(self, request, name, extension):
        order, selection = self.ordered(request, name, extension)
        export = self.export(request, order, selection)
        if export.state == State.DONE:
            return answered(request, export)
        return waiting(request, export)

    def ordered(self, request, name, extension):
        """Return what is asked, as an order; refuse who may not read its rows."""
        layer, format_ = LAYERS.get(name), BY_EXTENSION.get(extension)
        if layer is None or format_ is None:
            raise Http404(name)
        selection, access = selected(request.user, layer, format_, request.GET, language=get_language())
        if not may_see(request.user, access):
            raise NotAuthenticated
        _refuse_too_many_rows(selection)
        return order_of(selection, access), selection

    def export(self, request, order, selection):
        """Return the file: the one that is there, one made now because it is small, or one to be made."""
        try:
            if existing := services.found(order.key):
                return existing
            if is_written_at_once(selection):
                return services.make_now(order, user=request.user)
            count(request, ExportReaders)
            return services.begin(order, user=request.user)
        except services.ExportFailed as failure:
            raise NotMade(str(failure)) from failure
        except services.TooManyWaiting as full:
            raise QueueFull(
                _("Trop de fichiers sont déjà en préparation. Attendez la fin de l’un d’eux, puis réessayez.")
            ) from full


def _refuse_too_many_rows(selection):
    most = selection.format.most_rows
    if most and selection.count > most:
        raise ValidationError(
            {
                "format": _(
                    "%(rows)s lignes ne tiennent pas dans ce format, qui en contient %(most)s : filtrez."
                )
                % {"rows": selection.count, "most": most}
            }
        )


class FileView(APIView):
    """A file that was asked for before, under the name that its reader keeps it by."""

    permission_classes = []

    @extend_schema(responses={**A_FILE, 202: OpenApiTypes.OBJECT})
    def get(self, request, pk, file_name):
        export = get_object_or_404(Export, pk=pk, file_name=file_name)
        refuse_strangers(request.user, export)
        if export.is_under_way:
            return waiting(request, export)
        if export.state == State.FAILED:
            raise NotMade(export.message or _("Ce fichier n’a pas pu être préparé. Demandez-le de nouveau."))
        if not export.path.is_file():
            raise Gone(_("Ce fichier n’est plus là. Demandez-le de nouveau."))
        return answered(request, export)


class ExportView(APIView):
    """How far a file is, for a program that waits; deleted, it is given up."""

    permission_classes = []

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request, pk):
        export = get_object_or_404(Export, pk=pk)
        refuse_strangers(request.user, export)
        return Response(state_of(request, export), headers={"Cache-Control": "no-store"})

    @extend_schema(responses={204: None})
    def delete(self, request, pk):
        export = get_object_or_404(Export, pk=pk)
        if not request.user.is_authenticated or export.asked_by_id != request.user.pk:
            raise PermissionDenied
        services.cancel(export)
        return Response(status=204)


def refuse_strangers(user, export):
    """Raise where `user` may not have the file."""
    if not services.may_fetch(user, export):
        raise PermissionDenied if user.is_authenticated else NotAuthenticated


def answered(request, export):
    """Return the answer that sends a file that is there."""
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "") and export.compressed.is_file()
    response = sent_file(
        request,
        export.compressed if is_packed else export.path,
        encoding="gzip" if is_packed else "",
        content_type=export.content_type,
        file_name=export.file_name,
        etag=export.sha256,
        modified=export.made_at,
        is_public=export.access == "public",
    )
    response["X-Licence"] = str(export.about.get("licence", "")).encode("ascii", "replace").decode()
    return charged(request, response, layers=export.layers, format_=export.file_name.rpartition(".")[2])


def waiting(request, export):
    """Return what tells that a file is being made: a page for people, for programs where to ask again."""
    page = page_of(export)
    if "text/html" in request.headers.get("Accept", ""):
        return HttpResponseRedirect(page, status=303)
    told = state_of(request, export)
    headers = {"Location": told["self"], "Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
    return Response(told, status=202, headers=headers)


def page_of(export):
    """Return the address of the page that shows how far a file is."""
    return reverse("export", args=[export.pk])


def file_of(export):
    """Return the address at which a file is fetched."""
    return reverse("downloads:file", args=[export.pk, export.file_name])


def state_of(request, export):
    """Return how far a file is, and where it is fetched once it is there."""
    absolute = request.build_absolute_uri
    is_there = export.state == State.DONE
    return {
        "id": str(export.pk),
        "state": export.state,
        "done": export.done,
        "total": export.total,
        "message": export.message,
        "file_name": export.file_name,
        "bytes": export.bytes,
        "sha256": export.sha256,
        "expires": export.expires.isoformat() if export.expires else None,
        "self": absolute(reverse("api:export", args=[export.pk])),
        "page": absolute(page_of(export)),
        "file": absolute(file_of(export)) if is_there else None,
    }
