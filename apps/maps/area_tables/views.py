"""Pages of the tables keyed by P-code: each is read by those whom its own source admits."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_cookie

from apps.accounts.access import may_import, may_see
from apps.area_tables import services
from apps.area_tables.models import AreaTable
from apps.maps.area_tables.page import table_context, tables_context


@require_GET
@vary_on_cookie
def tables(request):
    """The tables that the reader may see, and for data keepers those that were deleted."""
    return render(request, "maps/area_tables/list.html", tables_context(request.user))


@require_GET
@vary_on_cookie
def table(request, key):
    """One table: what it measures, its source, each area with its value, a map."""
    found = get_object_or_404(AreaTable.objects.select_related("load", "made_by"), key=key)
    if not may_see(request.user, found.load.access):
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())
    return render(request, "maps/area_tables/table.html", table_context(found, request.user))


@require_POST
def delete(request, key):
    """A table is deleted, with the reason; its history says what it was."""
    if not may_import(request.user):
        raise PermissionDenied
    found = get_object_or_404(AreaTable, key=key)
    why = request.POST.get("why", "").strip()[:300]
    if not why:
        messages.error(request, _("Dites pourquoi : l’historique le garde."))
        return redirect("area-table", key)
    services.delete_table(found, by=request.user, why=why)
    messages.success(request, _("Le tableau « %(title)s » est supprimé.") % {"title": found.title})
    return redirect("area-tables")
