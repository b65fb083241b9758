from django.contrib import admin

from apps.sources.models import Load, Refusal


class ReadOnly:
    """What was loaded is a record: it is read, never edited."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class RefusalInline(ReadOnly, admin.TabularInline):
    model = Refusal
    fields = ("where", "field", "value", "reason", "remedy", "is_doubt")


@admin.register(Load)
class LoadAdmin(ReadOnly, admin.ModelAdmin):
    list_display = (
        "kind",
        "file_name",
        "publisher",
        "edition",
        "rows_written",
        "rows_refused",
        "in_use",
        "loaded_at",
    )
    list_filter = ("kind", "in_use", "access")
    inlines = [RefusalInline]
