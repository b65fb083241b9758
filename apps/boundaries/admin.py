from django.contrib import admin

from apps.boundaries.models import Edition


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """Editions are loaded and switched on by commands, which check first; here they are read."""

    list_display = ("name", "valid_from", "is_active", "is_approximate", "activated_at")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
