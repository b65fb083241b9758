from django.contrib import admin

from apps.programme.models import TargetCercle


@admin.register(TargetCercle)
class TargetCercleAdmin(admin.ModelAdmin):
    """The document's choice is a fact: read here, loaded by `load_programme`."""

    list_display = ("cercle_name", "region_name", "zone_logic", "communes", "area")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
