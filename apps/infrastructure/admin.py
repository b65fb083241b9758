from django.contrib.gis import admin

from apps.infrastructure import services
from apps.infrastructure.models import Institution


@admin.register(Institution)
class InstitutionAdmin(admin.ModelAdmin):
    list_display = ("__str__", "kind", "status", "cercle", "register", "updated")
    list_filter = ("family", "kind", "status", "register")
    search_fields = ("name",)
    readonly_fields = ("status", "location", "register", "source_id", "corrected", "load", "updated")

    def has_add_permission(self, request):
        return False  # a place is needed: POST /api/institutions/

    def save_model(self, request, obj, form, change):
        services.keep(obj, by=request.user)

    def delete_model(self, request, obj):
        services.remove(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for institution in queryset:
            services.remove(institution, by=request.user)
